#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "projections/directory/working_time.h"
#include "projections/receivables/rows.h"

// When an invoice is to be paid, and in how many parts (domain-semantics.md 4b, item).
namespace ledger::receivables {

using ledger::AsOf;

// Who said so: the invoice itself, the terms that were agreed, or nobody; then it is due on the day
// of its issue, and that is shown.
enum class DueBy { kInvoice, kTerms, kIssueDate };
constexpr auto names(DueBy) { return words("invoice", "terms", "issue_date"); }

// kNotYet: it runs from a shipment or a signed act that is not recorded; it is not due before.
// kUnnamed: the invoice names none, so it runs from its own day.
enum class BaseState { kKnown, kNotYet, kUnnamed };
constexpr auto names(BaseState) { return words("known", "not_yet", "unnamed"); }

struct Due {
  Date on;
  Date base_on;  // from which the days were counted
  DueBy by = DueBy::kInvoice;
  BaseState base = BaseState::kKnown;
  std::int64_t instalment = 1;  // which part of the invoice
  std::int64_t instalments = 1;
  std::optional<Date> by_terms_on;  // where the invoice says another day; of the last instalment
  std::int64_t grace_days = 0;      // reminders and the stop wait so long; the age does not
};

struct Instalment {
  Due due;
  std::int64_t amount_minor = 0;
};

// By what an account says as of a date. Terms hold for invoices that are issued while they are in
// force: those of the invoice's contract before those of all, then the last to begin. What an
// invoice says itself wins.
class DueDates {
 public:
  // `account` must outlive it.
  DueDates(const AccountRow& account, const AsOf& as_of);

  // Together they are the invoice, earlier ones first; none is of nothing.
  [[nodiscard]] std::vector<Instalment> of(const InvoiceIssued& invoice) const;
  // What money pays first that names nothing: lower ranks before higher ones.
  [[nodiscard]] int rank_of(const InvoiceIssued& invoice) const;

 private:
  struct Base {
    Date on;
    BaseState state = BaseState::kKnown;
  };
  template <class Says>
  [[nodiscard]] const ClientTermsSet* terms_of(const InvoiceIssued& invoice, Says says) const;
  [[nodiscard]] Base base_of(const InvoiceIssued& invoice, TermsBase base) const;
  [[nodiscard]] Due due_of(const ClientTermsSet& terms, const Base& base, std::int64_t days) const;
  [[nodiscard]] std::vector<Instalment> by_terms(const InvoiceIssued& invoice,
                                                 const ClientTermsSet& terms) const;

  const AccountRow& account_;
  AsOf as_of_;
  directory::Calendar business_;
  directory::Calendar banking_;
};

// The months whose days decide about due dates by terms: first days, sorted. Empty: none do.
[[nodiscard]] std::vector<Date> months_of_due_dates(const AccountRow& account, CalendarKind kind);

}  // namespace ledger::receivables
