#include "consumers/ledgerd/application.h"

#include <fmt/format.h>

#include <filesystem>

#include "consumers/decisions/decisions.h"
#include "consumers/ledgerd/body_bounds.h"
#include "consumers/ledgerd/closed.h"
#include "consumers/query/routes.h"
#include "consumers/reactors/allocation.h"
#include "consumers/reactors/arrival.h"
#include "consumers/reactors/calls.h"
#include "consumers/reactors/erasure.h"
#include "consumers/reactors/matching.h"
#include "consumers/reactors/notice.h"
#include "consumers/stream/stream_route.h"
#include "events/log/embedded_log.h"
#include "events/log/kafka_log.h"
#include "events/privacy/opened_log.h"
#include "events/privacy/rocks_key_ring.h"
#include "platform/http/static_files.h"
#include "platform/limits.h"
#include "platform/logging.h"
#include "producers/http/events_api.h"
#include "producers/webhook/quarantine_api.h"
#include "projections/store/kept.h"
#include "projections/store/rocks_view_store.h"

namespace ledger {

namespace {

using std::chrono::milliseconds;

constexpr auto kPollWait = milliseconds(50);
constexpr auto kRetryPause = milliseconds(200);
constexpr std::size_t kCursorBufferBytes = 1024 * 1024;  // cursors are a few bytes

}  // namespace

Result<std::unique_ptr<Application>> Application::start(const ServerOptions& options) {
  LEDGER_CHECK(check_closed(options));
  LEDGER_TRY(const auto zone, BusinessZone::named(options.zone));
  std::unique_ptr<Application> application(new Application(zone));
  LEDGER_CHECK(application->open_log(options));
  LEDGER_CHECK(application->open_keys(options));
  LEDGER_CHECK(application->open_views(options));
  LEDGER_CHECK(application->start_reactors(options));
  LEDGER_CHECK(application->open_quarantine(options));
  application->open_webhooks(options);
  LEDGER_CHECK(application->start_inbox(options));
  application->start_watch(options);
  LEDGER_CHECK(application->start_line_feed(options));
  LEDGER_CHECK(application->start_access(options));
  LEDGER_CHECK(application->listen(options));
  if (application->access_) LEDGER_CHECK(application->access_->begin());
  return application;
}

Application::~Application() {
  serving_ = nullptr;
  server_.reset();
  if (progress_) progress_->end_waiting();
  warm_up_.reset();
  row_check_.reset();
  stream_.reset();
  access_.reset();
  line_feed_.reset();
  webhooks_.reset();
  watch_.reset();
  inbox_.reset();
  reactors_.clear();
  recording_.reset();
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
    stored_ = log;
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
  stored_ = log;
  return {};
}

Status Application::open_keys(const ServerOptions& options) {
  const auto& ring = options.keys;
  const auto& wrapping = options.key_encryption_key;
  LEDGER_TRY(keys_, privacy::open_rocks_key_ring(
                        {ring.empty() ? options.data / "keys" : ring,
                         wrapping.empty() ? options.data / "keys.kek" : wrapping}));
  reader_ = std::make_unique<privacy::OpenedLog>(*stored_, *keys_);
  return {};
}

Status Application::open_views(const ServerOptions& options) {
  const std::int32_t partitions = reader_->partitions();
  LEDGER_TRY(auto store, open_rocks_view_store(options.data / "views", projector_families(),
                                               partitions, {.shapes = projector_shapes()}));
  views_ = keeping_views(std::move(store));
  progress_ = std::make_unique<ViewProgress>(Frontier::start(partitions));
  LEDGER_TRY(projector_, Projector::open(*reader_, *views_, *progress_));
  // Somebody was erased and the process ended meanwhile: nothing of him is shown until it is done.
  LEDGER_TRY(const auto times, keys_->times());
  if (times.destroyed != times.renewed) {
    for (const auto& family : projector_families()) {
      views_->renewals().ask(family, RenewalCause::kErased);
    }
  }
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
  head_ = std::make_unique<stream::LogHead>(*reader_);
  head_->start();
  projecting_ = std::jthread([this](const std::stop_token& stop) { project(stop); });
  door_ = std::make_unique<AppendDoor>(
      AppendDoor::Parts{*writer_, *reader_, *views_, *progress_, clock_, zone_, keys_.get()}, end);
  restating_ = std::make_unique<Restating>(Restating::Parts{*door_, *reader_, *views_, *progress_});
  recording_ = std::make_unique<RecordingGate>(
      RecordingGate::Parts{*door_, *reader_, *views_, *progress_, clock_, zone_});
  looks_ =
      std::make_unique<LookWitness>(LookWitness::Parts{*door_, *views_, *reader_, clock_, zone_});
  context_ =
      std::make_unique<QueryContext>(QueryContext{*views_, *progress_, *reader_, clock_, zone_});
  if (!options.company.name.empty()) context_->company = options.company;
  context_->silence_minutes = options.silence_minutes;
  context_->stored_log = stored_.get();
  stream_ = std::make_unique<stream::StreamFeed>(
      stream::StreamFeed::Parts{*reader_, *views_, *progress_, clock_, zone_});
  stream_->start();
  return {};
}

Status Application::add_dashboard(const std::filesystem::path& directory) {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto beside = program.parent_path().parent_path() / "dashboard" / "dist";
  const bool found = !directory.empty() || std::filesystem::exists(beside / "index.html", ignored);
  if (!found) return {};
  auto files = http::StaticFiles::read(directory.empty() ? beside : directory);
  if (!files) return fail(files.error().code, files.error().message, "dashboard");
  files->add_routes(router_, "v1");
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
  rules.push_back(std::make_unique<ErasureReactor>(*keys_, *views_, projector_families()));
  std::vector<std::string> families;
  families.reserve(rules.size());
  for (const auto& rule : rules) families.push_back(reactor_family(rule->name()));
  LEDGER_TRY(cursors_,
             open_rocks_view_store(options.data / "reactors", families, reader_->partitions(),
                                   {.write_buffer_bytes = kCursorBufferBytes}));
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
                         [this] { return damage_ == Damage::kNone && door_->ready(); }});
  watch_->start();
}

Status Application::listen(const ServerOptions& options) {
  add_events_api(router_, *door_, *restating_, recording_->authorise());
  add_query_routes(router_, *context_);
  add_stream_route(router_, *stream_, access_ ? access_->serving() : stream::Serving());
  add_decision_routes(router_, {*door_, *views_, *progress_, *reader_, clock_, zone_});
  router_.set_witness(looks_->witness());
  add_status_routes();
  add_metrics();
  LEDGER_CHECK(add_dashboard(options.dashboard));
  auto server = http::Server::defaults(options.listen);
  server.tls = options.tls;
  server.trusted_proxies = options.trusted_proxies;
  server.body_bytes_max = body_bytes_max;
  LEDGER_TRY(server_, http::Server::start(std::move(server), router_));
  serving_ = server_.get();
  warm_up_ = std::make_unique<WarmUp>(
      WarmUp::Parts{router_, *views_, *progress_, *reader_, clock_, zone_});
  warm_up_->start();
  row_check_ = std::make_unique<RowCheck>(*views_);
  row_check_->start();
  tls_ = options.tls.has_value();
  listen_host_ = options.listen.substr(0, options.listen.rfind(':'));
  return {};
}

std::string Application::address() const {
  return fmt::format("{}://{}:{}", tls_ ? "https" : "http", listen_host_, server_->port());
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
      damage_ = projector_->log_is_damaged() ? Damage::kLog : Damage::kViews;
      log::error(
          damage_ == Damage::kLog ? "the history is damaged; the views stay where they are"
                                  : "the views are damaged and stay where they are",
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
