#include "projections/receivables/statement.h"

#include <algorithm>
#include <tuple>

#include "projections/receivables/credit_rule.h"
#include "projections/receivables/owners.h"

namespace ledger::receivables {

namespace {

constexpr std::int64_t kInterestYear = 100 * 365;  // a per cent of a day
constexpr std::int64_t kInterestPercent = 3;

// What open disputes contest of open amounts, each up to its last day; one without an amount
// contests the whole invoice, one with an amount its earlier instalments first.
class Disputes {
 public:
  Disputes(const AccountRow& account, const AsOf& as_of) : day_(as_of.day) {
    for (const auto& opened : account.disputes) {
      if (!as_of.sees(opened.known, opened.data.opened_on)) continue;
      const bool closed = std::any_of(
          account.disputes_closed.begin(), account.disputes_closed.end(), [&](const auto& said) {
            return said.data.dispute_id == opened.data.dispute_id && said_before(opened, said) &&
                   as_of.sees(said.known, said.data.closed_on);
          });
      if (closed) continue;
      const auto first = std::find_if(open_.begin(), open_.end(), [&](const Open& other) {
        return other.said->data.dispute_id == opened.data.dispute_id;
      });
      if (first == open_.end()) {
        open_.push_back({&opened, opened.data.amount, dispute_ends(account, opened)});
      } else {
        again_.emplace_back(&opened, first->said);
      }
    }
  }

  // Opened again while it was open: shown with the invoice that it contests.
  void show_doubles(std::map<std::string, Statement>& books, const Settlement& settled) const {
    for (const auto& [said, first] : again_) {
      const auto contested = std::find_if(
          settled.items.begin(), settled.items.end(),
          [&](const auto& item) { return item.invoice.invoice_id == first->data.invoice_id; });
      if (contested == settled.items.end()) continue;
      books[contested->invoice.amount.currency.text()].doubles.push_back(
          {DoubleKind::kDispute,
           said->position,
           {},
           said->data.dispute_id.text(),
           first->position,
           {},
           first->data.dispute_id.text()});
    }
  }

  void take(Item& item) {
    if (item.kind != ItemKind::kInvoice) return;
    std::int64_t& sum = item.disputed_minor;
    for (auto& [said, left, until] : open_) {
      if (said->data.invoice_id != item.invoice.invoice_id) continue;
      if (left && left->currency != item.invoice.amount.currency) continue;
      item.disputed_until = std::max(item.disputed_until, std::optional(until));
      if (until < day_) continue;
      const std::int64_t rest = item.open_minor - sum;
      const std::int64_t taken = left ? std::min(rest, left->amount_minor) : rest;
      if (left) left->amount_minor -= taken;
      sum += taken;
    }
  }

 private:
  struct Open {
    const Said<DisputeOpened>* said = nullptr;
    std::optional<Money> left;  // of the contested part
    Date until;
  };
  Date day_;
  std::vector<Open> open_;
  std::vector<std::pair<const Said<DisputeOpened>*, const Said<DisputeOpened>*>> again_;
};

// Three per cent a year, summed up exactly and rounded once, half up.
class Interest {
 public:
  void add(std::int64_t amount, std::int64_t days) {
    whole_ += amount / kInterestYear * kInterestPercent * days;
    parts_ += amount % kInterestYear * kInterestPercent * days;
  }
  [[nodiscard]] std::int64_t minor() const {
    return whole_ + (parts_ + kInterestYear / 2) / kInterestYear;
  }

 private:
  std::int64_t whole_ = 0;
  std::int64_t parts_ = 0;  // of kInterestYear
};

Item item_of(const Settlement::Item& settled, Disputes& disputes, const AsOf& as_of) {
  Item item;
  item.invoice = settled.invoice;
  item.due = settled.due;
  item.kind = settled.kind;
  item.position = settled.position;
  item.recorded = settled.recorded;
  item.open_minor = settled.open_minor;
  item.days_past_due = days_between(settled.due.on, as_of.day);
  item.days_since_issue = days_between(settled.invoice.issued_on, as_of.day);
  const bool charged = settled.kind == ItemKind::kInvoice && !settled.cancelled;
  item.charged_minor = charged ? settled.invoice.amount.amount_minor : 0;
  disputes.take(item);
  return item;
}

bool before(const Item& left, const Item& right) {
  return std::tie(left.due.on, left.invoice.issued_on, left.invoice.invoice_id, left.position,
                  left.due.instalment) < std::tie(right.due.on, right.invoice.issued_on,
                                                  right.invoice.invoice_id, right.position,
                                                  right.due.instalment);
}

bool has_item(const Settlement& settled, const InvoiceId& id) {
  return std::any_of(settled.items.begin(), settled.items.end(),
                     [&](const auto& item) { return item.invoice.invoice_id == id; });
}

// Of money whose payer named an invoice that is not recorded yet, what he did not mean for others.
void keep_for_named(Statement& book, const AccountRow& account, const Settlement& settled,
                    const AsOf& as_of) {
  for (const auto& payment : account.payments) {
    const auto& named = payment.invoice_ids;
    const bool all_here = std::all_of(named.begin(), named.end(),
                                      [&](const InvoiceId& id) { return has_item(settled, id); });
    if (all_here || !as_of.sees(payment.known, payment.booked_on)) continue;
    for (auto& credit : book.credits) {
      if (credit.source != payment.source || credit.id != payment.id) continue;
      std::int64_t for_others = 0;
      for (const auto& item : book.items) {
        if (std::find(named.begin(), named.end(), item.invoice.invoice_id) == named.end()) continue;
        for_others += std::min(credit.free_minor - for_others, item.open_minor);
      }
      credit.kept_minor = std::max(credit.kept_minor, credit.free_minor - for_others);
    }
  }
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

// The oldest due first (fifo, domain-semantics.md 4b), where charges do not come before or behind.
void put_in_paying_order(Statement& book, const DueDates& due_dates) {
  std::vector<std::pair<int, std::size_t>> ranked;
  ranked.reserve(book.items.size());
  for (std::size_t i = 0; i < book.items.size(); ++i) {
    ranked.emplace_back(due_dates.rank_of(book.items[i].invoice), i);
  }
  std::sort(ranked.begin(), ranked.end());
  for (const auto& [rank, i] : ranked) book.paying_order.push_back(i);
}

// What nobody named goes this way.
void propose(Statement& book) {
  std::int64_t free = book.unallocated_minor;
  for (const auto& credit : book.credits) free -= credit.kept_minor;
  for (const std::size_t i : book.paying_order) {
    Item& item = book.items[i];
    item.proposed_minor = std::min(free, item.open_minor);
    free -= item.proposed_minor;
  }
}

// On the price alone: no charge bears a charge.
void add_late(Item& item, const Late& late) {
  if (item.kind != ItemKind::kInvoice || item.invoice.charge) return;
  if (late.amount_minor > 0 && days_late(item.due.on, late) > 0) item.late.push_back(late);
}

void add_interest(std::vector<Item>& items, const Settlement& settled, Date day) {
  for (auto& item : items) add_late(item, {item.open_minor, day, false});
  for (const auto& slice : settled.slices) {
    if (settled.credits[slice.credit].kind == CreditKind::kCreditNote) continue;
    add_late(items[slice.item], {slice.amount_minor, slice.since, true});
  }
  for (auto& item : items) {
    Interest sum;
    for (const auto& late : item.late) sum.add(late.amount_minor, days_late(item.due.on, late));
    item.interest_minor = sum.minor();
  }
}

Status add_items(std::map<std::string, Statement>& books, const AccountRow& account,
                 const Settlement& settled, const AsOf& as_of) {
  std::vector<Item> items;
  items.reserve(settled.items.size());
  Disputes disputes(account, as_of);
  for (const auto& item : settled.items) items.push_back(item_of(item, disputes, as_of));
  disputes.show_doubles(books, settled);
  for (const auto& slice : settled.slices) {
    Item& item = items[slice.item];
    if (item.kind != ItemKind::kInvoice) continue;
    if (settled.credits[slice.credit].kind == CreditKind::kCreditNote) {
      item.charged_minor -= slice.amount_minor;
    } else if (slice.since <= item.due.on) {
      item.paid_in_time_minor += slice.amount_minor;
    }
  }
  for (const Item& item : items) {
    if (days_between(item.invoice.issued_on, as_of.day) >= kSalesDays) continue;
    auto& book = books[item.invoice.amount.currency.text()];
    auto& sum = item.invoice.charge ? book.charges_90_days_minor : book.invoiced_90_days_minor;
    LEDGER_TRY(sum, add_checked(sum, item.charged_minor));
  }
  add_interest(items, settled, as_of.day);
  for (auto& item : items) {
    books[item.invoice.amount.currency.text()].items.push_back(std::move(item));
  }
  return {};
}

void add_doubles(std::map<std::string, Statement>& books, const Settlement& settled) {
  for (const auto& again : settled.doubles) {
    Double shown{again.kind, again.position, again.source, again.id, {}, {}, again.id};
    if (again.kind == DoubleKind::kInvoice) {
      const auto& first = settled.items[again.first];
      shown.first_position = first.position;
      books[first.invoice.amount.currency.text()].doubles.push_back(std::move(shown));
      continue;
    }
    const auto& first = settled.credits[again.first];
    shown.first_position = first.position;
    shown.first_source = first.source;
    shown.first_id = first.id;
    books[first.amount.currency.text()].doubles.push_back(std::move(shown));
  }
}

// One booking of two clients is shown to both: where it counts, and where it waits.
void add_shared(std::map<std::string, Statement>& books, const AccountRow& account,
                const AsOf& as_of) {
  for (const auto& payment : account.payments) {
    if (!as_of.sees(payment.known, payment.booked_on)) continue;
    const bool counts = told_before(account, payment, as_of) == nullptr;
    for (const auto& [position, booking, other, client] : account.shared) {
      if (position != payment.position || booking != booking_key(payment) ||
          !as_of.sees(other.known, other.on)) {
        continue;
      }
      books[payment.amount.currency.text()].doubles.push_back(
          {DoubleKind::kOtherClient, payment.position, payment.source, payment.id, other.position,
           other.source, other.id, client, counts});
    }
  }
}

}  // namespace

int days_late(Date due_on, const Late& late) {
  return days_between(due_on, late.until) - (late.paid ? 1 : 0);
}

Date dispute_ends(const AccountRow& account, const Said<DisputeOpened>& opened) {
  const DisputeOpened& dispute = opened.data;
  if (dispute.until) return *dispute.until;
  const auto rule = dispute_rule(account.rules, {dispute.opened_on, opened.known.recorded});
  return add_days(dispute.opened_on, static_cast<int>(rule.dispute_days));
}

Result<std::map<std::string, Statement>> statements(const AccountRow& account, const AsOf& as_of) {
  LEDGER_TRY(const Settlement settled, settle(account, as_of));
  std::map<std::string, Statement> books;
  for (const auto& [currency, balance] : settled.balances_minor) {
    books[currency.text()].balance_minor = balance;
  }
  const DueDates due_dates(account, as_of);
  LEDGER_CHECK(add_items(books, account, settled, as_of));
  for (const auto& credit : settled.credits) {
    auto& book = books[credit.amount.currency.text()];
    LEDGER_TRY(book.unallocated_minor, add_checked(book.unallocated_minor, credit.free_minor));
    book.credits.push_back(
        {credit.source, credit.id, credit.since, credit.kind, credit.free_minor, 0});
  }
  add_doubles(books, settled);
  add_shared(books, account, as_of);
  for (const auto& conflict : settled.conflicts) {
    auto& book = books[conflict.rest.currency.text()];
    LEDGER_TRY(book.conflict_minor, add_checked(book.conflict_minor, conflict.rest.amount_minor));
    book.conflicts.push_back(conflict);
  }
  for (auto& [code, book] : books) {
    std::sort(book.items.begin(), book.items.end(), before);
    keep_back(book, account, settled);
    keep_for_named(book, account, settled, as_of);
    put_in_paying_order(book, due_dates);
    propose(book);
  }
  return books;
}

}  // namespace ledger::receivables
