#include "projections/receivables/crossing.h"

#include <algorithm>
#include <set>

#include "projections/receivables/movements.h"
#include "projections/receivables/queries.h"

namespace ledger::receivables {

namespace {

struct Party {
  std::string client;
  AccountRow account;
};

bool has_payment(const AccountRow& account, const CreditKey& key, const AsOf& as_of) {
  const auto is_it = [&](const auto& credit) {
    return credit.known.at(as_of.known_at) && CreditKey(credit.source, credit.id) == key;
  };
  return std::any_of(account.payments.begin(), account.payments.end(), is_it) ||
         std::any_of(account.converted.begin(), account.converted.end(), is_it);
}

// A refund of a reversed payment is owed under the payment's id.
bool has_item(const AccountRow& account, const InvoiceId& id, const AsOf& as_of) {
  return std::any_of(account.invoices.begin(), account.invoices.end(),
                     [&](const auto& said) {
                       return said.known.at(as_of.known_at) && said.data.invoice_id == id;
                     }) ||
         std::any_of(account.reversed.begin(), account.reversed.end(), [&](const auto& said) {
           return said.known.at(as_of.known_at) && said.data.payment_id == id.text();
         });
}

// The client himself first, then those with whom he was ever one.
Result<std::vector<Party>> parties_of(const ViewSnapshot& snapshot,
                                      const directory::OneClient& client, const AsOf& as_of) {
  std::vector<Party> parties;
  LEDGER_TRY(auto own, account_of(snapshot, client));
  parties.push_back({client.survivor, std::move(own)});
  LEDGER_TRY(const auto cards, directory::ever_joined(snapshot, client.survivor));
  std::set<std::string> taken{client.survivor};
  for (const auto& card : cards) {
    LEDGER_TRY(const auto other, directory::one_client(snapshot, card, as_of.known_at));
    if (!taken.insert(other.survivor).second) continue;
    LEDGER_TRY(auto account, account_of(snapshot, other));
    parties.push_back({other.survivor, std::move(account)});
  }
  return parties;
}

template <class Has>
std::string whose(const std::vector<Party>& parties, Has&& has) {
  const auto found = std::find_if(parties.begin(), parties.end(),
                                  [&](const Party& party) { return has(party.account); });
  return found == parties.end() ? std::string() : found->client;
}

}  // namespace

bool is_undone(const AccountRow& account, const Said<PaymentAllocated>& allocated,
               const AsOf& as_of) {
  return std::any_of(account.deallocated.begin(), account.deallocated.end(), [&](const auto& said) {
    return said.known.at(as_of.known_at) && said_before(allocated, said) &&
           payment_of(said.data) == payment_of(allocated.data) &&
           said.data.invoice_id == allocated.data.invoice_id;
  });
}

Result<std::vector<CrossAllocation>> cross_allocations(const ViewSnapshot& snapshot,
                                                       const directory::OneClient& client,
                                                       const AsOf& as_of) {
  LEDGER_TRY(const auto parties, parties_of(snapshot, client, as_of));
  std::vector<CrossAllocation> found;
  if (parties.size() == 1) return found;
  for (const auto& party : parties) {
    for (const auto& said : party.account.allocated) {
      if (!as_of.sees(said.known, said.data.effective_on) ||
          is_undone(party.account, said, as_of)) {
        continue;
      }
      CrossAllocation one{said.position, said.data, {}, {}};
      one.payment_client = whose(parties, [&](const AccountRow& account) {
        return has_payment(account, payment_of(said.data), as_of);
      });
      one.invoice_client = whose(parties, [&](const AccountRow& account) {
        return has_item(account, said.data.invoice_id, as_of);
      });
      const bool within = one.payment_client == party.client && one.invoice_client == party.client;
      const bool ours = party.client == client.survivor || one.payment_client == client.survivor ||
                        one.invoice_client == client.survivor;
      if (!within && ours) found.push_back(std::move(one));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto& left, const auto& right) { return left.position < right.position; });
  return found;
}

}  // namespace ledger::receivables
