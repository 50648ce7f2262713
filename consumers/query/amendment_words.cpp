#include "consumers/query/amendment_words.h"

#include <string>

#include "consumers/query/event_view.h"
#include "events/json_codec.h"
#include "events/member_changes.h"
#include "events/types/allocation.h"
#include "events/types/amendment.h"
#include "projections/amendments/queries.h"

namespace ledger {

namespace {

struct Word {
  std::optional<ManagerId> manager;
  std::string reason;
};

Word word_of(const EventData& data) {
  if (const auto* voided = data.get_if<EventVoided>()) return {voided->manager_id, voided->reason};
  if (const auto* corrected = data.get_if<EventCorrected>()) {
    return {corrected->manager_id, corrected->reason};
  }
  if (const auto* freed = data.get_if<PaymentDeallocated>()) {
    return {freed->manager_id, freed->reason};
  }
  return {};
}

void write_changed(JsonWriter& json, const std::vector<MemberChange>& changes) {
  const auto value = [&](std::string_view name, const std::string& text) {
    json.key(name);
    text.empty() ? json.null() : json.raw(text);
  };
  json.key("changed").begin_array();
  for (const auto& change : changes) {
    json.begin_object();
    json.member("member", change.name);
    value("was", change.was);
    value("now", change.now);
    json.end_object();
  }
  json.end_array();
}

Status write_what(JsonWriter& json, const Query& query, const Event& event,
                  const std::string& line) {
  if (const auto* voided = event.data.get_if<EventVoided>()) {
    if (!voided->was || voided->was->type != InteractionMatched::kName) return {};
    json.key("match").begin_object();
    json.member("position", voided->was->position);
    json.member("source", voided->target_source);
    json.member("id", voided->target_id);
    json.end_object();
    return {};
  }
  if (!event.data.holds<EventCorrected>()) return {};
  const auto changes_in = [](const Event& read) {
    const auto* corrected = read.data.get_if<EventCorrected>();
    return member_changes(corrected->was ? corrected->was->data.text : "{}", corrected->data.text);
  };
  LEDGER_TRY(auto changes, changes_in(event));
  if (!query.scope.sees_bank_details()) {
    LEDGER_TRY(const auto masked, masked_line(line));
    LEDGER_TRY(const auto read, JsonCodec().decode_line(masked));
    LEDGER_TRY(changes, changes_in(read));
  }
  write_changed(json, changes);
  return {};
}

}  // namespace

Status write_later_word(JsonWriter& json, const QueryContext& context, const Query& query,
                        const Position& position) {
  LEDGER_TRY(const auto line, context.log.read(position));
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  const auto word = word_of(event.data);
  json.begin_object();
  json.member("by", word.manager ? word.manager->text() : event.source);
  json.member("time", format_timestamp(event.time));
  json.member("recorded_time", format_timestamp(event.stamps.recorded_time));
  json.member("reason", word.reason);
  json.member("position", to_string(position));
  json.member("source", event.source);
  json.member("id", event.id);
  LEDGER_CHECK(write_what(json, query, event, line));
  json.end_object();
  return {};
}

Status write_amendments(JsonWriter& json, const QueryContext& context, const Query& query,
                        std::string_view source, std::string_view id, const Known& known) {
  LEDGER_TRY(const auto amendments, amendments::amendments_of(query.snapshot, source, id));
  const bool gone = !known.at(query.known_at);
  for (const auto& amendment : amendments) {
    const bool took_back = gone && amendment.recorded == *known.taken_back;
    if (!took_back && amendment.recorded != known.recorded) continue;
    LEDGER_TRY(const auto line, context.log.read(amendment.position));
    LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
    const bool corrects = event.data.holds<EventCorrected>();
    if (!took_back && !corrects) continue;
    json.key(took_back ? (corrects ? "replaced" : "voided") : "replaces");
    LEDGER_CHECK(write_later_word(json, context, query, amendment.position));
  }
  return {};
}

}  // namespace ledger
