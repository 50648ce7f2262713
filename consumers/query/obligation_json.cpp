#include "consumers/query/obligation_json.h"

#include "consumers/query/answering.h"
#include "consumers/query/client_names.h"
#include "consumers/query/progress_text.h"
#include "events/fields_json.h"

namespace ledger {

Status write_obligation(JsonWriter& json, const Query& query, const obligations::Obligation& one,
                        bool restricted) {
  const Date day = query.as_of;
  json.begin_object();
  json.member("duty_id", obligations::duty_of(one.kind));
  json.member("kind", name_of(one.kind));
  json.member("id", one.id);
  json.member("state", name_of(one.state(day)));
  if (one.due_on) json.member("due_on", format_date(*one.due_on));
  if (one.done_on) json.member("done_on", format_date(*one.done_on));
  json.member("days_late", one.days_late(day));
  if (!one.client_id.empty()) {
    json.member("client_id", one.client_id);
    LEDGER_CHECK(write_client_name(json, query, one.client_id));
  }
  if (restricted) json.member("restricted", true);
  if (!one.progress.empty()) {
    json.member("progress", one.progress);
    const auto text = progress_text(one.progress);
    if (!text.uk.empty()) json.member("progress_uk", text.uk).member("progress_en", text.en);
  }
  if (!one.text.empty()) json.member("text", one.text);
  if (!one.need.empty()) {
    json.member("need", one.need);
    json.member("text_uk", one.text);
    json.member("text_en", one.text_en);
  }
  if (one.count) json.member("count", *one.count);
  if (!one.amounts.empty()) {
    json.key("amounts").begin_array();
    for (const auto& amount : one.amounts) json::write(json, amount);
    json.end_array();
  }
  LEDGER_CHECK(write_answering(json, query.snapshot, one.who));
  if (one.position) json.member("position", to_string(*one.position));
  json.end_object();
  return {};
}

}  // namespace ledger
