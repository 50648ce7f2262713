#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/receivables/rows.h"
#include "projections/receivables/statement.h"

// Which invoices a client's free money could pay, for a person to choose from: nobody has decided
// so. The choice is a payment.allocated event, or a payment.allocation_rejected.
namespace ledger::receivables {

// Why, the strongest first: the payer named the invoice, or its contract; it is of just that
// amount; it is what money pays that names none.
enum class PayReason { kNamedInvoice, kNamedContract, kAmount, kNextInOrder };
constexpr auto names(PayReason) {
  return words("named_invoice", "named_contract", "amount", "next_in_order");
}
// How much a reason counts for, of a hundred.
[[nodiscard]] int points_of(PayReason reason);

struct PayProposal {
  InvoiceId invoice_id;
  std::string number;
  Date issued_on;
  Date due_on;                     // of its first open instalment
  std::int64_t open_minor = 0;     // of all its instalments
  std::int64_t pays_minor = 0;     // what of it the money would pay
  std::vector<PayReason> reasons;  // the strongest first; may be none
  int score = 0;                   // the reasons' points, at most 100
  // By what other allocations of the two was said before, also such as were undone since: whoever
  // decides again says something new.
  std::int64_t decided_before = 0;
};

// What a person rejected, and has not taken back.
struct RejectedPay {
  InvoiceId invoice_id;
  Position position;
  std::string reason;
  std::optional<ManagerId> manager_id;
};

struct PayProposals {
  std::vector<PayProposal> invoices;  // every open one of the currency, by score, then as due
  std::vector<RejectedPay> rejected;  // by position
};
// `credit` is one of the book's, `book` the account's by the same knowledge.
[[nodiscard]] PayProposals pay_proposals(const AccountRow& account, const Statement& book,
                                         const Credit& credit, const AsOf& as_of);

// What the purpose of a payment names (named_numbers.h), and what its payer named by ids. A
// conversion names nothing.
class NamedByPayer {
 public:
  NamedByPayer(const AccountRow& account, const Credit& credit);
  [[nodiscard]] bool invoice(const InvoiceIssued& invoice) const;
  [[nodiscard]] const std::vector<InvoiceId>& invoice_ids() const { return ids_; }
  [[nodiscard]] bool contract(const std::optional<ContractId>& contract) const;
  // Whether he named any paper of the client, or one by its id that is not recorded yet.
  [[nodiscard]] bool anything() const {
    return !ids_.empty() || !numbers_.empty() || !contracts_.empty();
  }
  [[nodiscard]] const std::string& purpose() const { return purpose_; }

 private:
  std::string purpose_;
  std::vector<InvoiceId> ids_;
  std::vector<std::string> numbers_;
  std::vector<ContractId> contracts_;
};

}  // namespace ledger::receivables
