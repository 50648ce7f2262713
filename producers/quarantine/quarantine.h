#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "events/log/log_reader.h"
#include "events/log/log_writer.h"
#include "platform/clock.h"
#include "platform/json_writer.h"

namespace ledger {

// What a sender pushed and no retry can cure, as it came, with the reason (source-formats.md 0.3).
// Nothing that says who may send is kept: no header but Content-Type, no path.
struct QuarantinedInput {
  std::string sender;  // "binotel"
  Timestamp received;
  std::string method;
  std::string query;  // as it came, without the question mark
  std::string content_type;
  std::string body;  // any bytes
  // Why: name_of() an error's code, its field (may be empty) and its sentence.
  std::string error;
  std::string field;
  std::string detail;
};

// Its members but the raw bytes, into an open object.
void write_about(JsonWriter& json, const QuarantinedInput& input);

// A log of its own (topic ledger.quarantine, or a directory beside the embedded log): what came in
// stays for ever, and that it was recorded after all is written behind it. One JSON object a line;
// a body that is no printable UTF-8 stands there in base64.
//
// Durable once answered. Threads: any. kUnavailable, kPossiblyPersisted as of the log.
class Quarantine {
 public:
  struct Entry {
    Position position;
    QuarantinedInput input;
    std::optional<Timestamp> released;  // when a replay of it was recorded
  };

  // Both must outlive it.
  Quarantine(LogWriter& writer, const LogReader& reader);

  using Done = std::function<void(Result<Position>)>;
  // `done` is called once, from a thread of the log, and must only hand over.
  void keep(const QuarantinedInput& input, Done done);
  // Notes that an entry has been recorded after all.
  void release(const Position& position, Timestamp at, Done done);

  struct Question {
    std::optional<std::string> sender = {};
    bool released_too = false;
    std::optional<Position> after = {};  // of the last entry of the page before
    std::size_t limit = 50;
  };
  // In the order of their coming. Reads what is new in the log first.
  [[nodiscard]] Result<std::vector<Entry>> list(const Question& question);
  // kNotFound.
  [[nodiscard]] Result<Entry> find(const Position& position);

  struct Counts {
    std::int64_t waiting = 0;
    std::int64_t released = 0;
  };
  [[nodiscard]] Result<Counts> counts();

 private:
  struct Known {
    std::string sender;
    std::optional<Timestamp> released;
  };
  void append(std::string key, std::string line, Done done);
  [[nodiscard]] Status refresh();  // under the mutex
  [[nodiscard]] Result<Entry> read(const Position& position, const Known& known) const;

  LogWriter& writer_;
  const LogReader& reader_;
  std::mutex mutex_;
  std::unique_ptr<LogCursor> cursor_;
  Frontier seen_;
  std::map<Position, Known> known_;
};

}  // namespace ledger
