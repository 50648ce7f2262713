#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "consumers/stream/stream_feed.h"
#include "platform/http/event_sink.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

// One message as a browser would hand it out.
struct Message {
  std::string event;
  std::string id;
  std::string data;
};

// A listener's end. What it has not taken counts as waiting, as in the server.
class Ear final : public http::EventSink {
 public:
  bool send(std::string_view bytes) override {
    if (!open_) return false;
    if (waiting_ + bytes.size() > limits::kPushedBytesMax) {
      overflown = true;
      open_ = false;
      return false;
    }
    text_ += bytes;
    waiting_ += takes ? 0 : bytes.size();
    return true;
  }
  std::size_t waiting() const override { return waiting_; }
  bool open() const override { return open_; }
  void close() override { open_ = false; }
  void cut() override {
    open_ = false;
    was_cut = true;
  }
  void hang_up() { open_ = false; }
  void take_all() { waiting_ = 0; }

  // All that came since the last call, but for the wish to be asked again.
  std::vector<Message> heard() {
    std::vector<Message> messages;
    std::string_view rest = text_;
    while (!rest.empty()) {
      const std::size_t end = rest.find("\n\n");
      REQUIRE(end != std::string_view::npos);
      Message message;
      for (std::string_view lines = rest.substr(0, end + 1); !lines.empty();) {
        const std::size_t line = lines.find('\n');
        const std::size_t colon = lines.find(": ");
        const std::string value(lines.substr(colon + 2, line - colon - 2));
        if (lines.starts_with("event")) message.event = value;
        if (lines.starts_with("id")) message.id = value;
        if (lines.starts_with("data")) message.data = value;
        lines.remove_prefix(line + 1);
      }
      if (!message.event.empty()) messages.push_back(std::move(message));
      rest.remove_prefix(end + 2);
    }
    text_.clear();
    return messages;
  }
  std::vector<Message> heard(std::string_view event) {
    auto messages = heard();
    std::erase_if(messages, [&](const Message& message) { return message.event != event; });
    return messages;
  }

  bool takes = true;
  bool overflown = false;
  bool was_cut = false;

 private:
  std::string text_;
  std::size_t waiting_ = 0;
  bool open_ = true;
};

inline std::string registered(std::string_view client, std::string_view manager = "") {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{0}","source":"test","type":"org.salesledger.client.registered.v1","time":"2026-11-25T08:00:00Z","data":{{"client_id":"{0}","name":"Клієнт {0}"{1}}}}})",
      client, manager.empty() ? "" : fmt::format(R"(,"owner":"{}")", manager));
}
inline std::string met(std::string_view id, std::string_view client = "c-1",
                       std::string_view manager = "m-1") {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.meeting.held.v1","time":"2026-11-25T09:00:00Z","data":{{"client_id":"{}","manager_id":"{}","topic":"умови"}}}})",
      id, client, manager);
}

}  // namespace ledger::testing
