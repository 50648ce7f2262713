#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "consumers/access/look_witness.h"
#include "consumers/access/principal.h"
#include "consumers/access/recording_gate.h"
#include "consumers/query/routes.h"
#include "consumers/reactors/erasure.h"
#include "consumers/runner/projector.h"
#include "events/privacy/memory_key_ring.h"
#include "events/privacy/opened_log.h"
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
  // `store`: what the views lie in; without one a store of maps. `ring`: by which texts of persons
  // are sealed; without one `log` holds lines as they read, for tests that look at them.
  explicit House(std::string_view now = "2026-11-25T15:00:00Z", std::int32_t partitions = 3,
                 std::unique_ptr<ViewStore> store = nullptr,
                 std::shared_ptr<privacy::KeyRing> ring = nullptr);

  // POST /v1/events with one structured event, as a sender writes it; folds what came in.
  http::Response post(const std::string& event);
  http::Response post_batch(const std::string& events);
  // POST of a body to another route; folds what came in.
  http::Response post_to(std::string_view path, const std::string& body);
  // POST /v1/events/restated; what goes in is folded at once, since the answer waits for it.
  http::Response post_restated(const std::string& event);
  http::Response post_restated_batch(const std::string& events);
  http::Response post_check(const std::string& events);  // a batch; nothing is recorded
  http::Response get(std::string_view path_and_query);
  [[nodiscard]] const http::Router& router() const { return router_; }
  // The route that a GET of it comes to.
  [[nodiscard]] std::string pattern_of(std::string_view path_and_query) const;
  // Folds everything that the log holds and the views do not show; who is erased in it is erased.
  void settle();
  void set_now(std::string_view now);
  // Who asks from now on; null, as at first: nobody is asked. What his role may not, the table of
  // routes refuses before the handler, as the guard does.
  void ask_as(std::shared_ptr<const Principal> principal) { asking_ = std::move(principal); }
  void ask_as(Principal principal) { ask_as(std::make_shared<Principal>(std::move(principal))); }
  void ask_as_nobody() { asking_ = nullptr; }
  // Who looked is not recorded from now on.
  void keep_no_looks() { router_.set_witness({}); }

  MemoryLog log;  // as it is stored
  std::shared_ptr<privacy::KeyRing> keys;
  privacy::OpenedLog opened;  // as it is folded
  FixedClock clock;
  std::unique_ptr<ViewStore> views;
  std::unique_ptr<ViewProgress> progress;
  std::unique_ptr<Projector> projector;

 private:
  http::Response call(http::Request request);
  http::Response restated(const std::string& body, const char* content_type);
  void erase_who_is_to_be();

  ErasureReactor eraser_;
  Frontier erased_up_to_;

  std::shared_ptr<const Principal> asking_;
  std::unique_ptr<AppendDoor> door_;
  std::unique_ptr<Restating> restating_;
  std::unique_ptr<RecordingGate> recording_;
  std::unique_ptr<LookWitness> looks_;
  std::unique_ptr<QueryContext> context_;
  http::Router router_;
};

// Every row of every view, "family key value" in hex-free bytes; equal strings are equal views.
[[nodiscard]] std::vector<std::string> all_rows(const ViewSnapshot& snapshot);

}  // namespace ledger::testing
