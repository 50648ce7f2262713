#include "consumers/access/named.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <unordered_map>

#include "events/catalogue.h"

namespace ledger {

namespace {

// Of a client's people ("confirmed_by") and of other services ("answered_by") it is no word of who
// records it.
constexpr std::array<std::string_view, 7> kDeciders{"accepted_by", "approved_by", "assigned_by",
                                                    "decided_by",  "released_by", "returned_by",
                                                    "stopped_by"};

template <class T>
void collect(NamedInEvent& named, std::string_view name, const T& value) {
  if constexpr (is_optional<T>) {
    if (value) collect(named, name, *value);
  } else if constexpr (is_vector<T>) {
    for (const auto& item : value) collect(named, name, item);
  } else if constexpr (std::is_same_v<T, ClientId>) {
    named.clients.emplace_back(name, value.text());
  } else if constexpr (std::is_same_v<T, ManagerId>) {
    named.managers.emplace_back(name, value.text());
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (std::find(kDeciders.begin(), kDeciders.end(), name) != kDeciders.end()) {
      named.deciders.emplace_back(name, value);
    }
  }
}

template <EventStruct E>
NamedInEvent named(const void* event) {
  NamedInEvent found;
  E::fields([&](std::string_view name, auto member, Trait trait = Trait::kPlain) {
    if (trait != Trait::kStamped) collect(found, name, static_cast<const E*>(event)->*member);
  });
  return found;
}

}  // namespace

NamedInEvent named_in(const EventData& data) {
  using Read = NamedInEvent (*)(const void*);
  static const auto readers = [] {
    std::unordered_map<const EventType*, Read> by_type;
    Catalogue::for_each([&]<class E>() { by_type.emplace(&event_type_of<E>(), named<E>); });
    return by_type;
  }();
  return readers.at(&data.type())(data.raw());
}

}  // namespace ledger
