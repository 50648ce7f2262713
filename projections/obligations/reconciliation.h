#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "projections/obligations/book.h"

// Whether the acts of a client and month are in order (domain-semantics.md 4a, reconciliation).
namespace ledger::obligations {

enum class ActProgress { kNone, kDrafted, kSent, kDisagreed, kConfirmed, kSigned };
constexpr auto names(ActProgress) {
  return words("none", "drafted", "sent", "disagreed", "confirmed", "signed");
}

enum class ActNeed { kNone, kBalance, kTurnover, kContract };
constexpr auto names(ActNeed) { return words("none", "balance", "turnover", "contract"); }

// Needed if anything is owed at the month's end, was moved in it, or a contract was in force. Done
// once an act whose last day lies in the month was confirmed, signed or contested; in time by the
// 10th of the next. Sent alone is half of it.
struct Coverage {
  Date month;  // its first day
  Date due_on;
  ActNeed need = ActNeed::kNone;
  ActProgress progress = ActProgress::kNone;  // of the act that has come farthest
  std::optional<Date> answered_on;            // confirmed, signed or contested first
  std::optional<Position> position;           // of that act's draft
  std::string act_id;
  [[nodiscard]] bool in_time() const { return answered_on && *answered_on <= due_on; }
};
// As of the book's day. kOutOfRange beyond int64.
[[nodiscard]] Result<Coverage> coverage(const ClientBook& book, Date month);

}  // namespace ledger::obligations
