#include "producers/append/match.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "events/catalogue.h"
#include "projections/directory/event_keys.h"

namespace ledger {

namespace {

using directory::KeyKind;

// Who an event says it is about, what can name its manager, and where it lies if it has no client
// and no key that could name one.
struct Keys {
  std::optional<ClientId> client;
  std::optional<ManagerId> manager;
  directory::KeyLevel manager_keys = {};
  std::string own_key = {};
};

Keys keys_of(const CallCompleted& event) {
  return {event.client_id, event.manager_id, directory::manager_keys(event)};
}

Keys keys_of(const OfferEmailed& event) {
  return {event.client_id, event.manager_id, directory::manager_keys(event)};
}

Keys keys_of(const QuotaPolicySet& event) {
  return {std::nullopt, std::nullopt, {}, event.policy_id.text()};
}

Keys keys_of(const StandInAppointed& event) {
  return {std::nullopt, std::nullopt, {}, event.absent_manager_id.text()};
}

// Hired by the house, not by himself: nobody gets credit for it.
Keys keys_of(const ManagerHired& event) {
  return {std::nullopt, std::nullopt, {}, event.manager_id.text()};
}

// Nobody's, and the legs of one call keep their order among themselves.
Keys keys_of(const CallLegCompleted& event) {
  return {std::nullopt, std::nullopt, {}, event.call_id.text()};
}

// Events about the whole house keep their order among themselves.
Keys keys_of(const CalendarDaySet&) { return {std::nullopt, std::nullopt, {}, "calendar"}; }

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
  if constexpr (requires { event.holder; }) keys.own_key = event.holder;
  if constexpr (requires { event.own_address; }) {
    if (event.own_address) {
      keys.manager_keys = {{KeyKind::kManagerEmail, event.own_address->text()}};
    }
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

}  // namespace

Result<Match> match(const ViewSnapshot& snapshot, const Submission& submission) {
  Keys keys = keys_of(submission.data);
  Match match{keys.client, std::move(keys.manager), {}, std::move(keys.client)};
  const auto levels = directory::client_keys(submission.data);
  if (!match.client) {
    LEDGER_TRY(auto owner, directory::agreed_owner(snapshot, levels));
    if (owner) match.client = ClientId(std::move(*owner));
  }
  if (!match.manager) {
    LEDGER_TRY(auto owner, directory::agreed_owner(snapshot, {keys.manager_keys}));
    if (owner) match.manager = ManagerId(std::move(*owner));
  }
  if (match.client) {
    match.partition_key = match.client->text();
  } else if (!levels.empty()) {
    match.partition_key = levels.front().front().value;
  } else {
    match.partition_key = keys.own_key.empty() ? submission.id : keys.own_key;
  }
  return match;
}

bool same_place(const EventData& left, const EventData& right) {
  const auto same_key = [](const directory::Key& one, const directory::Key& other) {
    return one.kind == other.kind && one.value == other.value;
  };
  const auto same_level = [&](const directory::KeyLevel& one, const directory::KeyLevel& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), same_key);
  };
  const Keys of_left = keys_of(left);
  const Keys of_right = keys_of(right);
  if (of_left.client != of_right.client) return false;
  if (of_left.client) return true;
  const auto levels = directory::client_keys(left);
  const auto others = directory::client_keys(right);
  if (!std::equal(levels.begin(), levels.end(), others.begin(), others.end(), same_level)) {
    return false;
  }
  return !levels.empty() || of_left.own_key == of_right.own_key;
}

}  // namespace ledger
