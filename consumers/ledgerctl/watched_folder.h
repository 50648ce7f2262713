#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "consumers/ledgerctl/senders.h"
#include "platform/clock.h"
#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::cli {

// A folder and what is put into it.
struct WatchedFolder {
  std::filesystem::path path;
  std::string format;
  SenderSettings sender;
};

// The folders of a TOML file, one [[folder]] each: path, format, and of the settings of that format
// profile, account, charset, zone and source. The field of an error is the member's name.
[[nodiscard]] Result<std::vector<WatchedFolder>> parse_watch_config(std::string_view toml);

// Takes what is complete in a folder. Nothing of what it knows has to outlive it: after a restart
// it looks anew, and what was imported and not moved is known to the server.
//
// Complete is a file that is not empty and of the same size and time at two looks. Left alone are
// folders, links, and names by which programs mark what is on its way: .hidden, ~$lock, *.part,
// *.tmp, *.crdownload. One thread.
class FolderWatcher {
 public:
  // All must outlive it.
  FolderWatcher(WatchedFolder folder, http::Client& client, const Clock& clock)
      : folder_(std::move(folder)), client_(client), clock_(clock) {}

  struct Look {
    std::size_t taken = 0;    // to done/DATE
    std::size_t refused = 0;  // to refused, as a whole or in part
    std::size_t waiting = 0;  // not complete yet, or left for the next look
    std::string trouble;      // why something waits that is complete; empty if nothing does
  };
  // One look. An error of a file is no error of the folder.
  [[nodiscard]] Look look();

  // done and refused are there and can be written; kMisconfigured with the field "path".
  [[nodiscard]] Status prepare() const;

 private:
  struct Seen {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type changed;
    bool operator==(const Seen&) const = default;
  };
  // What became of one file's content.
  struct Outcome {
    std::string summary;               // "12 new, 3 known, …"
    std::vector<std::string> reasons;  // of what was refused, each for a person
  };
  // nullopt: there is no such file, or it is a folder or a link.
  [[nodiscard]] static std::optional<Seen> see(const std::filesystem::path& file);
  [[nodiscard]] Result<std::map<std::filesystem::path, Seen>> files() const;
  [[nodiscard]] Status take(const std::filesystem::path& file, const Seen& seen, Look& look);
  [[nodiscard]] Result<Outcome> import(const std::filesystem::path& file);
  [[nodiscard]] Status move(const std::filesystem::path& file, const Outcome& outcome);

  WatchedFolder folder_;
  http::Client& client_;
  const Clock& clock_;
  std::map<std::filesystem::path, Seen> seen_;  // at the last look
};

}  // namespace ledger::cli
