#pragma once

#include <optional>
#include <string>

#include "projections/directory/working_time.h"
#include "projections/receivables/statement.h"

// What follows from a debt: whether the client keeps his word, and what is to be sent next
// (domain-semantics.md 4b; the levels are ours).
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
// The newest promise made by the date; it replaces the earlier ones. Paid is what was booked from
// its day until grace_until, allocated or not, unless it was reversed, paid back, or pays invoices
// that were not promised. kOutOfRange beyond int64.
[[nodiscard]] Result<std::optional<PromiseStanding>> promise_of(
    const AccountRow& account, const AsOf& as_of, const directory::Calendar& calendar);

struct DunningStep {
  InvoiceId invoice_id;
  int level = 0;  // as in dunning.sent
};
// The step that is due and was not taken: for the oldest item that is not disputed whole, if the
// client owes on balance and no promise for that item runs. Only the first two promises suspend.
[[nodiscard]] std::optional<DunningStep> next_dunning(
    const AccountRow& account, const Statement& statement, const AsOf& as_of,
    const std::optional<PromiseStanding>& promise);

// The highest level that was sent for an invoice; -1: none.
[[nodiscard]] std::int64_t level_sent(const AccountRow& account, const InvoiceId& invoice,
                                      const AsOf& as_of);

}  // namespace ledger::receivables
