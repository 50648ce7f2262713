#include "producers/append/match.h"

#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "events/catalogue.h"
#include "events/free_mail.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

using directory::KeyKind;
using Key = std::pair<KeyKind, std::string>;

// What of an event can name its client and its manager, strongest kind first.
struct Keys {
  std::optional<ClientId> client;
  std::optional<ManagerId> manager;
  std::vector<std::vector<Key>> client_keys =
      {};  // a level is asked only if those before found none
  std::vector<Key> manager_keys = {};
  std::string own_key = {};  // where the event lies if it has no client
};

Keys keys_of(const CallCompleted& event) {
  Keys keys{event.client_id, event.manager_id};
  if (event.client_phone) {
    keys.own_key = event.client_phone->text();
    keys.client_keys = {{{KeyKind::kPhone, event.client_phone->text()}}};
  }
  if (event.manager_extension) {
    keys.manager_keys = {{KeyKind::kExtension, *event.manager_extension}};
  }
  return keys;
}

Keys keys_of(const OfferEmailed& event) {
  Keys keys{event.client_id, event.manager_id};
  keys.own_key = event.recipients.front().text();
  keys.client_keys.resize(2);
  for (const auto& recipient : event.recipients) {
    keys.client_keys[0].emplace_back(KeyKind::kEmail, recipient.text());
    if (!is_free_mail_domain(recipient.domain())) {
      keys.client_keys[1].emplace_back(KeyKind::kMailDomain, recipient.domain());
    }
  }
  keys.manager_keys = {{KeyKind::kManagerEmail, event.sender.text()}};
  return keys;
}

Keys keys_of(const PaymentReceived& event) {
  Keys keys{event.client_id, std::nullopt};
  if (event.payer_iban) {
    keys.own_key = event.payer_iban->text();
    keys.client_keys.push_back({{KeyKind::kIban, event.payer_iban->text()}});
  }
  if (event.payer_tax_code) {
    keys.client_keys.push_back({{KeyKind::kTaxCode, event.payer_tax_code->text()}});
  }
  return keys;
}

Keys keys_of(const QuotaPolicySet& event) {
  return {std::nullopt, std::nullopt, {}, {}, event.policy_id.text()};
}

Keys keys_of(const StandInAppointed& event) {
  return {std::nullopt, std::nullopt, {}, {}, event.absent_manager_id.text()};
}

// Hired by the house, not by himself: nobody gets credit for it.
Keys keys_of(const ManagerHired& event) {
  return {std::nullopt, std::nullopt, {}, {}, event.manager_id.text()};
}

// A sender that knows an offer's letter need not know its client.
Keys keys_of_address(std::optional<ClientId> client, std::optional<ManagerId> manager,
                     const Email& address) {
  Keys keys{std::move(client), std::move(manager)};
  keys.own_key = address.text();
  keys.client_keys = {{{KeyKind::kEmail, address.text()}}};
  if (!is_free_mail_domain(address.domain())) {
    keys.client_keys.push_back({{KeyKind::kMailDomain, std::string(address.domain())}});
  }
  return keys;
}

Keys keys_of(const OfferDeliveryChanged& event) {
  return keys_of_address(event.client_id, std::nullopt, event.recipient);
}

Keys keys_of(const OfferAnswered& event) {
  return keys_of_address(event.client_id, event.manager_id, event.sender);
}

Keys keys_of(const LetterExchanged& event) {
  return keys_of_address(event.client_id, event.manager_id, event.address);
}

Keys keys_of(const InquiryReceived& event) {
  Keys keys{event.client_id, std::nullopt};
  if (event.phone) {
    keys.own_key = event.phone->text();
    keys.client_keys.push_back({{KeyKind::kPhone, event.phone->text()}});
  }
  if (event.email) {
    if (keys.own_key.empty()) keys.own_key = event.email->text();
    keys.client_keys.push_back({{KeyKind::kEmail, event.email->text()}});
  }
  return keys;
}

// Events about the whole house keep their order among themselves.
Keys keys_of(const CalendarDaySet&) { return {std::nullopt, std::nullopt, {}, {}, "calendar"}; }

// Every other event names its client, and its manager where it has one. What has no client lies
// with its manager.
template <EventStruct E>
Keys keys_of(const E& event) {
  Keys keys{std::nullopt, std::nullopt};
  if constexpr (requires { event.client_id; }) keys.client = event.client_id;
  if constexpr (requires { event.manager_id; }) {
    keys.manager = event.manager_id;
    if (keys.manager) keys.own_key = keys.manager->text();
  }
  return keys;
}

Keys keys_of(const EventData& data) {
  using Read = Keys (*)(const void*);
  static const auto readers = [] {
    std::unordered_map<const EventType*, Read> by_type;
    Catalogue::for_each([&]<class E>() {
      by_type.emplace(&event_type_of<E>(),
                      [](const void* event) { return keys_of(*static_cast<const E*>(event)); });
    });
    return by_type;
  }();
  return readers.at(&data.type())(data.raw());
}

// The one owner that the first answering level agrees on.
Result<std::optional<std::string>> agreed_owner(const ViewSnapshot& snapshot,
                                                const std::vector<std::vector<Key>>& levels) {
  for (const auto& level : levels) {
    std::set<std::string> owners;
    for (const auto& [kind, value] : level) {
      LEDGER_TRY(auto owner, directory::owner_of(snapshot, kind, value));
      if (owner) owners.insert(std::move(*owner));
    }
    if (owners.size() == 1) return *owners.begin();
    if (owners.size() > 1) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Result<Match> match(const ViewSnapshot& snapshot, const Submission& submission) {
  Keys keys = keys_of(submission.data);
  Match match{keys.client, std::move(keys.manager), {}, std::move(keys.client)};
  if (!match.client) {
    LEDGER_TRY(auto owner, agreed_owner(snapshot, keys.client_keys));
    if (owner) match.client = ClientId(std::move(*owner));
  }
  if (!match.manager) {
    LEDGER_TRY(auto owner, agreed_owner(snapshot, {keys.manager_keys}));
    if (owner) match.manager = ManagerId(std::move(*owner));
  }
  match.partition_key = match.client ? match.client->text() : keys.own_key;
  if (match.partition_key.empty()) match.partition_key = submission.id;
  return match;
}

}  // namespace ledger
