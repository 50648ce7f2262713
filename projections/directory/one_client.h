#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/client_merge.h"
#include "projections/said.h"
#include "projections/store/view_store.h"

// Which cards are one client by what people said: merged into one another, or split. Events are
// never moved: what belongs to whom is found when it is asked for, so that taking a merge back
// leaves no trace (domain-semantics.md 4c).
namespace ledger::directory {

// Key: client id; of both cards that a split leaves.
struct SplitsRow {
  static constexpr char kTable = 'p';
  std::vector<Said<ClientSplit>> splits;
  static void fields(auto&& field) { field("splits", &SplitsRow::splits); }
  [[nodiscard]] bool empty() const { return splits.empty(); }
};

struct Split {
  Timestamp recorded;
  Position position;
  ClientSplit data;
  std::vector<Position> events;  // where the named events lie; sorted
};

// The client that an id answers for.
struct OneClient {
  std::string survivor;            // the card that stays
  std::vector<std::string> cards;  // it, then those that it absorbed, by id
  std::vector<std::string> homes;  // `cards`, then those from which something was split off to them
  std::vector<Split> splits;       // that concern any of them, as they were said
  std::map<std::string, std::string, std::less<>> survivors;  // of every home

  // Whether a fact that was told of the card `home` is this client's. `named` tells whether a split
  // names it.
  template <class Named>
  [[nodiscard]] bool owns(std::string_view home, Named&& named) const;

 private:
  [[nodiscard]] std::string_view survivor_of(std::string_view card) const;
};

[[nodiscard]] Result<OneClient> one_client(const ViewSnapshot& snapshot, const std::string& id,
                                           const std::optional<Timestamp>& known_at);
// The card that answers for this one; itself where it was not absorbed.
[[nodiscard]] Result<std::string> survivor_of(const ViewSnapshot& snapshot, const std::string& id,
                                              const std::optional<Timestamp>& known_at);

inline std::string_view OneClient::survivor_of(std::string_view card) const {
  const auto found = survivors.find(card);
  return found == survivors.end() ? card : std::string_view(found->second);
}

template <class Named>
bool OneClient::owns(std::string_view home, Named&& named) const {
  // From hand to hand, each split once: by whom it is held decides, servers' clocks may disagree.
  std::string_view owner = survivor_of(home);
  std::vector<bool> done(splits.size(), false);
  for (std::size_t i = 0; i < splits.size();) {
    const Split& split = splits[i];
    const bool moves =
        !done[i] && survivor_of(split.data.client_id.text()) == owner && named(split);
    if (moves) {
      done[i] = true;
      owner = survivor_of(split.data.new_client_id.text());
    }
    i = moves ? 0 : i + 1;
  }
  return owner == survivor;
}

}  // namespace ledger::directory
