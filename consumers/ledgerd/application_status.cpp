// What operations are told: health, status, metrics.
#include "consumers/ledgerd/application.h"
#include "platform/json_writer.h"

namespace ledger {

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
