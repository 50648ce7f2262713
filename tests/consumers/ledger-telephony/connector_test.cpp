// Goal: whatever the server answers, nothing is lost, nothing is passed over in silence, and memory
// stays bounded. Method: a door of a few lines over real HTTP, and a clock that the test moves.
#include "consumers/ledger-telephony/connector.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "platform/http/server.h"
#include "platform/json_writer.h"
#include "tests/consumers/ledger-telephony/folder.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::edge;
using namespace std::chrono_literals;

namespace {

const Timestamp kEvening = parse_timestamp("2026-11-24T20:00:00Z").value();

// Keeps events by id as the door does: the same again is known, another body a conflict.
class Door {
 public:
  Door() {
    router_.add("POST", "/v1/events", http::RunOn::kInline,
                [this](const http::Request& request) { return answer(request.body); });
    server_ = http::Server::start(http::Server::defaults("127.0.0.1:0"), router_).value();
  }
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}", server_->port());
  }
  std::map<std::string, Submission> events() const {
    const std::lock_guard lock(mutex_);
    return events_;
  }
  // Answers every request with this status until told 0.
  void refuse_all(int status) {
    const std::lock_guard lock(mutex_);
    status_ = status;
  }
  // Events of these ids are refused, each with its status and word.
  void refuse(const std::string& id, int status, const std::string& word) {
    const std::lock_guard lock(mutex_);
    refused_[id] = {status, word};
  }

 private:
  struct Judged {
    int status = 201;
    std::string word;
    bool known = false;
  };
  Judged judge(const Submission& event) const {
    for (const auto& [id, refusal] : refused_) {
      if (event.id.starts_with(id)) return {refusal.first, refusal.second};
    }
    const auto found = events_.find(event.id);
    if (found == events_.end()) return {};
    const bool same =
        body_of(event.time, event.data) == body_of(found->second.time, found->second.data);
    return same ? Judged{201, "", true} : Judged{409, "conflict"};
  }
  http::Response answer(const std::string& body) {
    const std::lock_guard lock(mutex_);
    if (status_ != 0) return {status_, "application/problem+json", R"({"detail":"not now"})"};
    std::vector<std::pair<Submission, Judged>> items;
    bool all = true;
    auto batch = codec_.decode_batch(body).value();
    for (auto& event : batch) {
      Judged judged = judge(event.value());
      all = all && judged.status == 201;
      items.emplace_back(*std::move(event), std::move(judged));
    }
    JsonWriter json;
    json.begin_object().key("items").begin_array();
    int status = 201;
    for (auto& [event, judged] : items) {
      if (!all && judged.status == 201) judged = {409, "not-attempted"};
      if (judged.status != 201) status = judged.status;
      json.begin_object().member("status", judged.status);
      if (judged.status == 201) {
        json.member("position", "0:1").member("duplicate", judged.known);
        events_.emplace(event.id, event);
      } else {
        json.member("error", judged.word).member("detail", "no").member("field", "data.x");
      }
      json.end_object();
    }
    json.end_array().end_object();
    return {status, "application/json", json.take()};
  }

  mutable std::mutex mutex_;
  JsonCodec codec_;
  std::map<std::string, Submission> events_;
  std::map<std::string, std::pair<int, std::string>> refused_;
  int status_ = 0;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

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
  Connector& connector() { return *connector_; }
  EdgeOptions& options() { return options_; }

  TestFolder folder;
  Door door;

 private:
  EdgeOptions options_;
  FixedClock clock_;
  std::unique_ptr<Connector> connector_;
};

std::string line(int number, const std::string& device = "101", int talk_s = 60, int linked = 0) {
  return fmt::format(
      "\"\",\"0501112233\",\"600\",\"in\",\"x\",\"PJSIP/t-{0}\",\"PJSIP/{1}-2\",\"Queue\",\"q\","
      "\"2026-11-24 10:00:00\",\"2026-11-24 10:00:00\",\"2026-11-24 10:10:00\",600,{2},"
      "\"ANSWERED\",\"DOCUMENTATION\",\"176.{0}\",\"\",\"\",\"176.{3}\",{0}\n",
      number, device, talk_s, linked == 0 ? number : linked);
}

}  // namespace

TEST_CASE("edge: a call is sent when it has settled, with all its legs", "[consumers][edge]") {
  Beside beside;
  beside.write(line(1) + line(2, "102", 90, 1));
  beside.work(1s);
  CHECK(beside.door.events().empty());
  beside.work(30s);
  const auto events = beside.door.events();
  REQUIRE(events.size() == 1);
  const auto* call = events.at("call:176.1").data.get_if<CallCompleted>();
  REQUIRE(call != nullptr);
  CHECK(call->manager_extension == "102");
  CHECK(call->talk_s == 90);
  CHECK(beside.counters().delivered == 1);
  CHECK(beside.counters().legs == 2);
}

TEST_CASE("edge: an internal call is left out and read once", "[consumers][edge]") {
  Beside beside;
  std::string internal = line(1);
  internal.replace(internal.find("0501112233"), 10, "102");
  beside.write(internal);
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().skipped == 1);
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  beside.start();
  beside.work(60s);
  CHECK(beside.counters().lines == 0);
}

TEST_CASE("edge: what the server has not acknowledged is read again after a crash",
          "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  beside.door.refuse_all(503);
  beside.write(line(2));
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().failures >= 1);
  CHECK(beside.counters().waiting == 1);
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  beside.door.refuse_all(0);
  beside.start();
  beside.work();
  CHECK(beside.counters().lines == 1);  // not the first
  beside.work(30s);
  CHECK(beside.door.events().size() == 2);
}

TEST_CASE("edge: a file that was begun and rotated before anything was delivered is read on",
          "[consumers][edge]") {
  Beside beside;
  beside.write("");
  beside.work();  // the file is there and empty
  beside.write(line(1));
  std::filesystem::rename(beside.folder / "Master.csv", beside.folder / "Master.csv.1");
  beside.crash();
  beside.write(line(2));
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.door.events().size() == 2);
}

TEST_CASE("edge: while the server is away reading stops, and goes on with it",
          "[consumers][edge]") {
  constexpr int kCalls = 15'000;
  Beside beside;
  beside.door.refuse_all(503);
  std::string text;
  for (int i = 1; i <= kCalls; ++i) text += line(i);
  beside.write(text);
  beside.work();
  for (int i = 0; i < 20; ++i) beside.work(60s);
  const auto read = beside.counters().lines.load();
  CHECK(read >= kWaitingCallsMax);
  CHECK(read < kCalls);
  CHECK(beside.counters().lag_bytes > 0);
  CHECK(beside.counters().delivered == 0);
  beside.door.refuse_all(0);
  for (int i = 0; i < 20; ++i) beside.work(60s);
  CHECK(beside.counters().delivered == kCalls);
  CHECK(beside.door.events().size() == kCalls);
  CHECK(beside.counters().lag_bytes == 0);
}

TEST_CASE("edge: a server that takes no request of ours is waited for, and nothing is refused",
          "[consumers][edge]") {
  for (const int status : {401, 403, 404, 429, 500, 502}) {
    INFO(status);
    Beside beside;
    beside.door.refuse_all(status);
    beside.write(line(1));
    beside.work();
    beside.work(30s);
    CHECK(beside.connector().trouble() == "not now");
    CHECK(beside.counters().refused == 0);
    CHECK(beside.counters().server_away);
    beside.door.refuse_all(0);
    beside.work(60s);
    CHECK(beside.counters().delivered == 1);
    CHECK(beside.connector().trouble().empty());
    CHECK_FALSE(beside.counters().server_away);
  }
}

TEST_CASE("edge: a call that is refused for good is kept and stops no other", "[consumers][edge]") {
  Beside beside;
  beside.door.refuse("call:176.2", 422, "invalid-field");
  beside.write(line(1) + line(2) + line(3));
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().delivered == 2);
  CHECK(beside.counters().refused == 1);
  const std::string refused = beside.refused();
  CHECK(refused.find(R"("where":"call call:176.2")") != std::string::npos);
  CHECK(refused.find(R"("field":"data.x")") != std::string::npos);
  CHECK(refused.find("0501112233") != std::string::npos);
  beside.work(600s);
  CHECK(beside.refused() == refused);
}

TEST_CASE("edge: a late leg is a correction of a stable id", "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  beside.write(line(2, "102", 90, 1));
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().corrected == 1);
  auto events = beside.door.events();
  REQUIRE(events.size() == 2);
  const auto& [id, correction] = *events.rbegin();
  CHECK(id.starts_with("call:176.1~"));
  CHECK(id.size() == std::string("call:176.1~").size() + 16);
  const auto* corrected = correction.data.get_if<EventCorrected>();
  REQUIRE(corrected != nullptr);
  CHECK(corrected->target_id == "call:176.1");
  CHECK(corrected->target_source == "asterisk");
  CHECK(corrected->data.text.find("\"talk_s\":90") != std::string::npos);
  // Everything once more, from the beginning: nothing new.
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.door.events().size() == 2);
}

TEST_CASE("edge: a correction that a person has ruled out is kept as refused",
          "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  beside.door.refuse("call:176.1~", 409, "conflict");
  beside.write(line(2, "102", 90, 1));
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().corrected == 0);
  CHECK(beside.counters().refused == 1);
  CHECK(beside.refused().find(R"("error":"conflict")") != std::string::npos);
  CHECK(beside.counters().waiting == 0);
}

TEST_CASE("edge: a leg alone does not replace a call whose other legs are forgotten",
          "[consumers][edge]") {
  // As ids are: the call began at 10:00:00 in Kyiv.
  const auto with_id = [](std::string text) {
    for (std::size_t at = 0; (at = text.find("\"176.", at)) != std::string::npos; ++at) {
      text.replace(at, 5, "\"1795507200.");
    }
    return text;
  };
  std::string late = with_id(line(2, "102", 90, 1));
  for (std::size_t at = 0; (at = late.find("10:00:00", at)) != std::string::npos; ++at) {
    late.replace(at, 8, "10:05:00");
  }
  late.replace(late.find(",600,"), 5, ",300,");
  Beside beside;
  beside.write(with_id(line(1)));
  beside.work();
  beside.work(30s);
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  std::filesystem::remove(beside.folder / "Master.csv");
  beside.start();
  beside.write(late);
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().corrected == 0);
  CHECK(beside.counters().refused == 1);
  CHECK(beside.refused().find("first legs are not known") != std::string::npos);
  CHECK(beside.door.events().size() == 1);
  // With the other leg known it is a correction.
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  std::filesystem::remove(beside.folder / "Master.csv");
  beside.write(with_id(line(1)) + late);
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().corrected == 1);
}

TEST_CASE("edge: another file begins at its own beginning", "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  beside.folder.append("Other.csv", line(2));
  beside.options().cdr_file = beside.folder / "Other.csv";
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.door.events().size() == 2);
  CHECK(beside.counters().rests_lost == 0);
}

TEST_CASE("edge: what was spooled is delivered without the manager interface too",
          "[consumers][edge]") {
  Beside beside;
  beside.crash();
  beside.folder.append("state/ami.csv", line(1));
  beside.start();
  beside.write(line(1));  // the file has it as well
  beside.work();
  beside.work(30s);
  CHECK(beside.door.events().size() == 1);
  CHECK(beside.counters().repeated == 1);
}
