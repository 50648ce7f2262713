#include "consumers/query/routes.h"
#include "projections/quota_compliance/queries.h"

namespace ledger {

namespace {

using quota_compliance::Figure;

void write_figure(JsonWriter& json, const Figure& figure) {
  json.begin_object();
  json.member("metric", name_of(figure.metric));
  json.member("counted", figure.counted);
  json.member("target", figure.target);
  json.member("state", name_of(figure.state));
  if (figure.counted < figure.target) json.member("short_by", figure.target - figure.counted);
  json.member("attempts", figure.attempts);
  json.member("answered", figure.answered);
  json.member("unique_clients", figure.unique_clients);
  json.member("unmatched", figure.unmatched);
  json.member("policy_id", figure.policy_id);
  json.end_object();
}

Result<http::Response> get_quotas(const QueryContext&, const Query& query) {
  Date day = query.as_of;
  if (const auto text = query.request.parameter("date")) {
    auto parsed = parse_date(*text);
    if (!parsed) {
      return fail(parsed.error().code, parsed.error().message, "date");
    }
    day = *parsed;
  }
  LEDGER_TRY(const auto board, quota_compliance::board(query.snapshot, day, query.today));
  JsonWriter json = query.begin_answer();
  json.member("date", format_date(day));
  json.key("managers").begin_array();
  for (const auto& row : board) {
    json.begin_object();
    json.member("manager_id", row.manager.manager_id.text());
    json.member("name", row.manager.name);
    if (row.manager.department) json.member("department", *row.manager.department);
    json.key("metrics").begin_array();
    for (const auto& figure : row.figures) write_figure(json, figure);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_quota_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/quotas", http::RunOn::kWorker, get_quotas);
}

}  // namespace ledger
