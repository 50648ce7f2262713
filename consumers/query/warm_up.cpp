#include "consumers/query/warm_up.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "platform/background_thread.h"
#include "platform/logging.h"
#include "projections/directory/hires.h"

namespace ledger {

namespace {

using std::chrono::milliseconds;

constexpr auto kInterval = milliseconds(500);

using Query = std::vector<std::pair<std::string, std::string>>;
struct Question {
  std::vector<std::string> segments;
  Query query = {};
};

// Each makes what all pages and all who ask share, and the first page. Those that more people begin
// their day with come first.
Result<std::vector<Question>> questions(const ViewSnapshot& snapshot) {
  std::vector<Question> all{{{"v1", "quotas"}}, {{"v1", "obligations"}}};
  LEDGER_TRY(const auto staff, directory::staff(snapshot, std::nullopt));
  for (const auto& id : staff) {
    all.push_back({{"v1", "contact-plan"}, {{"manager", id.text()}}});
  }
  all.push_back({{"v1", "receivables"}});
  all.push_back({{"v1", "receivables"}, {{"by", "manager"}}});
  all.push_back({{"v1", "offer-checks"}});
  all.push_back({{"v1", "breaches"}});
  return all;
}

}  // namespace

void WarmUp::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    const std::stop_callback stopping(stop, [this] { stopping_ = true; });
    let_others_go_first();
    run(stop);
  });
}

void WarmUp::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any pause;
  while (!stop.stop_requested()) {
    if (look()) {
      log::info("the day's figures are at hand",
                {{"day", format_date(*ready_)}, {"milliseconds", last_micros_.load() / 1000}});
    }
    std::unique_lock lock(mutex);
    pause.wait_for(lock, stop, kInterval, [] { return false; });
  }
}

bool WarmUp::views_are_there() {
  if (!begin_) {
    auto end = parts_.log.end();
    if (!end) return false;
    begin_ = *std::move(end);
  }
  return parts_.progress.covers(*begin_);
}

bool WarmUp::look() {
  const Date today = parts_.zone.local_day(parts_.clock.now());
  const std::uint64_t renewed = parts_.views.renewals().number();
  if ((ready_ == today && renewed_ == renewed) || !views_are_there()) return false;
  const auto began = std::chrono::steady_clock::now();
  if (!ask_all()) return false;
  ready_ = today;
  renewed_ = renewed;
  last_micros_ = std::chrono::duration_cast<std::chrono::microseconds>(
                     std::chrono::steady_clock::now() - began)
                     .count();
  ++days_;
  return true;
}

bool WarmUp::ask_all() const try {
  const auto all = questions(*parts_.views.current());
  if (!all) return false;
  for (const auto& question : *all) {
    if (stopping_) return false;
    const auto match = parts_.router.find("GET", question.segments);
    if (match.handler == nullptr) continue;
    http::Request request;
    request.method = "GET";
    request.segments = question.segments;
    request.captures = match.captures;
    request.query = question.query;
    int status = 0;
    (*match.handler)(std::move(request),
                     [&status](const http::Response& answer) { status = answer.status; });
    if (status == 503) return false;
  }
  return true;
} catch (const std::exception& problem) {  // memory, most likely: who asks it is told
  log::warning("the day's figures could not be made ready", {{"reason", problem.what()}});
  return false;
}

}  // namespace ledger
