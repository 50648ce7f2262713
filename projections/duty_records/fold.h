#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "events/event_data.h"
#include "events/types/call.h"
#include "events/types/manager.h"
#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "events/types/staff.h"
#include "events/types/talk.h"
#include "projections/duty_records/rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::duty_records {

namespace detail {

// Calls and mailed offers are thousands a month, and others count them: of them only what rules
// read. Of all others everything; client and manager stand beside the members.
template <class E>
[[nodiscard]] constexpr bool keeps(std::string_view name) {
  if constexpr (std::is_same_v<E, CallCompleted>) {
    return name == "direction" || name == "outcome";
  } else if constexpr (std::is_same_v<E, OfferEmailed>) {
    return name == "message_id" || name == "in_reply_to";
  } else if constexpr (std::is_same_v<E, OfferAnswered> || std::is_same_v<E, LetterExchanged>) {
    // What the mail system tells of the letter is no word of a duty.
    return name != "client_id" && name != "manager_id" && name != "references" &&
           name != "own_address" && name != "weak_id" && name != "sender_date" &&
           name != "authentication_failure";
  } else {
    return name != "client_id" && name != "manager_id";
  }
}

// Who did it. Nobody gets credit for being hired or for standing in, but the record is his.
template <class E>
[[nodiscard]] std::optional<ManagerId> of_whom(const E& event, const EventMeta& meta) {
  if constexpr (std::is_same_v<E, ManagerHired>) {
    return event.manager_id;
  } else if constexpr (std::is_same_v<E, StandInAppointed>) {
    return event.stand_in_id;
  } else {
    return meta.manager;
  }
}

template <class T>
void collect(std::vector<Member>& found, const std::string& name, const T& value) {
  if constexpr (is_optional<T>) {
    if (value) collect(found, name, *value);
  } else if constexpr (is_vector<T>) {
    for (const auto& item : value) collect(found, name, item);
  } else if constexpr (HasFields<T>) {
    T::fields([&](std::string_view inner, auto member, Trait trait = Trait::kPlain) {
      if (trait != Trait::kPlain) return;
      collect(found, name + '.' + std::string(inner), value.*member);
    });
  } else if constexpr (ParsedText<T>) {
    found.push_back({name, std::string(value.text()), false});
  } else if constexpr (NamedEnum<T>) {
    found.push_back({name, std::string(name_of(value)), false});
  } else if constexpr (std::is_same_v<T, std::string>) {
    found.push_back({name, value, false});
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    found.push_back({name, format_timestamp(value), false});
  } else if constexpr (std::is_same_v<T, Date>) {
    found.push_back({name, format_date(value), false});
  } else if constexpr (std::is_same_v<T, bool>) {
    found.push_back({name, value ? "true" : "false", true});
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    found.push_back({name, std::to_string(value), true});
  } else {
    static_assert(std::is_same_v<T, RawJson>);  // carried, not looked into
  }
}

}  // namespace detail

// In the order of the event's list; what is personal, and what the door filled in, is left out.
template <EventStruct E>
[[nodiscard]] std::vector<Member> members_of(const E& event) {
  std::vector<Member> found;
  E::fields([&](std::string_view name, auto member, Trait trait = Trait::kPlain) {
    if (trait != Trait::kPlain || !detail::keeps<E>(name)) return;
    detail::collect(found, std::string(name), event.*member);
  });
  return found;
}

// Every type, whether a duty names it by now or not: the catalogue of duties may change without
// filling the view anew.
struct Fold {
  static constexpr std::string_view kName = duty_records::kName;
  static constexpr int kVersion = duty_records::kVersion;

  template <EventStruct E>
  static void apply(const E& event, const EventMeta& meta, ViewBatch& batch) {
    note(E::kName, members_of(event), meta, batch, detail::of_whom(event, meta));
  }

 private:
  static void note(std::string_view type, std::vector<Member> members, const EventMeta& meta,
                   ViewBatch& batch, const std::optional<ManagerId>& manager);
};

}  // namespace ledger::duty_records
