#include "projections/unmatched/proposals.h"

#include <algorithm>
#include <tuple>

#include "projections/client_card/search.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/queries.h"
#include "projections/unmatched/purpose_codes.h"

namespace ledger::unmatched {

namespace {

Reason reason_of(directory::KeyKind kind) {
  switch (kind) {
    case directory::KeyKind::kIban:
      return Reason::kIban;
    case directory::KeyKind::kTaxCode:
      return Reason::kTaxCode;
    default:
      return Reason::kSharedKey;
  }
}

template <class T>
void add_once(std::vector<T>& list, const T& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

Result<std::optional<receivables::CountedBooking>> counted_for(const ViewSnapshot& snapshot,
                                                               const Fact& fact,
                                                               const AsOf& as_of) {
  const auto& remittance = fact.wait.remittance;
  if (!remittance) return std::nullopt;
  return receivables::counted_booking(
      snapshot,
      {remittance->our_account, remittance->bank_reference, remittance->amount,
       remittance->booked_on, fact.source, fact.id},
      as_of);
}

int points_of(Reason reason) {
  switch (reason) {
    case Reason::kSameBooking:
      return 100;
    case Reason::kTaxCode:
    case Reason::kIban:
      return 50;
    case Reason::kInvoiceNumber:
      return 45;
    case Reason::kContractNumber:
    case Reason::kPurposeTaxCode:
      return 35;
    case Reason::kSharedKey:
    case Reason::kPayerName:
      return 30;
    case Reason::kSimilarName:
    case Reason::kAmount:
      return 20;
  }
  return 0;
}

// By client, while they are gathered.
class Proposer::Gathered {
 public:
  Proposal& add(const std::string& client, Reason reason) {
    Proposal& proposal = by_client_[client];
    proposal.client_id = client;
    add_once(proposal.reasons, reason);
    return proposal;
  }
  void leave_out(const std::string& client) { by_client_.erase(client); }

  std::vector<Proposal> best(std::size_t most) {
    std::vector<Proposal> all;
    all.reserve(by_client_.size());
    for (auto& [client, proposal] : by_client_) {
      std::sort(proposal.reasons.begin(), proposal.reasons.end());
      for (const auto reason : proposal.reasons) proposal.score += points_of(reason);
      proposal.score = std::min(proposal.score, 100);
      all.push_back(std::move(proposal));
    }
    std::sort(all.begin(), all.end(), [](const Proposal& left, const Proposal& right) {
      return std::make_tuple(-left.score, left.reasons.front(), left.client_id) <
             std::make_tuple(-right.score, right.reasons.front(), right.client_id);
    });
    if (all.size() > most) all.resize(most);
    return all;
  }

 private:
  std::map<std::string, Proposal> by_client_;
};

Status Proposer::read_cards() {
  return client_card::scan_cards(snapshot_, "", [&](std::string_view id, const auto& row) {
    const auto card = client_card::card_alone(id, row, as_of_);
    for (const auto& [kind, value] : client_card::keys_of(card)) {
      by_key_[directory::key_of(kind, value)].insert(std::string(id));
    }
    if (!card.details.name) return true;
    names_[std::string(id)] = *card.details.name;
    const std::string name = client_card::normalised_name(*card.details.name);
    by_name_.emplace(name, named_cards_.size());
    likeness_.add(name, named_cards_.size());
    named_cards_.emplace_back(id);
    return true;
  });
}

// Numbers also of what is settled: who names it is its client.
Status Proposer::read_accounts() {
  std::vector<std::string> invoice_numbers;
  std::vector<std::string> contract_numbers;
  LEDGER_TRY(const auto clients, receivables::clients(snapshot_, as_of_.known_at));
  for (const auto& id : clients) {
    LEDGER_TRY(const auto client, directory::one_client(snapshot_, id, as_of_.known_at));
    LEDGER_TRY(const auto account, receivables::account_of(snapshot_, client));
    for (const auto& said : account.invoices) {
      if (!as_of_.sees(said.known, said.data.issued_on)) continue;
      invoices_.push_back({id, said.data.invoice_id.text()});
      invoice_numbers.push_back(said.data.number);
    }
    for (const auto& said : account.contracts) {
      if (!as_of_.sees(said.known, said.data.signed_on)) continue;
      contracts_.push_back({id, said.data.contract_id.text()});
      contract_numbers.push_back(said.data.number);
    }
    LEDGER_TRY(const auto books, receivables::statements(account, as_of_));
    for (const auto& [code, book] : books) {
      for (const auto& item : book.items) {
        if (item.open_minor == 0 || item.kind != receivables::ItemKind::kInvoice) continue;
        open_.push_back({{id, item.invoice.invoice_id.text()},
                         {item.open_minor, item.invoice.amount.currency}});
      }
    }
  }
  invoice_numbers_ = std::make_unique<NumberSearch>(invoice_numbers, ledger::Paper::kInvoice);
  contract_numbers_ = std::make_unique<NumberSearch>(contract_numbers, ledger::Paper::kContract);
  return {};
}

Status Proposer::read() {
  if (is_read_) return {};
  is_read_ = true;
  LEDGER_CHECK(read_cards());
  return read_accounts();
}

Result<std::string> Proposer::survivor_of(const std::string& card) const {
  return directory::survivor_of(snapshot_, card, as_of_.known_at);
}

Status Proposer::add_by_keys(Gathered& gathered, const Fact& fact) const {
  const auto add = [&](directory::KeyKind kind, const std::string& value, Reason reason) -> Status {
    const auto owners = by_key_.find(directory::key_of(kind, value));
    if (owners == by_key_.end()) return {};
    for (const auto& owner : owners->second) {
      LEDGER_TRY(const auto survivor, survivor_of(owner));
      gathered.add(survivor, reason);
    }
    return {};
  };
  for (const auto& level : fact.wait.keys) {
    for (const auto& key : level) LEDGER_CHECK(add(key.kind, key.value, reason_of(key.kind)));
  }
  if (!fact.wait.remittance) return {};
  for (const auto& code : codes_in(fact.wait.remittance->purpose)) {
    LEDGER_CHECK(add(directory::KeyKind::kTaxCode, code, Reason::kPurposeTaxCode));
  }
  return {};
}

Status Proposer::add_by_purpose(Gathered& gathered, const Remittance& remittance) const {
  for (const std::size_t i : invoice_numbers_->named_in(remittance.purpose)) {
    const auto& [client, id] = invoices_[i];
    add_once(gathered.add(client, Reason::kInvoiceNumber).invoice_ids, id);
  }
  for (const auto& [client, id] : invoices_) {
    const auto& named = remittance.invoice_ids;
    const bool is_named =
        std::any_of(named.begin(), named.end(),
                    [&, &wanted = id](const auto& one) { return one.text() == wanted; });
    if (is_named) add_once(gathered.add(client, Reason::kInvoiceNumber).invoice_ids, id);
  }
  for (const std::size_t i : contract_numbers_->named_in(remittance.purpose)) {
    const auto& [client, id] = contracts_[i];
    add_once(gathered.add(client, Reason::kContractNumber).contract_ids, id);
  }
  for (const auto& [invoice, open] : open_) {
    if (open != remittance.amount) continue;
    add_once(gathered.add(invoice.client_id, Reason::kAmount).invoice_ids, invoice.id);
  }
  return {};
}

Status Proposer::add_by_name(Gathered& gathered, std::string_view payer) const {
  const std::string name = client_card::normalised_name(payer);
  if (name.empty()) return {};
  std::set<std::size_t> called;
  const auto [first, last] = by_name_.equal_range(name);
  for (auto at = first; at != last; ++at) called.insert(at->second);
  std::map<std::size_t, Reason> why;
  for (const auto& [index, percent] : likeness_.like(name)) {
    why[index] = percent == 100 ? Reason::kPayerName : Reason::kSimilarName;
  }
  for (const std::size_t index : called) why[index] = Reason::kPayerName;
  for (const auto& [index, reason] : why) {
    LEDGER_TRY(const auto survivor, survivor_of(named_cards_[index]));
    gathered.add(survivor, reason);
  }
  return {};
}

Result<std::vector<Proposal>> Proposer::proposals(const Fact& fact, std::size_t most) {
  if (fact.ruled_out) return std::vector<Proposal>{};
  LEDGER_CHECK(read());
  Gathered gathered;
  LEDGER_CHECK(add_by_keys(gathered, fact));
  if (const auto& remittance = fact.wait.remittance) {
    LEDGER_CHECK(add_by_purpose(gathered, *remittance));
    LEDGER_CHECK(add_by_name(gathered, remittance->payer_name));
  }
  LEDGER_TRY(const auto counted, counted_for(snapshot_, fact, as_of_));
  bool is_refused = false;
  for (const auto& answer : fact.rejected) {
    LEDGER_TRY(const auto survivor, survivor_of(answer.client_id));
    gathered.leave_out(survivor);
    is_refused = is_refused || (counted && counted->client == survivor);
  }
  if (counted && !is_refused) {
    gathered = Gathered();
    gathered.add(counted->client, Reason::kSameBooking);
  }
  auto best = gathered.best(most);
  for (auto& proposal : best) proposal.name = names_[proposal.client_id];
  return best;
}

}  // namespace ledger::unmatched
