#include "projections/unmatched/proposals.h"

#include <algorithm>
#include <tuple>

#include "platform/utf8.h"
#include "projections/client_card/search.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/queries.h"

namespace ledger::unmatched {

namespace {

// A shorter number would be found in any text: in a date, in a sum.
constexpr std::size_t kNumberLeast = 3;

bool is_word_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// As a whole word: "№ 15" is not named by "155".
bool names_number(std::string_view folded_purpose, std::string_view number) {
  const std::string wanted = fold_case(number);
  if (wanted.size() < kNumberLeast) return false;
  for (auto at = folded_purpose.find(wanted); at != std::string_view::npos;
       at = folded_purpose.find(wanted, at + 1)) {
    const auto end = at + wanted.size();
    const bool begins = at == 0 || !is_word_char(folded_purpose[at - 1]);
    const bool ends = end == folded_purpose.size() || !is_word_char(folded_purpose[end]);
    if (begins && ends) return true;
  }
  return false;
}

// By client, while they are gathered.
class Gathered {
 public:
  void add(const std::string& client, Reason reason, const std::string& invoice = {}) {
    Proposal& proposal = by_client_[client];
    proposal.client_id = client;
    auto& reasons = proposal.reasons;
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) {
      reasons.push_back(reason);
    }
    auto& invoices = proposal.invoice_ids;
    if (!invoice.empty() &&
        std::find(invoices.begin(), invoices.end(), invoice) == invoices.end()) {
      invoices.push_back(invoice);
    }
  }

  void leave_out(const std::string& client) { by_client_.erase(client); }

  std::vector<Proposal> best(std::size_t most) {
    std::vector<Proposal> all;
    all.reserve(by_client_.size());
    for (auto& [client, proposal] : by_client_) {
      std::sort(proposal.reasons.begin(), proposal.reasons.end());
      all.push_back(std::move(proposal));
    }
    std::sort(all.begin(), all.end(), [](const Proposal& left, const Proposal& right) {
      return std::make_tuple(left.reasons.front(), -std::ssize(left.reasons), left.client_id) <
             std::make_tuple(right.reasons.front(), -std::ssize(right.reasons), right.client_id);
    });
    if (all.size() > most) all.resize(most);
    return all;
  }

 private:
  std::map<std::string, Proposal> by_client_;
};

}  // namespace

Status Proposer::read() {
  if (is_read_) return {};
  is_read_ = true;
  LEDGER_CHECK(client_card::scan_cards(snapshot_, "", [&](std::string_view id, const auto& row) {
    const auto card = client_card::card_alone(id, row, as_of_);
    for (const auto& [kind, value] : client_card::keys_of(card)) {
      by_key_[directory::key_of(kind, value)].insert(std::string(id));
    }
    if (!card.details.name) return true;
    names_[std::string(id)] = *card.details.name;
    by_name_.emplace(client_card::normalised_name(*card.details.name), std::string(id));
    return true;
  }));
  LEDGER_TRY(const auto clients, receivables::clients(snapshot_, as_of_.known_at));
  for (const auto& id : clients) {
    LEDGER_TRY(const auto client, directory::one_client(snapshot_, id, as_of_.known_at));
    LEDGER_TRY(const auto account, receivables::account_of(snapshot_, client));
    LEDGER_TRY(const auto books, receivables::statements(account, as_of_));
    for (const auto& [code, book] : books) {
      for (const auto& item : book.items) {
        if (item.open_minor == 0 || item.kind != receivables::ItemKind::kInvoice) continue;
        open_.push_back({id,
                         item.invoice.invoice_id.text(),
                         item.invoice.number,
                         {item.open_minor, item.invoice.amount.currency}});
      }
    }
  }
  return {};
}

Result<std::string> Proposer::survivor_of(const std::string& card) const {
  return directory::survivor_of(snapshot_, card, as_of_.known_at);
}

Result<std::vector<Proposal>> Proposer::proposals(const Fact& fact) {
  LEDGER_CHECK(read());
  Gathered gathered;
  for (const auto& level : fact.wait.keys) {
    for (const auto& key : level) {
      const auto owners = by_key_.find(directory::key_of(key.kind, key.value));
      if (owners == by_key_.end()) continue;
      for (const auto& owner : owners->second) {
        LEDGER_TRY(const auto survivor, survivor_of(owner));
        gathered.add(survivor, Reason::kSharedKey);
      }
    }
  }
  if (const auto& remittance = fact.wait.remittance) {
    const std::string purpose = fold_case(remittance->purpose);
    for (const auto& open : open_) {
      if (names_number(purpose, open.number)) {
        gathered.add(open.client_id, Reason::kInvoiceNumber, open.invoice_id);
      }
      if (open.open == remittance->amount) {
        gathered.add(open.client_id, Reason::kAmount, open.invoice_id);
      }
    }
    const auto called = by_name_.equal_range(client_card::normalised_name(remittance->payer_name));
    for (auto at = called.first; at != called.second && !at->first.empty(); ++at) {
      LEDGER_TRY(const auto survivor, survivor_of(at->second));
      gathered.add(survivor, Reason::kPayerName);
    }
  }
  for (const auto& answer : fact.rejected) {
    LEDGER_TRY(const auto survivor, survivor_of(answer.client_id));
    gathered.leave_out(survivor);
  }
  auto best = gathered.best(kMax);
  for (auto& proposal : best) proposal.name = names_[proposal.client_id];
  return best;
}

}  // namespace ledger::unmatched
