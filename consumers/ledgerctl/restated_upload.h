#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "consumers/ledgerctl/uploader.h"
#include "platform/http/client.h"
#include "producers/mapping.h"

namespace ledger::cli {

// What senders say who restate their records, and tell some of them twice, once more fully: banks,
// with the statements in which their payments came, and accounting.
class RestatedUpload {
 public:
  // `bar`: a progress bar for somebody who waits.
  RestatedUpload(http::Client& client, std::chrono::seconds patience, bool bar);

  // An error ends the upload: the server stayed away, or takes no request of ours.
  [[nodiscard]] Status send(const std::string& file, const Mapped& mapped);

  struct Counts {
    std::int64_t recorded = 0, known = 0, changed = 0, left = 0, refused = 0;
    std::int64_t statements = 0, statements_known = 0;
  };
  [[nodiscard]] Counts counts() const;
  [[nodiscard]] std::vector<Uploader::Refusal> refused() const;
  [[nodiscard]] const std::vector<std::string>& changed() const { return firm_.changed(); }
  // What the ledger has more fully.
  [[nodiscard]] const std::vector<std::string>& left() const { return provisional_.left(); }

 private:
  bool bar_;
  Uploader firm_;
  Uploader provisional_;
  Uploader statements_;
};

// Prints all of it, and "2 new, 0 known, …"; `refused`: what the mapping itself could not take.
// Returns the exit code.
[[nodiscard]] int print_outcome(const RestatedUpload& upload, std::int64_t refused);

// Sends in the order in which they stand.
[[nodiscard]] Status send_all(Uploader& uploader, const std::string& file,
                              const std::vector<Submission>& events, bool bar = true);

}  // namespace ledger::cli
