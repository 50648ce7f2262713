#include "consumers/watch/row_check.h"

#include <string>
#include <tuple>

#include "platform/background_thread.h"
#include "platform/logging.h"
#include "projections/row_shapes.h"

namespace ledger {

namespace {

// One family, as of now; true: to its end, with every row read.
bool look_through(const ViewStore& views, const std::string& family, const RowReaders& readers,
                  std::atomic<std::uint64_t>& rows, const std::stop_token& stop) {
  const auto snapshot = views.current();
  bool whole = true;
  const auto status =
      snapshot->scan(family, "", "", [&](std::string_view key, std::string_view value) {
        const auto reader = key.empty() ? readers.end() : readers.find(key.front());
        const Status read = reader == readers.end()
                                ? fail(ErrorCode::kCorrupt, "a view row is of no table of its view")
                                : reader->second(value);
        if (!read) {
          std::ignore = unreadable_row(*snapshot, family, read.error());
          whole = false;
        } else {
          ++rows;
        }
        return whole && !stop.stop_requested();
      });
  return whole && status.has_value();
}

}  // namespace

void RowCheck::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    let_others_go_first();
    look(stop);
  });
}

void RowCheck::look(const std::stop_token& stop) try {
  bool all = true;
  for (const auto& [family, readers] : row_shapes().readers) {
    all = look_through(views_, family, readers, rows_, stop) && all;
    if (stop.stop_requested()) return;
  }
  if (all) {
    log::info("every row of the views can be read", {{"rows", static_cast<std::int64_t>(rows())}});
  }
} catch (const std::exception& problem) {  // memory, most likely: who reads a row is told
  log::warning("the rows of the views were not all looked at", {{"reason", problem.what()}});
}

}  // namespace ledger
