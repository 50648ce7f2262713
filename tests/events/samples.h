#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "events/envelope.h"
#include "platform/result.h"

// Events to test with. Every member of them is filled, so that golden lines show the whole type.
namespace ledger::testing {

// One event of each type of the catalogue, as the log holds it.
[[nodiscard]] std::vector<Event> sample_events();

template <class E>
[[nodiscard]] E sample() {
  for (auto& event : sample_events()) {
    if (const auto* data = event.data.get_if<E>()) return *data;
  }
  throw std::runtime_error("no sample of the type");
}

// The stored bytes of an event that was read.
[[nodiscard]] std::string line_of(const Event& event);

// "call.completed.v1".
[[nodiscard]] std::string versioned_name(const EventData& data);

// Ends the program, with the error, if there is no value: samples are right or useless.
template <class T>
[[nodiscard]] T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().field + ": " + result.error().message);
  return *std::move(result);
}

[[nodiscard]] inline Timestamp instant(std::string_view text) {
  return must(parse_timestamp(text));
}
[[nodiscard]] inline Date day(std::string_view text) { return must(parse_date(text)); }

}  // namespace ledger::testing
