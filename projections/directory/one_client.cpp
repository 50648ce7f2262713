#include "projections/directory/one_client.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "projections/directory/rows.h"
#include "projections/directory/time_rows.h"
#include "projections/seen/seen.h"
#include "projections/store/view_batch.h"

namespace ledger::directory {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

using KnownAt = std::optional<Timestamp>;

Result<MergesRow> merges_of(const ViewSnapshot& snapshot, const std::string& id) {
  LEDGER_TRY(auto row, read_row<MergesRow>(snapshot, family(), id));
  return std::move(row).value_or(MergesRow{});
}

// The card that absorbed this one. The door lets a card be absorbed once; where two servers let it
// through at the same moment, the later merge holds.
Result<std::optional<std::string>> parent_of(const ViewSnapshot& snapshot, const std::string& id,
                                             const KnownAt& known_at) {
  LEDGER_TRY(const auto row, merges_of(snapshot, id));
  const Said<ClientMerged>* last = nullptr;
  for (const auto& said : row.merges) {
    if (said.data.absorbed_client_id.text() != id || !said.known.at(known_at)) continue;
    if (last == nullptr || std::tie(last->known.recorded, last->position) <
                               std::tie(said.known.recorded, said.position)) {
      last = &said;
    }
  }
  if (last == nullptr) return std::nullopt;
  return last->data.client_id.text();
}

// The card and all that it absorbed, itself or through others.
Result<std::vector<std::string>> group_of(const ViewSnapshot& snapshot, const std::string& survivor,
                                          const KnownAt& known_at) {
  std::set<std::string> absorbed;
  std::vector<std::string> to_ask{survivor};
  while (!to_ask.empty()) {
    const std::string card = std::move(to_ask.back());
    to_ask.pop_back();
    LEDGER_TRY(const auto row, merges_of(snapshot, card));
    for (const auto& said : row.merges) {
      const std::string& other = said.data.absorbed_client_id.text();
      if (said.data.client_id.text() != card || !said.known.at(known_at)) continue;
      LEDGER_TRY(const auto parent, parent_of(snapshot, other, known_at));
      if (parent == card && other != survivor && absorbed.insert(other).second) {
        to_ask.push_back(other);
      }
    }
  }
  std::vector<std::string> cards{survivor};
  cards.insert(cards.end(), absorbed.begin(), absorbed.end());
  return cards;
}

// Where the events that a split names lie: a matched one at its match.
Result<std::vector<Position>> positions_of(const ViewSnapshot& snapshot, const ClientSplit& split) {
  std::vector<Position> positions;
  for (const auto& event : split.events) {
    LEDGER_TRY(const auto row, seen::find(snapshot, event.source, event.id));
    if (!row) continue;
    const bool matched = row->reading() == seen::Reading::kMatched;
    positions.push_back(matched ? *row->decided_by() : *row->position);
  }
  std::sort(positions.begin(), positions.end());
  return positions;
}

Status add_group(OneClient& client, const ViewSnapshot& snapshot, const std::string& id,
                 const KnownAt& known_at) {
  LEDGER_TRY(const auto survivor, survivor_of(snapshot, id, known_at));
  LEDGER_TRY(const auto cards, group_of(snapshot, survivor, known_at));
  for (const auto& card : cards) {
    if (client.survivors.emplace(card, survivor).second) client.homes.push_back(card);
  }
  return {};
}

}  // namespace

Result<std::string> survivor_of(const ViewSnapshot& snapshot, const std::string& id,
                                const KnownAt& known_at) {
  std::set<std::string> passed;
  std::string card = id;
  while (passed.insert(card).second) {
    LEDGER_TRY(auto parent, parent_of(snapshot, card, known_at));
    if (!parent) return card;
    card = *std::move(parent);
  }
  // Two servers closed a circle at the same moment: any of its cards, but always the same.
  std::string least = card;
  LEDGER_TRY(auto next, parent_of(snapshot, card, known_at));
  while (next && *next != card) {
    least = std::min(least, *next);
    LEDGER_TRY(next, parent_of(snapshot, *next, known_at));
  }
  return least;
}

Result<std::optional<std::string>> agreed_client(const ViewSnapshot& snapshot,
                                                 const std::vector<std::string>& cards) {
  std::optional<std::string> agreed;
  if (cards.size() == 1) return cards.front();
  for (const auto& card : cards) {
    LEDGER_TRY(auto survivor, survivor_of(snapshot, card, std::nullopt));
    if (agreed && *agreed != survivor) return std::nullopt;
    agreed = std::move(survivor);
  }
  return agreed;
}

Result<std::set<std::string>> joined_cards(const ViewSnapshot& snapshot) {
  std::set<std::string> cards;
  const auto note = [&](std::string_view card, const auto&) {
    cards.emplace(card);
    return true;
  };
  LEDGER_CHECK(scan_rows<MergesRow>(snapshot, family(), "", "", note));
  LEDGER_CHECK(scan_rows<SplitsRow>(snapshot, family(), "", "", note));
  return cards;
}

Result<std::set<std::string>> ever_joined(const ViewSnapshot& snapshot, const std::string& id) {
  std::set<std::string> cards{id};
  std::vector<std::string> to_ask{id};
  const auto join = [&](const ClientId& card) {
    if (cards.insert(card.text()).second) to_ask.push_back(card.text());
  };
  while (!to_ask.empty()) {
    const std::string card = std::move(to_ask.back());
    to_ask.pop_back();
    LEDGER_TRY(const auto merged, merges_of(snapshot, card));
    for (const auto& said : merged.merges) {
      join(said.data.client_id);
      join(said.data.absorbed_client_id);
    }
    LEDGER_TRY(const auto split, read_row<SplitsRow>(snapshot, family(), card));
    if (!split) continue;
    for (const auto& said : split->splits) {
      join(said.data.client_id);
      join(said.data.new_client_id);
    }
  }
  cards.erase(id);
  return cards;
}

Result<OneClient> one_client(const ViewSnapshot& snapshot, const std::string& id,
                             const KnownAt& known_at) {
  OneClient client;
  client.known_at = known_at;
  LEDGER_CHECK(add_group(client, snapshot, id, known_at));
  client.cards = client.homes;
  client.survivor = client.cards.front();
  std::set<Position> counted;
  for (std::size_t i = 0; i < client.homes.size(); ++i) {
    const std::string home = client.homes[i];
    LEDGER_TRY(const auto row, read_row<SplitsRow>(snapshot, family(), home));
    if (!row) continue;
    for (const auto& said : row->splits) {
      if (!said.known.at(known_at)) continue;
      if (said.data.new_client_id.text() == home) {
        LEDGER_CHECK(add_group(client, snapshot, said.data.client_id.text(), known_at));
      }
      if (!counted.insert(said.position).second) continue;
      LEDGER_TRY(auto events, positions_of(snapshot, said.data));
      client.splits.push_back({said.known.recorded, said.position, said.data, std::move(events)});
    }
  }
  std::sort(client.splits.begin(), client.splits.end(), [](const auto& left, const auto& right) {
    return std::tie(left.recorded, left.position) < std::tie(right.recorded, right.position);
  });
  return client;
}

}  // namespace ledger::directory
