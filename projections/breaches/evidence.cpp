#include "projections/breaches/evidence.h"

#include <algorithm>
#include <set>

#include "platform/calendar_month.h"
#include "projections/directory/last_words.h"
#include "projections/obligations/portfolio.h"
#include "projections/obligations/rows.h"
#include "projections/quota_compliance/rows.h"
#include "projections/reports/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::breaches {

namespace {

using client_card::Card;

const std::string& obligations_family() {
  static const std::string name = family_of(obligations::kName, obligations::kVersion);
  return name;
}

const std::string& quota_family() {
  static const std::string name = family_of(quota_compliance::kName, quota_compliance::kVersion);
  return name;
}

// Days on which somebody owned the client, one stretch for each assignment.
struct Stretch {
  Date from;
  Date to;
};

std::vector<Stretch> owned(const Card& card, const ManagerId& manager, Date from, Date to) {
  std::vector<Stretch> stretches;
  const auto& assigned = card.facts.assigned;  // by their first day
  for (std::size_t i = 0; i < assigned.size(); ++i) {
    if (assigned[i].data.manager_id != manager) continue;
    const Date last =
        i + 1 < assigned.size() ? add_days(assigned[i + 1].data.effective_from, -1) : to;
    const Stretch stretch{std::max(assigned[i].data.effective_from, from), std::min(last, to)};
    if (stretch.from <= stretch.to) stretches.push_back(stretch);
  }
  return stretches;
}

// The clients of his calls and offers of a day.
Result<std::set<std::string>> clients_of_day(const ViewSnapshot& snapshot, const ManagerId& manager,
                                             Date day, const std::optional<Timestamp>& known_at) {
  std::set<std::string> clients;
  LEDGER_TRY(const auto row,
             read_row<quota_compliance::DayRow>(snapshot, quota_family(),
                                                quota_compliance::day_key(day, manager.text())));
  if (!row) return clients;
  for (const auto& call : row->calls) {
    const bool counts = call.known.at(known_at) && call.direction == CallDirection::kOutbound &&
                        call.outcome == CallOutcome::kAnswered;
    if (counts) clients.insert(call.client_id);
  }
  for (const auto& offer : row->mailed) {
    // What is perhaps somebody else's letter is evidence against nobody.
    const bool is_his = offer.known.at(known_at) && !offer.letter.unverified;
    if (is_his) clients.insert(offer.client_id);
  }
  for (const auto& offer : row->phoned) {
    if (offer.known.at(known_at)) clients.insert(offer.client_id);
  }
  clients.erase("");  // not matched yet
  return clients;
}

bool is_meant(const StandInAppointed& appointed, const Card& card, std::optional<Segment> segment) {
  const auto& named = appointed.client_ids;
  const bool by_name =
      named.empty() || std::any_of(named.begin(), named.end(), [&](const ClientId& id) {
        const auto& cards = card.client.cards;
        return std::find(cards.begin(), cards.end(), id.text()) != cards.end();
      });
  return by_name && (!appointed.segment || appointed.segment == segment);
}

}  // namespace

std::optional<Segment> segment_on(const Card& card, Date day) {
  std::optional<Segment> first = card.details.segment;
  std::optional<Segment> last =
      card.segment_told && *card.segment_told <= day ? card.details.segment : std::nullopt;
  for (const auto& told : card.facts.segments) {  // by day
    if (!first) first = told.data.segment;
    const bool later =
        !card.segment_told || *card.segment_told > day || told.day >= *card.segment_told;
    if (told.day <= day && later) last = told.data.segment;
  }
  return last ? last : first;
}

Result<const Card*> EvidenceReader::card(const std::string& client) {
  auto known = cards_.find(client);
  if (known == cards_.end()) {
    LEDGER_TRY(auto read, client_card::card(snapshot_, client, AsOf{to_, known_at_}));
    known = cards_.emplace(client, std::move(read)).first;
  }
  return known->second ? &*known->second : nullptr;
}

// The days on which a rule of segments begins, of those that matter here. Where any does, each
// month may be judged by other knowledge, and begins anew.
Result<const std::vector<Date>*> EvidenceReader::rule_changes() {
  if (policies_) return &rule_changes_;
  LEDGER_TRY(policies_, directory::policies(snapshot_));
  for (const auto& said : policies_->rules) {
    if (said.data.rule == "segments") rule_changes_.push_back(said.data.valid_from);
  }
  if (rule_changes_.empty()) return &rule_changes_;
  for (Date month = first_of_month(from_); month <= to_; month = add_months(month, 1)) {
    rule_changes_.push_back(month);
  }
  return &rule_changes_;
}

Result<std::optional<Segment>> EvidenceReader::side_on(const ManagerId& manager,
                                                       std::optional<Segment> segment, Date day) {
  LEDGER_TRY(const auto* changes, rule_changes());
  if (changes->empty()) return directory::side_of(segment, {});
  const std::pair of(manager, first_of_month(day));
  auto known = judged_by_.find(of);
  if (known == judged_by_.end()) {
    LEDGER_TRY(const auto judged, reports::judged_by(snapshot_, manager, day, known_at_));
    known = judged_by_.emplace(of, judged).first;
  }
  return directory::side_of(segment, directory::rules_of(*policies_, day, known->second).segments);
}

// A client may change sides while he has one owner, and so may a whole segment, by a rule.
Status EvidenceReader::add_by_side(std::vector<Evidence>& found, const ManagerId& manager,
                                   const Card& card, Date from, Date to, By by) {
  std::set<Date> starts{from};
  const auto add = [&](Date day) {
    if (from < day && day <= to) starts.insert(day);
  };
  for (const auto& told : card.facts.segments) add(told.day);
  LEDGER_TRY(const auto* changes, rule_changes());
  for (const Date day : *changes) add(day);
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const auto next = std::next(start);
    const Date last = next == starts.end() ? to : add_days(*next, -1);
    const auto segment = segment_on(card, *start);
    LEDGER_TRY(const auto side, side_on(manager, segment, *start));
    if (!side) continue;
    const bool goes_on = !found.empty() && found.back().side.client_id == card.client.survivor &&
                         found.back().side.segment == *segment && found.back().stands == *side &&
                         found.back().side.by == by && add_days(found.back().to, 1) == *start &&
                         *start != from;
    if (goes_on) {
      found.back().to = last;
    } else {
      found.push_back({{card.client.survivor, *segment, by}, *side, *start, last});
    }
  }
  return {};
}

Status EvidenceReader::add_owned(std::vector<Evidence>& found, const ManagerId& manager,
                                 const ManagerId& owner, By by,
                                 const std::optional<StandInAppointed>& within) {
  LEDGER_TRY(const auto clients, obligations::clients_of(snapshot_, {owner}, known_at_));
  const Date from = within ? std::max(within->from, from_) : from_;
  const Date to = within ? std::min(within->to, to_) : to_;
  for (const auto& client : clients) {
    LEDGER_TRY(const Card* read, card(client));
    if (read == nullptr) continue;
    for (const auto& stretch : owned(*read, owner, from, to)) {
      if (within && !is_meant(*within, *read, segment_on(*read, stretch.from))) continue;
      LEDGER_CHECK(add_by_side(found, manager, *read, stretch.from, stretch.to, by));
    }
  }
  return {};
}

Status EvidenceReader::add_act(std::vector<Evidence>& found, const ManagerId& manager,
                               const std::string& client, Date day) {
  LEDGER_TRY(const Card* read, card(client));
  if (read == nullptr) return {};
  const auto segment = segment_on(*read, day);
  LEDGER_TRY(const auto side, side_on(manager, segment, day));
  if (!side) return {};
  LEDGER_TRY(const auto who, responsibility_.of_client(*read, day, std::nullopt));
  const bool in_stead = who.manager == manager && !who.on_behalf_of.empty();
  found.push_back(
      {{read->client.survivor, *segment, in_stead ? By::kStandIn : By::kAct}, *side, day, day});
  return {};
}

Status EvidenceReader::add_acts(std::vector<Evidence>& found, const ManagerId& manager) {
  for (Date day = from_; day <= to_; day = add_days(day, 1)) {
    LEDGER_TRY(const auto clients, clients_of_day(snapshot_, manager, day, known_at_));
    for (const auto& client : clients) LEDGER_CHECK(add_act(found, manager, client, day));
  }
  const std::string prefix = obligations::acts_key(manager.text());
  std::vector<std::pair<Date, std::string>> acts;
  Status failure;
  LEDGER_CHECK(scan_rows<obligations::ActRow>(
      snapshot_, obligations_family(), prefix, prefix + format_date(from_),
      [&](std::string_view key, const obligations::ActRow& row) {
        const auto rest = key.substr(prefix.size());
        const std::size_t end = rest.find('\0');
        const auto day = parse_date(rest.substr(0, end));
        if (!day) {
          failure = tl::unexpected(day.error());
          return false;
        }
        if (*day > to_) return false;
        const bool stands = std::any_of(row.done.begin(), row.done.end(),
                                        [&](const auto& done) { return done.known.at(known_at_); });
        if (stands) acts.emplace_back(*day, rest.substr(end + 1));
        return true;
      }));
  LEDGER_CHECK(std::move(failure));
  for (const auto& [day, client] : acts) LEDGER_CHECK(add_act(found, manager, client, day));
  return {};
}

Result<std::vector<Evidence>> EvidenceReader::of(const ManagerId& manager) {
  std::vector<Evidence> found;
  LEDGER_CHECK(add_owned(found, manager, manager, By::kOwner, std::nullopt));
  const auto& appointed = responsibility_.stand_ins().appointed;
  for (const auto* word :
       directory::last_words(appointed, &StandInAppointed::appointment_id, known_at_)) {
    const StandInAppointed& data = *word;
    if (data.stand_in_id != manager || to_ < data.from || data.to < from_) continue;
    StandInAppointed held = data;
    for (const auto& end : responsibility_.stand_ins().ended) {
      if (!end.known.at(known_at_) || end.data.appointment_id != data.appointment_id) continue;
      held.to = std::min(held.to, end.data.ended_on);
    }
    LEDGER_CHECK(add_owned(found, manager, data.absent_manager_id, By::kStandIn, held));
  }
  LEDGER_CHECK(add_acts(found, manager));
  return found;
}

}  // namespace ledger::breaches
