#include "consumers/ledgerctl/uploader.h"

#include <algorithm>
#include <thread>

namespace ledger::cli {

namespace {

constexpr auto kFirstPause = std::chrono::milliseconds(200);
constexpr auto kLongestPause = std::chrono::milliseconds(5000);
constexpr std::size_t kBatchBytes = 4 * 1024 * 1024;  // half of what the server takes

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

// Again and again for as long as patience lasts.
Result<std::vector<Verdict>> Uploader::post(const std::vector<std::string_view>& events) {
  const auto give_up = std::chrono::steady_clock::now() + options_.patience;
  auto pause = kFirstPause;
  for (;;) {
    auto verdicts = post_batch(client_, events, options_.path);
    if (verdicts || !verdicts.error().retriable()) return verdicts;
    if (std::chrono::steady_clock::now() + pause > give_up) return verdicts;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
}

// One round: true if nothing is pending afterwards.
Result<bool> Uploader::send_pending() {
  std::vector<std::string_view> events;
  events.reserve(pending_.size());
  for (const auto& item : pending_) events.emplace_back(item.event);
  LEDGER_TRY(const auto verdicts, post(events));
  std::vector<Item> again;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    switch (verdicts[i].kind) {
      case Verdict::Kind::kRecorded:
        ++recorded_;
        if (verdicts[i].restated) changed_.push_back(pending_[i].where);
        last_position_ = verdicts[i].position;
        break;
      case Verdict::Kind::kKnown:
        ++known_;
        last_position_ = verdicts[i].position;
        break;
      case Verdict::Kind::kNotAttempted:
        again.push_back(std::move(pending_[i]));
        break;
      case Verdict::Kind::kConflict:
        if (options_.leaves_known) {
          left_.push_back(pending_[i].where);
          break;
        }
        [[fallthrough]];
      case Verdict::Kind::kRefused:
        refused_.push_back({pending_[i].where, verdicts[i].reason});
        break;
    }
  }
  pending_ = std::move(again);
  return pending_.empty();
}

}  // namespace ledger::cli
