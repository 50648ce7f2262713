#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_data.h"
#include "events/types/call.h"
#include "events/types/offer.h"
#include "projections/directory/rows.h"
#include "projections/store/view_store.h"

// What of an event can name its client, where the event itself does not.
namespace ledger::directory {

struct Key {
  KeyKind kind = KeyKind::kPhone;
  std::string value;

  static void fields(auto&& field) {
    field("kind", &Key::kind);
    field("value", &Key::value);
  }
};
// Strongest kind first: a level is asked only if those before it found nobody. None is empty but
// where a letter went to people without a firm's domain.
using KeyLevel = std::vector<Key>;
using KeyLevels = std::vector<KeyLevel>;

// Empty for a type whose events always say whose they are.
[[nodiscard]] KeyLevels client_keys(const EventData& data);
// Whether events of this type ("call.completed") may wait for somebody to name their client.
[[nodiscard]] bool may_wait(std::string_view type_name);

// By what its manager would be known, where the event itself does not say who he is: the extension
// of a call, the sender of a letter. Empty: nothing can tell.
[[nodiscard]] KeyLevel manager_keys(const CallCompleted& event);
[[nodiscard]] KeyLevel manager_keys(const OfferEmailed& event);
// Whether events of this type may wait for somebody to be their manager.
[[nodiscard]] bool may_wait_for_manager(std::string_view type_name);
// What a manager is known by, by one word about him.
[[nodiscard]] std::vector<Key> staff_keys(const ManagerHired& hired);

// What a client is known by, by what was said of him.
[[nodiscard]] std::vector<Key> card_keys(const ClientKeysRow::Given& given);
[[nodiscard]] std::vector<Key> person_keys(const ClientKeysRow::Person& person);
// All keys that a card ever gave, its people's too, as long as nobody took that back.
[[nodiscard]] Result<std::vector<Key>> keys_given(const ViewSnapshot& snapshot,
                                                  const std::string& card);

// The one owner that the first answering level agrees on, of a payer every level: his account and
// his code may be of two. nullopt if nobody owns a key, or several clients do: the ledger does not
// choose. A letter's recipients are asked about one by one, by address, else by the firm's domain.
[[nodiscard]] Result<std::optional<std::string>> agreed_owner(const ViewSnapshot& snapshot,
                                                              const KeyLevels& levels);

}  // namespace ledger::directory
