#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "consumers/runner/projector.h"
#include "events/json_codec.h"
#include "producers/webhook/webhook.h"
#include "tests/support/memory_log.h"

// Webhooks with the real door and quarantine over logs of vectors.
namespace ledger::testing {

// "plain" (a secret path), "asking" (forged, answer), "choosy" (refuse, a small body), "lines" and
// "strict" (no path; the latter never restates). One call for each line of a delivery; what it
// lacks, and what it is refused for, is told by its fields.
[[nodiscard]] std::vector<Webhook> webhooks();

class Hooks {
 public:
  Hooks()
      : views_(memory_view_store(1)),
        progress_(Frontier::start(1)),
        projector_(Projector::open(log, *views_, progress_).value()),
        door_({log, log, *views_, progress_, clock_, BusinessZone::named("Europe/Kyiv").value()},
              Frontier::start(1)),
        restating_({door_, log, *views_, progress_}),
        quarantine(kept, kept) {
    // What is acknowledged is folded: a second look waits for it.
    log.appended = [this] {
      while (!progress_.covers(log.end().value())) {
        if (!projector_->step(std::chrono::milliseconds(0))) return;
      }
    };
    ingest_ = std::make_unique<WebhookIngest>(
        WebhookIngest::Parts{door_, restating_, quarantine, clock_}, webhooks());
    ingest_->add_routes(router_);
  }

  http::Response send(http::Request request) {
    const auto match = router_.find(request.method, request.segments);
    if (match.handler == nullptr) return match.refusal;
    request.captures = match.captures;
    std::mutex mutex;
    std::condition_variable answered;
    std::optional<http::Response> answer;
    (*match.handler)(std::move(request), [&](http::Response response) {
      const std::lock_guard lock(mutex);
      answer = std::move(response);
      answered.notify_one();
    });
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return answer.has_value(); });
    return *answer;
  }
  http::Response plain(std::string body, const std::string& secret = "s3cret") {
    http::Request request;
    request.method = "POST";
    request.segments = {"v1", "hooks", "plain", secret};
    request.body = std::move(body);
    return send(std::move(request));
  }
  void now(std::string_view instant) { clock_.set(parse_timestamp(instant).value()); }
  [[nodiscard]] WebhookIngest& ingest() { return *ingest_; }
  // Ids, in the order of the log.
  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    auto cursor = log.cursor(Frontier::start(1)).value();
    const auto lines = cursor->poll(1000, 0, {}).value();
    for (const auto& stored : lines) {
      ids.push_back(JsonCodec().decode_line(stored.line)->id);
    }
    return ids;
  }
  [[nodiscard]] std::int64_t recorded() const { return log.end()->total(); }

  MemoryLog log{1};
  MemoryLog kept{1};

 private:
  FixedClock clock_{parse_timestamp("2026-11-25T08:00:00Z").value()};
  std::unique_ptr<ViewStore> views_;
  ViewProgress progress_;
  std::unique_ptr<Projector> projector_;
  AppendDoor door_;
  Restating restating_;

 public:
  Quarantine quarantine;

 private:
  std::unique_ptr<WebhookIngest> ingest_;
  http::Router router_;
};

}  // namespace ledger::testing
