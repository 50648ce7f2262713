#include "events/business_zone.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace ledger {

namespace {

// The library reads the compiled zones of the system, which carry no version: the text that is
// installed beside them does, in its first line ("# version 2025b").
std::optional<std::string> read_data_version() {
  constexpr std::string_view kVersion = "# version ";
  for (const std::string directory : {"/usr/share/zoneinfo", "/usr/share/lib/zoneinfo"}) {
    std::ifstream file(directory + "/tzdata.zi");
    std::string line;
    if (!std::getline(file, line) || !line.starts_with(kVersion)) continue;
    auto version = line.substr(kVersion.size());
    constexpr std::size_t kBytesMax = 32;
    const bool plain =
        std::all_of(version.begin(), version.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (plain && !version.empty() && version.size() <= kBytesMax) return version;
  }
  return std::nullopt;
}

// Once: the library reads the zones once too, whatever is installed since.
const std::optional<std::string>& version_of_data() {
  static const std::optional<std::string> version = read_data_version();
  return version;
}

}  // namespace

BusinessZone::BusinessZone(const date::time_zone* zone)
    : zone_(zone), data_version_(&version_of_data()) {}

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

bool BusinessZone::is_missing(Date day, std::chrono::seconds since_midnight) const {
  const date::local_seconds local{std::chrono::sys_days{day}.time_since_epoch() + since_midnight};
  return zone_->get_info(local).result == date::local_info::nonexistent;
}

std::string BusinessZone::name() const { return zone_->name(); }

}  // namespace ledger
