#include "consumers/query/receivables_list.h"

#include "consumers/query/answering.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/object_check.h"
#include "consumers/query/order_check.h"
#include "consumers/query/receivables_choice.h"
#include "consumers/query/receivables_json.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/stop.h"

namespace ledger {

namespace {

using namespace receivables;

void write_next_dunning(JsonWriter& json, const NextReminder& next) {
  json.key("next_dunning").begin_object();
  json.member("invoice_id", next.step.invoice_id.text());
  json.member("level", static_cast<std::int64_t>(next.step.level));
  if (next.step.instalment) json.member("instalment", *next.step.instalment);
  json.member("on", format_date(next.on));
  json.member("due", next.is_due);
  json.member("rule_version", next.step.rule_version);
  json.end_object();
}

// What follows from the debt stands beside it: the promise in its currency, the reminder that comes
// next, whether goods may go out.
Status write_listed(JsonWriter& json, const QueryContext& context, const Query& query,
                    const directory::Calendar& calendar, const Debtor& one, const Rates& rates) {
  const AsOf as_of = query.times();
  LEDGER_TRY(const auto client,
             directory::one_client(query.snapshot, one.client_id, query.known_at));
  LEDGER_TRY(const auto account, account_of(query.snapshot, client));
  LEDGER_TRY(const auto books, statements(account, as_of));
  LEDGER_TRY(const auto exposed, exposures(account, books, as_of));
  const auto stop = shipment_stop(account, books, exposed, as_of);
  LEDGER_TRY(const auto promise, promise_of(account, as_of, calendar));
  for (const auto& code : one.currencies) {
    const auto& book = books.at(code);
    const auto& late = one.row->late.at(code);
    json.begin_object();
    LEDGER_CHECK(write_account(json, query, one.client_id, one.row->ageings.at(code), book, rates,
                               context.zone));
    LEDGER_CHECK(write_answering(json, query.snapshot, one.row->who));
    json.member("overdue_minor", late.overdue_minor);
    json.member("oldest_overdue_days", late.oldest_days);
    if (promise && promise->promise.amount.currency.text() == code) write_promise(json, *promise);
    LEDGER_TRY(const auto next, next_reminder(account, book, as_of));
    if (next) write_next_dunning(json, *next);
    write_stop(json, stop);
    json.end_object();
  }
  return {};
}

Status write_page(JsonWriter& json, const QueryContext& context, const Query& query,
                  const Debtors& all, const Rates& rates) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(const auto calendar,
             directory::Calendar::read(query.snapshot, CalendarKind::kBusiness,
                                       add_days(query.as_of, -366), add_days(query.as_of, 366),
                                       query.known_at));
  json.key("clients").begin_array();
  auto at = all.from(from);
  for (std::size_t shown = 0; at != all.clients.end() && shown < limit; ++at, ++shown) {
    LEDGER_CHECK(write_listed(json, context, query, calendar, *at, rates));
  }
  json.end_array();
  json.member("total", static_cast<std::int64_t>(all.clients.size()));
  if (at != all.clients.end()) query.write_next_cursor(json, at->key);
  return {};
}

}  // namespace

Result<http::Response> get_receivables_list(const QueryContext& context, const Query& query,
                                            Basis basis) {
  LEDGER_TRY(const auto choice, debt_choice(query));
  if (!choice) return not_yours();
  LEDGER_TRY(const auto rows, DebtorRows::read(context, query, basis));
  Rates rates(query.snapshot, query.times());
  LEDGER_CHECK(rates.read_late_tables());
  LEDGER_TRY(const auto all, chosen_debtors(query, *choice, *rows, rates));
  JsonWriter json = query.begin_answer();
  json.member("basis", name_of(basis));
  write_duty_ids(json, {{"totals", kCollected},
                        {"dso_days", kCollected},
                        {"best_possible_dso_days", kCollected},
                        {"average_days_delinquent", kCollected},
                        {"collection_effectiveness_percent", kCollected},
                        {"on_time_percent", kCollected},
                        {"buckets_minor", kCollected},
                        {"overdue_minor", kCollected},
                        {"oldest_overdue_days", kCollected},
                        {"promise", kCollected},
                        {"next_dunning", kCollected},
                        {"stopped", kTerms},
                        {"law_625", kCollected},
                        {"open_items", kDueSoon},
                        {"due_7_days_minor", kDueSoon}});
  json.key("totals").begin_array();
  for (const auto& [currency, total] : all.totals) {
    json.begin_object();
    write_amounts(json, total, rates);
    json.end_object();
  }
  json.end_array();
  LEDGER_CHECK(write_page(json, context, query, all, rates));
  return answer(json);
}

}  // namespace ledger
