#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
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
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) {
    return fail(ErrorCode::kInvalidField, fmt::format("{} is a directory; name its files", name));
  }
  std::ifstream input(name, std::ios::binary);
  std::ostringstream content;
  content << input.rdbuf();
  if (!input) return fail(ErrorCode::kNotFound, fmt::format("{} cannot be read", name));
  return std::move(content).str();
}

// FreeSWITCH leaves a file for each record, so that a directory stands for all of them, by name;
// also for those in the directories of each day that it makes with its setting rotate.
Result<std::vector<std::string>> records_in(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code failure;
  for (std::filesystem::recursive_directory_iterator at(directory, failure), end;
       !failure && at != end; at.increment(failure)) {
    const std::string name = at->path().string();
    if (name.ends_with(".cdr.json") || name.ends_with(".cdr.xml")) files.push_back(name);
  }
  if (failure) return fail(ErrorCode::kNotFound, fmt::format("{} cannot be read", directory));
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::vector<std::string>> files_of(const ImportCommand& command) {
  if (command.format != "freeswitch-cdr") return command.files;
  std::vector<std::string> files;
  for (const auto& name : command.files) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(name, ignored)) {
      files.push_back(name);
      continue;
    }
    LEDGER_TRY(const auto records, records_in(name));
    files.insert(files.end(), records.begin(), records.end());
  }
  return files;
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
  LEDGER_TRY(const auto files, files_of(command));
  for (const auto& file : files) {
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
