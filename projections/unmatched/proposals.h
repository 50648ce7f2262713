#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "events/money.h"
#include "projections/known.h"
#include "projections/receivables/counted_booking.h"
#include "projections/receivables/named_numbers.h"
#include "projections/store/view_store.h"
#include "projections/unmatched/name_likeness.h"
#include "projections/unmatched/queries.h"

// Whose a waiting fact could be, for a person to choose from: nobody has decided so. The choice is
// an interaction.matched event.
namespace ledger::unmatched {

// The payment that counts for the booking of the bank that a fact is, as another source told it:
// what waits is no new money then. nullopt: it is no payment, or nobody's yet.
[[nodiscard]] Result<std::optional<receivables::CountedBooking>> counted_for(
    const ViewSnapshot& snapshot, const Fact& fact, const AsOf& as_of);

// Why a client is proposed, the strongest first: the booking counts for him; the payer's code or
// account is on his card (and on others'); the purpose names an invoice or a contract of his, by
// the same search as the rule that allocates (receivables/named_numbers.h), or his code; he shares
// a telephone or address with others; the payer is called as he is, or nearly so; an open invoice
// of his is of just that amount.
enum class Reason {
  kSameBooking,
  kTaxCode,
  kIban,
  kInvoiceNumber,
  kContractNumber,
  kPurposeTaxCode,
  kSharedKey,
  kPayerName,
  kSimilarName,
  kAmount,
};
constexpr auto names(Reason) {
  return words("same_booking", "tax_code", "iban", "invoice_number", "contract_number",
               "purpose_tax_code", "shared_key", "payer_name", "similar_name", "amount");
}
// How much a reason counts for, of a hundred.
[[nodiscard]] int points_of(Reason reason);

struct Proposal {
  std::string client_id;
  std::string name;
  std::vector<Reason> reasons;            // the strongest first, each once
  std::vector<std::string> invoice_ids;   // named, or of the amount
  std::vector<std::string> contract_ids;  // named
  int score = 0;                          // the reasons' points, at most 100
};

// What the proposals of one answer look at, read once: names of all cards, open invoices and papers
// of all accounts, on the day and by the knowledge asked for. The snapshot must outlive it. One
// thread.
class Proposer {
 public:
  static constexpr std::size_t kMax = 5;  // proposals for one fact

  Proposer(const ViewSnapshot& snapshot, const AsOf& as_of) : snapshot_(snapshot), as_of_(as_of) {}

  // By their score, then by their strongest reason, then by client. Whom a person refused is not
  // among them, nor is the client into whom his card was merged. None for what is ruled out. For
  // whom its booking counts already, unless refused, is the only one.
  // At most `most` of them.
  [[nodiscard]] Result<std::vector<Proposal>> proposals(const Fact& fact, std::size_t most = kMax);

 private:
  class Gathered;
  struct Paper {
    std::string client_id;
    std::string id;
  };
  struct Open {
    Paper invoice;
    Money open;
  };
  [[nodiscard]] Status read();
  [[nodiscard]] Status read_cards();
  [[nodiscard]] Status read_accounts();
  [[nodiscard]] Status add_by_keys(Gathered& gathered, const Fact& fact) const;
  [[nodiscard]] Status add_by_purpose(Gathered& gathered, const Remittance& remittance) const;
  [[nodiscard]] Status add_by_name(Gathered& gathered, std::string_view payer) const;
  [[nodiscard]] Result<std::string> survivor_of(const std::string& card) const;

  const ViewSnapshot& snapshot_;
  AsOf as_of_;
  bool is_read_ = false;
  std::map<std::string, std::set<std::string>> by_key_;  // a key of the directory -> cards
  std::map<std::string, std::string> names_;             // client -> name
  std::vector<std::string> named_cards_;
  std::multimap<std::string, std::size_t> by_name_;  // as it is compared -> index of named_cards_
  NameLikeness likeness_;                            // likewise
  std::vector<Open> open_;
  std::vector<Paper> invoices_;
  std::vector<Paper> contracts_;
  std::unique_ptr<NumberSearch> invoice_numbers_;   // of invoices_
  std::unique_ptr<NumberSearch> contract_numbers_;  // of contracts_
};

}  // namespace ledger::unmatched
