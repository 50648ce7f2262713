#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/breaches/severity.h"
#include "projections/responsibility/responsibility.h"

// Nobody works with both corporate and retail clients (article; domain-semantics.md 1, row 26):
// rule segments.v1. The government is a side of its own and may be anybody's, wholesale is on the
// corporate side, unless the rule of the day says otherwise (projections/directory/rules.h).
namespace ledger::breaches {

// So many days apart, what is done on both sides is done by one manager at one time.
inline constexpr int kSegmentDays = 30;
inline constexpr int kQuestionDaysMax = 92;

enum class By { kOwner, kAct, kStandIn };
constexpr auto names(By) { return words("owner", "act", "stand_in"); }

// A client of the side on which the manager has fewer clients, and the nearest of the other side.
struct SegmentBreach {
  ManagerId manager_id;
  Severity severity{};  // across segments in another's stead: a warning to who appointed him
  Date since;           // when both sides came together
  Date until;           // the last day on which both held; `since` if they only came near
  struct Side {
    std::string client_id;
    Segment segment{};  // as it was told; on which side it stands, the rule says
    By by{};
  };
  Side client;
  Side other;
  std::int64_t other_clients = 0;  // of the other side, within those days
};

struct Question {
  std::optional<ManagerId> manager;  // absent: of all
  Date from;
  Date to;
  std::optional<Timestamp> known_at = {};
};
// By day, manager and client. An act is an outgoing call that was answered, an offer, a meeting or
// a contract: nobody chooses who calls him. kOutOfRange for more than kQuestionDaysMax days.
[[nodiscard]] Result<std::vector<SegmentBreach>> segment_breaches(const ViewSnapshot& snapshot,
                                                                  const Question& question,
                                                                  const BusinessZone& zone);

// What would come of giving a client to a manager on a day; nullopt: both sides stay apart.
[[nodiscard]] Result<std::optional<SegmentBreach>> breach_of_giving(const ViewSnapshot& snapshot,
                                                                    const ManagerId& manager,
                                                                    const std::string& client,
                                                                    const AsOf& as_of,
                                                                    const BusinessZone& zone);

}  // namespace ledger::breaches
