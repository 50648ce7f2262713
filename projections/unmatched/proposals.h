#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "events/money.h"
#include "projections/known.h"
#include "projections/store/view_store.h"
#include "projections/unmatched/queries.h"

// Whose a waiting fact could be, for a person to choose from: nobody has decided so. The choice is
// an interaction.matched event.
namespace ledger::unmatched {

// Why a client is proposed, the strongest first: an invoice of his is named in the purpose; he
// shares a code, account, number or address with others; the payer is called as he is; an open
// invoice of his is of just that amount.
enum class Reason { kInvoiceNumber, kSharedKey, kPayerName, kAmount };
constexpr auto names(Reason) {
  return words("invoice_number", "shared_key", "payer_name", "amount");
}

struct Proposal {
  std::string client_id;
  std::string name;
  std::vector<Reason> reasons;           // the strongest first, each once
  std::vector<std::string> invoice_ids;  // named, or of the amount
};

// What the proposals of one answer look at, read once: names of all cards and open invoices of all
// accounts, on the day and by the knowledge asked for. The snapshot must outlive it. One thread.
class Proposer {
 public:
  static constexpr std::size_t kMax = 5;  // proposals for one fact

  Proposer(const ViewSnapshot& snapshot, const AsOf& as_of) : snapshot_(snapshot), as_of_(as_of) {}

  // By their strongest reason, then by how many they have, then by client. Whom a person refused is
  // not among them, nor is the client into whom his card was merged.
  [[nodiscard]] Result<std::vector<Proposal>> proposals(const Fact& fact);

 private:
  struct Open {
    std::string client_id;
    std::string invoice_id;
    std::string number;
    Money open;
  };
  [[nodiscard]] Status read();
  [[nodiscard]] Result<std::string> survivor_of(const std::string& card) const;

  const ViewSnapshot& snapshot_;
  AsOf as_of_;
  bool is_read_ = false;
  std::multimap<std::string, std::string> by_name_;      // as it is compared -> card
  std::map<std::string, std::set<std::string>> by_key_;  // a key of the directory -> cards
  std::map<std::string, std::string> names_;             // client -> name
  std::vector<Open> open_;
};

}  // namespace ledger::unmatched
