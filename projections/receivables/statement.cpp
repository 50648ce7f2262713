#include "projections/receivables/statement.h"

#include <algorithm>
#include <tuple>

namespace ledger::receivables {

namespace {

// What of an item's open amount its open disputes contest; one without an amount contests all.
std::int64_t disputed(const AccountRow& account, const Settlement::Item& item, const AsOf& as_of) {
  std::int64_t sum = 0;
  for (const auto& opened : account.disputes) {
    const DisputeOpened& dispute = opened.data;
    if (dispute.invoice_id != item.invoice.invoice_id || item.kind != ItemKind::kInvoice ||
        !as_of.sees(opened.known, dispute.opened_on)) {
      continue;
    }
    const bool closed = std::any_of(
        account.disputes_closed.begin(), account.disputes_closed.end(), [&](const auto& said) {
          return said.data.dispute_id == dispute.dispute_id && said_before(opened, said) &&
                 as_of.sees(said.known, said.data.closed_on);
        });
    if (closed || (dispute.amount && dispute.amount->currency != item.invoice.amount.currency))
      continue;
    const std::int64_t rest = item.open_minor - sum;
    sum += dispute.amount ? std::min(rest, dispute.amount->amount_minor) : rest;
  }
  return sum;
}

Item item_of(const Settlement::Item& settled, const AccountRow& account, const AsOf& as_of) {
  Item item;
  item.invoice = settled.invoice;
  item.kind = settled.kind;
  item.position = settled.position;
  item.recorded = settled.recorded;
  item.open_minor = settled.open_minor;
  item.disputed_minor = disputed(account, settled, as_of);
  item.days_past_due = days_between(settled.invoice.due_on, as_of.day);
  const bool charged = settled.kind == ItemKind::kInvoice && !settled.cancelled;
  item.charged_minor = charged ? settled.invoice.amount.amount_minor : 0;
  return item;
}

bool before(const Item& left, const Item& right) {
  return std::tie(left.invoice.due_on, left.invoice.issued_on, left.invoice.invoice_id,
                  left.position) < std::tie(right.invoice.due_on, right.invoice.issued_on,
                                            right.invoice.invoice_id, right.position);
}

bool has_item(const Settlement& settled, const InvoiceId& id) {
  return std::any_of(settled.items.begin(), settled.items.end(),
                     [&](const auto& item) { return item.invoice.invoice_id == id; });
}

void keep_back(Statement& book, const AccountRow& account, const Settlement& settled) {
  for (const auto& conflict : book.conflicts) {
    if (conflict.type != PaymentAllocated::kName) continue;
    const auto said =
        std::find_if(account.allocated.begin(), account.allocated.end(),
                     [&](const auto& one) { return one.position == conflict.position; });
    if (said == account.allocated.end() || has_item(settled, said->data.invoice_id)) continue;
    for (auto& credit : book.credits) {
      if (credit.source != said->data.payment_source || credit.id != said->data.payment_id)
        continue;
      credit.kept_minor +=
          std::min(credit.free_minor - credit.kept_minor, conflict.rest.amount_minor);
    }
  }
}

// The oldest due first (fifo, domain-semantics.md 4b).
void propose(Statement& book) {
  std::int64_t free = book.unallocated_minor;
  for (const auto& credit : book.credits) free -= credit.kept_minor;
  for (auto& item : book.items) {
    item.proposed_minor = std::min(free, item.open_minor);
    free -= item.proposed_minor;
  }
}

Status add_items(std::map<std::string, Statement>& books, const AccountRow& account,
                 const Settlement& settled, const AsOf& as_of) {
  std::vector<Item> items;
  items.reserve(settled.items.size());
  for (const auto& item : settled.items) items.push_back(item_of(item, account, as_of));
  for (const Item& item : items) {
    if (days_between(item.invoice.issued_on, as_of.day) >= kSalesDays) continue;
    auto& invoiced = books[item.invoice.amount.currency.text()].invoiced_90_days_minor;
    LEDGER_TRY(invoiced, add_checked(invoiced, item.charged_minor));
  }
  for (const auto& slice : settled.slices) {
    Item& item = items[slice.item];
    if (item.kind != ItemKind::kInvoice) continue;
    if (settled.credits[slice.credit].kind == CreditKind::kCreditNote) {
      item.charged_minor -= slice.amount_minor;
    } else if (slice.since <= item.invoice.due_on) {
      item.paid_in_time_minor += slice.amount_minor;
    }
  }
  for (auto& item : items) {
    books[item.invoice.amount.currency.text()].items.push_back(std::move(item));
  }
  return {};
}

}  // namespace

Result<std::map<std::string, Statement>> statements(const AccountRow& account, const AsOf& as_of) {
  LEDGER_TRY(const Settlement settled, settle(account, as_of));
  std::map<std::string, Statement> books;
  for (const auto& [currency, balance] : settled.balances_minor) {
    books[currency.text()].balance_minor = balance;
  }
  LEDGER_CHECK(add_items(books, account, settled, as_of));
  for (const auto& credit : settled.credits) {
    auto& book = books[credit.amount.currency.text()];
    LEDGER_TRY(book.unallocated_minor, add_checked(book.unallocated_minor, credit.free_minor));
    book.credits.push_back({credit.source, credit.id, credit.since, credit.free_minor, 0});
  }
  for (const auto& conflict : settled.conflicts) {
    auto& book = books[conflict.rest.currency.text()];
    LEDGER_TRY(book.conflict_minor, add_checked(book.conflict_minor, conflict.rest.amount_minor));
    book.conflicts.push_back(conflict);
  }
  for (auto& [code, book] : books) {
    std::sort(book.items.begin(), book.items.end(), before);
    keep_back(book, account, settled);
    propose(book);
  }
  return books;
}

}  // namespace ledger::receivables
