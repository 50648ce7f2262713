// What operations are told: health, status, metrics.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "consumers/ledgerd/application.h"
#include "consumers/ledgerd/description.h"
#include "consumers/runner/parking.h"
#include "consumers/watch/statement_metrics.h"
#include "platform/http/known.h"
#include "platform/json_writer.h"

namespace ledger {

namespace {

// Who asks how things stand does not wait for a log that is away.
constexpr auto kHeadPatience = std::chrono::milliseconds(1500);

}  // namespace

std::optional<Application::Unready> Application::unready() const {
  switch (damage_.load()) {
    case Damage::kNone:
      break;
    case Damage::kLog:
      return Unready{"log_damaged", "the log is damaged; see the server's log"};
    case Damage::kViews:
      return Unready{"views_damaged", "the views are damaged; see the server's log"};
  }
  if (const auto renewing = views_->renewals().aside(); !renewing.empty()) {
    std::vector<std::string> families;
    for (const auto& view : renewing) families.push_back(view.family);
    return Unready{"views_renewing", fmt::format("made anew from the log: {}; all else is answered",
                                                 fmt::join(families, ", "))};
  }
  if (!door_->ready()) {
    return Unready{"catching_up", "the index is still catching up with the log"};
  }
  if (const auto head = head_->last(); head.error) {
    return Unready{"log_away", "the log is away: " + head.error->message};
  }
  return std::nullopt;
}

http::Response Application::ready() const {
  if (auto why = unready()) {
    return http::problem({ErrorCode::kUnavailable, std::move(why->detail)});
  }
  return {200, "application/json", R"({"ready":true})"};
}

// Views that nobody reads until they stand where the others do, and how far they have come.
void Application::write_renewing(JsonWriter& json) const {
  const auto renewing = views_->renewals().aside();
  if (renewing.empty()) return;
  json.key("renewing").begin_array();
  for (const auto& view : renewing) {
    json.begin_object();
    json.member("view", view.family);
    json.member("cause", name_of(view.cause));
    if (!view.detail.empty()) json.member("detail", view.detail);
    const auto come = views_->progress(view.family, reader_->partitions());
    if (come) json.member("position", to_string(*come));
    json.end_object();
  }
  json.end_array();
}

http::Response Application::status() const {
  const auto head = head_->known(kHeadPatience);
  const Frontier reached = progress_->reached();
  const auto parked = count_parked(*views_->current());
  JsonWriter json;
  json.begin_object();
  json.member("position", to_string(reached));
  json.member("log", log_kind_);
  json.member("partitions", reader_->partitions());
  if (head.end) {
    json.member("log_end", to_string(*head.end));
    // The views may be further by now than the log said last.
    json.member("lag_events", std::max<std::int64_t>(head.end->total() - reached.total(), 0));
  }
  if (!head.is_of_now) {
    if (head.end) {
      json.member("log_end_age_s", std::chrono::ceil<std::chrono::seconds>(head.age).count());
    }
    if (head.error) json.member("log_error", head.error->message);
  }
  json.member("zone", zone_.name());
  // By which days are stamped from now on; each line says by which its own was.
  if (const auto& version = zone_.data_version()) json.member("tzversion", *version);
  json.member("ready", !unready());
  if (parked) {
    json.member("parked_events", static_cast<std::int64_t>(parked->failed + parked->waiting));
  }
  write_renewing(json);
  json.member("duplicate_lines", static_cast<std::int64_t>(projector_->counters().duplicates));
  json.end_object();
  http::Response response{200, "application/json", json.take()};
  response.headers.emplace_back("Link", R"(</v1/openapi.yaml>; rel="service-desc")");  // RFC 8631
  return response;
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
  get("/v1/status", RunOn::kWorker, [this](const Request& request) {
    const auto known = http::check_known(request, {});
    return known ? status() : http::problem(known.error());
  });
  get("/v1/openapi.yaml", RunOn::kInline, [](const Request&) {
    return Response{200, "application/yaml", std::string(api_description())};
  });
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
  stream::add_stream_metrics(metrics_, *stream_);
  add_source_metrics(metrics_, *watch_);
  add_statement_metrics(metrics_, *views_);
  if (inbox_) inbox::add_inbox_metrics(metrics_, *inbox_);
  add_health_metrics();
  add_http_metrics();
}

void Application::add_health_metrics() {
  metrics_.gauge("projection_lag_events",
                 "Events in the log that the views do not show yet; -1: the log is away.", {},
                 [this] {
                   const auto head = head_->known(kHeadPatience);
                   if (!head.end || head.error) return -1.0;
                   // The views may be further by now than the log said last.
                   const auto lag = head.end->total() - progress_->reached().total();
                   return static_cast<double>(std::max<std::int64_t>(lag, 0));
                 });
  metrics_.gauges("ledger_log_end_age_seconds",
                  "How old that is what is known of the log's end; none before it was told.",
                  [this] {
                    std::vector<std::pair<Metrics::Labels, double>> series;
                    const auto head = head_->last();
                    if (head.end)
                      series.push_back({{}, static_cast<double>(head.age.count()) / 1e3});
                    return series;
                  });
  metrics_.gauges(
      "projection_parked_events",
      "Events that are not in the views: that could not be folded, and that wait behind "
      "such a one.",
      [this] {
        std::vector<std::pair<Metrics::Labels, double>> series;
        const auto parked = count_parked(*views_->current());
        if (!parked) return series;
        series.push_back({{{"state", "failed"}}, static_cast<double>(parked->failed)});
        series.push_back({{{"state", "waiting"}}, static_cast<double>(parked->waiting)});
        return series;
      });
  for (const char* reason :
       {"log_damaged", "views_damaged", "views_renewing", "catching_up", "log_away"}) {
    metrics_.gauge("ledger_not_ready", "1: it takes no events, for that reason, as /readyz says.",
                   {{"reason", reason}}, [this, reason] {
                     const auto why = unready();
                     return why && why->reason == reason ? 1.0 : 0.0;
                   });
  }
  const auto damaged = [this](const char* part, Damage which) {
    metrics_.gauge("ledger_damaged", "1: that part was found damaged, and the views stand still.",
                   {{"part", part}}, [this, which] { return damage_ == which ? 1.0 : 0.0; });
  };
  add_renewal_metrics();
  damaged("log", Damage::kLog);
  damaged("views", Damage::kViews);
}

void Application::add_renewal_metrics() {
  metrics_.counter(
      "projection_views_unreadable_total",
      "Views of which a row could not be read, and that were made anew from the log for "
      "it, since the start.",
      {}, [this] { return static_cast<double>(projector_->counters().unreadable); });
  metrics_.gauges(
      "projection_view_renewing",
      "1: the view is being made anew from the log, and nobody reads it; none else.", [this] {
        std::vector<std::pair<Metrics::Labels, double>> series;
        for (const auto& view : views_->renewals().aside()) {
          series.push_back(
              {{{"view", view.family}, {"cause", std::string(name_of(view.cause))}}, 1.0});
        }
        return series;
      });
}

// Asked by requests of the server itself, the first of which may come before it is known here.
http::Server::Counters Application::server_counters() const {
  const auto* serving = serving_.load();
  return serving == nullptr ? http::Server::Counters{} : serving->counters();
}

void Application::add_http_metrics() {
  metrics_.counter("http_requests_total", "Requests answered.", {},
                   [this] { return static_cast<double>(server_counters().requests); });
  metrics_.counter("http_refused_total", "Requests refused as malformed or over a limit.", {},
                   [this] { return static_cast<double>(server_counters().refused); });
  metrics_.gauges("ledger_tls_certificate_ends_seconds",
                  "When the certificate in use ends, in seconds since 1970; none without TLS.",
                  [this] {
                    std::vector<std::pair<Metrics::Labels, double>> series;
                    const auto* serving = serving_.load();
                    if (const auto ends = serving ? serving->certificate_ends() : std::nullopt) {
                      series.push_back({{}, static_cast<double>(*ends)});
                    }
                    return series;
                  });
  metrics_.gauge("http_connections_open", "Connections held.", {},
                 [this] { return static_cast<double>(server_counters().connections_open); });
  const auto timed_out = [this](const char* kind, http::Server::Awaited what) {
    metrics_.counter("ledger_http_timed_out_total",
                     "Requests given up because the client took too long, by what it was given the "
                     "time for.",
                     {{"kind", kind}}, [this, what] {
                       return static_cast<double>(server_counters().timed_out_at(what));
                     });
  };
  timed_out("handshake", http::Server::Awaited::kHandshake);
  timed_out("header", http::Server::Awaited::kHeader);
  timed_out("body", http::Server::Awaited::kBody);
  timed_out("answer", http::Server::Awaited::kAnswerTaken);
}

}  // namespace ledger
