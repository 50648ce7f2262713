#include "consumers/ledgerd/application.h"

#include <fmt/format.h>

#include <filesystem>

#include "consumers/query/routes.h"
#include "consumers/reactors/allocation.h"
#include "consumers/reactors/arrival.h"
#include "consumers/reactors/matching.h"
#include "consumers/reactors/notice.h"
#include "events/log/embedded_log.h"
#include "events/log/kafka_log.h"
#include "platform/limits.h"
#include "platform/logging.h"
#include "producers/http/events_api.h"
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

}  // namespace

Result<std::unique_ptr<Application>> Application::start(const ServerOptions& options) {
  if (!is_loopback(options.listen) && !options.insecure) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("'{}' is reachable by others and nobody is asked who he is; listen on "
                            "127.0.0.1, or say --insecure if the network is closed",
                            options.listen),
                "listen");
  }
  LEDGER_TRY(const auto zone, BusinessZone::named(options.zone));
  std::unique_ptr<Application> application(new Application(zone));
  LEDGER_CHECK(application->open_log(options));
  LEDGER_CHECK(application->open_views(options));
  LEDGER_CHECK(application->start_reactors(options));
  LEDGER_CHECK(application->start_inbox(options));
  application->start_watch(options);
  LEDGER_CHECK(application->listen(options));
  return application;
}

Application::~Application() {
  server_.reset();
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

// Its offsets lie beside the log of which they tell what it has taken in.
Status Application::start_inbox(const ServerOptions& options) {
  if (options.inbox_topic.empty()) return {};
  const std::string& brokers =
      options.inbox_brokers.empty() ? options.brokers : options.inbox_brokers;
  if (brokers.empty()) {
    return fail(ErrorCode::kMisconfigured,
                "the inbox is read from Kafka: say --inbox-brokers, or --brokers", "inbox-brokers");
  }
  if (brokers == options.brokers && options.inbox_topic == options.topic) {
    return fail(ErrorCode::kMisconfigured, "the log's own topic is no inbox", "inbox-topic");
  }
  LEDGER_TRY(inbox_cursors_, open_rocks_view_store(options.data / "inbox",
                                                   {inbox::cursor_family(options.inbox_topic)}, 0,
                                                   kCursorBufferBytes));
  inbox_ = std::make_unique<inbox::InboxBridge>(
      kafka::TopicReader::Options{.brokers = brokers, .topic = options.inbox_topic},
      inbox::InboxBridge::Parts{*door_, *inbox_cursors_, &inbox::log_refused});
  return {};
}

void Application::start_watch(const ServerOptions& options) {
  watch_ = std::make_unique<SourceWatch>(
      SourceWatch::Parts{*views_, clock_, zone_, options.silence_minutes,
                         [this] { return !damaged_ && door_->ready(); }});
  watch_->start();
}

Status Application::listen(const ServerOptions& options) {
  add_events_api(router_, *door_);
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

http::Response Application::ready() const {
  if (damaged_) {
    return http::problem({ErrorCode::kUnavailable, "the log is damaged; see the server's log"});
  }
  if (!door_->ready()) {
    return http::problem({ErrorCode::kUnavailable, "the index is still catching up with the log"});
  }
  return {200, "application/json", R"({"ready":true})"};
}

http::Response Application::status() const {
  const auto end = reader_->end();
  const Frontier reached = progress_->reached();
  const auto projected = projector_->counters();
  JsonWriter json;
  json.begin_object();
  json.member("position", to_string(reached));
  json.member("log", log_kind_);
  json.member("partitions", reader_->partitions());
  if (end) {
    json.member("log_end", to_string(*end));
    json.member("lag_events", end->total() - reached.total());
  } else {
    json.member("log_error", end.error().message);
  }
  json.member("zone", zone_.name());
  json.member("ready", door_->ready() && !damaged_);
  json.member("parked_events", static_cast<std::int64_t>(projected.parked));
  json.member("duplicate_lines", static_cast<std::int64_t>(projected.duplicates));
  json.end_object();
  return {200, "application/json", json.take()};
}

void Application::add_status_routes() {
  using http::Request;
  using http::Response;
  using http::RunOn;
  const auto get = [this](std::string_view path, RunOn where,
                          std::function<Response(const Request&)> handler) {
    router_.add("GET", path, where, std::move(handler));
  };
  get("/healthz", RunOn::kInline,
      [](const Request&) { return Response{200, "application/json", R"({"alive":true})"}; });
  get("/readyz", RunOn::kInline, [this](const Request&) { return ready(); });
  get("/v1/status", RunOn::kWorker, [this](const Request&) { return status(); });
  get("/metrics", RunOn::kWorker, [this](const Request&) {
    return Response{200, "text/plain; version=0.0.4; charset=utf-8", metrics_.text()};
  });
}

void Application::add_metrics() {
  const auto ingest = [this](const char* result, std::uint64_t AppendDoor::Counters::* member) {
    metrics_.counter("ingest_events_total", "Events offered to the door, by what became of them.",
                     {{"result", result}},
                     [this, member] { return static_cast<double>(door_->counters().*member); });
  };
  ingest("accepted", &AppendDoor::Counters::accepted);
  ingest("duplicate", &AppendDoor::Counters::duplicates);
  ingest("refused", &AppendDoor::Counters::refused);
  ingest("failed", &AppendDoor::Counters::failed);
  const auto project = [this](const char* name, const char* help,
                              std::uint64_t Projector::Counters::* member) {
    metrics_.counter(name, help, {}, [this, member] {
      return static_cast<double>(projector_->counters().*member);
    });
  };
  project("projection_events_total", "Events folded since the start.",
          &Projector::Counters::events);
  project("projection_batches_total", "Commits of the projector.", &Projector::Counters::batches);
  project("projection_rows_written_total", "Rows written by those commits.",
          &Projector::Counters::rows_written);
  project("projection_parked_total", "Events parked since the start.",
          &Projector::Counters::parked);
  for (const auto& reactor : reactors_) {
    const auto react = [&](const char* name, const char* help,
                           std::uint64_t ReactorRunner::Counters::* member) {
      metrics_.counter(name, help, {{"reactor", std::string(reactor->name())}},
                       [runner = reactor.get(), member] {
                         return static_cast<double>(runner->counters().*member);
                       });
    };
    react("reactor_events_total", "Events that a rule has settled.",
          &ReactorRunner::Counters::events);
    react("reactor_recorded_total", "Events that a rule has recorded.",
          &ReactorRunner::Counters::recorded);
    react("reactor_refused_total", "What the door refused of them for good.",
          &ReactorRunner::Counters::refused);
  }
  add_source_metrics(metrics_, *watch_);
  if (inbox_) inbox::add_inbox_metrics(metrics_, *inbox_);
  metrics_.gauge(
      "projection_lag_events", "Events in the log that the views do not show yet.", {}, [this] {
        const auto end = reader_->end();
        return end ? static_cast<double>(end->total() - progress_->reached().total()) : -1.0;
      });
  metrics_.counter("http_requests_total", "Requests answered.", {},
                   [this] { return static_cast<double>(server_->counters().requests); });
  metrics_.counter("http_refused_total", "Requests refused as malformed or over a limit.", {},
                   [this] { return static_cast<double>(server_->counters().refused); });
  metrics_.gauge("http_connections_open", "Connections held.", {},
                 [this] { return static_cast<double>(server_->counters().connections_open); });
}

}  // namespace ledger
