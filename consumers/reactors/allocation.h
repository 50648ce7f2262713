#pragma once

#include "consumers/reactors/reactor.h"

namespace ledger {

// Rule allocation.v5 (domain-semantics.md 4b): money that pays nothing yet pays the client's open
// invoices of its own currency; first those that the payer names, by their id or their number, also
// if they come after the money; then those of the contract that he names; then the oldest due, and
// charges before or behind as the terms say. What is named by an id that is not recorded yet is
// waited for. Who names another client's invoice and nothing of his own is a third party: his money
// pays nothing in order, a person says what it is for. Emitted as payment.allocated, so that a
// replay decides nothing and a late event reshuffles nothing. A pair of payment and invoice is
// decided once: what a person has undone or rejected stays so, and what he has given is not more.
// What the rule itself gave it tops up, where a correction made the payment or the invoice larger
// since. Money and invoices that the rule has yet to read are not there for it: each is decided
// about at its own event, so that the order of the log tells what pays what, and not how late the
// rule is; and again where money came free or became somebody's since: a merge, a conversion, a
// cancelled invoice, a refund, a reversal, a void or a correction; of every account that an event
// touches: both of a merge that was voided or of a split, and of whoever waits for a booking of the
// bank that was told of another client before. What is dated ahead is decided about on its day, if
// that is within a year of its recording. Cards that are one client have one account; what was
// decided across them stands when they are two again, and its money waits for a person
// (schemas/decisions/0005).
class AllocationReactor final : public Reactor {
 public:
  explicit AllocationReactor(BusinessZone zone) : zone_(zone) {}
  [[nodiscard]] std::string_view name() const override { return "ledger/allocation"; }
  [[nodiscard]] bool concerns(const LineSummary& line) const override;
  [[nodiscard]] Result<std::vector<Submission>> react(const Event& event,
                                                      const Sight& sight) const override;
  // Of the accounts on which an invoice or money begins to count that was recorded before its day.
  [[nodiscard]] Result<std::vector<Submission>> turn_of_day(const Sight& sight) const override;

 private:
  [[nodiscard]] Result<std::vector<Submission>> allocate(const std::string& client_id,
                                                         const Sight& sight) const;

  BusinessZone zone_;
};

}  // namespace ledger
