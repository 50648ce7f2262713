#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "consumers/inbox/inbox_bridge.h"
#include "consumers/ledgerd/line_feed.h"
#include "consumers/ledgerd/options.h"
#include "consumers/query/context.h"
#include "consumers/reactors/reactor_runner.h"
#include "consumers/runner/projector.h"
#include "consumers/watch/source_watch.h"
#include "events/log/log_reader.h"
#include "events/log/log_writer.h"
#include "platform/clock.h"
#include "platform/http/server.h"
#include "platform/metrics.h"
#include "platform/result.h"
#include "producers/append/door.h"
#include "producers/quarantine/quarantine.h"
#include "producers/webhook/webhook.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"

namespace ledger {

// All of ledgerd but its command line: opens log and views, starts the projector, then listens.
// The destructor stops in the opposite order: no request is cut off by what it needs going away.
//
// Threads: the HTTP server's, the door's slow lane, one projector, one for each reactor, one for
// waiting queries, one that watches for silent sources, one for the inbox and one for lines over
// TCP if there are such, and those of the log.
class Application {
 public:
  // kMisconfigured: an address beyond loopback without --insecure, a topic that could lose history,
  // views that belong to another log. kUnavailable: Kafka does not answer.
  [[nodiscard]] static Result<std::unique_ptr<Application>> start(const ServerOptions& options);
  ~Application();

  [[nodiscard]] std::string address() const;

 private:
  explicit Application(BusinessZone zone) : zone_(zone) {}
  [[nodiscard]] Status open_log(const ServerOptions& options);
  [[nodiscard]] Status open_views(const ServerOptions& options);
  [[nodiscard]] Status start_reactors(const ServerOptions& options);
  [[nodiscard]] Status open_quarantine(const ServerOptions& options);
  void open_webhooks(const ServerOptions& options);
  [[nodiscard]] Status start_line_feed(const ServerOptions& options);
  [[nodiscard]] Status start_inbox(const ServerOptions& options);
  void start_watch(const ServerOptions& options);
  [[nodiscard]] Status listen(const ServerOptions& options);
  void add_status_routes();
  void add_metrics();
  void project(const std::stop_token& stop);
  [[nodiscard]] http::Response ready() const;
  [[nodiscard]] http::Response status() const;

  SystemClock clock_;
  BusinessZone zone_;
  std::string log_kind_;
  std::shared_ptr<LogWriter> writer_;
  std::shared_ptr<LogReader> reader_;
  std::unique_ptr<ViewStore> views_;
  std::unique_ptr<ViewProgress> progress_;
  std::unique_ptr<Projector> projector_;
  std::atomic<bool> damaged_ = false;  // the log holds what cannot be; views stand still
  std::unique_ptr<AppendDoor> door_;
  std::unique_ptr<Restating> restating_;
  std::unique_ptr<QueryContext> context_;
  std::unique_ptr<ViewStore> cursors_;  // of the reactors
  std::vector<std::unique_ptr<ReactorRunner>> reactors_;
  std::shared_ptr<LogWriter> quarantine_writer_;
  std::shared_ptr<LogReader> quarantine_reader_;
  std::unique_ptr<Quarantine> quarantine_;
  std::unique_ptr<WebhookIngest> webhooks_;
  std::unique_ptr<LineFeed> line_feed_;
  std::unique_ptr<SourceWatch> watch_;
  std::unique_ptr<ViewStore> inbox_cursors_;
  std::unique_ptr<inbox::InboxBridge> inbox_;
  Metrics metrics_;
  http::Router router_;
  std::jthread projecting_;
  std::string listen_host_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace ledger
