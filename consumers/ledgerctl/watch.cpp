#include "consumers/ledgerctl/watch.h"

#include <fmt/format.h>

#include <csignal>
#include <list>

#include "consumers/client/connect.h"
#include "consumers/ledgerctl/watched_folder.h"
#include "platform/logging.h"

namespace ledger::cli {

namespace {

// Blocked for good: a file on its way to the server is finished before the end.
bool stop_within(std::chrono::seconds wait) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const timespec limit{wait.count(), 0};
  return sigtimedwait(&signals, nullptr, &limit) > 0;
}

Result<std::vector<WatchedFolder>> folders_of(const WatchCommand& command) {
  if (!command.config.empty()) {
    if (!command.directory.empty() || !command.format.empty()) {
      return fail(ErrorCode::kInvalidField, "names the folders; no other is to be named beside it",
                  "config");
    }
    LEDGER_TRY(const std::string content, read_file(command.config));
    auto folders = parse_watch_config(content);
    if (folders) return folders;
    Error error = std::move(folders).error();
    error.message = fmt::format("{}: {} {}", command.config, error.field, error.message);
    error.field = "config";
    return tl::unexpected(std::move(error));
  }
  if (command.directory.empty()) {
    return fail(ErrorCode::kMissingField, "is required: a folder, or --config with several",
                "directory");
  }
  if (command.format.empty()) {
    return fail(ErrorCode::kMissingField, "says what is put there: is required", "format");
  }
  return std::vector{WatchedFolder{command.directory, command.format, command.sender}};
}

// What is wrong for good is told at once, not when the first file comes.
Status check(const WatchedFolder& folder) {
  if (!restates(folder.format)) {
    return fail(
        ErrorCode::kInvalidField,
        fmt::format("'{}' is none of camt, mt940, bank-csv, invoices-csv, ubl", folder.format),
        "format");
  }
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder.path, ignored)) {
    return fail(ErrorCode::kMisconfigured, fmt::format("{} is no folder", folder.path.string()),
                "path");
  }
  LEDGER_CHECK(find_sender(folder.format, folder.sender));
  return {};
}

// Of all folders, at one look.
struct Total {
  std::size_t refused = 0, waiting = 0;
  std::string trouble;
};
Total look_around(std::list<FolderWatcher>& watchers) {
  Total total;
  for (auto& watcher : watchers) {
    const auto look = watcher.look();
    total.refused += look.refused;
    total.waiting += look.waiting;
    if (total.trouble.empty()) total.trouble = look.trouble;
  }
  return total;
}

// Said when it begins, when it is another one and when it is over; not at every look.
void tell(const Total& total, std::string& told) {
  if (total.trouble == told) return;
  if (total.trouble.empty()) {
    log::info("files are taken again");
  } else {
    log::warning("files wait",
                 {{"files", static_cast<std::int64_t>(total.waiting)}, {"reason", total.trouble}});
  }
  told = total.trouble;
}

int end_of_once(const Total& total, std::size_t refused) {
  if (total.waiting > 0) {
    fmt::print(stderr, "{} files wait{}{}\n", total.waiting, total.trouble.empty() ? "" : ": ",
               total.trouble);
  }
  return refused == 0 && total.waiting == 0 && total.trouble.empty() ? 0 : 1;
}

}  // namespace

Result<int> run_watch(const WatchCommand& command) {
  LEDGER_TRY(const auto folders, folders_of(command));
  LEDGER_TRY(auto client, connect(command.server));
  const SystemClock clock;
  std::list<FolderWatcher> watchers;
  for (const auto& folder : folders) {
    LEDGER_CHECK(check(folder));
    LEDGER_CHECK(watchers.emplace_back(folder, client, clock).prepare());
    log::info("watching", {{"folder", folder.path.string()}, {"format", folder.format}});
  }
  std::string told;
  std::size_t refused = 0;
  for (int looks = 1;; ++looks) {
    const Total total = look_around(watchers);
    refused += total.refused;
    tell(total, told);
    if (command.once && looks == 2) return end_of_once(total, refused);
    if (stop_within(std::chrono::seconds(command.poll_s))) break;
  }
  log::info("stopped; what is not taken lies where it was");
  return 0;
}

}  // namespace ledger::cli
