#include "events/business_zone.h"

#include <date/tz.h>
#include <fmt/format.h>

namespace ledger {

Result<BusinessZone> BusinessZone::named(std::string_view name) {
  try {
    return BusinessZone(date::locate_zone(std::string(name)));
  } catch (const std::exception&) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("the system's time zone data have no zone '{}'", name));
  }
}

Date BusinessZone::local_day(Timestamp instant) const {
  const auto local = zone_->to_local(std::chrono::floor<std::chrono::seconds>(instant));
  const auto days = std::chrono::floor<std::chrono::days>(local.time_since_epoch());
  return Date{std::chrono::sys_days{days}};
}

std::chrono::seconds BusinessZone::time_of_day(Timestamp instant) const {
  const auto local = zone_->to_local(std::chrono::floor<std::chrono::seconds>(instant));
  return local.time_since_epoch() - std::chrono::floor<std::chrono::days>(local.time_since_epoch());
}

Timestamp BusinessZone::to_instant(Date day, std::chrono::seconds since_midnight) const {
  const date::local_seconds local{std::chrono::sys_days{day}.time_since_epoch() + since_midnight};
  const auto info = zone_->get_info(local);
  if (info.result == date::local_info::nonexistent) return Timestamp{info.first.end};
  return Timestamp{local.time_since_epoch() - info.first.offset};
}

std::string BusinessZone::name() const { return zone_->name(); }

}  // namespace ledger
