#include "consumers/ledgerctl/senders.h"

#include <fmt/format.h>

namespace ledger::cli {

Result<MapFile> find_sender(std::string_view format, const SenderSettings&) {
  return fail(ErrorCode::kInvalidField, fmt::format("there is no sender '{}'", format));
}

}  // namespace ledger::cli
