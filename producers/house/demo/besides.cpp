#include "producers/house/demo/besides.h"

#include <fmt/format.h>

#include "producers/house/demo/house.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";
// Two houses of neighbouring seeds share nothing, nor does a house with what it tells besides.
constexpr std::uint64_t kApart = 0x9e3779b97f4a7c15;

}  // namespace

Besides::Besides(std::uint64_t seed, House& house) : chance_(seed ^ kApart), house_(house) {}

void Besides::on_day(Date day) {
  if (day != house_.first()) return;
  meet_competitors(day);
  publish_methods(day);
}

void Besides::on_working_day(Date day) {
  publish_criteria(day);
  keep_price_list(day);
  hold_fairs(day);
  advertise(day);
  send_survey(day);
  compare(day);
  run_shop(day);
}

void Besides::on_managers_day(std::size_t manager, Date day) {
  search(manager, day);
  take_inquiry(manager, day);
  hear_out(manager, day);
  watch_competitors(manager, day);
  study_clients(manager, day);
  bid(manager, day);
  ask_experts(manager, day);
  agree_terms(manager, day);
  ask_inside(manager, day);
}

void Besides::tell(std::string_view what, Date day, EventData data) {
  house_.say(kHouse, id(what), day, chance_.between(9 * 3600, 18 * 3600 - 1), std::move(data));
}

std::string Besides::id(std::string_view what) { return fmt::format("{}-b{:06}", what, ++told_); }

Date Besides::later(Date day, int from, int to) {
  return house_.working_day(add_days(day, static_cast<int>(chance_.between(from, to))));
}

// The customers twice as often as the prospects.
const Client& Besides::someone_of(std::size_t manager) {
  const auto& his = house_.clients_of(manager);
  const Client& first = house_.client(chance_.one_of(his));
  return first.is_customer ? first : house_.client(chance_.one_of(his));
}

std::optional<std::int64_t> Besides::nth_begins(Date day, int first, int every) const {
  const int since = days_between(house_.first(), day) - first;
  if (since < 0) return std::nullopt;
  const Date begins = add_days(day, -(since % every));
  return house_.working_day(begins) == day ? std::optional<std::int64_t>(since / every)
                                           : std::nullopt;
}

}  // namespace ledger::demo
