#pragma once

#include <string_view>

namespace ledger {

// How far an obligation has come (obligations::Obligation::progress), as people say it. Both empty
// for a word that the ledger does not have.
struct ProgressText {
  std::string_view uk;
  std::string_view en;
};
[[nodiscard]] ProgressText progress_text(std::string_view word);

}  // namespace ledger
