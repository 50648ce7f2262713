#pragma once

#include <string_view>

#include "producers/webhook/webhook.h"

// Files of banks and accounting of which `ledgerctl import` could not take all lie in the
// quarantine, with the reason, so that money which is not in the ledger is not forgotten with a
// terminal's output.
namespace ledger::bank {

// The quarantine's word for the files of a format: "camt", "mt940", "bank-csv", "invoices-csv",
// "ubl".
//
// No path leads to it, and a replay refuses: of a file's lines some are left as the ledger has them
// and some are said anew, which only the import knows to tell apart. The file is imported again,
// and the entry dismissed.
[[nodiscard]] Webhook refused_file(std::string_view format);

}  // namespace ledger::bank
