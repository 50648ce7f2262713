#pragma once

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "events/json_codec.h"
#include "platform/http/server.h"
#include "platform/json_writer.h"

namespace ledger::edge {

// Keeps events by id as the door does: the same again is known, another body a conflict, or the new
// reading of the event where it is restated.
class Door {
 public:
  Door() {
    router_.add("POST", "/v1/events", http::RunOn::kInline,
                [this](const http::Request& request) { return answer(request.body, false); });
    router_.add("POST", "/v1/events/restated", http::RunOn::kInline,
                [this](const http::Request& request) { return answer(request.body, true); });
    server_ = http::Server::start(http::Server::defaults("127.0.0.1:0"), router_).value();
  }
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}", server_->port());
  }
  std::map<std::string, Submission> events() const {
    const std::lock_guard lock(mutex_);
    return events_;
  }
  // Ids in the order in which they were recorded or restated.
  std::vector<std::string> said() const {
    const std::lock_guard lock(mutex_);
    return said_;
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
  // Events of these ids are refused, each with its status, word and field. Status 0: no more.
  void refuse(const std::string& id, int status, const std::string& word,
              const std::string& field = "data.x") {
    const std::lock_guard lock(mutex_);
    refused_[id] = {status, word, false, field};
    if (status == 0) refused_.erase(id);
  }
  // A person has decided what this event is: it is restated no more.
  void decide(const std::string& id) {
    const std::lock_guard lock(mutex_);
    decided_[id] = {409, "conflict"};
  }
  // The next requests are answered as ever, those after them with this status.
  void refuse_after(int requests, int status) {
    const std::lock_guard lock(mutex_);
    requests_left_ = requests;
    status_later_ = status;
  }

 private:
  struct Judged {
    int status = 201;
    std::string word;
    bool known = false;
    std::string field = {};
    bool restated = false;
  };
  Judged judge(const Submission& event, bool restating) const {
    for (const auto& [id, refusal] : refused_) {
      if (event.id.starts_with(id)) return refusal;
    }
    const auto found = events_.find(event.id);
    if (found == events_.end()) return {};
    const bool same =
        body_of(event.time, event.data) == body_of(found->second.time, found->second.data);
    if (same) return {201, "", true};
    if (!restating) return {409, "conflict"};
    for (const auto& [id, refusal] : decided_) {
      if (event.id == id) return refusal;
    }
    return {201, "", false, {}, true};
  }
  http::Response answer(const std::string& body, bool restating) {
    const std::lock_guard lock(mutex_);
    if (status_later_ != 0 && requests_left_-- <= 0) {
      status_ = std::exchange(status_later_, 0);
      refusal_ = not_now();
      refusal_.status = status_;
    }
    if (status_ != 0) return refusal_;
    std::vector<std::pair<Submission, Judged>> items;
    bool all = true;
    auto batch = codec_.decode_batch(body).value();
    for (auto& event : batch) {
      Judged judged = judge(event.value(), restating);
      all = all && judged.status == 201;
      items.emplace_back(*std::move(event), std::move(judged));
    }
    JsonWriter json;
    json.begin_object().key("items").begin_array();
    int status = 201;
    for (auto& [event, judged] : items) {
      if (!all && !restating && judged.status == 201) judged = {409, "not-attempted"};
      if (judged.status != 201) status = judged.status;
      json.begin_object().member("status", judged.status);
      if (judged.status == 201) {
        json.member("position", "0:1").member("duplicate", judged.known);
        if (judged.restated) json.member("restated", true);
        if (!judged.known) said_.push_back(event.id);
        events_.insert_or_assign(event.id, event);
      } else {
        json.member("error", judged.word).member("detail", "no").member("field", judged.field);
      }
      json.end_object();
    }
    json.end_array().end_object();
    return {status, "application/json", json.take()};
  }

  mutable std::mutex mutex_;
  JsonCodec codec_;
  std::map<std::string, Submission> events_;
  std::vector<std::string> said_;
  std::map<std::string, Judged> decided_;
  std::map<std::string, Judged> refused_;
  int requests_left_ = 0;
  int status_later_ = 0;
  int status_ = 0;
  http::Response refusal_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace ledger::edge
