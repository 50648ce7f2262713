#pragma once

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "events/ids.h"
#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

namespace ledger {

// Whether an event's effect is put in or taken out again. A fold has one path for both directions,
// so that taking back cannot drift away from putting in.
enum class Effect { kApply, kRetract };

// Everything a fold may know besides the event's own data. No clock, no store, no randomness.
struct EventMeta {
  Position position;  // identifies the contribution, for ever
  std::string source;
  std::string id;
  Timestamp time;
  Timestamp recorded_time;
  Date local_day;
  std::optional<ClientId> client;    // absent: not matched to a client
  std::optional<ManagerId> manager;  // absent: nobody gets the credit yet
  Effect effect = Effect::kApply;
};

namespace detail {

// Taking back marks; the item stays, and the same event may put in another one after it.
template <class Item>
int contribute_known(std::vector<Item>& items, const EventMeta& meta, Item item) {
  const auto mine = [&](const Item& other) {
    return other.position == meta.position && !other.known.taken_back;
  };
  auto at = items.end();
  while (at != items.begin() && meta.position < std::prev(at)->position) --at;
  auto present = at;
  while (present != items.begin() && std::prev(present)->position == meta.position) --present;
  const auto standing = std::find_if(present, at, mine);
  if (meta.effect == Effect::kRetract) {
    if (standing == at) return 0;
    standing->known.taken_back = meta.recorded_time;
    return -1;
  }
  item.known = {meta.recorded_time, std::nullopt};
  if (standing != at) {
    *standing = std::move(item);
    return 0;
  }
  items.insert(at, std::move(item));
  return 1;
}

}  // namespace detail

// Contributions of single events inside a row, sorted by position: each has a `position`. Applying
// puts the item in (or replaces the one of the same event), retracting takes it out; both are
// idempotent. An item that has a `known` is not forgotten when it is taken out, but marked. Returns
// by how many more items stand: -1, 0 or 1.
template <class Item>
int contribute(std::vector<Item>& items, const EventMeta& meta, Item item) {
  item.position = meta.position;
  if constexpr (requires { item.known; }) {
    return detail::contribute_known(items, meta, std::move(item));
  } else {
    auto at = items.end();
    while (at != items.begin() && meta.position < std::prev(at)->position) --at;
    const bool present = at != items.begin() && std::prev(at)->position == meta.position;
    if (meta.effect == Effect::kRetract) {
      if (!present) return 0;
      items.erase(std::prev(at));
      return -1;
    }
    if (present) {
      *std::prev(at) = std::move(item);
      return 0;
    }
    items.insert(at, std::move(item));
    return 1;
  }
}

}  // namespace ledger
