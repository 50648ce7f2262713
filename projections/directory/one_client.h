#pragma once

#include <map>
#include <optional>
#include <set>
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
  std::optional<Timestamp> known_at = {};                     // by which knowledge

  // Whose a fact is that was told of the card `home`, as far as these merges and splits know.
  // `named` tells whether a split names it.
  template <class Named>
  [[nodiscard]] std::string_view holder(std::string_view home, Named&& named) const;
  // Whether it is this client's.
  template <class Named>
  [[nodiscard]] bool owns(std::string_view home, Named&& named) const {
    return holder(home, named) == survivor;
  }

 private:
  [[nodiscard]] std::string_view survivor_of(std::string_view card) const;
};

[[nodiscard]] Result<OneClient> one_client(const ViewSnapshot& snapshot, const std::string& id,
                                           const std::optional<Timestamp>& known_at);
// Cards that a merge or a split ever named, also one that was taken back. All others are clients by
// themselves, by whatever knowledge.
[[nodiscard]] Result<std::set<std::string>> joined_cards(const ViewSnapshot& snapshot);
// The other cards that merges and splits ever joined with this one, directly or through others, by
// whatever knowledge, also where that was taken back. By id.
[[nodiscard]] Result<std::set<std::string>> ever_joined(const ViewSnapshot& snapshot,
                                                        const std::string& id);
// The card that answers for this one; itself where it was not absorbed.
[[nodiscard]] Result<std::string> survivor_of(const ViewSnapshot& snapshot, const std::string& id,
                                              const std::optional<Timestamp>& known_at);
// The client that all these cards are by now: the one that there is, or their common survivor;
// nullopt where they are none or several.
[[nodiscard]] Result<std::optional<std::string>> agreed_client(
    const ViewSnapshot& snapshot, const std::vector<std::string>& cards);

inline std::string_view OneClient::survivor_of(std::string_view card) const {
  const auto found = survivors.find(card);
  return found == survivors.end() ? card : std::string_view(found->second);
}

template <class Named>
std::string_view OneClient::holder(std::string_view home, Named&& named) const {
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
  return owner;
}

}  // namespace ledger::directory
