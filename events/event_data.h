#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "events/fields_json.h"

namespace ledger {

// A struct that is an event: see events/types/.
template <class E>
concept EventStruct = HasFields<E> && requires {
  { E::kName } -> std::convertible_to<std::string_view>;
  { E::kVersion } -> std::convertible_to<int>;
};

// An event that the mail system brings once for each copy of a letter (schemas/decisions/0018):
// whichever comes first says when it was, and the others are repetitions of it.
template <class E>
concept ComesInCopies = requires { requires E::kComesInCopies; };

// What can be done with an event without knowing its type. One object per type, known by address.
struct EventType {
  std::string_view name;   // "call.completed"
  std::string cloud_type;  // "org.salesledger.call.completed.v1", as CloudEvents' `type`
  bool all_compared;       // no member is stamped or of a copy: see events/fields.h
  bool comes_in_copies;    // its time is one copy's, and is not compared
  void (*write)(JsonWriter& json, const void* event, json::Members which);
};

template <EventStruct E>
[[nodiscard]] const EventType& event_type_of() {
  static const EventType type{
      E::kName, "org.salesledger." + std::string(E::kName) + ".v" + std::to_string(E::kVersion),
      json::detail::all_compared(json::detail::writers_of<E>()), ComesInCopies<E>,
      [](JsonWriter& json, const void* event, json::Members which) {
        json::write(json, *static_cast<const E*>(event), which);
      }};
  return type;
}

// One event of any type of the catalogue: an immutable value, shared when it is copied, safe to
// read from all threads. Holds the type out of sight, so that code that only carries events is not
// compiled for every type there is.
class EventData {
 public:
  EventData() = default;  // no event; only what is about to be assigned to
  template <EventStruct E>
  EventData(E event)  // NOLINT(google-explicit-constructor): an event is data
      : type_(&event_type_of<E>()), event_(std::make_shared<const E>(std::move(event))) {}

  [[nodiscard]] bool empty() const { return type_ == nullptr; }
  // Not of an empty one.
  [[nodiscard]] const EventType& type() const { return *type_; }

  template <EventStruct E>
  [[nodiscard]] bool holds() const {
    return type_ == &event_type_of<E>();
  }
  // nullptr if it is another type's.
  template <EventStruct E>
  [[nodiscard]] const E* get_if() const {
    return holds<E>() ? static_cast<const E*>(event_.get()) : nullptr;
  }
  // The event itself, for tables by type.
  [[nodiscard]] const void* raw() const { return event_.get(); }

 private:
  const EventType* type_ = nullptr;
  std::shared_ptr<const void> event_;
};

// "org.salesledger.call.completed.v1".
[[nodiscard]] inline std::string_view cloud_event_type(const EventData& data) {
  return data.type().cloud_type;
}
// "call.completed".
[[nodiscard]] inline std::string_view type_name(const EventData& data) { return data.type().name; }

// The data alone, as the stored line holds them.
[[nodiscard]] std::string data_json(const EventData& data,
                                    json::Members which = json::Members::kAll);

// Equal types and equal bytes.
[[nodiscard]] bool operator==(const EventData& left, const EventData& right);

}  // namespace ledger
