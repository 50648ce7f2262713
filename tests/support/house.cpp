#include "tests/support/house.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "consumers/access/policy.h"
#include "consumers/decisions/decisions.h"
#include "projections/store/kept.h"
#include "tests/support/answers.h"

namespace ledger::testing {

namespace {

BusinessZone kyiv() { return BusinessZone::named("Europe/Kyiv").value(); }

// "/v1/quotas?date=2026-11-25" as the server would hand it to a route.
http::Request request_of(std::string method, std::string_view target) {
  http::Request request;
  request.method = std::move(method);
  const std::size_t mark = target.find('?');
  std::string_view path = target.substr(1, mark == std::string_view::npos ? mark : mark - 1);
  for (;;) {
    const std::size_t slash = path.find('/');
    request.segments.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  std::string_view query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::size_t equals = pair.find('=');
    request.query.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
  }
  return request;
}

ActParty our_company() {
  ActParty company;
  company.name = "ТОВ «Гурт»";
  company.tax_code = TaxCode::parse("32855961").value();
  company.signatory = "Марія Левченко";
  company.post = "директор";
  company.authority = "статут";
  return company;
}

}  // namespace

House::House(std::string_view now, std::int32_t partitions, std::unique_ptr<ViewStore> store,
             std::shared_ptr<privacy::KeyRing> ring)
    : log(partitions),
      keys(ring ? ring : privacy::memory_key_ring()),
      opened(log, *keys),
      clock(parse_timestamp(now).value()),
      views(keeping_views(store ? std::move(store) : memory_view_store(partitions))),
      progress(std::make_unique<ViewProgress>(Frontier::start(partitions))),
      projector(Projector::open(opened, *views, *progress).value()),
      eraser_(*keys, *views, projector_families()),
      erased_up_to_(Frontier::start(partitions)),
      door_(std::make_unique<AppendDoor>(
          AppendDoor::Parts{log, opened, *views, *progress, clock, kyiv(), ring.get()},
          Frontier::start(partitions))),
      restating_(std::make_unique<Restating>(Restating::Parts{*door_, opened, *views, *progress})),
      recording_(std::make_unique<RecordingGate>(
          RecordingGate::Parts{*door_, opened, *views, *progress, clock, kyiv()})),
      looks_(
          std::make_unique<LookWitness>(LookWitness::Parts{*door_, *views, opened, clock, kyiv()})),
      context_(std::make_unique<QueryContext>(
          QueryContext{*views, *progress, opened, clock, kyiv(), our_company()})) {
  context_->stored_log = &log;
  add_events_api(router_, *door_, *restating_, recording_->authorise());
  add_query_routes(router_, *context_);
  add_decision_routes(router_, {*door_, *views, *progress, opened, clock, kyiv()});
  router_.set_witness(looks_->witness());
}

// The door may answer from its slow lane: the caller waits, with a deadline.
http::Response House::call(http::Request request) {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<http::Response> answer;
  auto match = router_.find(request.method, request.segments);
  if (match.handler == nullptr) return match.refusal;
  request.captures = std::move(match.captures);
  request.principal = asking_;
  if (asking_) {
    if (auto refused = policy::refusal(*asking_, match.method, match.pattern)) {
      return *std::move(refused);
    }
  }
  const http::Request asked = request;
  auto reply =
      router_.witnessed(request, match.method, match.pattern, [&](http::Response response) {
        const std::lock_guard lock(mutex);
        answer = std::move(response);
        answered.notify_one();
      });
  (*match.handler)(std::move(request), std::move(reply));
  std::unique_lock lock(mutex);
  if (!answered.wait_for(lock, std::chrono::seconds(20), [&] { return answer.has_value(); })) {
    throw std::runtime_error("no answer within 20 s");
  }
  keep_answer({match.pattern, asked}, *answer);
  return *std::move(answer);
}

http::Response House::post(const std::string& event) {
  auto request = request_of("POST", "/v1/events");
  request.headers.emplace_back("content-type", "application/cloudevents+json");
  request.body = event;
  auto response = call(std::move(request));
  settle();
  return response;
}

http::Response House::post_batch(const std::string& events) {
  auto request = request_of("POST", "/v1/events");
  request.headers.emplace_back("content-type", "application/cloudevents-batch+json");
  request.body = events;
  auto response = call(std::move(request));
  settle();
  return response;
}

http::Response House::post_to(std::string_view path, const std::string& body) {
  auto request = request_of("POST", path);
  request.headers.emplace_back("content-type", "application/json");
  request.body = body;
  auto response = call(std::move(request));
  settle();
  return response;
}

http::Response House::post_restated(const std::string& event) {
  return restated(event, "application/cloudevents+json");
}

http::Response House::post_restated_batch(const std::string& events) {
  return restated(events, "application/cloudevents-batch+json");
}

http::Response House::restated(const std::string& body, const char* content_type) {
  auto request = request_of("POST", "/v1/events/restated");
  request.headers.emplace_back("content-type", content_type);
  request.body = body;
  log.appended = [this] { settle(); };
  auto response = call(std::move(request));
  log.appended = nullptr;
  return response;
}

http::Response House::post_check(const std::string& events) {
  auto request = request_of("POST", "/v1/events/check");
  request.headers.emplace_back("content-type", "application/cloudevents-batch+json");
  request.body = events;
  return call(std::move(request));
}

http::Response House::get(std::string_view path_and_query) {
  auto response = call(request_of("GET", path_and_query));
  if (asking_) settle();  // who looked was recorded
  return response;
}

std::string House::pattern_of(std::string_view path_and_query) const {
  return std::string(router_.find("GET", request_of("GET", path_and_query).segments).pattern);
}

void House::settle() {
  const Frontier end = log.end().value();
  while (!progress->covers(end)) {
    const auto taken = projector->step(std::chrono::milliseconds(0));
    if (!taken) throw std::runtime_error(taken.error().message);
  }
  erase_who_is_to_be();
}

// As the reactor would, and until the views are made anew.
void House::erase_who_is_to_be() {
  const Frontier end = log.end().value();
  if (end == erased_up_to_) return;
  const auto cursor = opened.cursor(erased_up_to_).value();
  JsonCodec codec;
  const auto lines = cursor->poll(100'000, 1 << 30, std::chrono::milliseconds(0)).value();
  for (const auto& line : lines) {
    if (!eraser_.concerns(summary_of(line.line))) continue;
    const Sight sight{*views->current(), end, {}};
    (void)eraser_.react(codec.decode_line(line.line).value(), sight).value();
  }
  erased_up_to_ = end;
  for (auto times = keys->times().value(); times.destroyed != times.renewed;
       times = keys->times().value()) {
    if (const auto status = eraser_.settle_done(); !status) {
      throw std::runtime_error(status.error().message);
    }
    (void)projector->step(std::chrono::milliseconds(0)).value();
  }
}

void House::set_now(std::string_view now) { clock.set(parse_timestamp(now).value()); }

std::vector<std::string> all_rows(const ViewSnapshot& snapshot) {
  std::vector<std::string> rows;
  for (const auto& family : projector_families()) {
    const auto status =
        snapshot.scan(family, "", "", [&](std::string_view key, std::string_view value) {
          rows.push_back(family + '\t' + std::string(key) + '\t' + std::string(value));
          return true;
        });
    if (!status) throw std::runtime_error(status.error().message);
  }
  return rows;
}

}  // namespace ledger::testing
