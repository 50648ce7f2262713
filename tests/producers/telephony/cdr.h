#pragma once

#include <string>

#include "events/types/call.h"
#include "producers/telephony/asterisk/mapping.h"

namespace ledger::cdr {

// One record as Asterisk writes it; what a test does not name is a good outbound call.
struct Record {
  std::string src = "101";
  std::string dst = "0501112233";
  std::string channel = "PJSIP/101-0000000a";
  std::string dst_channel = "PJSIP/trunk-0000000b";
  std::string last_app = "Dial";
  std::string start = "2026-11-24 10:00:00";
  std::string answer = "2026-11-24 10:00:05";
  std::string end = "2026-11-24 10:01:05";
  std::string duration = "65";
  std::string billsec = "60";
  std::string disposition = "ANSWERED";
  std::string uniqueid = "1764000000.1";
  std::string linkedid = "1764000000.1";
  std::string clid = "\"\"101\"\" <101>";  // quotes already doubled
};

// The record in 16 to 21 columns, with its line end.
[[nodiscard]] std::string line(const Record& record, int columns = 21);

// Europe/Kyiv, everything else as it is by itself.
[[nodiscard]] asterisk::Settings settings();

// Maps, and checks of every event that it comes back from its own JSON as the same event.
[[nodiscard]] Mapped map(const std::string& csv, const asterisk::Settings& settings);
[[nodiscard]] Mapped map(const std::string& csv);

// The one call of an input that gives one event and nothing else.
[[nodiscard]] CallCompleted only_call(const Mapped& mapped);

}  // namespace ledger::cdr
