#include "projections/duty_records/ratios.h"

#include <algorithm>

namespace ledger::duty_records {

namespace {

constexpr std::int64_t kWholeBp = 10'000;

Figures& line_of(std::map<std::string, Figures, std::less<>>& lines, std::string_view key) {
  return lines[std::string(key)];
}

}  // namespace

Book::Book(std::span<const Entry> entries, Scope scope, const BusinessZone& zone)
    : scope_(std::move(scope)), zone_(zone) {
  for (const auto& entry : entries) by_type_[entry.type].push_back(&entry);
}

const std::vector<const Entry*>& Book::all(std::string_view type) const {
  static const std::vector<const Entry*> kNone;
  const auto found = by_type_.find(type);
  return found == by_type_.end() ? kNone : found->second;
}

std::vector<const Entry*> Book::asked(std::string_view type) const {
  std::vector<const Entry*> found = all(type);
  std::erase_if(found, [&](const Entry* entry) {
    const bool other = scope_.client && entry->client_id != *scope_.client;
    return other || !is_asked(entry->day);
  });
  return found;
}

std::optional<Date> Book::day_of(std::string_view instant) const {
  const auto parsed = parse_timestamp(instant);
  return parsed ? std::optional(zone_.local_day(*parsed)) : std::nullopt;
}

void Tally::each(std::string_view manager, std::string_view key, auto&& change) {
  if (manager_ && manager != *manager_) return;
  change(whole_);
  change(line_of(by_manager_, manager));
  if (!key.empty()) change(line_of(by_key_, key));
}

void Tally::add(std::string_view manager, std::string_view key, std::string_view figure,
                std::int64_t count) {
  each(manager, key, [&](Figures& line) { line.counts[std::string(figure)] += count; });
}

void Tally::add_to_key(std::string_view manager, std::string_view key, std::string_view figure,
                       std::int64_t count) {
  if (manager_ && manager != *manager_) return;
  line_of(by_key_, key).counts[std::string(figure)] += count;
}

void Tally::sample(std::string_view manager, std::string_view key, std::int64_t value) {
  each(manager, key, [&](Figures& line) { line.samples.push_back(value); });
}

void Tally::wait(std::string_view manager, const Entry& entry) {
  if (!manager_ || manager == *manager_) waiting_.push_back(entry);
}

const Rule* rule_of(std::string_view duty_id) {
  for (const auto rules : {search_rules(), offer_rules(), service_rules()}) {
    const auto found = std::ranges::find(rules, duty_id, &Rule::duty_id);
    if (found != rules.end()) return &*found;
  }
  return nullptr;
}

std::optional<std::int64_t> share_bp(const Rule& rule, const Figures& figures) {
  const auto of = figures.counts.find(rule.of);
  if (rule.of.empty() || of == figures.counts.end() || of->second == 0) return std::nullopt;
  const auto part = figures.counts.find(rule.part);
  return part == figures.counts.end() ? 0 : part->second * kWholeBp / of->second;
}

}  // namespace ledger::duty_records
