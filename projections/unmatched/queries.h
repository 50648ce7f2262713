#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/store/view_store.h"
#include "projections/unmatched/rows.h"

namespace ledger::unmatched {

// A fact that was recorded without a client or without its manager, as it stood on a day by some
// knowledge.
struct Fact {
  std::string type;
  std::string source;
  std::string id;
  Wait wait;
  std::optional<Answer> match;      // whose it is
  std::optional<Answer> ruled_out;  // that it is no client's; absent both: it waits
  std::vector<Answer> rejected;     // whose it is not, by position
  std::int64_t taken_back = 0;      // answers that were recorded and voided since

  // Of what is a client's: what could name its manager; empty, it does not wait for him.
  directory::KeyLevel manager_keys = {};
  std::string client_id = {};  // whose it is by the event itself, or by its match; empty: nobody's

  [[nodiscard]] bool lacks_client() const { return client_id.empty() && !ruled_out; }
  [[nodiscard]] bool lacks_manager() const {
    return !client_id.empty() && !manager_keys.empty() && !ruled_out;
  }
  [[nodiscard]] bool waits() const { return lacks_client() || lacks_manager(); }
};

// Why a fact waits. A call or a letter may lack both; without its manager it counts for nobody.
enum class Cause { kUnknownClient, kUnknownExtension, kUnknownSender };
constexpr auto names(Cause) {
  return words("unknown_client", "unknown_extension", "unknown_sender");
}
[[nodiscard]] std::vector<Cause> causes_of(const Fact& fact);
// By what its manager would be known, for whom it waits; empty: it waits for none.
[[nodiscard]] directory::KeyLevel missing_manager(const Fact& fact);

// Up to `limit` facts that wait, in key order (source, then id), from the first key >= `from`:
// recorded by then, of a day up to `as_of.day`, and not answered by then; or, if those are wanted,
// what was ruled out by then. `wanted` may leave some out by their type, or one by one.
struct Page {
  std::vector<Fact> facts;
  std::string next;  // key to go on from; empty at the end
};
struct Wanted {
  AsOf as_of;
  std::function<bool(std::string_view type)> type = {};      // empty: every one
  std::function<Result<bool>(const Fact& fact)> shows = {};  // empty: every one
  bool ruled_out = false;                                    // those in place of what waits
  std::size_t limit = 0;
};
[[nodiscard]] Result<Page> waiting(const ViewSnapshot& snapshot, std::string_view from,
                                   const Wanted& wanted);

// How many of each type there are, whatever `wanted.limit` and `wanted.type` say, and since when
// the oldest waits. The cost of both follows what waits by now; only of an earlier knowledge, and
// of what was ruled out, all that ever waited is looked through.
struct Tally {
  std::int64_t count = 0;
  Date oldest;
};
[[nodiscard]] Result<std::map<std::string, Tally>> tally(const ViewSnapshot& snapshot,
                                                         const Wanted& wanted);

// Waiting or matched; nullopt for an event that never waited, or not yet by then.
[[nodiscard]] Result<std::optional<Fact>> fact(const ViewSnapshot& snapshot,
                                               std::string_view source, std::string_view id,
                                               const AsOf& as_of);

// All facts that wait for one key of the directory, a client's or a manager's, by all that is
// recorded, in the order of their
// own keys.
[[nodiscard]] Result<std::vector<Fact>> waiting_for(const ViewSnapshot& snapshot,
                                                    const directory::Key& key);

// Who is to be credited with what happened on a day, by the keys for which it waits: their one
// owner by all that is recorded, if he was employed then. nullopt: nobody, or several.
[[nodiscard]] Result<std::optional<ManagerId>> manager_for(const ViewSnapshot& snapshot,
                                                           const directory::KeyLevel& keys,
                                                           Date day);

// Whether a person said that a fact is not this client's, by whichever card of his, by all that is
// recorded.
[[nodiscard]] Result<bool> is_rejected(const ViewSnapshot& snapshot, std::string_view source,
                                       std::string_view id, std::string_view client_id);

}  // namespace ledger::unmatched
