#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "consumers/client/connect.h"
#include "consumers/client/progress_bar.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/outcome.h"
#include "consumers/ledgerctl/uploader.h"

namespace ledger::cli {

namespace {

Status append_lines(std::istream& input, const std::string& name, Uploader& uploader,
                    ProgressBar& progress) {
  std::string line;
  for (std::int64_t number = 1; std::getline(input, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    LEDGER_CHECK(uploader.add({fmt::format("{}:{}", name, number), line}));
    progress.advance(1);
  }
  return {};
}

}  // namespace

Result<int> run_append(const AppendCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  Uploader uploader(client, {.patience = std::chrono::seconds(command.patience_s)});
  ProgressBar progress("append", 0);
  for (const auto& file : command.files) {
    if (file == "-") {
      LEDGER_CHECK(append_lines(std::cin, "stdin", uploader, progress));
      continue;
    }
    std::ifstream input(file);
    if (!input) return fail(ErrorCode::kNotFound, fmt::format("{} cannot be read", file));
    LEDGER_CHECK(append_lines(input, file, uploader, progress));
  }
  LEDGER_CHECK(uploader.flush());
  progress.finish();
  return print_outcome(uploader);
}

}  // namespace ledger::cli
