#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/log/log_reader.h"
#include "events/log/log_writer.h"
#include "platform/clock.h"
#include "platform/json_writer.h"

namespace ledger {

// What a sender pushed and no retry can cure, as it came, with the reason (source-formats.md 0.3).
// Nothing that says who may send is kept: of the headers only Content-Type (of a Kafka record also
// those of CloudEvents), and no path.
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
  // Of the whole, if `body` is only its beginning.
  std::size_t whole_bytes = 0;
  std::string whole_sha256 = {};
};

// Its members but the raw bytes, into an open object.
void write_about(JsonWriter& json, const QuarantinedInput& input);

// A log of its own (topic ledger.quarantine, or a directory beside the embedded log): what came in
// stays for ever, and that it was recorded after all, or dismissed by a person, is written behind
// it. One JSON object a line, under kLineBytesMax whatever came in; a body that is no printable
// UTF-8 stands there in base64. Of a body over kBodyBytesMax its beginning is kept, with the size
// and the SHA-256 of the whole; so it is where the log takes no line as long as that (a topic with
// a small max.message.bytes), of a body over kBodyBytesAtLeast.
//
// Durable once answered. Threads: any. kUnavailable, kPossiblyPersisted as of the log. A line that
// cannot be read is passed over and counted: somebody else wrote it.
class Quarantine {
 public:
  static constexpr std::size_t kBodyBytesMax = 512 * 1024;
  static constexpr std::size_t kBodyBytesAtLeast = 16 * 1024;
  static constexpr std::size_t kQueryBytesMax = 8 * 1024;
  static constexpr std::size_t kLineBytesMax = 1024 * 1024;  // what Kafka takes by itself

  struct Entry {
    Position position;
    QuarantinedInput input;
    std::size_t body_bytes = 0;         // of the whole
    std::string body_sha256;            // of the whole, where only its beginning was kept
    std::optional<Timestamp> released;  // when a replay of it was recorded, or it was dismissed
    std::string dismissed;              // why, if it was
  };

  // Both must outlive it.
  Quarantine(LogWriter& writer, const LogReader& reader);

  using Done = std::function<void(Result<Position>)>;
  // `done` is called once, from a thread of the log, and must only hand over.
  void keep(const QuarantinedInput& input, Done done);
  // The same, and waits for the answer. What the log does not take at that length is kept shorter.
  // What waits already, of the same sender, body, query and error, is kept once: senders come again
  // for hours. Known of kWaitingKnownMax entries.
  static constexpr std::size_t kWaitingKnownMax = 100'000;
  [[nodiscard]] Status keep(const QuarantinedInput& input);
  // Notes that an entry has been recorded after all, or why it never will be.
  // Waits for the answer.
  [[nodiscard]] Status release(const Position& position, Timestamp at,
                               const std::string& dismissed);

  struct Question {
    std::optional<std::string> sender = {};
    bool released_too = false;
    std::optional<Position> after = {};  // of the last entry of the page before
    std::size_t limit = 50;
  };
  // By position: within a partition in the order of their coming. Without their bodies. Reads what
  // is new in the log first.
  [[nodiscard]] Result<std::vector<Entry>> list(const Question& question);
  // kNotFound.
  [[nodiscard]] Result<Entry> find(const Position& position);

  struct Counts {
    std::int64_t waiting = 0;
    std::int64_t released = 0;
  };
  [[nodiscard]] Result<Counts> counts();
  // As of the last look, without one: for metrics.
  [[nodiscard]] std::int64_t waiting_when_last_seen() const { return waiting_; }

 private:
  struct Known {
    std::string sender;
    std::optional<Timestamp> released = {};
    std::string dismissed = {};
    std::string likeness = {};  // empty: not known to waiting_alike_
  };
  void append(std::string key, std::string line, Done done);
  [[nodiscard]] bool waits_already(const QuarantinedInput& input);
  [[nodiscard]] Status refresh();  // under the mutex, like note()
  void note(const StoredLine& stored);
  [[nodiscard]] Result<Entry> read(const Position& position, const Known& known) const;

  LogWriter& writer_;
  const LogReader& reader_;
  std::mutex mutex_;
  std::unique_ptr<LogCursor> cursor_;
  Frontier seen_;
  std::map<Position, Known> known_;
  std::unordered_map<std::string, std::size_t> waiting_alike_;  // how many wait, by likeness
  std::atomic<std::int64_t> waiting_ = 0;
};

}  // namespace ledger
