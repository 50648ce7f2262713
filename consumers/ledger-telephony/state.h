#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/durable_file.h"
#include "platform/file_tail.h"
#include "platform/result.h"
#include "producers/telephony/asterisk/settling.h"

namespace ledger::edge {

// What outlives the process: how far the files were read with everything before it acknowledged by
// the server, and the calls that a late leg may still change.
struct State {
  std::string cdr_file;  // whose place it is
  FilePlace file;
  FilePlace spool;
  std::vector<asterisk::SettlingCalls::Remembered> calls;

  static void fields(auto&& field) {
    field("cdr_file", &State::cdr_file);
    field("file", &State::file);
    field("spool", &State::spool);
    field("calls", &State::calls);
  }
};

// What cannot be recorded, for a person to look at.
struct Refusal {
  std::string where;  // "/var/log/asterisk/cdr-csv/Master.csv at byte 1203"
  std::string raw;    // the record as it came, or the event made of it
  Error error;
  bool spooled = false;  // `raw` is of the spool, whose columns are our own
};

// The connector's own directory: `position` (cereal, format number first), `refused.ndjson`,
// `ami.csv` with its parts (spool.h) and `lock`. One process and one thread.
class StateFolder {
 public:
  // Makes the directory. kMisconfigured: it cannot be made or written, or another connector runs on
  // it.
  [[nodiscard]] static Result<StateFolder> open(std::filesystem::path folder);

  // As last saved; a fresh one if nothing was. kCorrupt: the bytes are not ours.
  [[nodiscard]] Result<State> load() const;
  // All or nothing, on the disk when it returns. kUnavailable: the disk is full or gone.
  [[nodiscard]] Status save(const State& state) const;

  // Appends a line to refused.ndjson; on the disk when it returns. After a crash a record may be in
  // there twice.
  [[nodiscard]] Status keep_refused(const Refusal& refusal, Timestamp now) const;
  // The lines of refused.ndjson, without their ends.
  [[nodiscard]] std::vector<std::string> refused() const;
  // All or nothing; of other lines none stay.
  [[nodiscard]] Status replace_refused(const std::vector<std::string>& lines) const;
  [[nodiscard]] std::filesystem::path file(const char* name) const { return folder_ / name; }

 private:
  StateFolder(std::filesystem::path folder, LockedFolder lock)
      : folder_(std::move(folder)), lock_(std::move(lock)) {}
  std::filesystem::path folder_;
  LockedFolder lock_;
};

}  // namespace ledger::edge
