#pragma once

#include "events/log/log_reader.h"
#include "events/privacy/key_ring.h"

namespace ledger::privacy {

// The log as it is folded and answered: open_line() of each line. Errors besides the log's: those
// of open_line. Both must outlive it, and it its cursors.
class OpenedLog final : public LogReader {
 public:
  OpenedLog(const LogReader& log, const KeyRing& ring) : log_(log), ring_(ring) {}

  [[nodiscard]] std::int32_t partitions() const override { return log_.partitions(); }
  [[nodiscard]] Result<Frontier> end() const override { return log_.end(); }
  [[nodiscard]] Result<std::unique_ptr<LogCursor>> cursor(const Frontier& from) const override;
  [[nodiscard]] Result<std::string> read(const Position& position) const override;

 private:
  const LogReader& log_;
  const KeyRing& ring_;
};

}  // namespace ledger::privacy
