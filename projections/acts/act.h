#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/types/reconciliation.h"
#include "projections/client_card/queries.h"
#include "projections/receivables/settlement.h"
#include "projections/store/view_store.h"

// The act of reconciliation (акт звірки взаєморозрахунків, domain-semantics.md 4b): what moved
// between us and a client in a period, and what is owed at its ends.
namespace ledger::acts {

// The form in which acts are drafted now.
inline constexpr ActForm kForm = ActForm::kSecond;

// What an act is about, and by whose knowledge it stands.
struct Subject {
  ClientId client_id;
  Date from;                              // The first day
  Date to;                                // The last day, included
  std::optional<ContractId> contract_id;  // Absent: all contracts
  Currency currency;
  std::optional<Timestamp> known_at;  // Absent: by everything that is recorded
};

// What a line is about, in the order in which lines of one day stand.
enum class LineKind {
  kInvoice,
  kPayment,
  kCreditNote,
  kWriteOff,  // a debit: paid after all
  kCancellation,
  kRefund,
  kReversal,
  kConversion,
  kOffset,
};
constexpr auto names(LineKind) {
  return words("invoice", "payment", "credit_note", "write_off", "cancellation", "refund",
               "reversal", "conversion", "offset");
}

// One line of our half: a debit raises what the client owes us, a credit lowers it. The client's
// half is its mirror: our debit is their credit.
struct Line {
  Date on;
  LineKind kind{};
  std::string document;  // its number
  std::int64_t debit_minor = 0;
  std::int64_t credit_minor = 0;
  Position position;  // of the event that told of the document

  bool operator==(const Line&) const = default;
};

// Opening, debit less credit, and closing always add up. What is owed by the client is positive. Of
// one contract: what is open of its invoices; money that pays nothing yet is of no contract.
struct Act {
  Subject subject;
  std::optional<ActParty> ours;
  std::optional<ActParty> theirs;
  std::optional<std::string> contract_title;
  std::int64_t opening_minor = 0;
  std::int64_t debit_minor = 0;
  std::int64_t credit_minor = 0;
  std::int64_t closing_minor = 0;
  std::vector<Line> lines;    // by day, kind and position
  std::vector<Line> earlier;  // what the opening is made of; not on the paper
};

// The figures; parties are the caller's. The same subject gives the same figures for ever, once the
// views have come past the instant of its knowledge. kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Result<Act> figures(const ViewSnapshot& snapshot, const Subject& subject);

// The act that a draft stands for, with its parties as the paper names them. A draft that does not
// say by what was known is taken by what was known when it was recorded.
[[nodiscard]] Result<Act> drafted(const ViewSnapshot& snapshot, const ReconciliationDrafted& draft,
                                  Timestamp recorded);

// The client as its card names it.
[[nodiscard]] ActParty party_of(const client_card::Card& card);

// The bytes of what the paper says, and their SHA-256 in hex: what reconciliation.drafted carries.
// Number, place and state of the act are not in it, nor is the instant: the same figures known at
// another time are the same paper.
[[nodiscard]] std::string canonical_json(const Act& act);
[[nodiscard]] std::string digest(const Act& act);

// Lines of which one act knows and the other does not, those before the period too: as they are
// then recorded later, or taken back.
struct Change {
  Line line;
  bool added = false;  // else taken back
};
[[nodiscard]] std::vector<Change> changes(const Act& then, const Act& now);

}  // namespace ledger::acts
