#pragma once

#include <optional>
#include <vector>

#include "events/business_zone.h"
#include "projections/quota_compliance/figures.h"
#include "projections/store/view_store.h"

namespace ledger::quota_compliance {

// When and by what knowledge a question is asked.
struct Asked {
  Timestamp now;     // what is not over at this instant is running, not short
  KnownAt known_at;  // absent: by everything that is recorded
  const BusinessZone& zone;
};

// How far a day's figures are from moving: open until noon of the next day, then provisional, and
// frozen once the month's report was accepted. A late event still counts on its own day; it is
// listed as recorded later.
enum class Stage { kOpen, kProvisional, kFrozen };
constexpr auto names(Stage) { return words("open", "provisional", "frozen"); }

struct ManagerDay {
  ManagerHired manager;
  Stage stage = Stage::kOpen;
  std::optional<ManagerId> stand_in;  // of a manager who is away, for all his clients, and there
  bool no_stand_in = false;           // he is away, and for a client of his nobody is there
  std::vector<Figure> figures;        // in the order of QuotaMetric
};

// The board of one business day: every manager employed on it, also an idle one. Day norms are in
// proportion to the minutes worked of an ordinary day, month norms to those of the month; contracts
// are counted over the month of `day`, the report is that of the month before.
[[nodiscard]] Result<std::vector<ManagerDay>> board(const ViewSnapshot& snapshot, Date day,
                                                    const Asked& asked);

// One metric of a manager over the days of a month.
struct MonthLine {
  QuotaMetric metric = QuotaMetric::kCalls;
  std::int64_t counted = 0;
  std::int64_t target = 0;    // of the days that are due
  std::int64_t days_due = 0;  // without those of which nobody knows
  std::int64_t days_met = 0;
  std::int64_t days_unknown = 0;
  std::optional<Date> worst_day;  // of the days that fell short, the one that lacked most
  // Of what is told of the metric (of calls and phone offers), what he says himself: calls entered
  // by hand, companies offered something without a call behind it.
  std::int64_t told = 0;
  std::int64_t self_reported = 0;
  struct Day {
    Date date;
    std::int64_t counted = 0;
    std::int64_t target = 0;
    State state = State::kShort;
  };
  std::vector<Day> days;
};
struct ManagerMonth {
  ManagerHired manager;          // by the last of the days on which he was employed
  std::vector<MonthLine> lines;  // of the metrics that are owed by the day
  Figure contracts;
};
// All managers employed on a day of the month; of the running month, up to today.
[[nodiscard]] Result<std::vector<ManagerMonth>> month(const ViewSnapshot& snapshot, Date month,
                                                      const Asked& asked);

// One of them; nullopt: never hired, or not employed on a day of the month.
[[nodiscard]] Result<std::optional<ManagerMonth>> month_of(const ViewSnapshot& snapshot,
                                                           const ManagerId& manager, Date month,
                                                           const Asked& asked);

// One manager on one day, with the items behind each figure; nullopt: no client manager, or not
// employed on that day.
[[nodiscard]] Result<std::optional<ManagerDay>> day_of(const ViewSnapshot& snapshot,
                                                       const ManagerId& manager, Date day,
                                                       const Asked& asked);

// What the figure of calls is the sum of, on each day from `from` to `to` that has a call: for who
// asks of single calls (obligations), so that no other place decides what counts.
struct JudgedCalls {
  Date day;
  std::vector<Item> items;
};
[[nodiscard]] Result<std::vector<JudgedCalls>> judged_calls(const ViewSnapshot& snapshot,
                                                            const ManagerId& manager, Date from,
                                                            Date to, const Asked& asked);

// Likewise what the figures of offers are the sums of, on each day that has an offer.
struct JudgedOffers {
  Date day;
  std::vector<Item> mailed;
  std::vector<Item> phoned;
};
[[nodiscard]] Result<std::vector<JudgedOffers>> judged_offers(const ViewSnapshot& snapshot,
                                                              const ManagerId& manager, Date from,
                                                              Date to, const Asked& asked);

// By what the contracts of a month are judged.
struct ContractRules {
  const directory::PoliciesRow& policies;
  KnownAt judged_by;  // by which knowledge of them
  KnownAt known_at;   // by which of the contracts
};
// The contracts of a manager in the month of `day`: new are those with companies that never signed
// one before, on any card of theirs, or on another's before they were split off
// (new_client_contract.v1). Who signed before but not in the last months, by the rule of the day
// on which it was signed, has returned.
[[nodiscard]] Result<Figure> count_contracts(const ViewSnapshot& snapshot, Date day,
                                             const ManagerId& manager, const ContractRules& rules);

}  // namespace ledger::quota_compliance
