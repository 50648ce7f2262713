#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/business_zone.h"
#include "projections/acts/queries.h"
#include "projections/client_card/queries.h"
#include "projections/directory/rules.h"

// With whom a month asks for a reconciliation, and how far it has come (domain-semantics.md 4a).
namespace ledger::acts {

enum class Need { kBalance, kTurnover, kContract };
constexpr auto names(Need) { return words("balance", "turnover", "contract"); }

// Done by an act whose last day lies in the month, confirmed or signed by the 10th of the next; by
// that day, or once it is sent, if the rule of the month says so. Else sent alone is half; the
// client's "we differ" by the 10th is done, but flagged. Later than that is late. By the last issue
// that was made by then. The better of several acts of one currency counts; every currency in which
// something is owed or moved needs its own.
enum class Coverage { kNone, kSent, kLate, kDisagreed, kDone };
constexpr auto names(Coverage) { return words("none", "sent", "late", "disagreed", "done"); }
[[nodiscard]] constexpr bool is_covered(Coverage coverage) {
  return coverage == Coverage::kDone || coverage == Coverage::kDisagreed;
}

using Rule = directory::Rules::Reconciliations;
// The rule of a month for who answers for the client: the one in force on its last day, once his
// report of it was accepted, by what was known then (`who` absent: of nobody in particular).
[[nodiscard]] Result<Rule> rule_of(const ViewSnapshot& snapshot, Date month,
                                   const std::optional<ManagerId>& who,
                                   const std::optional<Timestamp>& known_at);
[[nodiscard]] Date answer_by(Date month, const Rule& rule);
[[nodiscard]] Coverage coverage_of(const Standing& act, Date month, const Rule& rule);

// A client who needs a reconciliation in the month, or has an act of it.
struct ClientMonth {
  std::string client_id;  // the surviving card
  std::string name;
  std::optional<ManagerId> manager_id;  // who answers for it on the month's last working day
  std::vector<Need> needs;              // empty: none
  Coverage coverage = Coverage::kNone;  // the least of `by_currency`
  std::map<std::string, Coverage> by_currency;  // of those that need one
  std::vector<Standing> acts;
  Rule rule;  // by which it was judged
};

// Of one client, without who answers for it; nullopt: needs none and has none.
[[nodiscard]] Result<std::optional<ClientMonth>> client_month(const ViewSnapshot& snapshot,
                                                              const client_card::Card& card,
                                                              Date month, const AsOf& as_of,
                                                              const Rule& rule);

// By client id. A month that is not over is judged as it stands on the date that is asked for.
[[nodiscard]] Result<std::vector<ClientMonth>> coverage(const ViewSnapshot& snapshot, Date month,
                                                        const AsOf& as_of,
                                                        const BusinessZone& zone);

}  // namespace ledger::acts
