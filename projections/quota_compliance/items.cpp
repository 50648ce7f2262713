#include "projections/quota_compliance/items.h"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace ledger::quota_compliance {

namespace {

using directory::Norm;
using KnownAt = std::optional<Timestamp>;

// What was known of a kind. A call that was matched later stands there twice, first without its
// client: the first is left out.
template <class T, class Identity>
std::vector<const T*> known_of(const std::vector<T>& all, const KnownAt& known_at,
                               Identity&& identity) {
  std::set<std::string> matched;
  for (const auto& one : all) {
    if (one.known.at(known_at) && !one.client_id.empty()) matched.insert(identity(one));
  }
  std::vector<const T*> found;
  for (const auto& one : all) {
    if (!one.known.at(known_at)) continue;
    if (one.client_id.empty() && matched.contains(identity(one))) continue;
    found.push_back(&one);
  }
  return found;
}

template <class T>
void sort_by_time(std::vector<const T*>& found, Timestamp T::* time) {
  std::sort(found.begin(), found.end(), [time](const T* left, const T* right) {
    return std::tie(left->*time, left->position) < std::tie(right->*time, right->position);
  });
}

template <class T>
Item item_of(const T& one, Timestamp T::* time) {
  Item item;
  item.position = one.position;
  item.known = one.known;
  item.time = one.*time;
  item.client_id = one.client_id;
  return item;
}

// What had been told and was taken back by then; last, since it counts for nothing.
template <class T>
void add_taken_back(std::vector<Item>& items, const std::vector<T>& all, Timestamp T::* time,
                    const KnownAt& known_at) {
  std::set<Position> standing;
  for (const auto& one : all) {
    if (one.known.at(known_at)) standing.insert(one.position);
  }
  for (const auto& one : all) {
    const bool told = !known_at || one.known.recorded <= *known_at;
    if (!told || !standing.insert(one.position).second) continue;
    items.push_back(item_of(one, time));
    items.back().verdict = Verdict::kTakenBack;
  }
}

// One number is one party; a withheld number is known by its client.
const std::string& party_of(const Call& call) {
  return call.number.empty() ? call.client_id : call.number;
}

std::string identity_of(const Call& call) { return call.source + '\n' + call.call_id; }

bool is_tried(const Call& call, const Norm& norm) {
  return call.direction == CallDirection::kOutbound ||
         (norm.count_inbound && call.direction == CallDirection::kInbound);
}

Verdict untried(const Call& call) {
  return call.direction == CallDirection::kInternal ? Verdict::kInternal : Verdict::kInbound;
}

// Judges the calls of a day one after the other.
class Calls {
 public:
  Calls(const DayFacts& facts, const Norm& norm, const std::vector<const Call*>& calls)
      : facts_(facts), norm_(norm) {
    for (const auto* call : calls) {
      const Call*& first = firsts_[identity_of(*call)];
      if (first == nullptr || is_earlier(*call, *first)) first = call;
    }
  }

  Item judge(const Call& call) {
    Item item = item_of(call, &Call::started);
    item.id = call.call_id;
    item.party = party_of(call);
    item.talk_s = call.talk_s;
    item.verdict = verdict_on(call, item);
    if (item.verdict == Verdict::kCounted) last_counted_[party_of(call)] = &call;
    return item;
  }

 private:
  static bool is_earlier(const Call& left, const Call& right) {
    return std::tie(left.known.recorded, left.position) <
           std::tie(right.known.recorded, right.position);
  }

  Verdict verdict_on(const Call& call, Item& item) const {
    const Call* first = firsts_.at(identity_of(call));
    if (first != &call) {
      item.beside = first->position;
      return Verdict::kDouble;
    }
    item.inbound_talk =
        call.direction == CallDirection::kInbound && call.outcome == CallOutcome::kAnswered;
    if (!is_tried(call, norm_)) return untried(call);
    if (call.self_reported) return Verdict::kSelfReported;
    item.attempt = true;
    item.answered = call.outcome == CallOutcome::kAnswered;
    if (call.client_id.empty()) return Verdict::kNoClient;
    if (!norm_.count_unanswered) {
      if (!item.answered) return Verdict::kNotAnswered;
      if (call.talk_s < norm_.min_talk_s) return Verdict::kTooShort;
    }
    if (facts_.voided.contains(call.client_id)) return Verdict::kCardVoided;
    const auto opened = facts_.opened.find(call.client_id);
    if (opened != facts_.opened.end() && opened->second > facts_.day) return Verdict::kNoCardYet;
    const auto previous = last_counted_.find(party_of(call));
    if (previous != last_counted_.end() &&
        call.started - previous->second->started < std::chrono::seconds(norm_.redial_s)) {
      item.beside = previous->second->position;
      return Verdict::kRedial;
    }
    return Verdict::kCounted;
  }

  const DayFacts& facts_;
  const Norm& norm_;
  std::map<std::string, const Call*> firsts_;        // by identity: which was recorded first
  std::map<std::string, const Call*> last_counted_;  // by party
};

// The letters that went to many companies. Whose a recipient is may not be known yet: then it is a
// company of its own.
std::set<std::string> mass_letters(const std::vector<const MailedOffer*>& offers,
                                   const Norm& norm) {
  std::map<std::string, std::set<std::string>> companies;  // by letter
  for (const auto* offer : offers) {
    const bool named = !offer->client_id.empty();
    companies[offer->letter.message_id].insert(named ? offer->client_id
                                                     : '?' + offer->letter.recipients.front());
  }
  std::set<std::string> mass;
  for (const auto& [letter, to] : companies) {
    if (static_cast<std::int64_t>(to.size()) >= norm.mass_companies) mass.insert(letter);
  }
  return mass;
}

// A stranger's letter is on nobody's day.
Verdict verdict_on(directory::CountsAs letter) {
  using directory::CountsAs;
  switch (letter) {
    case CountsAs::kOffer:
      return Verdict::kCounted;
    case CountsAs::kReply:
    case CountsAs::kForward:
      return Verdict::kLetter;
    case CountsAs::kUnmarked:
      return Verdict::kUnmarked;
    case CountsAs::kUnverified:
    case CountsAs::kStranger:
      return Verdict::kUnverified;
    case CountsAs::kBounced:
      return Verdict::kBounced;
  }
  return Verdict::kUnverified;
}

}  // namespace

std::vector<Item> judge_calls(const DayFacts& facts, const Norm& norm) {
  const auto& all = facts.row.calls;
  auto calls = known_of(all, facts.known_at, identity_of);
  sort_by_time(calls, &Call::started);
  Calls judge(facts, norm, calls);
  std::vector<Item> items;
  items.reserve(calls.size());
  for (const auto* call : calls) items.push_back(judge.judge(*call));
  add_taken_back(items, all, &Call::started, facts.known_at);
  return items;
}

std::vector<Item> judge_mailed(const DayFacts& facts, const Norm& norm) {
  const auto& all = facts.row.mailed;
  auto offers = known_of(all, facts.known_at, [](const MailedOffer& offer) {
    return offer.letter.message_id + offer.letter.recipients.front();
  });
  sort_by_time(offers, &MailedOffer::sent);
  const auto mass = mass_letters(offers, norm);
  std::map<std::pair<std::string, std::string>, Position> counted;  // by company and document
  std::vector<Item> items;
  for (const auto* offer : offers) {
    Item item = item_of(*offer, &MailedOffer::sent);
    item.id = offer->letter.message_id;
    item.attempt = true;
    item.mass = mass.contains(offer->letter.message_id);
    const bool lost = norm.uncount_on_hard_bounce && facts.bounced.contains(offer->position);
    item.verdict = verdict_on(directory::counts_as(offer->letter, lost, norm.marks));
    if (item.verdict != Verdict::kCounted) {
      // Not even an offer.
    } else if (offer->client_id.empty()) {
      item.verdict = Verdict::kNoClient;
    } else {
      const auto [first, fresh] = counted.emplace(
          std::pair(offer->client_id, norm.distinct_clients ? std::string() : offer->document),
          offer->position);
      if (!fresh) {
        item.verdict = norm.distinct_clients ? Verdict::kSameCompany : Verdict::kSameOffer;
        item.beside = first->second;
      }
    }
    items.push_back(std::move(item));
  }
  add_taken_back(items, all, &MailedOffer::sent, facts.known_at);
  return items;
}

std::vector<Item> judge_phoned(const DayFacts& facts, const Norm& norm,
                               const std::vector<Item>& calls) {
  std::map<std::string, Position> talked_to;  // by company: the call
  for (const auto& call : calls) {
    const bool counts = call.verdict == Verdict::kCounted || call.verdict == Verdict::kRedial;
    if (counts && call.answered && *call.talk_s >= norm.verifying_talk_s) {
      talked_to.emplace(call.client_id, call.position);
    }
  }
  const auto& all = facts.row.phoned;
  std::vector<const PhonedOffer*> offers;
  for (const auto& offer : all) {
    if (offer.known.at(facts.known_at)) offers.push_back(&offer);
  }
  sort_by_time(offers, &PhonedOffer::made);
  std::map<std::string, Position> firsts;  // by company
  std::vector<Item> items;
  for (const auto* offer : offers) {
    Item item = item_of(*offer, &PhonedOffer::made);
    item.attempt = true;
    const auto [first, fresh] = firsts.emplace(offer->client_id, offer->position);
    if (!fresh) {
      item.verdict = Verdict::kSameCompany;
      item.beside = first->second;
    } else if (const auto call = talked_to.find(offer->client_id); call != talked_to.end()) {
      item.answered = true;
      item.beside = call->second;
    } else if (!norm.count_unverified) {
      item.verdict = Verdict::kNoCall;
    }
    items.push_back(std::move(item));
  }
  add_taken_back(items, all, &PhonedOffer::made, facts.known_at);
  return items;
}

void set_phoned_apart(std::vector<Item>& calls, const std::vector<Item>& phoned) {
  // A redial is the same talk: behind it stands the call that counted.
  std::map<Position, Position> talks;
  for (const auto& call : calls) {
    const bool redial = call.verdict == Verdict::kRedial;
    talks.emplace(call.position, redial ? *call.beside : call.position);
  }
  std::map<Position, Position> offers;  // by the call
  for (const auto& offer : phoned) {
    if (offer.verdict != Verdict::kCounted || !offer.answered) continue;
    offers.emplace(talks.at(*offer.beside), offer.position);
  }
  for (auto& call : calls) {
    const auto offer = offers.find(call.position);
    if (call.verdict != Verdict::kCounted || offer == offers.end()) continue;
    call.verdict = Verdict::kPhoneOffer;
    call.beside = offer->second;
  }
}

void set_stood_in_apart(std::vector<Item>& calls, const std::set<std::string>& stood_in_for) {
  for (auto& call : calls) {
    const bool counts = call.verdict == Verdict::kCounted;
    if (counts && stood_in_for.contains(call.client_id)) call.verdict = Verdict::kStoodIn;
  }
}

std::vector<Item> judge_changes(const DayFacts& facts) {
  const auto& all = facts.row.changes;
  std::vector<const Change*> changes;
  for (const auto& change : all) {
    if (change.known.at(facts.known_at)) changes.push_back(&change);
  }
  sort_by_time(changes, &Change::made);
  std::vector<Item> items;
  for (const auto* change : changes) {
    items.push_back(item_of(*change, &Change::made));
    items.back().attempt = items.back().answered = true;
  }
  add_taken_back(items, all, &Change::made, facts.known_at);
  return items;
}

}  // namespace ledger::quota_compliance
