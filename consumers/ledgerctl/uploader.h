#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "consumers/client/batch.h"
#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::cli {

// Brings events to the server in batches and waits until each is durable. A batch is all or none,
// so what the server refuses is told apart, reported and left out, and the rest is sent again.
// While the server or its log is away it tries again for `patience`; the server knows repeated
// events by their (source, id), so sending again never counts twice. One thread.
class Uploader {
 public:
  struct Options {
    std::size_t batch_events = 500;
    std::chrono::seconds patience{60};
    // "/v1/events/restated": what the ledger reads otherwise is read so from now on.
    std::string path = "/v1/events";
    // What the ledger holds with another body stays as it is, and that is no refusal.
    bool leaves_known = false;
  };
  struct Item {
    std::string where;  // for a person: "clients.ndjson:17"
    std::string event;  // a CloudEvents JSON object
  };
  struct Refusal {
    std::string where;
    std::string reason;
  };

  Uploader(http::Client& client, Options options) : client_(client), options_(std::move(options)) {}

  // Sends when a batch is full. An error ends the upload: the server stayed away, or refused what
  // no change of events would cure.
  [[nodiscard]] Status add(Item item);
  [[nodiscard]] Status flush();

  [[nodiscard]] std::int64_t recorded() const { return recorded_; }  // new in the log
  [[nodiscard]] std::int64_t known() const { return known_; }        // there already
  [[nodiscard]] const std::vector<Refusal>& refused() const { return refused_; }
  // Of those recorded, what the ledger read otherwise until now.
  [[nodiscard]] const std::vector<std::string>& changed() const { return changed_; }
  // What the ledger holds with another body, and keeps so.
  [[nodiscard]] const std::vector<std::string>& left() const { return left_; }
  // Where the log stood after the last receipt, as `at_least` takes it; empty if nothing was new.
  [[nodiscard]] const std::string& last_position() const { return last_position_; }

 private:
  [[nodiscard]] Result<std::vector<Verdict>> post(const std::vector<std::string_view>& events);
  [[nodiscard]] Result<bool> send_pending();

  http::Client& client_;
  Options options_;
  std::vector<Item> pending_;
  std::size_t pending_bytes_ = 0;
  std::int64_t recorded_ = 0;
  std::int64_t known_ = 0;
  std::vector<Refusal> refused_;
  std::vector<std::string> changed_;
  std::vector<std::string> left_;
  std::string last_position_;
};

}  // namespace ledger::cli
