#include "consumers/ledgerctl/uploader.h"

#include <fmt/format.h>

#include <thread>
#include <utility>

#include "consumers/ledgerctl/json.h"

namespace ledger::cli {

namespace {

constexpr auto kFirstPause = std::chrono::milliseconds(200);
constexpr auto kLongestPause = std::chrono::milliseconds(5000);
constexpr std::size_t kBatchBytes = 4 * 1024 * 1024;  // half of what the server takes

bool worth_retrying(const Result<http::Client::Answer>& answer) {
  if (!answer) return answer.error().retriable();
  return answer->status == 503 || answer->status == 504 || answer->status == 429;
}

std::string reason_of(const boost::json::value& item) {
  const std::string field = text_of(item, "field");
  return (field.empty() ? "" : field + " ") + text_of(item, "detail") + " [" +
         text_of(item, "error") + "]";
}

}  // namespace

namespace {

// By its type, without reading it: a text that only looks like one costs a smaller batch.
bool is_amendment(std::string_view event) {
  return event.find("org.salesledger.event.") != std::string_view::npos ||
         event.find("org.salesledger.interaction.match") != std::string_view::npos;
}

}  // namespace

Status Uploader::add(Item item) {
  // What an amendment names must stand in the log before it.
  if (is_amendment(item.event)) LEDGER_CHECK(flush());
  pending_bytes_ += item.event.size();
  pending_.push_back(std::move(item));
  if (pending_.size() < options_.batch_events && pending_bytes_ < kBatchBytes) return {};
  return flush();
}

Status Uploader::flush() {
  while (!pending_.empty()) {
    LEDGER_TRY(const bool done, send_pending());
    if (done) break;
  }
  pending_bytes_ = 0;
  return {};
}

Result<http::Client::Answer> Uploader::post(const std::string& body) {
  const auto give_up = std::chrono::steady_clock::now() + options_.patience;
  auto pause = kFirstPause;
  for (;;) {
    auto answer = client_.send({.method = "POST",
                                .path = "/v1/events",
                                .content_type = "application/cloudevents-batch+json",
                                .body = body});
    if (!worth_retrying(answer)) return answer;
    if (std::chrono::steady_clock::now() + pause > give_up) {
      if (!answer) return answer;
      return tl::unexpected(error_of(*answer));
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
}

// One round: true if nothing is pending afterwards.
Result<bool> Uploader::send_pending() {
  std::string body = "[";
  for (const auto& item : pending_) {
    if (body.size() > 1) body += ',';
    body += item.event;
  }
  body += ']';
  LEDGER_TRY(const auto answer, post(body));
  const auto json = parse_json(answer.body);
  const auto* items = json && json->is_object() ? json->get_object().if_contains("items") : nullptr;
  if (items == nullptr || !items->is_array() || items->get_array().size() != pending_.size()) {
    Error error = error_of(answer);
    // One bad byte makes the whole array unreadable: only single events tell which it was.
    if (pending_.size() == 1) {
      refused_.push_back({pending_.front().where, error.message});
      pending_.clear();
      return true;
    }
    if (answer.status != 400 && answer.status != 422) return tl::unexpected(std::move(error));
    const auto all = std::exchange(pending_, {});
    for (const auto& item : all) {
      pending_ = {item};
      LEDGER_CHECK(send_pending());
    }
    return true;
  }
  std::vector<Item> again;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const auto& item = items->get_array()[i];
    if (number_of(item, "status") == 201) {
      const auto* repeated = item.get_object().if_contains("duplicate");
      const bool known = repeated != nullptr && repeated->is_bool() && repeated->get_bool();
      ++(known ? known_ : recorded_);
      last_position_ = text_of(item, "position");
    } else if (text_of(item, "error") == "not-attempted") {
      again.push_back(std::move(pending_[i]));
    } else {
      refused_.push_back({pending_[i].where, reason_of(item)});
    }
  }
  pending_ = std::move(again);
  return pending_.empty();
}

}  // namespace ledger::cli
