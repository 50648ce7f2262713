#include "producers/telephony/asterisk/settling.h"

#include <algorithm>

namespace ledger::asterisk {

bool SettlingCalls::add(Leg leg, const LegOrigin& origin, Timestamp now) {
  // A record "from the future" (a wrong clock, a wrong zone) must not settle all others.
  Timestamp& newest = newest_end_[origin.channel];
  newest = std::max(newest, std::min(leg.ended_at, now));
  const std::string key = leg.call_key;
  Entry& entry = calls_[key];
  if (!entry.call.add(std::move(leg))) return false;
  entry.last_seen = now;
  entry.last_channel = origin.channel;
  auto& first = entry.first_new[origin.channel];
  if (!first) first = origin;
  if (entry.number == 0) {
    entry.number = origin.number;
    waiting_.emplace(origin.number, key);
  }
  return true;
}

void SettlingCalls::ended(const std::string& key, Timestamp now) {
  const auto found = calls_.find(key);
  if (found != calls_.end() && !found->second.over_at) found->second.over_at = now + kGrace;
}

bool SettlingCalls::is_settled(const Entry& entry, Timestamp now, Reading reading) const {
  const bool by_clock = reading != Reading::kGoesOn && now >= entry.last_seen + options_.settle;
  return reading == Reading::kOver || by_clock || (entry.over_at && now >= *entry.over_at) ||
         newest_end_[entry.last_channel] >= entry.call.ended_at() + options_.settle;
}

std::vector<std::string> SettlingCalls::settled(Timestamp now, std::size_t max,
                                                Reading reading) const {
  std::vector<std::string> keys;
  for (const auto& [number, key] : waiting_) {
    if (keys.size() == max) break;
    if (is_settled(calls_.at(key), now, reading)) keys.push_back(key);
  }
  return keys;
}

void SettlingCalls::done(const std::string& key) {
  Entry& entry = calls_.at(key);
  entry.delivered_legs = entry.call.legs().size();
  entry.first_new = {};
  entry.over_at.reset();
  waiting_.erase(entry.number);
  entry.number = 0;
}

void SettlingCalls::forget_old(Timestamp now) {
  std::vector<std::pair<Timestamp, std::string>> by_age;
  for (const auto& [key, entry] : calls_) {
    if (entry.number == 0) by_age.emplace_back(entry.last_seen, key);
  }
  std::sort(by_age.begin(), by_age.end());
  std::size_t left = by_age.size();
  for (const auto& [last_seen, key] : by_age) {
    if (left <= options_.remembered_max && last_seen + options_.remember > now) break;
    calls_.erase(key);
    --left;
  }
}

std::optional<FilePlace> SettlingCalls::first_waiting(std::size_t channel) const {
  std::optional<LegOrigin> first;
  for (const auto& [number, key] : waiting_) {
    const auto& origin = calls_.at(key).first_new[channel];
    if (origin && (!first || origin->number < first->number)) first = origin;
  }
  if (!first) return std::nullopt;
  return std::move(first->place);
}

std::vector<SettlingCalls::Remembered> SettlingCalls::remembered() const {
  std::vector<Remembered> all;
  for (const auto& [key, entry] : calls_) {
    if (entry.delivered_legs == 0) continue;
    const auto& legs = entry.call.legs();
    all.push_back({{legs.begin(), legs.begin() + static_cast<std::ptrdiff_t>(entry.delivered_legs)},
                   entry.last_seen});
  }
  return all;
}

void SettlingCalls::restore(std::vector<Remembered> calls) {
  for (Remembered& remembered : calls) {
    if (remembered.legs.empty()) continue;
    Entry& entry = calls_[remembered.legs.front().call_key];
    for (Leg& leg : remembered.legs) entry.call.add(std::move(leg));
    entry.delivered_legs = entry.call.legs().size();
    entry.last_seen = remembered.last_seen;
  }
}

}  // namespace ledger::asterisk
