#pragma once

#include <filesystem>
#include <string_view>

#include "platform/result.h"

namespace ledger::gateway {

// Keeps a letter that is too long for the quarantine as DATA/refused/<SHA-256>.eml, the digest by
// which the quarantine names it. Durable when it returns; the same letter again changes nothing.
// kUnavailable: the disk takes nothing.
[[nodiscard]] Status keep_refused(const std::filesystem::path& data, std::string_view digest,
                                  std::string_view letter);
// Makes DATA, and in it refused/ for its owner alone. kMisconfigured.
[[nodiscard]] Status prepare_data(const std::filesystem::path& data);

}  // namespace ledger::gateway
