#include "projections/receivables/pay_proposals.h"

#include <algorithm>

#include "projections/receivables/named_numbers.h"

namespace ledger::receivables {

namespace {

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// What the payer said; nullptr: a conversion says nothing.
const Payment* payment_of(const AccountRow& account, const Credit& credit) {
  const auto found =
      std::find_if(account.payments.begin(), account.payments.end(), [&](const auto& payment) {
        return !payment.known.taken_back && payment.source == credit.source &&
               payment.id == credit.id;
      });
  return found == account.payments.end() ? nullptr : &*found;
}

// The numbers that stand on papers of one kind: settled ones too, or a part of one would be taken
// for another.
template <class E>
std::vector<std::string> numbers_on(const std::vector<Said<E>>& papers) {
  std::vector<std::string> numbers;
  for (const auto& said : papers) {
    if (!said.known.taken_back) numbers.push_back(said.data.number);
  }
  return numbers;
}

std::vector<std::string> named_in(const std::string& purpose,
                                  const std::vector<std::string>& numbers, Paper paper) {
  std::vector<std::string> named;
  for (const std::size_t i : named_numbers(purpose, numbers, paper)) named.push_back(numbers[i]);
  return named;
}

bool is_of(const auto& said, const Credit& credit, const InvoiceId& invoice) {
  return said.data.payment_source == credit.source && said.data.payment_id == credit.id &&
         said.data.invoice_id == invoice;
}

std::vector<PayProposal> open_invoices(const Statement& book) {
  std::vector<PayProposal> found;
  for (const auto& item : book.items) {
    if (item.open_minor == 0 || item.kind != ItemKind::kInvoice) continue;
    const auto same = std::find_if(found.begin(), found.end(), [&](const PayProposal& one) {
      return one.invoice_id == item.invoice.invoice_id;
    });
    if (same != found.end()) {
      same->open_minor += item.open_minor;
      continue;
    }
    found.push_back({item.invoice.invoice_id,
                     item.invoice.number,
                     item.invoice.issued_on,
                     item.due.on,
                     item.open_minor,
                     0,
                     {},
                     0,
                     0});
  }
  return found;
}

const Item* item_of(const Statement& book, const InvoiceId& invoice) {
  const auto found = std::find_if(book.items.begin(), book.items.end(), [&](const Item& item) {
    return item.invoice.invoice_id == invoice;
  });
  return found == book.items.end() ? nullptr : &*found;
}

// The invoice that money which names none would pay first.
const InvoiceId* next_in_order(const Statement& book) {
  for (const std::size_t i : book.paying_order) {
    const Item& item = book.items[i];
    if (item.open_minor > 0 && item.kind == ItemKind::kInvoice) return &item.invoice.invoice_id;
  }
  return nullptr;
}

}  // namespace

int points_of(PayReason reason) {
  switch (reason) {
    case PayReason::kNamedInvoice:
      return 60;
    case PayReason::kNamedContract:
    case PayReason::kAmount:
      return 30;
    case PayReason::kNextInOrder:
      return 10;
  }
  return 0;
}

NamedByPayer::NamedByPayer(const AccountRow& account, const Credit& credit) {
  const Payment* payment = payment_of(account, credit);
  if (payment == nullptr) return;
  purpose_ = payment->purpose;
  ids_ = payment->invoice_ids;
  numbers_ = named_in(payment->purpose, numbers_on(account.invoices), Paper::kInvoice);
  if (payment->contract_id) {
    contracts_.push_back(*payment->contract_id);
    return;
  }
  const auto named = named_in(payment->purpose, numbers_on(account.contracts), Paper::kContract);
  for (const auto& said : account.contracts) {
    if (!said.known.taken_back && holds(named, said.data.number)) {
      contracts_.push_back(said.data.contract_id);
    }
  }
}

bool NamedByPayer::invoice(const InvoiceIssued& invoice) const {
  return holds(ids_, invoice.invoice_id) || holds(numbers_, invoice.number);
}

bool NamedByPayer::contract(const std::optional<ContractId>& contract) const {
  return contract && holds(contracts_, *contract);
}

PayProposals pay_proposals(const AccountRow& account, const Statement& book, const Credit& credit,
                           const AsOf& as_of) {
  PayProposals proposals;
  for (const auto& said : account.allocation_rejected) {
    if (!said.known.at(as_of.known_at) || !is_of(said, credit, said.data.invoice_id)) continue;
    proposals.rejected.push_back(
        {said.data.invoice_id, said.position, said.data.reason, said.data.manager_id});
  }
  const NamedByPayer named(account, credit);
  const InvoiceId* next = next_in_order(book);
  for (auto& one : open_invoices(book)) {
    const bool rejected =
        std::any_of(proposals.rejected.begin(), proposals.rejected.end(),
                    [&](const auto& other) { return other.invoice_id == one.invoice_id; });
    if (rejected) continue;
    const InvoiceIssued& invoice = item_of(book, one.invoice_id)->invoice;
    if (named.invoice(invoice)) one.reasons.push_back(PayReason::kNamedInvoice);
    if (named.contract(invoice.contract_id)) one.reasons.push_back(PayReason::kNamedContract);
    if (one.open_minor == credit.free_minor) one.reasons.push_back(PayReason::kAmount);
    if (next != nullptr && *next == one.invoice_id) one.reasons.push_back(PayReason::kNextInOrder);
    for (const auto reason : one.reasons) one.score += points_of(reason);
    one.score = std::min(one.score, 100);
    one.pays_minor = std::min(credit.free_minor, one.open_minor);
    one.decided_before =
        std::count_if(account.allocated.begin(), account.allocated.end(),
                      [&](const auto& said) { return is_of(said, credit, one.invoice_id); });
    const auto behind =
        std::find_if(proposals.invoices.begin(), proposals.invoices.end(),
                     [&](const PayProposal& other) { return other.score < one.score; });
    proposals.invoices.insert(behind, std::move(one));
  }
  return proposals;
}

}  // namespace ledger::receivables
