#include "projections/responsibility/responsibility.h"

#include "projections/client_card/standing.h"
#include "projections/directory/last_words.h"
#include "projections/directory/queries.h"

namespace ledger {

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
  return Answering{client_card::owner_on(card.facts, day), std::move(found.manager),
                   std::move(found.on_behalf_of), found.supervisor};
}

Result<Answering> Responsibility::of_himself(const ManagerId& manager, Date day) {
  Answering answering;
  answering.manager = manager;
  LEDGER_TRY(answering.supervisor, is_absent(manager, day));
  return answering;
}

std::set<ManagerId> Responsibility::stands_for(const ManagerId& manager, Date from, Date to) const {
  const auto appointed =
      directory::last_words(stand_ins_.appointed, &StandInAppointed::appointment_id, known_at_);
  std::set<ManagerId> found{manager};
  std::vector<ManagerId> to_ask{manager};
  while (!to_ask.empty()) {
    const ManagerId who = std::move(to_ask.back());
    to_ask.pop_back();
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
