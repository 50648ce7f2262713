#include "projections/receivables/statement.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace ledger::receivables {

namespace {

using Key = std::pair<std::string, std::string>;  // a payment's source and id

// Works out one account, step by step in the order of the functions below.
class Books {
 public:
  Books(const AccountRow& account, const AsOf& as_of) : account_(account), as_of_(as_of) {}

  Result<std::map<std::string, Statement>> close() {
    LEDGER_CHECK(open_items());
    LEDGER_CHECK(open_credits());
    apply_credit_notes();
    apply_allocations();
    apply_write_offs();
    apply_refunds();
    mark_disputes();
    sell_currency();
    for (auto& [code, statement] : books_) {
      LEDGER_CHECK(add_up(statement));
      propose(statement);
    }
    return std::move(books_);
  }

 private:
  [[nodiscard]] bool holds(const Known& known, Date day) const {
    return known.at(as_of_.known_at) && day <= as_of_.day;
  }

  Status open_items() {
    for (const auto& said : account_.invoices) {
      const InvoiceIssued& invoice = said.data;
      if (!holds(said.known, invoice.issued_on)) continue;
      auto& book = books_[invoice.amount.currency.text()];
      const bool cancelled =
          std::any_of(account_.cancelled.begin(), account_.cancelled.end(), [&](const auto& other) {
            return other.data.invoice_id == invoice.invoice_id &&
                   holds(other.known, other.data.cancelled_on);
          });
      const std::int64_t amount = cancelled ? 0 : invoice.amount.amount_minor;
      book.items.push_back(
          {invoice, said.position, amount, 0, days_between(invoice.due_on, as_of_.day), 0, 0});
      if (days_between(invoice.issued_on, as_of_.day) < 90) {
        LEDGER_TRY(book.invoiced_90_days_minor, add_checked(book.invoiced_90_days_minor, amount));
      }
    }
    for (auto& [code, book] : books_) {
      std::sort(book.items.begin(), book.items.end(), [](const Item& left, const Item& right) {
        return std::tie(left.invoice.due_on, left.invoice.issued_on, left.invoice.invoice_id,
                        left.position) < std::tie(right.invoice.due_on, right.invoice.issued_on,
                                                  right.invoice.invoice_id, right.position);
      });
    }
    return {};
  }

  Status open_credits() {
    for (const auto& payment : account_.payments) {
      if (!holds(payment.known, payment.booked_on)) continue;
      const bool reversed =
          std::any_of(account_.reversed.begin(), account_.reversed.end(), [&](const auto& said) {
            return said.data.payment_source == payment.source &&
                   said.data.payment_id == payment.id && holds(said.known, said.data.reversed_on);
          });
      const std::int64_t amount = reversed ? 0 : payment.amount.amount_minor;
      books_[payment.amount.currency.text()].credits.push_back(
          {payment.source, payment.id, payment.booked_on, amount});
    }
    for (const auto& said : account_.converted) {
      const FxConverted& fx = said.data;
      if (!holds(said.known, fx.converted_on)) continue;
      books_[fx.bought.currency.text()].credits.push_back(
          {"", "", fx.converted_on, fx.bought.amount_minor});
    }
    return {};
  }

  // Last of all: only what pays nothing can be sold.
  void sell_currency() {
    for (const auto& said : account_.converted) {
      if (!holds(said.known, said.data.converted_on)) continue;
      auto& book = books_[said.data.sold.currency.text()];
      std::int64_t left = said.data.sold.amount_minor;
      for (auto& credit : book.credits) left -= take(credit.free_minor, left);
      note_conflict(book, left);
    }
  }

  static void note_conflict(Statement& book, std::int64_t minor) {
    book.conflict_minor =
        add_checked(book.conflict_minor, minor).value_or(std::numeric_limits<std::int64_t>::max());
  }

  static std::int64_t take(std::int64_t& from, std::int64_t wanted) {
    const std::int64_t taken = std::min(from, wanted);
    from -= taken;
    return taken;
  }

  Item* item_of(Statement& book, const InvoiceId& id) {
    const auto found = std::find_if(book.items.begin(), book.items.end(), [&](const Item& item) {
      return item.invoice.invoice_id == id;
    });
    return found == book.items.end() ? nullptr : &*found;
  }

  void apply_credit_notes() {
    std::map<CreditNoteId, std::int64_t> free;
    for (const auto& said : account_.credit_notes) {
      if (!holds(said.known, said.data.issued_on)) continue;
      auto& book = books_[said.data.amount.currency.text()];
      std::int64_t left = said.data.amount.amount_minor;
      if (said.data.invoice_id) {
        if (Item* item = item_of(book, *said.data.invoice_id)) left -= take(item->open_minor, left);
      }
      for (const auto& applied : account_.credit_applied) {
        if (applied.data.credit_note_id != said.data.credit_note_id ||
            !holds(applied.known, applied.data.effective_on)) {
          continue;
        }
        std::int64_t wanted = applied.data.amount.amount_minor;
        if (Item* item = item_of(book, applied.data.invoice_id)) {
          const std::int64_t used = take(item->open_minor, std::min(left, wanted));
          left -= used;
          wanted -= used;
        }
        note_conflict(book, wanted);
      }
      if (left > 0) book.credits.push_back({"", "", said.data.issued_on, left});
    }
  }

  [[nodiscard]] bool deallocated(const Said<PaymentAllocated>& said) const {
    return std::any_of(account_.deallocated.begin(), account_.deallocated.end(),
                       [&](const auto& undone) {
                         return undone.data.payment_source == said.data.payment_source &&
                                undone.data.payment_id == said.data.payment_id &&
                                undone.data.invoice_id == said.data.invoice_id &&
                                undone.known.at(as_of_.known_at) && said.position < undone.position;
                       });
  }

  void apply_allocations() {
    for (const auto& said : account_.allocated) {
      const PaymentAllocated& allocation = said.data;
      if (!holds(said.known, allocation.effective_on) || deallocated(said)) continue;
      auto& book = books_[allocation.amount.currency.text()];
      std::int64_t wanted = allocation.amount.amount_minor;
      Item* item = item_of(book, allocation.invoice_id);
      for (auto& credit : book.credits) {
        if (item == nullptr || Key(credit.source, credit.id) !=
                                   Key(allocation.payment_source, allocation.payment_id)) {
          continue;
        }
        std::int64_t usable = std::min(credit.free_minor, wanted);
        usable = take(item->open_minor, usable);
        credit.free_minor -= usable;
        wanted -= usable;
        if (credit.since <= item->invoice.due_on) item->paid_in_time_minor += usable;
      }
      // A reversed payment frees what it paid; that is no conflict.
      if (!is_reversed(allocation)) note_conflict(book, wanted);
    }
  }

  [[nodiscard]] bool is_reversed(const PaymentAllocated& allocation) const {
    return std::any_of(account_.reversed.begin(), account_.reversed.end(), [&](const auto& said) {
      return said.data.payment_source == allocation.payment_source &&
             said.data.payment_id == allocation.payment_id &&
             holds(said.known, said.data.reversed_on);
    });
  }

  void apply_write_offs() {
    for (const auto& said : account_.written_off) {
      if (!holds(said.known, said.data.written_off_on)) continue;
      auto& book = books_[said.data.amount.currency.text()];
      std::int64_t left = said.data.amount.amount_minor;
      if (Item* item = item_of(book, said.data.invoice_id)) left -= take(item->open_minor, left);
      note_conflict(book, left);
    }
  }

  void apply_refunds() {
    for (const auto& said : account_.refunded) {
      if (!holds(said.known, said.data.refunded_on)) continue;
      auto& book = books_[said.data.amount.currency.text()];
      std::int64_t left = said.data.amount.amount_minor;
      for (auto& credit : book.credits) {
        if (credit.source == said.data.payment_source && credit.id == said.data.payment_id) {
          left -= take(credit.free_minor, left);
        }
      }
      note_conflict(book, left);
    }
  }

  void mark_disputes() {
    for (const auto& said : account_.disputes) {
      if (!holds(said.known, said.data.opened_on)) continue;
      const bool closed = std::any_of(account_.disputes_closed.begin(),
                                      account_.disputes_closed.end(), [&](const auto& other) {
                                        return other.data.dispute_id == said.data.dispute_id &&
                                               holds(other.known, other.data.closed_on);
                                      });
      if (closed) continue;
      for (auto& [code, book] : books_) {
        Item* item = item_of(book, said.data.invoice_id);
        if (item == nullptr) continue;
        const std::int64_t wanted =
            said.data.amount ? said.data.amount->amount_minor : item->open_minor;
        item->disputed_minor += std::min(item->open_minor - item->disputed_minor, wanted);
      }
    }
  }

  // The oldest due first (fifo, domain-semantics.md 4b).
  static void propose(Statement& book) {
    std::int64_t free = book.unallocated_minor;
    for (auto& item : book.items) {
      item.proposed_minor = std::min(free, item.open_minor);
      free -= item.proposed_minor;
    }
  }

  static Status add_up(Statement& book) {
    for (const auto& item : book.items) {
      LEDGER_TRY(book.balance_minor, add_checked(book.balance_minor, item.open_minor));
    }
    for (const auto& credit : book.credits) {
      LEDGER_TRY(book.unallocated_minor, add_checked(book.unallocated_minor, credit.free_minor));
    }
    LEDGER_TRY(book.balance_minor, add_checked(book.balance_minor, -book.unallocated_minor));
    return {};
  }

  const AccountRow& account_;
  const AsOf& as_of_;
  std::map<std::string, Statement> books_;
};

}  // namespace

Result<std::map<std::string, Statement>> statements(const AccountRow& account, const AsOf& as_of) {
  return Books(account, as_of).close();
}

}  // namespace ledger::receivables
