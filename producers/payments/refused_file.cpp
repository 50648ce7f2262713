#include "producers/payments/refused_file.h"

#include <fmt/format.h>

#include <string>

namespace ledger::bank {

Webhook refused_file(std::string_view format) {
  Webhook webhook;
  webhook.name = format;
  webhook.has_route = false;
  webhook.map = [name = std::string(format)](const http::Request&) {
    Mapped mapped;
    mapped.refused.push_back(
        {"file",
         {},
         {ErrorCode::kInvalidField,
          fmt::format("is imported again with `ledgerctl import {} FILE`, not replayed; dismiss "
                      "this entry once it is in, or its payments were recorded by hand",
                      name),
          "file"}});
    return mapped;
  };
  return webhook;
}

}  // namespace ledger::bank
