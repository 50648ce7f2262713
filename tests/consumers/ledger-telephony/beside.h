#pragma once

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <mutex>

#include "consumers/ledger-telephony/connector.h"
#include "events/json_codec.h"
#include "platform/http/server.h"
#include "platform/json_writer.h"
#include "tests/consumers/ledger-telephony/folder.h"
#include "tests/support/catch.h"

namespace ledger::edge {

using namespace std::chrono_literals;

inline const Timestamp kEvening = parse_timestamp("2026-11-24T20:00:00Z").value();

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
  void refuse_all(int status, http::Response answer = not_now()) {
    const std::lock_guard lock(mutex_);
    status_ = status;
    refusal_ = std::move(answer);
    refusal_.status = status;
  }
  static http::Response not_now() {
    return {0, "application/problem+json", R"({"detail":"not now"})"};
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
    if (status_ != 0) return refusal_;
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
  http::Response refusal_;
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

inline std::string line(int number, const std::string& device = "101", int talk_s = 60,
                        int linked = 0) {
  return fmt::format(
      "\"\",\"0501112233\",\"600\",\"in\",\"x\",\"PJSIP/t-{0}\",\"PJSIP/{1}-2\",\"Queue\",\"q\","
      "\"2026-11-24 10:00:00\",\"2026-11-24 10:00:00\",\"2026-11-24 10:10:00\",600,{2},"
      "\"ANSWERED\",\"DOCUMENTATION\",\"176.{0}\",\"\",\"\",\"176.{3}\",{0}\n",
      number, device, talk_s, linked == 0 ? number : linked);
}

}  // namespace ledger::edge
