#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "projections/acts/rows.h"
#include "projections/store/view_store.h"

namespace ledger::acts {

enum class State { kDrafted, kSent, kConfirmed, kDisagreed, kReissued, kSigned };
constexpr auto names(State) {
  return words("drafted", "sent", "confirmed", "disagreed", "reissued", "signed");
}

// What became of an act, by what was known: each list in the order of time. A draft of an act that
// there is already issues it anew, and what was answered before is of the earlier issue. An act is
// the client's of its first draft: what events of other clients say of its id is left out, and so
// is a signature of a day before the act's last one.
struct Standing {
  std::vector<Told<ReconciliationDrafted>> drafted;  // never empty
  std::vector<Told<ReconciliationSent>> sent;
  std::vector<Told<ReconciliationConfirmed>> confirmed;
  std::vector<Told<ReconciliationDisagreed>> disagreed;
  std::vector<Told<ReconciliationSigned>> signed_by_both;

  [[nodiscard]] const Told<ReconciliationDrafted>& issue() const { return drafted.back(); }
  // Of the last issue: signed, whatever was said besides; else by the last answer.
  [[nodiscard]] State state() const;
};

// nullopt: no such act was drafted, or its draft was taken back.
[[nodiscard]] Result<std::optional<Standing>> standing(const ViewSnapshot& snapshot,
                                                       std::string_view act_id, const AsOf& as_of);

// Whether anything was ever said of an act of that id.
[[nodiscard]] Result<bool> is_taken(const ViewSnapshot& snapshot, std::string_view act_id);

// Acts of the client's cards; by last day, then by id.
[[nodiscard]] Result<std::vector<Standing>> acts_of(const ViewSnapshot& snapshot,
                                                    const std::vector<std::string>& cards,
                                                    const AsOf& as_of);
// Those whose last day lies from `from` to `to`, both included.
[[nodiscard]] Result<std::vector<Standing>> acts_of(const ViewSnapshot& snapshot,
                                                    const std::vector<std::string>& cards,
                                                    Date from, Date to, const AsOf& as_of);

}  // namespace ledger::acts
