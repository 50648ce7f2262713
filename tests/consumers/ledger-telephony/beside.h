#pragma once

#include <fmt/format.h>

#include <chrono>
#include <string>

#include "consumers/ledger-telephony/connector.h"
#include "events/types/call.h"
#include "tests/consumers/ledger-telephony/door.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

namespace ledger::edge {

using namespace std::chrono_literals;

inline const Timestamp kEvening = parse_timestamp("2026-11-24T20:00:00Z").value();

class Beside {
 public:
  Beside() : options_(BusinessZone::named("Europe/Kyiv").value()), clock_(kEvening) {
    options_.server = door.url();
    options_.state = folder / "state";
    options_.cdr_file = folder / "Master.csv";
    start();
  }
  void start() { connector_ = Connector::start(options_, clock_).value(); }
  // As a crash: nothing is saved but what was.
  void crash() { connector_.reset(); }
  // Steps until there is nothing more to do at once, after so much time has gone by.
  void work(std::chrono::seconds later = 0s) {
    clock_.set(clock_.now() + later);
    for (int idle = 0; idle < 3;) idle = connector_->step().value().busy ? 0 : idle + 1;
  }
  void write(const std::string& text) const { folder.append("Master.csv", text); }
  [[nodiscard]] const Counters& counters() const { return connector_->counters(); }
  [[nodiscard]] std::string refused() const { return folder.read("state/refused.ndjson"); }
  [[nodiscard]] std::int64_t talk_of(const std::string& id) const {
    return door.events().at(id).data.get_if<CallCompleted>()->talk_s;
  }
  [[nodiscard]] bool running() const { return connector_ != nullptr; }
  Connector& connector() { return *connector_; }
  EdgeOptions& options() { return options_; }

  testing::TemporaryDirectory folder;
  Door door;

 private:
  EdgeOptions options_;
  FixedClock clock_;
  std::unique_ptr<Connector> connector_;
};

inline std::string line(int number, const std::string& device = "101", int talk_s = 60,
                        int linked = 0) {
  return fmt::format(
      "\"\",\"0501112233\",\"600\",\"in\",\"x\",\"PJSIP/t-{0}\",\"PJSIP/{1}-2\",\"Queue\",\"q\","
      "\"2026-11-24 10:00:00\",\"2026-11-24 10:00:00\",\"2026-11-24 10:10:00\",600,{2},"
      "\"ANSWERED\",\"DOCUMENTATION\",\"176.{0}\",\"\",\"\",\"176.{3}\",{0}\n",
      number, device, talk_s, linked == 0 ? number : linked);
}

}  // namespace ledger::edge
