#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "projections/receivables/settlement.h"

namespace ledger::receivables {

// The days of sales that the debt is measured by (domain-semantics.md 4b, KPIs).
inline constexpr int kSalesDays = 90;

// So much of a price was open past its due date.
struct Late {
  std::int64_t amount_minor = 0;
  Date until;         // the day of payment; of what is open, the date that is asked about
  bool paid = false;  // the day of payment is no day of delay
};
// Days of delay; 0 or less: in time.
[[nodiscard]] int days_late(Date due_on, const Late& late);

// One instalment of an invoice as it stands, or what is owed like one.
struct Item {
  InvoiceIssued invoice;  // its amount is the instalment's; of a refund: under the payment's id
  Due due;
  Position position;
  Timestamp recorded;  // when the ledger learned of it
  std::int64_t open_minor = 0;
  std::int64_t disputed_minor = 0;  // of the open amount, while it is contested
  // The last day of the disputes about it that nobody closed; past: they suspend nothing any more.
  std::optional<Date> disputed_until = {};
  int days_past_due = 0;  // day - due date; 0 or less: not overdue
  int days_since_issue = 0;
  std::int64_t charged_minor = 0;       // invoiced, less credit notes; none if cancelled
  std::int64_t paid_in_time_minor = 0;  // by payments that count by the due date
  // What a rule would settle it by, out of money that pays nothing yet. Nobody has decided so:
  // payment.allocated does.
  std::int64_t proposed_minor = 0;
  ItemKind kind = ItemKind::kInvoice;
  // What was paid late or is late still; of a charge nothing, which bears no charge. What it costs
  // besides by tables that are published is late_payment.h.
  std::vector<Late> late = {};
  // ЦКУ 625: three per cent a year of that, without inflation. For information: nothing posts it.
  std::int64_t interest_minor = 0;
};

// Money that pays nothing yet.
struct Credit {
  std::string source;  // of the payment or conversion; empty for a credit note
  std::string id;
  Date since;
  CreditKind kind{};
  std::int64_t free_minor = 0;
  // Of the free money, what allocations speak for whose invoice the account does not have: it is
  // not recorded yet, or another client's since cards were parted. No rule gives it to others.
  // Likewise what its payer named an invoice for that is not recorded yet.
  std::int64_t kept_minor = 0;
};

// What was told twice under two ids of events: one booking of the bank, one invoice, one credit
// note, one dispute. The first counts.
struct Double {
  DoubleKind kind{};
  Position position;
  std::string source;  // of a payment
  std::string id;      // of the payment; else of the invoice, note or dispute itself
  Position first_position;
  std::string first_source;
  std::string first_id;
  std::string client_id = {};  // of the other client's payment
  bool counts = false;         // of a payment that another client has, too
};

// One currency of one client. Never negative parts, and always: the open amounts' sum less the free
// credit is the balance, which is the sum of all signed movements.
struct Statement {
  std::vector<Item> items;  // all, by due date, issue date and id; settled ones too
  // Indices of items in the order in which money pays them that names none.
  std::vector<std::size_t> paying_order;
  std::vector<Credit> credits;
  std::int64_t balance_minor = 0;
  std::int64_t unallocated_minor = 0;
  std::int64_t invoiced_90_days_minor = 0;  // sales: less credit notes, without charges
  std::int64_t charges_90_days_minor = 0;   // charges, which are no sales
  // Beyond what was open or free: kept out, and to be looked at.
  std::vector<Settlement::Conflict> conflicts;
  std::vector<Double> doubles;
  std::int64_t conflict_minor = 0;
};

// The last day on which a dispute suspends what follows from a debt: what it says itself, else as
// many days as the rule of its day, as it was known when the dispute was recorded.
[[nodiscard]] Date dispute_ends(const AccountRow& account, const Said<DisputeOpened>& opened);

// By currency code. kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Result<std::map<std::string, Statement>> statements(const AccountRow& account,
                                                                  const AsOf& as_of);

}  // namespace ledger::receivables
