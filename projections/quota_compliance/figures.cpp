#include "projections/quota_compliance/figures.h"

#include <algorithm>
#include <map>
#include <set>

#include "platform/median.h"

namespace ledger::quota_compliance {

namespace {

constexpr std::int64_t kShortCallS = 20;
constexpr std::size_t kTopNumbers = 5;

// What every figure is made of.
Figure sum(QuotaMetric metric, std::vector<Item> items) {
  Figure figure;
  figure.metric = metric;
  std::set<std::string_view> clients;
  for (const auto& item : items) {
    if (item.attempt) ++figure.attempts;
    if (item.answered) ++figure.answered;
    if (item.verdict == Verdict::kNoClient) ++figure.unmatched;
    if (item.verdict != Verdict::kCounted) continue;
    ++figure.counted;
    clients.insert(item.client_id);
  }
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  figure.items = std::move(items);
  return figure;
}

std::int64_t count(const Figure& figure, Verdict verdict) {
  return std::count_if(figure.items.begin(), figure.items.end(),
                       [&](const Item& item) { return item.verdict == verdict; });
}

std::int64_t to_top_numbers(const std::map<std::string, std::int64_t>& calls_by_number) {
  std::vector<std::int64_t> frequencies;
  frequencies.reserve(calls_by_number.size());
  for (const auto& [number, times] : calls_by_number) frequencies.push_back(times);
  std::sort(frequencies.rbegin(), frequencies.rend());
  frequencies.resize(std::min(kTopNumbers, frequencies.size()));
  std::int64_t calls = 0;
  for (const auto times : frequencies) calls += times;
  return calls;
}

CallShape shape_of(const std::vector<Item>& items, const std::optional<LastHour>& last_hour) {
  CallShape shape;
  std::vector<std::int64_t> talks;
  std::map<std::string, std::int64_t> by_number;
  for (const auto& item : items) {
    if (item.verdict != Verdict::kCounted) continue;
    talks.push_back(*item.talk_s);
    ++by_number[item.party];
    if (*item.talk_s < kShortCallS) ++shape.under_20_s;
    if (last_hour && last_hour->from <= *item.time && *item.time < last_hour->to) ++shape.last_hour;
  }
  shape.to_top_five = to_top_numbers(by_number);
  shape.median_talk_s = median(std::move(talks)).value_or(0);
  return shape;
}

}  // namespace

Figure sum_calls(std::vector<Item> items, const std::optional<LastHour>& last_hour) {
  Figure figure = sum(QuotaMetric::kCalls, std::move(items));
  figure.doubles = count(figure, Verdict::kDouble);
  figure.stood_in = count(figure, Verdict::kStoodIn);
  figure.shape = shape_of(figure.items, last_hour);
  figure.shape->inbound_answered = std::count_if(
      figure.items.begin(), figure.items.end(), [](const Item& item) { return item.inbound_talk; });
  figure.shape->self_reported = count(figure, Verdict::kSelfReported);
  return figure;
}

Figure sum_mailed(std::vector<Item> items, const directory::Norm& norm) {
  Figure figure = sum(QuotaMetric::kEmailOffers, std::move(items));
  figure.answered = figure.counted;
  figure.unverified = count(figure, Verdict::kUnverified);
  figure.bounced = count(figure, Verdict::kBounced);
  figure.letters = count(figure, Verdict::kLetter) + count(figure, Verdict::kUnmarked);
  figure.repeated = count(figure, Verdict::kSameOffer) + count(figure, Verdict::kSameCompany);
  figure.mass_companies = norm.mass_companies;
  figure.mass = std::count_if(figure.items.begin(), figure.items.end(), [](const Item& item) {
    return item.mass && item.verdict == Verdict::kCounted;
  });
  return figure;
}

Figure sum_phoned(std::vector<Item> items) {
  Figure figure = sum(QuotaMetric::kPhoneOffers, std::move(items));
  // Also those that do not count for want of a call.
  figure.unique_clients = figure.counted + count(figure, Verdict::kNoCall);
  return figure;
}

Figure sum_changes(std::vector<Item> items) {
  Figure figure = sum(QuotaMetric::kDatabase, std::move(items));
  figure.unique_clients = 0;
  return figure;
}

Figure sum_contracts(std::vector<Item> items) {
  Figure figure = sum(QuotaMetric::kNewClientContracts, std::move(items));
  std::set<std::string_view> clients;
  for (const auto& item : figure.items) {
    if (item.attempt) clients.insert(item.client_id);
    if (item.returned) ++figure.returned;
  }
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  return figure;
}

}  // namespace ledger::quota_compliance
