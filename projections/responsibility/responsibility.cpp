#include "projections/responsibility/responsibility.h"

#include <algorithm>

#include "projections/client_card/standing.h"
#include "projections/directory/hires.h"
#include "projections/directory/last_words.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

using Department = std::optional<std::string>;

// Where he was, by every word that is known of him, or was the head.
std::set<Department> departments(const directory::ManagerRow& row, bool only_as_head,
                                 const std::optional<Timestamp>& known_at) {
  std::set<Department> found;
  for (const auto& said : row.hired) {
    if (!said.known.at(known_at)) continue;
    if (!only_as_head || directory::is_head(said.data)) found.insert(said.data.department);
  }
  return found;
}

}  // namespace

Result<Responsibility> Responsibility::read(const ViewSnapshot& snapshot, Date from, Date to,
                                            const std::optional<Timestamp>& known_at,
                                            const BusinessZone& zone) {
  LEDGER_TRY(auto time, directory::WorkingTime::read(snapshot, from, to, known_at));
  LEDGER_TRY(auto stand_ins, directory::stand_ins(snapshot));
  return Responsibility(snapshot, std::move(time), std::move(stand_ins), known_at, zone);
}

// Away for the whole day, or not employed any more.
Result<bool> Responsibility::is_absent(const ManagerId& manager, Date day) {
  LEDGER_TRY(const bool known, time_.is_known(manager));
  if (!known) return false;
  LEDGER_TRY(const auto time, time_.day(manager, day, std::nullopt, *zone_));
  return !time || (time->absence && time->worked == 0);
}

Result<Answering> Responsibility::of_client(const client_card::Card& card, Date day,
                                            const std::optional<ManagerId>& otherwise) {
  const auto owner = client_card::owner_on(card.facts, day);
  const auto& first = owner ? owner : otherwise;
  if (!first) return Answering{};
  LEDGER_TRY(auto answering, of_person(card, day, *first));
  answering.owner = owner;
  return answering;
}

Result<Answering> Responsibility::of_person(const client_card::Card& card, Date day,
                                            const ManagerId& person) {
  LEDGER_TRY(auto found,
             directory::responsible(stand_ins_, person, card.details.client_id,
                                    client_card::profile(card).segment, day, known_at_,
                                    [&](const ManagerId& id) { return is_absent(id, day); }));
  Answering answering{client_card::owner_on(card.facts, day), std::move(found.manager),
                      std::move(found.on_behalf_of), found.supervisor, found.supervisor};
  if (!found.supervisor) return answering;
  LEDGER_TRY(const auto head, head_over(person, day));
  if (!head || head == answering.manager) return answering;
  auto& away = answering.on_behalf_of;
  if (std::find(away.begin(), away.end(), *answering.manager) == away.end()) {
    away.push_back(*answering.manager);
  }
  std::erase(away, *head);
  answering.manager = head;
  return answering;
}

Result<Answering> Responsibility::of_head_over(const ManagerId& manager, Date day) {
  Answering answering;
  LEDGER_TRY(answering.manager, head_over(manager, day));
  if (answering.manager == manager) answering.manager.reset();
  return answering;
}

// Of several the first by id who is there, or for whom somebody is; else the first.
Result<std::optional<ManagerId>> Responsibility::head_over(const ManagerId& manager, Date day) {
  // Who has left had a department too.
  LEDGER_TRY(const auto hired, directory::manager_on(*snapshot_, manager, day, known_at_));
  std::optional<ManagerId> first;
  if (!hired) return first;
  LEDGER_TRY(const auto all, directory::staff(*snapshot_, known_at_));
  for (const auto& id : all) {
    LEDGER_TRY(const auto* as, time_.employed(id, day));
    if (as == nullptr || !directory::is_head(*as) || as->department != hired->department) continue;
    LEDGER_TRY(auto there,
               directory::responsible(stand_ins_, id, ClientId(), std::nullopt, day, known_at_,
                                      [&](const ManagerId& who) { return is_absent(who, day); }));
    if (!there.supervisor) return std::optional(std::move(there.manager));
    if (!first) first = id;
  }
  return first;
}

Result<std::set<ManagerId>> Responsibility::headed_by(const ManagerId& manager) {
  std::set<ManagerId> found;
  LEDGER_TRY(const auto own, directory::hires(*snapshot_, manager));
  const auto headed = departments(own, true, known_at_);
  if (headed.empty()) return found;
  LEDGER_TRY(const auto all, directory::staff(*snapshot_, known_at_));
  for (const auto& id : all) {
    LEDGER_TRY(const auto row, directory::hires(*snapshot_, id));
    const auto was_in = departments(row, false, known_at_);
    const auto is_headed = [&](const Department& one) { return headed.contains(one); };
    if (std::any_of(was_in.begin(), was_in.end(), is_headed)) found.insert(id);
  }
  return found;
}

Result<Answering> Responsibility::of_himself(const ManagerId& manager, Date day) {
  Answering answering;
  answering.manager = manager;
  LEDGER_TRY(answering.supervisor, is_absent(manager, day));
  return answering;
}

Result<std::set<ManagerId>> Responsibility::stands_for(const ManagerId& manager, Date from,
                                                       Date to) {
  const auto appointed =
      directory::last_words(stand_ins_.appointed, &StandInAppointed::appointment_id, known_at_);
  std::set<ManagerId> found{manager};
  std::vector<ManagerId> to_ask{manager};
  while (!to_ask.empty()) {
    const ManagerId who = std::move(to_ask.back());
    to_ask.pop_back();
    LEDGER_TRY(const auto headed, headed_by(who));
    for (const auto& id : headed) {
      if (found.insert(id).second) to_ask.push_back(id);
    }
    for (const auto* data : appointed) {
      if (data->stand_in_id != who || to < data->from || data->to < from) continue;
      if (found.insert(data->absent_manager_id).second) to_ask.push_back(data->absent_manager_id);
    }
  }
  return found;
}

int working_days(const directory::Calendar& calendar, Date from, Date to) {
  int count = 0;
  for (Date day = add_days(from, 1); day <= to; day = add_days(day, 1)) {
    if (calendar.minutes(day) > 0) ++count;
  }
  return count;
}

Date last_working_day(const directory::Calendar& calendar, Date day) {
  constexpr int kLookBack = 31;
  for (int back = 0; back < kLookBack; ++back) {
    if (calendar.minutes(add_days(day, -back)) > 0) return add_days(day, -back);
  }
  return day;
}

}  // namespace ledger
