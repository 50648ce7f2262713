#include <fmt/format.h>

#include <fstream>
#include <map>
#include <sstream>

#include "consumers/client/progress_bar.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/outcome.h"
#include "consumers/ledgerctl/senders.h"
#include "consumers/ledgerctl/uploader.h"

namespace ledger::cli {

namespace {

Result<std::string> read_file(const std::string& name) {
  std::ifstream input(name, std::ios::binary);
  std::ostringstream content;
  content << input.rdbuf();
  if (!input) return fail(ErrorCode::kNotFound, fmt::format("{} cannot be read", name));
  return std::move(content).str();
}

// What the mapping itself could not take or left out on purpose.
struct Leftover {
  std::int64_t refused = 0;
  std::map<std::string, std::int64_t> skipped;  // by reason
};

void tell(const std::string& file, const Mapped& mapped, Leftover& leftover) {
  for (const auto& refused : mapped.refused) {
    const Error& error = refused.error;
    fmt::print(stderr, "refused  {} {}: {}{} [{}]\n", file, refused.where,
               error.field.empty() ? "" : error.field + " ", error.message, name_of(error.code));
  }
  leftover.refused += static_cast<std::int64_t>(mapped.refused.size());
  for (const auto& skipped : mapped.skipped) ++leftover.skipped[skipped.reason];
}

}  // namespace

Result<int> run_import(const ImportCommand& command) {
  LEDGER_TRY(const auto map, find_sender(command.format, command.sender));
  LEDGER_TRY(auto client, http::Client::to(command.server));
  Uploader uploader(client, {.patience = std::chrono::seconds(command.patience_s)});
  Leftover leftover;
  std::int64_t events = 0;
  for (const auto& file : command.files) {
    LEDGER_TRY(const std::string content, read_file(file));
    const Mapped mapped = map(content);
    tell(file, mapped, leftover);
    events += static_cast<std::int64_t>(mapped.events.size());
    if (command.dry_run) continue;
    ProgressBar progress(file, static_cast<std::int64_t>(mapped.events.size()));
    for (const auto& event : mapped.events) {
      LEDGER_CHECK(uploader.add({fmt::format("{} {}", file, event.id), encode_submission(event)}));
      progress.advance(1);
    }
    LEDGER_CHECK(uploader.flush());
  }
  for (const auto& [reason, count] : leftover.skipped) {
    fmt::print("{} left out: {}\n", count, reason);
  }
  if (command.dry_run) {
    fmt::print("{} events would be sent, {} records refused\n", events, leftover.refused);
    return leftover.refused == 0 ? 0 : 1;
  }
  const int exit_code = print_outcome(uploader);
  return leftover.refused == 0 ? exit_code : 1;
}

}  // namespace ledger::cli
