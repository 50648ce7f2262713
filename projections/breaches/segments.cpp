#include "projections/breaches/segments.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/breaches/evidence.h"
#include "projections/directory/hires.h"
#include "projections/store/kept.h"

namespace ledger::breaches {

namespace {

// Two sides that came together, if they did within the days asked for.
std::optional<SegmentBreach> together(const ManagerId& manager, const Evidence& client,
                                      const Evidence& other, const Question& question) {
  const Date since = std::max(client.from, other.from);
  const Date last = std::min(client.to, other.to);
  if (days_between(last, since) > kSegmentDays) return std::nullopt;
  const Date until = std::max(since, last);
  if (since > question.to || until < question.from) return std::nullopt;
  const bool in_stead = client.side.by == By::kStandIn || other.side.by == By::kStandIn;
  return SegmentBreach{manager,
                       in_stead ? Severity::kWarning : Severity::kBreach,
                       since,
                       until,
                       client.side,
                       other.side,
                       0};
}

// The gravest first, then the earliest, then the one that lasts longest.
auto rank(const SegmentBreach& one) {
  return std::tuple(one.severity, one.since, -days_between(one.since, one.until),
                    std::string_view(one.other.client_id), one.client.by, one.other.by);
}

using ByClient = std::map<std::string, std::vector<Evidence>>;

// The gravest of one client and all of the other side.
std::optional<SegmentBreach> gravest(const ManagerId& manager, const std::vector<Evidence>& client,
                                     const ByClient& others, const Question& question) {
  std::optional<SegmentBreach> worst;
  std::int64_t other_clients = 0;
  for (const auto& [id, other] : others) {
    bool any = false;
    for (const auto& mine : client) {
      for (const auto& theirs : other) {
        auto found = together(manager, mine, theirs, question);
        if (!found) continue;
        any = true;
        if (!worst || rank(*found) < rank(*worst)) worst = std::move(found);
      }
    }
    if (any) ++other_clients;
  }
  if (worst) worst->other_clients = other_clients;
  return worst;
}

std::vector<SegmentBreach> of_side(const ManagerId& manager, const ByClient& clients,
                                   const ByClient& others, const Question& question) {
  std::vector<SegmentBreach> found;
  for (const auto& [id, client] : clients) {
    if (auto one = gravest(manager, client, others, question)) found.push_back(*std::move(one));
  }
  return found;
}

std::vector<SegmentBreach> found_for(const ManagerId& manager, std::vector<Evidence> all,
                                     const Question& question) {
  std::map<Segment, ByClient> sides;
  for (auto& one : all) {
    sides[one.stands][one.side.client_id].push_back(std::move(one));
  }
  const ByClient& corporate = sides[Segment::kCorporate];
  const ByClient& retail = sides[Segment::kRetail];
  auto of_corporate = of_side(manager, corporate, retail, question);
  auto of_retail = of_side(manager, retail, corporate, question);
  return of_corporate.size() < of_retail.size() ? std::move(of_corporate) : std::move(of_retail);
}

std::string key_of(const ManagerId& manager, const Question& question) {
  if (question.known_at) return {};
  return format_date(question.from) + ' ' + format_date(question.to) + ' ' + manager.text();
}

// A reader of his own: what it keeps of clients was read for him.
Result<std::vector<SegmentBreach>> found_of(const ViewSnapshot& snapshot, const ManagerId& manager,
                                            const Question& question,
                                            Responsibility& responsibility) {
  const Date from = add_days(question.from, -kSegmentDays);
  EvidenceReader reader(snapshot, responsibility, from, {question.to, question.known_at});
  LEDGER_TRY(auto evidence, reader.of(manager));
  return found_for(manager, std::move(evidence), question);
}

// Who was a client manager while what may be a breach came together.
Result<std::vector<ManagerId>> managers_of(const ViewSnapshot& snapshot, Date from,
                                           const Question& question) {
  LEDGER_TRY(auto all, directory::staff(snapshot, question.known_at));
  std::vector<ManagerId> managers;
  for (auto& id : all) {
    LEDGER_TRY(const auto row, directory::hires(snapshot, id));
    if (directory::was_client_manager(row, from, question.to, question.known_at)) {
      managers.push_back(std::move(id));
    }
  }
  return managers;
}

}  // namespace

Result<std::vector<SegmentBreach>> segment_breaches(const ViewSnapshot& snapshot,
                                                    const Question& question,
                                                    const BusinessZone& zone) {
  if (days_between(question.from, question.to) >= kQuestionDaysMax) {
    return fail(ErrorCode::kOutOfRange, "ask for no more than 92 days at once", "from");
  }
  const Date from = add_days(question.from, -kSegmentDays);
  std::vector<ManagerId> managers;
  if (question.manager) {
    managers.push_back(*question.manager);
  } else {
    LEDGER_TRY(managers, managers_of(snapshot, from, question));
  }
  const SharedReads shared(snapshot);
  LEDGER_TRY(auto responsibility,
             Responsibility::read(shared.snapshot(), from, question.to, question.known_at, zone));
  std::vector<SegmentBreach> breaches;
  for (const auto& manager : managers) {
    LEDGER_TRY(const auto found, kept<std::vector<SegmentBreach>>(
                                     snapshot, "segments of a manager", key_of(manager, question),
                                     [&](const ViewSnapshot& noted) {
                                       return found_of(noted, manager, question, responsibility);
                                     },
                                     &shared));
    breaches.insert(breaches.end(), found->begin(), found->end());
  }
  std::sort(breaches.begin(), breaches.end(), [](const auto& left, const auto& right) {
    return std::tie(left.since, left.manager_id, left.client.client_id) <
           std::tie(right.since, right.manager_id, right.client.client_id);
  });
  return breaches;
}

Result<std::optional<SegmentBreach>> breach_of_giving(const ViewSnapshot& snapshot,
                                                      const ManagerId& manager,
                                                      const std::string& client, const AsOf& as_of,
                                                      const BusinessZone& zone) {
  LEDGER_TRY(const auto card, client_card::card(snapshot, client, as_of));
  const auto segment = card ? segment_on(*card, as_of.day) : std::nullopt;
  const Date from = add_days(as_of.day, -kSegmentDays);
  LEDGER_TRY(auto responsibility,
             Responsibility::read(snapshot, from, as_of.day, as_of.known_at, zone));
  EvidenceReader reader(snapshot, responsibility, from, as_of);
  LEDGER_TRY(const auto side, reader.side_on(manager, segment, as_of.day));
  if (!side) return std::nullopt;
  LEDGER_TRY(auto evidence, reader.of(manager));
  ByClient others;
  for (auto& one : evidence) {
    if (one.stands != *side) others[one.side.client_id].push_back(std::move(one));
  }
  const Evidence given{{card->client.survivor, *segment, By::kOwner}, *side, as_of.day, as_of.day};
  return gravest(manager, {given}, others, {manager, as_of.day, as_of.day, as_of.known_at});
}

}  // namespace ledger::breaches
