#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <cstdio>
#include <fstream>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/client/progress_bar.h"
#include "consumers/ledgerctl/commands.h"
#include "events/position.h"

namespace ledger::cli {

Result<int> run_tail(const TailCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  std::string from = command.from;
  if (from.empty() && command.follow) {
    LEDGER_TRY(const auto status, get_json(client, "/v1/status"));
    from = text_of(status, "log_end");
  }
  for (;;) {
    const std::string path =
        fmt::format("/v1/log?limit=500{}{}", from.empty() ? "" : "&from=" + http::url_encode(from),
                    command.follow ? "&max_wait=1000" : "");
    LEDGER_TRY(const auto page, get_json(client, path));
    const auto& events = page.at("events").as_array();
    for (const auto& item : events) {
      fmt::print("{}\t{}\n", text_of(item, "position"), boost::json::serialize(item.at("event")));
    }
    std::fflush(stdout);
    from = text_of(page, "next");
    if (events.empty() && !command.follow) return 0;
  }
}

Result<int> run_export(const ExportCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  LEDGER_TRY(const auto status, get_json(client, "/v1/status"));
  const std::string end = text_of(status, "log_end");
  LEDGER_TRY(const Frontier until, parse_frontier(end));
  std::ofstream file;
  if (command.file != "-") {
    file.open(command.file, std::ios::binary | std::ios::trunc);
    if (!file) return fail(ErrorCode::kUnavailable, command.file + " cannot be written");
  }
  ProgressBar progress("export", until.total());
  std::int64_t lines = 0;
  const auto sink = [&](std::string_view piece) {
    const auto ends = std::count(piece.begin(), piece.end(), '\n');
    lines += ends;
    progress.advance(ends);
    if (command.file == "-") {
      std::fwrite(piece.data(), 1, piece.size(), stdout);
    } else {
      file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    }
  };
  const std::string path =
      "/v1/log?until=" + http::url_encode(end) + (command.opened ? "&texts=opened" : "");
  LEDGER_TRY(
      const auto answer,
      client.stream(
          {.method = "GET", .path = path, .headers = {{"Accept", "application/x-ndjson"}}}, sink));
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  file.flush();
  progress.finish();
  if (lines != until.total() || (command.file != "-" && !file)) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("the export is incomplete: {} of {} events were written", lines,
                            until.total()));
  }
  fmt::print(stderr, "{} events up to {} written\n", lines, end);
  return 0;
}

}  // namespace ledger::cli
