#include "projections/directory/event_keys.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "events/free_mail.h"
#include "events/types/call.h"
#include "events/types/follow_up.h"
#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "events/types/payment.h"
#include "events/types/talk.h"
#include "platform/words.h"
#include "projections/directory/key_owners.h"
#include "projections/directory/one_client.h"
#include "projections/directory/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::directory {

namespace {

// Who is behind a switchboard by his extension, else by its number.
KeyLevels phone_keys(const Phone& phone) {
  KeyLevels levels;
  if (phone.has_extension()) levels.push_back({{KeyKind::kPhone, phone.text()}});
  levels.push_back({{KeyKind::kPhone, phone.number()}});
  return levels;
}

KeyLevels keys(const CallCompleted& event) {
  return event.client_phone ? phone_keys(*event.client_phone) : KeyLevels();
}

// A person by his address, else a firm by its domain; everybody's domains name nobody.
KeyLevels mail_keys(const std::vector<Email>& addresses) {
  KeyLevel people;
  KeyLevel firms;
  for (const Email& address : addresses) {
    people.push_back({KeyKind::kEmail, address.text()});
    if (!is_free_mail_domain(address.domain())) {
      firms.push_back({KeyKind::kMailDomain, std::string(address.domain())});
    }
  }
  return {std::move(people), std::move(firms)};
}

KeyLevels keys(const OfferEmailed& event) { return mail_keys(event.recipients); }
KeyLevels keys(const OfferDeliveryChanged& event) { return mail_keys({event.recipient}); }
KeyLevels keys(const OfferAnswered& event) { return mail_keys({event.sender}); }
KeyLevels keys(const LetterExchanged& event) { return mail_keys({event.address}); }

KeyLevels keys(const InquiryReceived& event) {
  KeyLevels levels;
  if (event.phone) levels = phone_keys(*event.phone);
  if (event.email) levels.push_back({{KeyKind::kEmail, event.email->text()}});
  return levels;
}

KeyLevels keys(const PaymentReceived& event) {
  KeyLevels levels;
  if (event.payer_iban) levels.push_back({{KeyKind::kIban, event.payer_iban->text()}});
  if (event.payer_tax_code) levels.push_back({{KeyKind::kTaxCode, event.payer_tax_code->text()}});
  return levels;
}

struct Reader {
  const EventType* type;
  KeyLevels (*read)(const void* event);
};

template <class E>
Reader reader_of() {
  return {&event_type_of<E>(),
          [](const void* event) { return keys(*static_cast<const E*>(event)); }};
}

const std::vector<Reader>& readers() {
  static const std::vector<Reader> all = {
      reader_of<CallCompleted>(),        reader_of<OfferEmailed>(),  reader_of<PaymentReceived>(),
      reader_of<OfferDeliveryChanged>(), reader_of<OfferAnswered>(), reader_of<LetterExchanged>(),
      reader_of<InquiryReceived>()};
  return all;
}

}  // namespace

KeyLevels client_keys(const EventData& data) {
  for (const auto& reader : readers()) {
    if (reader.type == &data.type()) return reader.read(data.raw());
  }
  return {};
}

bool may_wait(std::string_view type_name) {
  return std::any_of(readers().begin(), readers().end(),
                     [&](const Reader& reader) { return reader.type->name == type_name; });
}

KeyLevel manager_keys(const CallCompleted& event) {
  if (!event.manager_extension) return {};
  return {{KeyKind::kExtension, *event.manager_extension}};
}

KeyLevel manager_keys(const OfferEmailed& event) {
  return {{KeyKind::kManagerEmail, event.sender.text()}};
}

bool may_wait_for_manager(std::string_view type_name) {
  return type_name == CallCompleted::kName || type_name == OfferEmailed::kName;
}

std::vector<Key> staff_keys(const ManagerHired& hired) {
  std::vector<Key> keys;
  for (const auto& extension : hired.extensions) keys.push_back({KeyKind::kExtension, extension});
  for (const auto& phone : hired.phones) keys.push_back({KeyKind::kExtension, phone.text()});
  for (const auto& email : hired.emails) keys.push_back({KeyKind::kManagerEmail, email.text()});
  return keys;
}

std::vector<Key> card_keys(const ClientKeysRow::Given& given) {
  std::vector<Key> keys;
  if (given.tax_code) keys.push_back({KeyKind::kTaxCode, given.tax_code->text()});
  for (const auto& phone : given.phones) {
    for (auto& level : phone_keys(phone)) keys.push_back(std::move(level.front()));
  }
  for (const auto& iban : given.ibans) keys.push_back({KeyKind::kIban, iban.text()});
  for (auto& level : mail_keys(given.emails)) {
    keys.insert(keys.end(), std::make_move_iterator(level.begin()),
                std::make_move_iterator(level.end()));
  }
  if (given.director) keys.push_back({KeyKind::kDirector, fold_words(*given.director)});
  return keys;
}

std::vector<Key> person_keys(const ClientKeysRow::Person& person) {
  return card_keys({{}, std::nullopt, person.phones, person.emails, {}});
}

Result<std::vector<Key>> keys_given(const ViewSnapshot& snapshot, const std::string& card) {
  std::vector<Key> keys;
  LEDGER_TRY(const auto row, read_row<ClientKeysRow>(snapshot, family_of(kName, kVersion), card));
  if (!row) return keys;
  const auto add = [&](std::vector<Key> more) {
    keys.insert(keys.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
  };
  for (const auto& given : row->given) add(card_keys(given));
  for (const auto& person : row->people) add(person_keys(person));
  return keys;
}

namespace {

// Who is known by no address of his own is his firm's: a letter to a person of one company and to
// somebody of another is of both.
Status add_firms(std::set<std::string>& owners, const ViewSnapshot& snapshot,
                 const std::string& address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string::npos) return {};
  const std::string domain = address.substr(at + 1);
  if (is_free_mail_domain(domain)) return {};
  LEDGER_TRY(auto owner, owner_of(snapshot, KeyKind::kMailDomain, domain));
  if (owner) owners.insert(std::move(*owner));
  return {};
}

// What a payer is known by: his account may be another's whose code stands beside it, money that
// one pays for another.
bool is_payers(const KeyLevels& levels) {
  return std::all_of(levels.begin(), levels.end(), [](const KeyLevel& level) {
    return !level.empty() &&
           (level.front().kind == KeyKind::kIban || level.front().kind == KeyKind::kTaxCode);
  });
}

// The one client of whom all say that anybody is known by: an account that two share is his whose
// code stands beside it.
Result<std::optional<std::string>> agreed_payer(const ViewSnapshot& snapshot,
                                                const KeyLevels& levels) {
  std::optional<std::vector<std::string>> common;
  for (const auto& level : levels) {
    for (const auto& [kind, value] : level) {
      LEDGER_TRY(auto owners, owners_of(snapshot, kind, value));
      if (owners.empty()) continue;
      if (common) {
        std::erase_if(owners, [&](const std::string& owner) {
          return !std::binary_search(common->begin(), common->end(), owner);
        });
      }
      common = std::move(owners);
    }
  }
  if (!common || common->size() != 1) return std::nullopt;
  return std::move(common->front());
}

}  // namespace

Result<std::optional<std::string>> agreed_owner(const ViewSnapshot& snapshot,
                                                const KeyLevels& levels) {
  if (is_payers(levels)) return agreed_payer(snapshot, levels);
  for (const auto& level : levels) {
    std::set<std::string> owners;
    std::vector<std::string> strangers;  // addresses of nobody
    for (const auto& [kind, value] : level) {
      LEDGER_TRY(auto owner, owner_of(snapshot, kind, value));
      if (owner) {
        owners.insert(std::move(*owner));
      } else if (kind == KeyKind::kEmail) {
        strangers.push_back(value);
      }
    }
    if (owners.empty()) continue;
    for (const auto& address : strangers) LEDGER_CHECK(add_firms(owners, snapshot, address));
    return agreed_client(snapshot, {owners.begin(), owners.end()});
  }
  return std::nullopt;
}

}  // namespace ledger::directory
