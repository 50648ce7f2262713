#include <fmt/format.h>

#include "consumers/access/masking.h"
#include "consumers/query/print/form.h"
#include "consumers/query/print/report_page.h"
#include "consumers/query/report_json.h"
#include "consumers/query/routes.h"
#include "projections/directory/hires.h"
#include "projections/directory/queries.h"
#include "projections/directory/rules.h"
#include "projections/directory/working_time.h"
#include "projections/monthly_report/corrections.h"
#include "projections/reports/queries.h"

namespace ledger {

namespace {

using monthly_report::Correction;
using reports::Standing;

Result<Date> month_of(const Query& query) {
  const auto text = query.request.parameter("month");
  if (!text) return fail(ErrorCode::kMissingField, "say which month, 2026-11", "month");
  const auto month = parse_month(*text);
  if (!month) return fail(month.error().code, month.error().message, "month");
  if (*month > query.today) return fail(ErrorCode::kOutOfRange, "has not come yet", "month");
  return *month;
}

enum class Shown { kHandedIn, kNow };
constexpr auto names(Shown) { return words("handed_in", "now"); }

// `figures=`; absent: as it was handed in, as long as it is not sent back to be mended.
Result<std::optional<Shown>> shown_by(const Query& query) {
  const auto text = query.request.parameter("figures");
  if (!text) return std::nullopt;
  for (const Shown one : {Shown::kHandedIn, Shown::kNow}) {
    if (name_of(one) == *text) return one;
  }
  return fail(ErrorCode::kInvalidField, fmt::format("'{}' is none of handed_in, now", *text),
              "figures");
}

bool is_with_the_head(const Standing& standing) {
  const auto progress = standing.progress();
  return progress == reports::Progress::kSubmitted || progress == reports::Progress::kAccepted;
}

Result<std::vector<ReportChange>> named(const QueryContext& context, const Query& query,
                                        std::vector<Correction> changes, Timestamp known_at) {
  std::vector<ReportChange> all;
  for (auto& change : changes) {
    LEDGER_TRY(auto events, named_events(context, query.snapshot, change.events, known_at));
    all.push_back({std::move(change), std::move(events)});
  }
  return all;
}

// The report that was handed in, made again, and what has changed since.
Status add_handed_in(ReportPaper& paper, const QueryContext& context, const Query& query,
                     const ManagerId& manager, Date month, Timestamp known_at) {
  const auto& data = paper.handed_in()->data;
  paper.handed_in_form = data.form.value_or(std::string(monthly_report::kFirstForm));
  if (!data.known_at) return {};
  LEDGER_TRY(auto then,
             monthly_report::make(query.snapshot, manager, month, *data.known_at, context.zone));
  LEDGER_TRY(const auto now,
             monthly_report::figures(query.snapshot, manager, month, known_at, context.zone));
  LEDGER_TRY(auto changes, monthly_report::corrections_of(query.snapshot, then, now, context.zone));
  LEDGER_TRY(paper.changed_since, named(context, query, std::move(changes), known_at));
  if (!paper.is_of_another_form()) {
    paper.digest_holds = monthly_report::digest(then) == data.digest;
  }
  paper.report = std::move(then);
  return {};
}

// Whoever was hired in the last seconds is there, and his figures are not yet.
Status check_settled(const Query& query, const ManagerId& manager, Timestamp known_at) {
  if (query.known_at) return {};
  LEDGER_TRY(const bool then, directory::was_hired(query.snapshot, manager, known_at));
  LEDGER_TRY(const auto hired, directory::manager(query.snapshot, manager));
  if (then || !hired || directory::is_head(*hired)) return {};
  return fail(ErrorCode::kUnavailable,
              fmt::format("was hired within the last seconds, and figures stand as known at {}: "
                          "ask again, his are there within 15 seconds",
                          format_timestamp(known_at)),
              "manager");
}

Result<ReportPaper> ask(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Date month, month_of(query));
  LEDGER_TRY(const auto asked_for, shown_by(query));
  const ManagerId manager(query.request.captures.front());
  const Timestamp known_at = query.known_at.value_or(query.settled());
  ReportPaper paper;
  LEDGER_TRY(paper.standing,
             reports::standing(query.snapshot, manager.text(), month, query.known_at));
  if (paper.handed_in()) {
    LEDGER_CHECK(add_handed_in(paper, context, query, manager, month, known_at));
  }
  const bool can_show = paper.handed_in() && paper.handed_in()->data.known_at;
  if (asked_for == Shown::kHandedIn && !can_show) {
    return fail(ErrorCode::kNotFound,
                paper.handed_in() ? "the report does not say by which knowledge it was handed in"
                                  : "the report was not handed in",
                "figures");
  }
  paper.as_handed_in =
      can_show && (asked_for ? *asked_for == Shown::kHandedIn : is_with_the_head(paper.standing));
  paper.position =
      paper.as_handed_in ? paper.handed_in()->data.position : to_string(query.snapshot.position());
  if (!paper.as_handed_in) {
    LEDGER_CHECK(check_settled(query, manager, known_at));
    LEDGER_TRY(paper.report,
               monthly_report::make(query.snapshot, manager, month, known_at, context.zone));
  }
  paper.settled_only = !paper.as_handed_in && !query.known_at;
  paper.digest = monthly_report::digest(paper.report);
  LEDGER_TRY(paper.corrections,
             named(context, query, paper.report.corrections, paper.report.known_at));
  return paper;
}

// The report is its maker's, but the clients that it names are not all his any more: of those
// stands what was done, and not with whom. The digest is of the whole.
Status hide_clients(monthly_report::Report& report, Scope& scope) {
  for (auto& one : report.contracts) {
    LEDGER_TRY(const bool sees, scope.sees_client(one.client_id));
    if (sees) continue;
    one.client_id.clear();
    one.client_name.clear();
    one.number.clear();
  }
  for (auto& one : report.found_breaches) {
    LEDGER_TRY(bool sees, scope.sees_client(one.client_id));
    if (sees && one.beside == "other_client_id") {
      LEDGER_TRY(sees, scope.sees_client(one.other));
    }
    if (sees) continue;
    one.client_id.clear();
    one.other.clear();
  }
  return {};
}

Result<http::Response> get_report(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto form, print::form_of(query.request));
  LEDGER_TRY(const auto language, print::language_of(query.request));
  LEDGER_TRY(auto paper, ask(context, query));
  LEDGER_CHECK(hide_clients(paper.report, query.scope));
  switch (form) {
    case print::Form::kHtml:
      return print::answer_html(print::report_page(paper, context.zone, language));
    case print::Form::kCsv:
      return print::answer_csv(print::report_csv(paper, language),
                               fmt::format("report-{}.csv", format_month(paper.report.month)));
    case print::Form::kJson:
      break;
  }
  return report_json(query, paper);
}

void write_standing_of(JsonWriter& json, const ManagerHired& manager, const Standing& standing,
                       Date today) {
  json.begin_object();
  json.member("manager_id", manager.manager_id.text());
  json.member("name", manager.name);
  if (manager.department) json.member("department", *manager.department);
  json.member("progress", name_of(standing.progress()));
  json.member("days_late", standing.days_late(today));
  if (!standing.submitted.empty()) {
    json.member("handed_in_on", format_date(standing.submitted.front().day));
    json.member("position", to_string(standing.submitted.back().position));
    json.member("digest", standing.submitted.back().data.digest);
  }
  if (standing.progress() == reports::Progress::kReturned) {
    json.member("returned_because", standing.returned.back().data.reason);
  }
  json.end_object();
}

// Whose report of a month is in, late, sent back or accepted.
Result<http::Response> list_reports(const QueryContext&, const Query& query) {
  LEDGER_TRY(const Date month, month_of(query));
  LEDGER_TRY(auto time, directory::WorkingTime::read(query.snapshot, month, last_of_month(month),
                                                     query.known_at));
  LEDGER_TRY(auto staff, directory::staff(query.snapshot, query.known_at));
  LEDGER_CHECK(keep_seen(query.scope, staff,
                         [&](const ManagerId& id) { return query.scope.sees_manager(id); }));
  LEDGER_TRY(const auto due, directory::report_due(query.snapshot, month, query.known_at));
  JsonWriter json = query.begin_answer();
  json.member("duty_id", "report.monthly");
  json.member("month", format_month(month));
  json.member("due_on", format_date(due.on));
  json.member("rule_version", due.rule_version);
  json.key("reports").begin_array();
  for (const auto& id : staff) {
    LEDGER_TRY(const auto* manager, time.employed_last(id, month, last_of_month(month)));
    if (manager == nullptr || directory::is_head(*manager)) continue;
    LEDGER_TRY(const auto standing,
               reports::standing(query.snapshot, id.text(), month, query.known_at));
    write_standing_of(json, *manager, standing, query.today);
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_report_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/reports", http::RunOn::kWorker, list_reports, Times::kKnownAtToo,
            {"month"});
  add_query(router, context, "/v1/reports/{manager}", http::RunOn::kWorker, get_report,
            Times::kKnownAtToo, {"month", "figures", "format", "lang"}, Changes::kAlways);
}

}  // namespace ledger
