#include "projections/quota_compliance/figures.h"

#include <algorithm>
#include <map>
#include <set>

namespace ledger::quota_compliance {

namespace {

using directory::Norm;

constexpr std::int64_t kVerifyingTalkS = 30;
constexpr std::int64_t kShortCallS = 20;
constexpr std::size_t kTopNumbers = 5;

// What was known of a kind. A call that was matched later stands there twice, first without its
// client: the first is left out.
template <class Item, class Identity>
std::vector<const Item*> known_of(const std::vector<Item>& items, const KnownAt& known_at,
                                  Identity&& identity) {
  std::set<std::string> matched;
  for (const auto& item : items) {
    if (item.known.at(known_at) && !item.client_id.empty()) matched.insert(identity(item));
  }
  std::vector<const Item*> found;
  for (const auto& item : items) {
    if (!item.known.at(known_at)) continue;
    if (item.client_id.empty() && matched.contains(identity(item))) continue;
    found.push_back(&item);
  }
  return found;
}

// One number is one party; a withheld number is known by its client.
const std::string& party_of(const Call& call) {
  return call.number.empty() ? call.client_id : call.number;
}

CallShape shape_of(const std::vector<const Call*>& counted) {
  CallShape shape;
  if (counted.empty()) return shape;
  std::vector<std::int64_t> talks;
  std::map<std::string, std::int64_t> by_party;
  for (const auto* call : counted) {
    talks.push_back(call->talk_s);
    ++by_party[party_of(*call)];
    if (call->talk_s < kShortCallS) ++shape.under_20_s;
  }
  const auto middle = talks.begin() + static_cast<std::ptrdiff_t>(talks.size() / 2);
  std::nth_element(talks.begin(), middle, talks.end());
  shape.median_talk_s = *middle;
  std::vector<std::int64_t> frequencies;
  frequencies.reserve(by_party.size());
  for (const auto& [party, times] : by_party) frequencies.push_back(times);
  std::sort(frequencies.rbegin(), frequencies.rend());
  for (std::size_t i = 0; i < std::min(kTopNumbers, frequencies.size()); ++i) {
    shape.to_top_five += frequencies[i];
  }
  return shape;
}

bool is_tried(const Call& call, const Norm& norm) {
  return call.direction == CallDirection::kOutbound ||
         (norm.count_inbound && call.direction == CallDirection::kInbound);
}

}  // namespace

Figure count_calls(const DayRow& day, const Norm& norm, const KnownAt& known_at) {
  auto calls = known_of(day.calls, known_at, [](const Call& call) { return call.call_id; });
  std::sort(calls.begin(), calls.end(), [](const auto* left, const auto* right) {
    return std::tie(left->started, left->position) < std::tie(right->started, right->position);
  });
  Figure figure;
  CallShape apart;
  std::map<std::string, Timestamp> last_counted;
  std::set<std::string> clients;
  std::vector<const Call*> counted;
  for (const auto* call : calls) {
    const bool answered = call->outcome == CallOutcome::kAnswered;
    if (answered && call->direction == CallDirection::kInbound) ++apart.inbound_answered;
    if (!is_tried(*call, norm)) continue;
    if (call->self_reported) {
      ++apart.self_reported;
      continue;
    }
    ++figure.attempts;
    if (answered) ++figure.answered;
    if (call->client_id.empty()) {
      ++figure.unmatched;
      continue;
    }
    const bool talked = answered && call->talk_s >= norm.min_talk_s;
    if (!talked && !norm.count_unanswered) continue;
    const auto previous = last_counted.find(party_of(*call));
    if (previous != last_counted.end() &&
        call->started - previous->second < std::chrono::seconds(norm.redial_s)) {
      continue;
    }
    last_counted[party_of(*call)] = call->started;
    clients.insert(call->client_id);
    counted.push_back(call);
  }
  figure.counted = static_cast<std::int64_t>(counted.size());
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  figure.shape = shape_of(counted);
  figure.shape->inbound_answered = apart.inbound_answered;
  figure.shape->self_reported = apart.self_reported;
  return figure;
}

Figure count_mailed(const DayRow& day, const Norm& norm, const KnownAt& known_at,
                    const std::function<Result<bool>(const MailedOffer&)>& bounced,
                    Status& status) {
  Figure figure;
  figure.metric = QuotaMetric::kEmailOffers;
  std::set<std::pair<std::string, std::string>> counted;
  std::set<std::string> clients;
  const auto offers = known_of(day.mailed, known_at, [](const MailedOffer& offer) {
    return offer.message_id + offer.recipients.front();
  });
  for (const auto* offer : offers) {
    ++figure.attempts;
    if (offer->client_id.empty()) {
      ++figure.unmatched;
      continue;
    }
    if (offer->reply) continue;
    if (norm.uncount_on_hard_bounce) {
      const auto lost = bounced(*offer);
      if (!lost) {
        status = tl::unexpected(lost.error());
        return figure;
      }
      if (*lost) {
        ++figure.bounced;
        continue;
      }
    }
    counted.emplace(offer->client_id, norm.distinct_clients ? "" : offer->document);
    clients.insert(offer->client_id);
  }
  figure.counted = static_cast<std::int64_t>(counted.size());
  figure.answered = figure.counted;
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  return figure;
}

Figure count_phoned(const DayRow& day, const Norm& norm, const KnownAt& known_at) {
  std::set<std::string> talked_to;
  for (const auto& call : day.calls) {
    if (call.known.at(known_at) && call.outcome == CallOutcome::kAnswered &&
        call.talk_s >= kVerifyingTalkS && !call.self_reported) {
      talked_to.insert(call.client_id);
    }
  }
  Figure figure;
  figure.metric = QuotaMetric::kPhoneOffers;
  std::set<std::string> clients;
  for (const auto& offer : day.phoned) {
    if (!offer.known.at(known_at)) continue;
    ++figure.attempts;
    if (!clients.insert(offer.client_id).second) continue;
    if (talked_to.contains(offer.client_id)) ++figure.answered;
  }
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  figure.counted = norm.count_unverified ? figure.unique_clients : figure.answered;
  return figure;
}

Figure count_changes(const DayRow& day, const KnownAt& known_at) {
  Figure figure;
  figure.metric = QuotaMetric::kDatabase;
  for (const auto& change : day.changes) {
    if (change.known.at(known_at)) ++figure.counted;
  }
  figure.attempts = figure.answered = figure.counted;
  return figure;
}

}  // namespace ledger::quota_compliance
