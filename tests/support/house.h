#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "consumers/query/routes.h"
#include "consumers/runner/projector.h"
#include "platform/clock.h"
#include "platform/http/router.h"
#include "producers/http/events_api.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"
#include "tests/support/memory_log.h"

namespace ledger::testing {

// The whole ledger in memory with a clock that stands still: the real door, folds and routes over a
// log of vectors and a store of maps. Calls are synchronous: the views are up to date afterwards.
class House {
 public:
  explicit House(std::string_view now = "2026-11-25T15:00:00Z", std::int32_t partitions = 3);

  // POST /v1/events with one structured event, as a sender writes it; folds what came in.
  http::Response post(const std::string& event);
  http::Response post_batch(const std::string& events);
  // POST /v1/events/restated; what goes in is folded at once, since the answer waits for it.
  http::Response post_restated(const std::string& event);
  http::Response post_restated_batch(const std::string& events);
  http::Response get(std::string_view path_and_query);
  [[nodiscard]] const http::Router& router() const { return router_; }
  // Folds everything that the log holds and the views do not show.
  void settle();
  void set_now(std::string_view now);

  MemoryLog log;
  FixedClock clock;
  std::unique_ptr<ViewStore> views;
  std::unique_ptr<ViewProgress> progress;
  std::unique_ptr<Projector> projector;

 private:
  http::Response call(http::Request request);
  http::Response restated(const std::string& body, const char* content_type);

  std::unique_ptr<AppendDoor> door_;
  std::unique_ptr<Restating> restating_;
  std::unique_ptr<QueryContext> context_;
  http::Router router_;
};

// Every row of every view, "family key value" in hex-free bytes; equal strings are equal views.
[[nodiscard]] std::vector<std::string> all_rows(const ViewSnapshot& snapshot);

}  // namespace ledger::testing
