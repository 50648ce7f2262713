#include "consumers/watch/source_watch.h"

#include "platform/limits.h"
#include "platform/logging.h"

namespace ledger {

namespace {

using sources::State;

constexpr auto kInterval = std::chrono::minutes(1);

void tell(const SourceWatch::Change& change) {
  if (change.now.state == State::kSilent) {
    log::warning("a source is silent",
                 {{"source", change.source},
                  {"silent_minutes", change.now.silent_minutes},
                  {"silent_after_minutes", change.now.silent_after.value_or(0)},
                  {"rule", sources::kRule}});
  } else {
    log::info("a source speaks again", {{"source", change.source}});
  }
}

}  // namespace

void SourceWatch::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Result<std::vector<SourceWatch::Change>> SourceWatch::look() {
  if (!parts_.is_current()) return std::vector<Change>{};
  const auto snapshot = parts_.views.current();
  const sources::Question question{parts_.clock.now(), parts_.silence_minutes};
  const Figures before = figures();
  Figures found;
  std::vector<Change> changes;
  std::string from;
  do {
    LEDGER_TRY(auto page,
               sources::sources(*snapshot, question, parts_.zone, from, limits::kPageItemsMax));
    for (auto& source : page.sources) {
      const State state = source.silence.state;
      const auto known = before.watched.find(source.name);
      const bool was_silent =
          known != before.watched.end() && known->second.state == State::kSilent;
      // After a long silence it is heard too seldom to be judged, but it is heard.
      if (was_silent && (state == State::kSpeaking || state == State::kRare)) {
        changes.push_back({source.name, source.silence});
      }
      if (state != State::kSpeaking && state != State::kSilent) continue;
      if (found.watched.size() == kWatchedMax) {
        ++found.beyond;
        continue;
      }
      if (!was_silent && state == State::kSilent) changes.push_back({source.name, source.silence});
      found.watched.emplace(std::move(source.name), source.silence);
    }
    from = page.next;
  } while (!from.empty());
  const std::lock_guard lock(mutex_);
  figures_ = std::move(found);
  return changes;
}

SourceWatch::Figures SourceWatch::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

// The first look is a minute after the start: senders that waited for the server speak first.
void SourceWatch::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any pause;
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex);
    if (pause.wait_for(lock, stop, kInterval, [] { return false; })) return;
    if (stop.stop_requested()) return;
    const auto changes = look();
    if (!changes) {
      log::warning("sources cannot be looked at", {{"reason", changes.error().message}});
      continue;
    }
    for (const auto& change : *changes) tell(change);
  }
}

void add_source_metrics(Metrics& metrics, const SourceWatch& watch) {
  using Series = std::vector<std::pair<Metrics::Labels, double>>;
  const auto each = [&watch](auto figure) {
    return [&watch, figure] {
      Series series;
      for (const auto& [source, silence] : watch.figures().watched) {
        series.push_back({{{"source", source}}, figure(silence)});
      }
      return series;
    };
  };
  metrics.gauges("ledger_source_silent",
                 "1 if the source has been silent for unusually long, else 0.",
                 each([](const sources::Silence& silence) {
                   return silence.state == State::kSilent ? 1.0 : 0.0;
                 }));
  metrics.gauges("ledger_source_silent_minutes", "Working minutes since the source was heard last.",
                 each([](const sources::Silence& silence) {
                   return static_cast<double>(silence.silent_minutes);
                 }));
  metrics.gauge("ledger_sources_beyond_limit",
                "Sources that are heard often but have no figures of their own.", {},
                [&watch] { return static_cast<double>(watch.figures().beyond); });
}

}  // namespace ledger
