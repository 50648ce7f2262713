#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "consumers/access/access.h"
#include "consumers/access/look_witness.h"
#include "consumers/access/recording_gate.h"
#include "consumers/inbox/inbox_bridge.h"
#include "consumers/ledgerd/line_feed.h"
#include "consumers/ledgerd/options.h"
#include "consumers/query/context.h"
#include "consumers/query/warm_up.h"
#include "consumers/reactors/reactor_runner.h"
#include "consumers/runner/projector.h"
#include "consumers/stream/log_head.h"
#include "consumers/stream/stream_feed.h"
#include "consumers/watch/row_check.h"
#include "consumers/watch/source_watch.h"
#include "events/log/log_reader.h"
#include "events/log/log_writer.h"
#include "platform/clock.h"
#include "platform/http/server.h"
#include "platform/json_writer.h"
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
// waiting queries, one that asks what is slow at first, one that reads all rows once, one for all
// who listen, one for access, one that judges what people record, one that watches for silent
// sources, one for the inbox and one for lines over TCP if there are such, and those of the log.
class Application {
 public:
  // kMisconfigured: an address beyond loopback without --insecure, a topic that could lose history,
  // views that belong to another log. kUnavailable: Kafka does not answer.
  [[nodiscard]] static Result<std::unique_ptr<Application>> start(const ServerOptions& options);
  ~Application();

  [[nodiscard]] std::string address() const;
  // Every route that it answers.
  [[nodiscard]] const http::Router& router() const { return router_; }
  // Takes up what files of settings say anew: those of TLS.
  void reload() { server_->reload_tls(); }
  // Of the first start with --access on: where its administrator signs in, once.
  [[nodiscard]] std::optional<std::string> first_login() const;

 private:
  explicit Application(BusinessZone zone) : zone_(zone) {}
  [[nodiscard]] Status open_log(const ServerOptions& options);
  [[nodiscard]] Status open_keys(const ServerOptions& options);
  [[nodiscard]] Status open_views(const ServerOptions& options);
  [[nodiscard]] Status start_reactors(const ServerOptions& options);
  [[nodiscard]] Status open_quarantine(const ServerOptions& options);
  void open_webhooks(const ServerOptions& options);
  [[nodiscard]] Status start_line_feed(const ServerOptions& options);
  [[nodiscard]] Status start_inbox(const ServerOptions& options);
  void start_watch(const ServerOptions& options);
  [[nodiscard]] Status start_access(const ServerOptions& options);
  [[nodiscard]] Status record(const std::string& id, Timestamp at, const AccessChanged& what);
  [[nodiscard]] Status listen(const ServerOptions& options);
  void add_status_routes();
  [[nodiscard]] Status add_dashboard(const std::filesystem::path& directory);
  void add_metrics();
  void project(const std::stop_token& stop);
  // Why it takes no events, if so; nothing is waited for.
  struct Unready {
    std::string_view reason;  // as ledger_not_ready names it
    std::string detail;
  };
  [[nodiscard]] std::optional<Unready> unready() const;
  [[nodiscard]] http::Response ready() const;
  [[nodiscard]] http::Response status() const;
  void write_renewing(JsonWriter& json) const;
  void add_health_metrics();
  void add_renewal_metrics();
  void add_http_metrics();
  [[nodiscard]] http::Server::Counters server_counters() const;

  SystemClock clock_;
  BusinessZone zone_;
  std::string log_kind_;
  std::shared_ptr<LogWriter> writer_;
  std::shared_ptr<LogReader> stored_;  // the log's own bytes
  std::unique_ptr<privacy::KeyRing> keys_;
  std::unique_ptr<LogReader> reader_;  // with the texts of persons opened
  std::unique_ptr<ViewStore> views_;
  std::unique_ptr<ViewProgress> progress_;
  std::unique_ptr<Projector> projector_;
  enum class Damage { kNone, kLog, kViews };
  std::atomic<Damage> damage_ = Damage::kNone;  // what holds what cannot be; views stand still
  std::unique_ptr<stream::LogHead> head_;
  std::unique_ptr<AppendDoor> door_;
  std::unique_ptr<Restating> restating_;
  std::unique_ptr<RecordingGate> recording_;
  std::unique_ptr<LookWitness> looks_;
  std::unique_ptr<QueryContext> context_;
  std::unique_ptr<stream::StreamFeed> stream_;
  std::unique_ptr<access::Access> access_;  // null: nobody is asked
  std::unique_ptr<ViewStore> cursors_;      // of the reactors
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
  bool tls_ = false;
  std::unique_ptr<http::Server> server_;
  std::atomic<const http::Server*> serving_ = nullptr;  // null before it listens and when it ends
  std::unique_ptr<WarmUp> warm_up_;
  std::unique_ptr<RowCheck> row_check_;
};

}  // namespace ledger
