#include "consumers/ledgerd/application.h"

#include <fmt/format.h>

#include <filesystem>

#include "consumers/query/routes.h"
#include "consumers/reactors/allocation.h"
#include "consumers/reactors/arrival.h"
#include "consumers/reactors/calls.h"
#include "consumers/reactors/matching.h"
#include "consumers/reactors/notice.h"
#include "events/log/embedded_log.h"
#include "events/log/kafka_log.h"
#include "platform/limits.h"
#include "platform/logging.h"
#include "producers/http/events_api.h"
#include "producers/webhook/quarantine_api.h"
#include "projections/store/rocks_view_store.h"

namespace ledger {

namespace {

using std::chrono::milliseconds;

constexpr auto kPollWait = milliseconds(50);
constexpr auto kRetryPause = milliseconds(200);
constexpr std::size_t kCursorBufferBytes = 1024 * 1024;  // cursors are a few bytes

bool is_loopback(std::string_view listen) {
  return listen.starts_with("127.") || listen.starts_with("[::1]") ||
         listen.starts_with("localhost:");
}

Status check_closed(const std::string& listen, bool insecure, const std::string& setting) {
  if (listen.empty() || is_loopback(listen) || insecure) return {};
  return fail(ErrorCode::kMisconfigured,
              fmt::format("'{}' is reachable by others and nobody is asked who he is; listen on "
                          "127.0.0.1, or say --insecure if the network is closed",
                          listen),
              setting);
}

}  // namespace

Result<std::unique_ptr<Application>> Application::start(const ServerOptions& options) {
  LEDGER_CHECK(check_closed(options.listen, options.insecure, "listen"));
  LEDGER_CHECK(
      check_closed(options.webhooks.threecx_cdr_listen, options.insecure, "threecx-cdr-listen"));
  LEDGER_TRY(const auto zone, BusinessZone::named(options.zone));
  std::unique_ptr<Application> application(new Application(zone));
  LEDGER_CHECK(application->open_log(options));
  LEDGER_CHECK(application->open_views(options));
  LEDGER_CHECK(application->start_reactors(options));
  LEDGER_CHECK(application->open_quarantine(options));
  application->open_webhooks(options);
  LEDGER_CHECK(application->start_inbox(options));
  application->start_watch(options);
  LEDGER_CHECK(application->start_line_feed(options));
  LEDGER_CHECK(application->listen(options));
  return application;
}

Application::~Application() {
  server_.reset();
  line_feed_.reset();
  webhooks_.reset();
  watch_.reset();
  inbox_.reset();
  reactors_.clear();
  door_.reset();
  projecting_ = {};
  progress_.reset();
}

Status Application::open_log(const ServerOptions& options) {
  std::error_code created;
  std::filesystem::create_directories(options.data, created);
  if (created) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("the directory {} cannot be made: {}", options.data.string(),
                            created.message()),
                "data");
  }
  if (options.brokers.empty()) {
    log_kind_ = "embedded";
    LEDGER_TRY(auto opened, EmbeddedLog::open({options.data / "log", options.partitions}));
    const std::shared_ptr<EmbeddedLog> log = std::move(opened);
    writer_ = log;
    reader_ = log;
    return {};
  }
  log_kind_ = "kafka";
  KafkaLog::Options kafka;
  kafka.brokers = options.brokers;
  kafka.topic = options.topic;
  kafka.append_timeout = limits::kAppendTimeout;
  LEDGER_CHECK(check_topic(kafka));
  LEDGER_TRY(auto opened, KafkaLog::open(kafka));
  const std::shared_ptr<KafkaLog> log = std::move(opened);
  writer_ = log;
  reader_ = log;
  return {};
}

Status Application::open_views(const ServerOptions& options) {
  const std::int32_t partitions = reader_->partitions();
  LEDGER_TRY(views_,
             open_rocks_view_store(options.data / "views", projector_families(), partitions));
  LEDGER_TRY(const Frontier end, reader_->end());
  if (!end.covers(views_->current()->position())) {
    return fail(
        ErrorCode::kMisconfigured,
        fmt::format("the views in {} stand at {}, the log ends at {}: they belong to another "
                    "log, or the log has lost history; move the views away to rebuild them",
                    options.data.string(), to_string(views_->current()->position()),
                    to_string(end)),
        "data");
  }
  progress_ = std::make_unique<ViewProgress>(Frontier::start(partitions));
  LEDGER_TRY(projector_, Projector::open(*reader_, *views_, *progress_));
  projecting_ = std::jthread([this](const std::stop_token& stop) { project(stop); });
  door_ = std::make_unique<AppendDoor>(
      AppendDoor::Parts{*writer_, *reader_, *views_, *progress_, clock_, zone_}, end);
  restating_ = std::make_unique<Restating>(Restating::Parts{*door_, *reader_, *views_, *progress_});
  context_ =
      std::make_unique<QueryContext>(QueryContext{*views_, *progress_, *reader_, clock_, zone_});
  if (!options.company.name.empty()) context_->company = options.company;
  context_->silence_minutes = options.silence_minutes;
  return {};
}

// Their cursors lie apart from the views: moving those away to rebuild them must not make the rules
// act again.
Status Application::start_reactors(const ServerOptions& options) {
  std::vector<std::unique_ptr<Reactor>> rules;
  rules.push_back(std::make_unique<MatchingReactor>());
  rules.push_back(std::make_unique<AllocationReactor>(zone_));
  rules.push_back(std::make_unique<NoticeReactor>());
  rules.push_back(std::make_unique<ArrivalReactor>(zone_));
  rules.push_back(std::make_unique<CallsReactor>());
  std::vector<std::string> families;
  families.reserve(rules.size());
  for (const auto& rule : rules) families.push_back(reactor_family(rule->name()));
  LEDGER_TRY(cursors_, open_rocks_view_store(options.data / "reactors", families,
                                             reader_->partitions(), kCursorBufferBytes));
  for (auto& rule : rules) {
    LEDGER_TRY(auto runner,
               ReactorRunner::start(std::move(rule), {*reader_, *views_, *progress_, *door_,
                                                      *cursors_, clock_, zone_}));
    reactors_.push_back(std::move(runner));
  }
  return {};
}

void Application::start_watch(const ServerOptions& options) {
  watch_ = std::make_unique<SourceWatch>(
      SourceWatch::Parts{*views_, clock_, zone_, options.silence_minutes,
                         [this] { return !damaged_ && door_->ready(); }});
  watch_->start();
}

Status Application::listen(const ServerOptions& options) {
  add_events_api(router_, *door_, *restating_);
  add_query_routes(router_, *context_);
  add_status_routes();
  add_metrics();
  LEDGER_TRY(server_, http::Server::start(http::Server::defaults(options.listen), router_));
  listen_host_ = options.listen.substr(0, options.listen.rfind(':'));
  return {};
}

std::string Application::address() const {
  return fmt::format("http://{}:{}", listen_host_, server_->port());
}

void Application::project(const std::stop_token& stop) {
  bool away = false;
  std::mutex mutex;
  std::condition_variable_any pause;
  while (!stop.stop_requested()) {
    const auto taken = projector_->step(kPollWait);
    if (taken) {
      if (away) log::info("the projector goes on");
      away = false;
      continue;
    }
    if (taken.error().code == ErrorCode::kCorrupt) {
      damaged_ = true;
      log::error(
          "the history is damaged; the views stay where they are",
          {{"reason", taken.error().message}, {"position", to_string(progress_->reached())}});
      return;
    }
    if (!away) log::warning("the projector waits", {{"reason", taken.error().message}});
    away = true;
    std::unique_lock lock(mutex);
    pause.wait_for(lock, stop, kRetryPause, [] { return false; });
  }
}

}  // namespace ledger
