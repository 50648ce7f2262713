#include <algorithm>

#include "projections/directory/last_words.h"
#include "projections/directory/working_time.h"

namespace ledger::directory {

namespace {

constexpr std::size_t kChainMax = 3;

// The day on which an appointment ended early, if it did.
bool holds_on(const StandInsRow& row, const StandInAppointed& appointed, Date day,
              const std::optional<Timestamp>& known_at) {
  if (day < appointed.from || day > appointed.to) return false;
  return std::none_of(row.ended.begin(), row.ended.end(), [&](const auto& said) {
    return said.known.at(known_at) && said.data.appointment_id == appointed.appointment_id &&
           day > said.data.ended_on;
  });
}

// 2: names the client, 1: names its segment, 0: everybody; nullopt: not this client.
std::optional<int> narrowness(const StandInAppointed& appointed, const ClientId& client,
                              std::optional<Segment> segment) {
  const auto& clients = appointed.client_ids;
  const bool named = std::find(clients.begin(), clients.end(), client) != clients.end();
  if (!clients.empty() && !named) return std::nullopt;
  if (appointed.segment && appointed.segment != segment) return std::nullopt;
  if (named) return 2;
  return appointed.segment ? 1 : 0;
}

const StandInAppointed* appointed_for(const StandInsRow& row, const ManagerId& absent,
                                      const ClientId& client, std::optional<Segment> segment,
                                      Date day, const std::optional<Timestamp>& known_at) {
  const StandInAppointed* best = nullptr;
  std::pair<int, Timestamp> rank{-1, {}};
  const auto& all = row.appointed;
  for (const auto& said : all) {
    if (said.data.absent_manager_id != absent || !said.known.at(known_at)) continue;
    if (!holds_on(row, said.data, day, known_at)) continue;
    if (!is_last_word(all, said, &StandInAppointed::appointment_id, known_at)) continue;
    const auto narrow = narrowness(said.data, client, segment);
    if (narrow && std::pair{*narrow, said.known.recorded} >= rank) {
      rank = {*narrow, said.known.recorded};
      best = &said.data;
    }
  }
  return best;
}

}  // namespace

Result<Responsible> responsible(const StandInsRow& stand_ins, const ManagerId& owner,
                                const ClientId& client, std::optional<Segment> segment, Date day,
                                const std::optional<Timestamp>& known_at,
                                const std::function<Result<bool>(const ManagerId&)>& absent) {
  Responsible answer{owner, {}, false};
  for (;;) {
    const auto* appointed =
        appointed_for(stand_ins, answer.manager, client, segment, day, known_at);
    if (appointed == nullptr) {
      LEDGER_TRY(answer.supervisor, absent(answer.manager));
      return answer;
    }
    auto& chain = answer.on_behalf_of;
    chain.push_back(answer.manager);
    const bool leads_back =
        std::find(chain.begin(), chain.end(), appointed->stand_in_id) != chain.end();
    if (leads_back || chain.size() > kChainMax) {
      answer.supervisor = true;
      return answer;
    }
    answer.manager = appointed->stand_in_id;
  }
}

}  // namespace ledger::directory
