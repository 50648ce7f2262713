#pragma once

#include <optional>
#include <string>

#include "projections/directory/working_time.h"
#include "projections/receivables/statement.h"

// What follows from a debt: whether the client keeps his word, what is to be sent next, whether
// goods may go out (domain-semantics.md 4b; levels and limits are ours).
namespace ledger::receivables {

// kPart: something came, less than was promised, and the time is over.
enum class PromiseState { kOpen, kKept, kPart, kBroken };
constexpr auto names(PromiseState) { return words("open", "kept", "part", "broken"); }

struct PromiseStanding {
  PromiseToPayMade promise;
  PromiseState state = PromiseState::kOpen;
  Date grace_until;  // two working days after the promised one
  std::int64_t paid_minor = 0;
};
// The newest promise made by the date; it replaces the earlier ones.
[[nodiscard]] std::optional<PromiseStanding> promise_of(const AccountRow& account,
                                                        const AsOf& as_of,
                                                        const directory::Calendar& calendar);

struct DunningStep {
  InvoiceId invoice_id;
  int level = 0;  // as in dunning.sent
};
// The step that is due and was not taken: for the oldest item that is not disputed whole, if the
// client owes on balance and no promise runs.
[[nodiscard]] std::optional<DunningStep> next_dunning(
    const AccountRow& account, const Statement& statement, const AsOf& as_of,
    const std::optional<PromiseStanding>& promise);

struct ShipmentStop {
  bool stopped = false;
  std::string reason;  // "limit", "overdue" or what the person said
};
// Stopped: by hand and not released; or more open than the limit; or an undisputed item more than
// kStopDaysPastDue days overdue. A release with a last day suspends the two automatic reasons.
inline constexpr int kStopDaysPastDue = 30;
[[nodiscard]] ShipmentStop shipment_stop(const AccountRow& account, const std::string& currency,
                                         const Statement& statement, const AsOf& as_of);
// The limit in force, in its currency.
[[nodiscard]] std::optional<Money> credit_limit(const AccountRow& account, const AsOf& as_of);

}  // namespace ledger::receivables
