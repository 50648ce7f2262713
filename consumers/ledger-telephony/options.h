#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "producers/telephony/asterisk/ami.h"
#include "producers/telephony/asterisk/mapping.h"

namespace ledger::edge {

struct AmiOptions {
  std::string address;  // empty: not used
  std::string user;
  std::string secret;
  bool cel = false;  // ask for channel events too: their LINKEDID_END says that a call is over
  asterisk::Linkedid linkedid = asterisk::Linkedid::kIfGiven;
};

// How ledger-telephony was told to run: flags, then environment (LEDGER_SERVER, …), then the TOML
// file.
struct EdgeOptions {
  explicit EdgeOptions(BusinessZone zone) : cdr{.zone = zone} {}

  std::string server = "http://127.0.0.1:8080";
  std::string key_file;  // as whom it asks the ledger
  std::filesystem::path state;
  std::filesystem::path cdr_file;  // empty: the manager interface alone
  asterisk::Settings cdr;
  AmiOptions ami;
  std::chrono::seconds settle{30};
  std::chrono::seconds remember{24 * 3600};
  std::string metrics;  // empty: no listener
  bool once = false;
  bool retry_refused = false;
  std::chrono::seconds patience{60};  // of --once, with a server that is away
  std::string log_level = "info";
};

// nullopt: there is nothing to run (--help, or a mistake that was explained); `exit_code` says
// which.
[[nodiscard]] std::optional<EdgeOptions> parse_edge_options(int argc, char** argv, int& exit_code);

}  // namespace ledger::edge
