#pragma once

#include <optional>
#include <string_view>

#include "events/event_data.h"
#include "events/ids.h"
#include "events/position.h"
#include "platform/clock.h"
#include "projections/store/view_store.h"

namespace ledger {

// kNotFound, naming the member, for who was never hired.
[[nodiscard]] Status check_hired(const ViewSnapshot& snapshot, const ManagerId& manager,
                                 std::string_view field);

// What an event may say of managers depends on what the directory knows of them, and on what the
// catalogue of duties asks of them. kNotFound, kOutOfRange or kConflict, naming the member:
//   report.submitted     by a manager that there is, of a month that was over on the event's day;
//   absence.recorded     of a manager that there is;
//   manager.dismissed    likewise, and no day before he was hired first;
//   breach.recorded      of a duty that the catalogue has;
//   stand_in.appointed   both managers are known, and no day leads back to who is away: where the
//                        client and the day may be the same, nobody stands in for himself through
//                        others (domain-semantics.md 4a, stand-in).
// Any other event passes. `instead_of`: where the event lies that this one is to be read for.
[[nodiscard]] Status check_staff(const ViewSnapshot& snapshot, const EventData& data, Date day,
                                 const std::optional<Position>& instead_of = {});

}  // namespace ledger
