#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "events/business_zone.h"
#include "events/envelope.h"

// A trade house that never was, for a first look and for load: managers with their habits, clients
// who order, pay late, dispute and complain, and all that telephony, mail and bank would say of it.
// Believable, and the same on every machine for the same seed, sizes and first day: with a later
// `until` it goes on.
namespace ledger::demo {

struct Settings {
  std::uint64_t seed = 1;
  std::int64_t clients = 3000;  // 10 to 100,000
  std::int64_t managers = 12;   // 2 to 100
  Date from{};                  // its first day
  Timestamp until{};            // nothing happens after it
  BusinessZone zone;
};

class House;

// One thread.
class Demo {
 public:
  explicit Demo(const Settings& settings);
  ~Demo();

  [[nodiscard]] std::int64_t days() const;
  // What the house's senders deliver on the next day, in that order: most of it that day's, some of
  // it late. Empty on a day without news; days() calls give everything.
  [[nodiscard]] std::vector<Submission> next_day();
  // What was found out of those days long after them, as when their reports had been accepted: to
  // be told last.
  [[nodiscard]] const std::vector<Submission>& found_later() const;

 private:
  std::unique_ptr<House> house_;
};

}  // namespace ledger::demo
