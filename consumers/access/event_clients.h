#pragma once

#include <set>
#include <string>
#include <string_view>

#include "events/position.h"
#include "platform/result.h"
#include "projections/store/view_store.h"

namespace ledger {

// Whom a stored line names, also in what it carries of an event that it amends: whose it is. Of a
// line, not of an event's list (named.h), since what the door stamped counts here.
struct NamedInLine {
  std::set<std::string> clients;
  std::set<std::string> managers;
};
[[nodiscard]] Result<NamedInLine> named_in_line(std::string_view line);

// The card that answers for an event which was told of `card`, by merges and splits as they are
// known now: splits move single events.
[[nodiscard]] Result<std::string> holder_of(const ViewSnapshot& snapshot, const std::string& card,
                                            const Position& position);

}  // namespace ledger
