#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "events/business_zone.h"
#include "platform/clock.h"

namespace ledger::pull {

// What both banks share of how accounts are asked.
struct Pace {
  std::chrono::seconds every{300};  // between two questions about one account
  int overlap_days = 7;             // asked again each time
  std::optional<Date> from = {};    // first day at the first start; absent: kFirstDays before it
  bool again = false;               // `from` holds at every start
  static constexpr int kFirstDays = 30;
};

// The day from which an account is asked for; `through`: up to when it was told.
[[nodiscard]] Date first_day(const Pace& pace, const std::optional<Timestamp>& through,
                             const BusinessZone& zone, Timestamp now);

struct PrivatbankOptions {
  std::string url = "https://acp.privatbank.ua";
  std::vector<std::string> accounts;  // IBANs; none: not asked
  std::string token;
  std::string client_id;  // of tokens of the older kind
};

struct MonobankOptions {
  std::string url = "https://api.monobank.ua";
  std::vector<std::string> accounts;  // IBANs or the bank's ids; none: not asked
  std::string token;
  std::chrono::seconds interval{60};  // between two requests
};

// The webhook of monobank: where it is listened to, and what the bank is told.
struct HookOptions {
  std::string listen = {};  // empty: none
  std::string url = {};     // how the bank reaches `listen`, without path; empty: a person sets it
  std::string secret = {};
  std::chrono::seconds grace{1200};  // an entry that no webhook told until then was missed

  [[nodiscard]] std::string path() const { return "/hooks/monobank/" + secret; }
};

// How ledger-bank was told to run: flags, then environment (LEDGER_SERVER, …), then the TOML file.
struct BankOptions {
  explicit BankOptions(BusinessZone bank_zone) : zone(bank_zone) {}

  std::string server = "http://127.0.0.1:8080";
  std::string key_file;  // as whom it asks the ledger
  std::filesystem::path state;
  BusinessZone zone;  // of the banks' days
  Pace pace;
  std::vector<std::string> own_codes;
  PrivatbankOptions privatbank;
  MonobankOptions monobank;
  HookOptions hook;
  std::string metrics;  // empty: no listener
  bool once = false;
  std::chrono::seconds patience{300};  // of --once, with a bank or a ledger that is away
  std::string log_level = "info";
};

// nullopt: there is nothing to run (--help, or a mistake that was explained); `exit_code` says
// which.
[[nodiscard]] std::optional<BankOptions> parse_bank_options(int argc, char** argv, int& exit_code);

}  // namespace ledger::pull
