#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <map>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/client/lines.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/output.h"
#include "consumers/ledgerctl/scratch.h"
#include "platform/http/client.h"

namespace ledger::cli {

namespace {

std::string bytes_of(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  }
  return bytes;
}

// The live rows as the server gives them, compared one by one with our own.
class Comparison {
 public:
  explicit Comparison(Scratch& scratch) : scratch_(scratch) {}

  void take(std::string_view piece) {
    lines_.take(piece, [this](std::string_view line) {
      if (failure_) take_line(line);
    });
  }
  [[nodiscard]] const Status& failure() const { return failure_; }

  [[nodiscard]] Result<int> verdict() {
    LEDGER_TRY(const auto ours, scratch_.count_rows());
    Table table({"view", "rows live", "rows rebuilt", "different"});
    bool same = true;
    for (const auto& [family, count] : ours) {
      const Counts live = live_[family];
      same = same && live.rows == count && live.different == 0;
      table.add({family, std::to_string(live.rows), std::to_string(count),
                 std::to_string(live.different)});
    }
    fmt::print("{}\n{}\n", table.text(),
               same ? "the live views are what the log says, row by row"
                    : "THE LIVE VIEWS DIFFER FROM THE LOG");
    return same ? 0 : 1;
  }

 private:
  struct Counts {
    std::int64_t rows = 0;
    std::int64_t different = 0;
  };

  void take_line(std::string_view line) {
    const auto row = parse_json(line);
    if (!row || !text_of(*row, "error").empty()) {
      failure_ = fail(ErrorCode::kUnavailable, "the server could not give all its rows");
      return;
    }
    if (const std::string position = text_of(*row, "position"); !position.empty()) {
      failure_ = scratch_.replay_to(position);
      return;
    }
    const std::string family = text_of(*row, "family");
    Counts& counts = live_[family];
    ++counts.rows;
    const auto ours = scratch_.row(family, bytes_of(text_of(*row, "key")));
    if (!ours) {
      failure_ = tl::unexpected(ours.error());
    } else if (*ours != bytes_of(text_of(*row, "value"))) {
      ++counts.different;
      if (counts.different <= 10) {
        fmt::print(stderr, "differs  {} {}\n", family, text_of(*row, "key"));
      }
    }
  }

  Scratch& scratch_;
  Lines lines_;
  std::map<std::string, Counts> live_;
  Status failure_;
};

}  // namespace

Result<int> run_replay(const ReplayCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  LEDGER_TRY(auto log_client, connect(command.server));
  LEDGER_TRY(const auto status, get_json(client, "/v1/status"));
  LEDGER_TRY(auto scratch,
             Scratch::create(std::move(log_client), command.scratch,
                             static_cast<std::int32_t>(number_of(status, "partitions"))));
  if (!command.until.empty()) {
    LEDGER_TRY(const Frontier until, parse_frontier(command.until));
    LEDGER_TRY(const Frontier end, parse_frontier(text_of(status, "log_end")));
    if (!end.covers(until)) {
      return fail(ErrorCode::kOutOfRange,
                  fmt::format("the log ends at {}, before {}", to_string(end), command.until),
                  "--until");
    }
    LEDGER_CHECK(scratch->replay_to(command.until));
    fmt::print("rebuilt up to {}\n", command.until);
    LEDGER_CHECK(scratch->print_digests());
  }
  // Most of the way before the rows are asked for: while they come there is time for a few events
  // only, or the server would take us for a reader that hangs.
  LEDGER_TRY(const auto now, get_json(client, "/v1/status"));
  LEDGER_CHECK(scratch->replay_to(text_of(now, "position")));
  // The server must have come at least as far as we were told to go; its own position, which comes
  // first in the answer, is where both are compared.
  const std::string at_least =
      command.until.empty() ? "" : "?max_wait=30000&at_least=" + http::url_encode(command.until);
  Comparison comparison(*scratch);
  LEDGER_TRY(const auto answer,
             client.stream({.method = "GET", .path = "/v1/rows" + at_least},
                           [&](std::string_view piece) { comparison.take(piece); }));
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  LEDGER_CHECK(comparison.failure());
  return comparison.verdict();
}

}  // namespace ledger::cli
