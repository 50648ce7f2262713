#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "producers/mapping.h"

namespace ledger::cli {

// What the sender's files do not say about themselves. Each sender looks at its own.
struct SenderSettings {
  std::string zone = "Europe/Kyiv";      // of times that name none
  std::string source;                    // empty: the sender's default
  std::vector<std::string> cdr_columns;  // asterisk-cdr: what cdr.conf adds to the sixteen
  std::vector<std::string> cdr_order;    // asterisk-cdr: of cdr_custom
  bool cdr_json = false;                 // asterisk-cdr: of cdr_custom
  bool gmtime = false;                   // asterisk-cdr: the file's times are UTC
  std::vector<std::string> own_numbers;  // asterisk-cdr, freeswitch-cdr
  std::vector<std::string> own_domains;  // mail
};
using MapFile = std::function<Mapped(std::string_view content)>;

// The senders whose files `import` takes, by name. kInvalidField for another name,
// zone or column.
[[nodiscard]] Result<MapFile> find_sender(std::string_view format, const SenderSettings& settings);

}  // namespace ledger::cli
