#pragma once

#include <vector>

#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/setting.h"

// Options of acts and of decisions about what waits, as data.
namespace ledger::cli {

inline constexpr const char* kRuleOut =
    "Say that a payment is no client's: it leaves the list and is shown apart.";
inline constexpr const char* kAcceptUnallocated =
    "Say what it pays. Without --invoice the only proposal is taken. Said again it is the same.";
inline constexpr const char* kRejectUnallocated =
    "Say that it does not pay this invoice: no rule allocates it, and no list proposes it.";

// The command must outlive what is made of them.
[[nodiscard]] std::vector<Setting> draft_options(ActCommand& command);
[[nodiscard]] std::vector<Setting> show_options(ActCommand& command);
[[nodiscard]] std::vector<Setting> list_options(ActCommand& command);
[[nodiscard]] std::vector<Setting> dismiss_options(QuarantineCommand& command);
[[nodiscard]] std::vector<Setting> replay_options(QuarantineCommand& command);
[[nodiscard]] std::vector<Setting> list_options(UnmatchedCommand& command);
[[nodiscard]] std::vector<Setting> event_options(UnmatchedCommand& command);
[[nodiscard]] std::vector<Setting> reject_options(UnmatchedCommand& command);
[[nodiscard]] std::vector<Setting> rule_out_options(UnmatchedCommand& command);
[[nodiscard]] std::vector<Setting> list_options(UnallocatedCommand& command);
[[nodiscard]] std::vector<Setting> accept_options(UnallocatedCommand& command);
[[nodiscard]] std::vector<Setting> reject_options(UnallocatedCommand& command);
[[nodiscard]] std::vector<Setting> advance_options(UnallocatedCommand& command);

}  // namespace ledger::cli
