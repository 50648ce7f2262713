#pragma once

#include <string>
#include <string_view>

#include "consumers/query/print/form.h"

namespace ledger {

// Why shipping to a client is stopped: one of the rule's words (receivables::ShipmentStop), or what
// a person said, as he said it.
[[nodiscard]] inline std::string stop_reason(std::string_view reason, print::Language language) {
  const bool ukrainian = language == print::Language::kUkrainian;
  if (reason == "limit") return ukrainian ? "перевищено кредитний ліміт" : "over the credit limit";
  if (reason == "overdue") {
    return ukrainian ? "прострочено 30 днів або більше" : "30 days past due or more";
  }
  if (reason == "claim") return ukrainian ? "надіслано претензію" : "a formal claim was sent";
  return std::string(reason);
}

}  // namespace ledger
