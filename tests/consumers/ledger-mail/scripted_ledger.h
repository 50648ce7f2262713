#pragma once

#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "events/json_codec.h"
#include "platform/http/server.h"
#include "platform/json_writer.h"

namespace ledger::gateway {

struct Judged {
  int status = 201;
  std::string word = {};
  std::string field = {};
  bool known = false;
};

// A ledger behind a real HTTP server. Judges events by the ends of their ids, as the door does a
// batch: all or none. Its members are set and read while no request is on its way.
class ScriptedLedger {
 public:
  ScriptedLedger() {
    router_.add("POST", "/v1/events", http::RunOn::kInline,
                [this](const http::Request& request) { return events(request.body); });
    router_.add("POST", "/v1/quarantine/{sender}", http::RunOn::kInline,
                [this](const http::Request& request) {
                  if (quarantine_status != 201) return http::Response{quarantine_status, "", ""};
                  quarantined.push_back(request);
                  return http::Response{201, "application/json", "{}"};
                });
    server_ = http::Server::start(http::Server::defaults("127.0.0.1:0"), router_).value();
  }
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}", server_->port());
  }

  std::map<std::string, Judged> verdicts;  // by the id's end
  int status = 0;                          // of every request; 0: by the verdicts
  int quarantine_status = 201;
  std::vector<http::Request> quarantined;
  std::vector<std::string> recorded;  // ids

 private:
  Judged judge(const std::string& id) const {
    for (const auto& [end, judged] : verdicts) {
      if (id.ends_with(end)) return judged;
    }
    return {};
  }
  http::Response events(const std::string& body) {
    if (status != 0) return {status, "application/problem+json", R"({"detail":"not now"})"};
    std::vector<std::pair<std::string, Judged>> items;
    bool all = true;
    const auto batch = codec_.decode_batch(body).value();
    for (const auto& event : batch) {
      items.emplace_back(event->id, judge(event->id));
      all = all && items.back().second.status == 201;
    }
    JsonWriter json;
    json.begin_object().key("items").begin_array();
    for (auto& [id, judged] : items) {
      if (!all && judged.status == 201) judged = {409, "not-attempted"};
      json.begin_object().member("status", judged.status);
      if (judged.status == 201) {
        json.member("position", "0:1").member("duplicate", judged.known);
        recorded.push_back(id);
      } else {
        json.member("error", judged.word).member("detail", "no").member("field", judged.field);
      }
      json.end_object();
    }
    json.end_array().end_object();
    return {all ? 201 : 422, "application/json", json.take()};
  }

  JsonCodec codec_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace ledger::gateway
