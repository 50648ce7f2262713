#include "events/privacy/opened_log.h"

#include <deque>

#include "events/privacy/line_seal.h"

namespace ledger::privacy {

namespace {

class OpenedCursor final : public LogCursor {
 public:
  OpenedCursor(const LogReader& log, const KeyRing& ring, Frontier next)
      : log_(log), ring_(ring), next_(std::move(next)) {}

  [[nodiscard]] Status open() {
    LEDGER_TRY(cursor_, log_.cursor(next_));
    return {};
  }

  // The lines before one that cannot be opened come first, the error with the next poll; the line
  // is read again then.
  Result<std::vector<StoredLine>> poll(std::size_t max_records, std::size_t max_bytes,
                                       std::chrono::milliseconds max_wait) override {
    if (!cursor_) LEDGER_CHECK(open());
    opened_.clear();
    LEDGER_TRY(auto lines, cursor_->poll(max_records, max_bytes, max_wait));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      auto opened = open_line(lines[i].line, ring_);
      if (!opened) {
        polled_ = std::move(cursor_);  // it is behind that line
        if (i == 0) return tl::unexpected(std::move(opened).error());
        lines.resize(i);
        break;
      }
      if (*opened) lines[i].line = opened_.emplace_back(**std::move(opened));
      next_.include(lines[i].position);
    }
    return lines;
  }

 private:
  const LogReader& log_;
  const KeyRing& ring_;
  Frontier next_;
  std::unique_ptr<LogCursor> cursor_;  // null: to be opened where `next_` is
  std::unique_ptr<LogCursor> polled_;  // whose views the last poll gave away
  std::deque<std::string> opened_;     // likewise
};

}  // namespace

Result<std::unique_ptr<LogCursor>> OpenedLog::cursor(const Frontier& from) const {
  auto cursor = std::make_unique<OpenedCursor>(log_, ring_, from);
  LEDGER_CHECK(cursor->open());
  return cursor;
}

Result<std::string> OpenedLog::read(const Position& position) const {
  LEDGER_TRY(auto line, log_.read(position));
  LEDGER_TRY(auto opened, open_line(line, ring_));
  return opened ? *std::move(opened) : std::move(line);
}

}  // namespace ledger::privacy
