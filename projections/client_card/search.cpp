#include "projections/client_card/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "platform/utf8.h"
#include "projections/client_card/standing.h"
#include "projections/directory/one_client.h"

namespace ledger::client_card {

namespace {

template <class List, class Same>
bool any_of(const List& list, Same&& same) {
  return std::any_of(list.begin(), list.end(), same);
}

using Ids = std::set<std::string>;
using Pair = std::pair<std::string, std::string>;
using Found = std::map<Pair, Ids>;

std::string reason_of(const directory::Key& key) {
  return key.kind == directory::KeyKind::kTaxCode ? "tax_code" : std::string(name_of(key.kind));
}

// Without the number of a switchboard behind which the card has an extension: many firms answer
// there, it is nobody's own (as directory::sharing).
std::vector<directory::Key> own_keys(const Card& card) {
  auto keys = keys_of(card);
  std::set<std::string> switchboards;
  for (const auto& [kind, value] : keys) {
    const auto extension = kind == directory::KeyKind::kPhone ? value.find(';') : std::string::npos;
    if (extension != std::string::npos) switchboards.insert(value.substr(0, extension));
  }
  std::erase_if(keys, [&](const directory::Key& key) {
    return key.kind == directory::KeyKind::kPhone && switchboards.contains(key.value);
  });
  return keys;
}

// What the clients share, by reason: of cards that are merged, the surviving one's id.
struct Shared {
  std::map<std::string, Ids> tax_codes;                       // client -> codes of all his cards
  std::map<std::pair<std::string, std::string>, Ids> owners;  // reason, what is shared -> clients
};

// The client that a card answers for; nullopt: one that is not to be shown.
Result<std::optional<std::string>> client_of(const ViewSnapshot& snapshot, std::string_view id,
                                             const AsOf& as_of, const ShowsClient& shows) {
  LEDGER_TRY(auto client, directory::survivor_of(snapshot, std::string(id), as_of.known_at));
  if (!shows) return client;
  LEDGER_TRY(const bool shown, shows(client));
  return shown ? std::optional(std::move(client)) : std::nullopt;
}

Result<Shared> read_shared(const ViewSnapshot& snapshot, const AsOf& as_of,
                           const ShowsClient& shows) {
  Shared shared;
  Status failure;
  LEDGER_CHECK(scan_cards(snapshot, "", [&](std::string_view id, const CardRow& row) {
    const Card card = card_alone(id, row, as_of);
    const auto whose = client_of(snapshot, id, as_of, shows);
    if (!whose) failure = tl::unexpected(whose.error());
    if (!whose || !*whose) return whose.has_value();
    const std::string& client = **whose;
    for (const auto& key : own_keys(card))
      shared.owners[{reason_of(key), key.value}].insert(client);
    const std::string name = normalised_name(card.details.name.value_or(""));
    if (!name.empty()) shared.owners[{"name", name}].insert(client);
    if (card.details.tax_code) shared.tax_codes[client].insert(card.details.tax_code->text());
    return true;
  }));
  LEDGER_CHECK(std::move(failure));
  return shared;
}

}  // namespace

Wanted::Wanted(std::string_view text)
    : text_(text), folded_(fold_case(text)), phone_(normalise_phone(text)) {
  if (auto with_extension = Phone::parse_spelled(text)) phone_ = *std::move(with_extension);
}

std::optional<std::string_view> Wanted::found_by(const Card& card) const {
  const auto& details = card.details;
  if (text_.empty() || details.client_id.text() == text_) return "client_id";
  const auto within = [&](std::string_view text) {
    return fold_case(text).find(folded_) != std::string::npos;
  };
  const auto is_phone = [&](const Phone& phone) {
    if (!phone_ || phone.number() != phone_->number()) return false;
    return !phone_->has_extension() || !phone.has_extension() || phone.text() == phone_->text();
  };
  const auto is_mail = [&](const Email& email) { return within(email.text()); };
  if (details.name && within(*details.name)) return "name";
  if (details.short_name && within(*details.short_name)) return "name";
  if (details.tax_code && details.tax_code->text() == text_) return "tax_code";
  if (any_of(details.phones, is_phone)) return "phone";
  if (any_of(details.emails, is_mail)) return "email";
  if (any_of(details.ibans, [&](const Iban& iban) { return fold_case(iban.text()) == folded_; })) {
    return "iban";
  }
  for (const auto* told : people(card)) {
    const auto& person = told->data;
    if (within(person.name) || any_of(person.phones, is_phone) || any_of(person.emails, is_mail)) {
      return "person";
    }
  }
  return std::nullopt;
}

std::string Suspects::cursor() const {
  return fmt::format("{}{}\n{}", certain ? 0 : 1, client_id, other_id);
}

std::vector<directory::Key> keys_of(const Card& card) {
  const auto& details = card.details;
  auto keys =
      directory::card_keys({{}, details.tax_code, details.phones, details.emails, details.ibans});
  for (const auto* person : people(card)) {
    for (auto& key :
         directory::person_keys({{}, {}, false, person->data.phones, person->data.emails})) {
      keys.push_back(std::move(key));
    }
  }
  return keys;
}

Result<std::vector<Suspects>> duplicates(const ViewSnapshot& snapshot, const AsOf& as_of,
                                         const ShowsClient& shows) {
  LEDGER_TRY(auto shared, read_shared(snapshot, as_of, shows));
  Found found;
  for (const auto& [what, clients] : shared.owners) {
    for (const auto& other : clients) {
      if (other != *clients.begin()) found[{*clients.begin(), other}].insert(what.first);
    }
  }
  std::vector<Suspects> all;
  for (const auto& [pair, reasons] : found) {
    Suspects suspects{pair.first, pair.second, {reasons.begin(), reasons.end()}};
    suspects.certain = reasons.contains("tax_code");
    const Ids& codes = shared.tax_codes[pair.first];
    const Ids& others = shared.tax_codes[pair.second];
    suspects.different_tax_codes = !codes.empty() && !others.empty() && codes != others;
    all.push_back(std::move(suspects));
  }
  std::sort(all.begin(), all.end(),
            [](const auto& left, const auto& right) { return left.cursor() < right.cursor(); });
  return all;
}

}  // namespace ledger::client_card
