#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/http/client.h"
#include "producers/mapping.h"

namespace ledger::cli {

// What an import would do, shown before anything is recorded.
class Preview {
 public:
  // `restated`: the sender restates its records, so that what reads otherwise is a change.
  Preview(http::Client& client, bool restated) : client_(client), restated_(restated) {}

  // Prints the first rows as they are read, what is left out and refused, and what is new of it:
  // the server is asked of every event (POST /v1/events/check).
  [[nodiscard]] Status show(const std::string& file, const Mapped& mapped);
  // The counts of all files; the exit code: 1 if anything would be refused.
  [[nodiscard]] int print_total() const;

 private:
  struct Counts {
    std::int64_t fresh = 0, known = 0, changed = 0, left = 0, refused = 0;
  };
  enum class Kind { kFirm, kProvisional };
  [[nodiscard]] Status ask(const std::vector<Submission>& events, Kind kind);
  void count(const Submission& event, const std::string& found, const std::string& why, Kind kind);

  http::Client& client_;
  bool restated_;
  Counts counts_;
};

}  // namespace ledger::cli
