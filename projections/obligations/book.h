#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/client_card/queries.h"
#include "projections/obligations/call_results.h"
#include "projections/obligations/case_rows.h"
#include "projections/obligations/rows.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/statement.h"
#include "projections/responsibility/responsibility.h"

// All that is known of one client as of a day and a knowledge, read once for a question.
namespace ledger::obligations {

// A case as it lies in the store, told by the day.
template <class Row>
using Cases = std::map<std::string, Row>;

struct ClientBook {
  AsOf as_of;
  client_card::Card card;
  ClientRow owed;  // every list by day, then by the time of the event
  std::optional<Told<CallResultRecorded>> call_result;  // the last one
  Cases<SupplyRow> supplies;
  Cases<NoticeRow> notices;
  Cases<InquiryRow> inquiries;
  std::map<std::string, Date> arrivals;  // of promised products: the day they came in last

  receivables::AccountRow account;
  std::map<std::string, receivables::Statement> books;  // by currency
  std::optional<receivables::PromiseStanding> promise;
};
// nullopt: nothing is known of it. The calendar has to reach two months around the day.
[[nodiscard]] Result<std::optional<ClientBook>> read_book(const ViewSnapshot& snapshot,
                                                          std::string_view client_id,
                                                          const AsOf& as_of,
                                                          const directory::Calendar& calendar);

// Of it, `owed` alone.
[[nodiscard]] Result<ClientRow> owed_of(const ViewSnapshot& snapshot,
                                        const directory::OneClient& client, const AsOf& as_of);

// Cases of a manager that are told by the day.
template <class Row>
[[nodiscard]] Result<Cases<Row>> cases_of_manager(const ViewSnapshot& snapshot,
                                                  const ManagerId& manager, const AsOf& as_of);
// All breaches that were told by the day.
[[nodiscard]] Result<Cases<BreachRow>> all_breaches(const ViewSnapshot& snapshot,
                                                    const AsOf& as_of);

}  // namespace ledger::obligations
