#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "platform/result.h"
#include "producers/mapping.h"

namespace ledger::cli {

struct SenderSettings {
  std::string zone;
  std::string source;  // empty: the sender's default
};
using MapFile = std::function<Mapped(std::string_view content)>;

// The senders whose files `import` takes, by name. kInvalidField for another name.
[[nodiscard]] Result<MapFile> find_sender(std::string_view format, const SenderSettings& settings);

}  // namespace ledger::cli
