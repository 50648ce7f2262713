#include "consumers/ledger-telephony/connector.h"

#include <fmt/format.h>

#include <utility>

#include "consumers/client/connect.h"
#include "platform/logging.h"
#include "producers/telephony/asterisk/leg.h"

namespace ledger::edge {

namespace {

using namespace std::chrono_literals;

constexpr auto kFirstPause = 500ms;
constexpr auto kLongestPause = 30s;
constexpr auto kSaveEvery = 1s;
constexpr auto kCleanEvery = 60s;
constexpr auto kTellRefusedEvery = 10s;
constexpr int kIdleReadsAtEnd = 3;  // a rotated file is left at the second
constexpr std::size_t kFileChannel = 0;
constexpr std::size_t kSpoolChannel = 1;

using Reading = asterisk::SettlingCalls::Reading;

// Where reading of the spool begins: with its oldest part, where no place of it was saved yet. A
// place behind its end is of before it was emptied.
FilePlace spool_place(const std::filesystem::path& spool, const FilePlace& saved) {
  if (saved.inode == 0) {
    const auto parts = Spool::parts(spool);
    return parts.empty() ? FilePlace{} : FilePlace{Spool::inode_of(parts.front()), 0, {}};
  }
  std::error_code none;
  const auto size = std::filesystem::file_size(spool, none);
  const bool emptied = Spool::inode_of(spool) == saved.inode && !none && size < saved.offset;
  return emptied ? FilePlace{} : saved;
}

}  // namespace

Connector::Connector(const EdgeOptions& options, const Clock& clock, StateFolder folder,
                     http::Client client)
    : options_(options),
      clock_(clock),
      folder_(std::move(folder)),
      calls_({.settle = options.settle, .remember = options.remember}),
      delivery_(std::move(client), counters_,
                [this](const Refusal& refusal) { return refuse(refusal); }),
      pauses_(kFirstPause, kLongestPause),
      cleaned_at_(clock.now()) {}

Result<std::unique_ptr<Connector>> Connector::start(const EdgeOptions& options,
                                                    const Clock& clock) {
  LEDGER_CHECK(asterisk::check_settings(options.cdr));
  LEDGER_TRY(auto client, cli::connect(options.server));
  LEDGER_TRY(auto folder, StateFolder::open(options.state));
  LEDGER_TRY(State state, folder.load());
  std::unique_ptr<Connector> connector(
      new Connector(options, clock, std::move(folder), std::move(client)));
  LEDGER_CHECK(connector->open_sources(std::move(state)));
  return connector;
}

Status Connector::open_sources(State state) {
  calls_.restore(std::exchange(state.calls, {}));
  kept_ = state;
  CdrSource::Parts parts{calls_,
                         counters_,
                         [this](const Refusal& refusal) { return refuse(refusal); },
                         {},
                         [this] { return ++records_; }};
  const auto notes = [this](std::size_t channel) {
    return [this, channel](const std::string& key, std::string_view raw) {
      std::string& text = records_of_[key][channel];
      text += raw;
      if (!text.ends_with('\n')) text += '\n';
    };
  };
  if (!options_.cdr_file.empty()) {
    parts.note = notes(kFileChannel);
    const bool same = state.cdr_file == options_.cdr_file.string();
    file_.emplace(kFileChannel, options_.cdr_file, same ? std::move(state.file) : FilePlace{},
                  options_.cdr, parts);
  }
  const auto name = folder_.file("ami.csv");
  // What an earlier run took from the manager interface is delivered without it too.
  const bool left = std::filesystem::exists(name) || !Spool::parts(name).empty();
  if (options_.ami.address.empty() && !left) return {};
  LEDGER_TRY(spool_, Spool::open(name));
  parts.own = true;
  parts.note = notes(kSpoolChannel);
  spooled_.emplace(kSpoolChannel, name, spool_place(name, std::move(state.spool)),
                   spool_settings(options_.cdr), parts);
  if (options_.ami.address.empty()) return {};
  ami_ = std::make_unique<AmiClient>(options_.ami, *spool_, counters_);
  return {};
}

Status Connector::refuse(const Refusal& refusal) {
  const Timestamp now = clock_.now();
  LEDGER_CHECK(folder_.keep_refused(refusal, now));
  ++untold_;
  last_refused_ =
      fmt::format("{}: {} {}", refusal.where, refusal.error.field, refusal.error.message);
  if (refusals_.size() < kToldMax) refusals_.push_back(last_refused_);
  tell_refused(now);
  return {};
}

// A call that somebody has had, and of which nobody can say with whom: its records are kept.
Status Connector::refuse_call(const std::string& key, const std::string& reason) {
  const auto& records = records_of_[key];
  for (std::size_t channel = 0; channel < records.size(); ++channel) {
    if (records[channel].empty()) continue;
    LEDGER_CHECK(refuse({"call " + key,
                         records[channel],
                         {ErrorCode::kInvalidField, reason, "own_numbers"},
                         channel == kSpoolChannel}));
  }
  ++counters_.refused;
  return {};
}

// Of a call between extensions there is nothing to tell.
Status Connector::leave_out(const std::string& key, const std::string& reason) {
  if (reason == asterisk::kInternalCall) {
    ++counters_.skipped;
  } else {
    LEDGER_CHECK(refuse_call(key, reason));
  }
  calls_.done(key);
  records_of_.erase(key);
  return {};
}

// The first at once, many of them together: a file of errors must not fill the log as well.
void Connector::tell_refused(Timestamp now) {
  if (untold_ == 0) return;
  if (now - told_refused_at_ < kTellRefusedEvery && now >= told_refused_at_) return;
  told_refused_at_ = now;
  log::warning("refused, kept in refused.ndjson",
               {{"number", std::exchange(untold_, 0)}, {"last", last_refused_}});
}

// True if something was read. While a file cannot be read, the other one is.
bool Connector::read_sources(Timestamp now) {
  bool any = false;
  std::string trouble;
  for (auto* source : {&spooled_, &file_}) {
    if (!*source) continue;
    if (calls_.waiting() >= kWaitingCallsMax) {
      (*source)->watch();
      continue;
    }
    const auto read = (*source)->poll(now);
    if (!read) trouble = read.error().message;
    any = any || (read && *read);
  }
  if (!trouble.empty() && trouble != read_trouble_) {
    log::error("reading waits", {{"reason", trouble}});
  }
  read_trouble_ = std::move(trouble);
  if (ami_) {
    for (const auto& key : ami_->take_ended()) calls_.ended(key, now);
  }
  changed_ = changed_ || any;
  return any;
}

// True if something was settled.
Result<bool> Connector::deliver(Timestamp now, Reading reading) {
  // Not for longer than a pause lasts, should the clock be set back.
  if (now < next_attempt_ && next_attempt_ - now <= kLongestPause) return false;
  std::vector<Outgoing> events;
  std::vector<std::string> keys;
  bool any = false;
  for (std::string& key : calls_.settled(now, kBatchCalls, reading)) {
    const asterisk::Call& call = calls_.call(key);
    auto joined = asterisk::join(call, options_.cdr);
    if (auto* event = std::get_if<Submission>(&joined)) {
      const bool whole = calls_.delivered_before(key) || !call.lacks_beginning();
      events.push_back({std::move(*event), whole});
      keys.push_back(std::move(key));
      continue;
    }
    LEDGER_CHECK(leave_out(key, std::get<std::string>(joined)));
    any = true;
  }
  if (!events.empty()) {
    const std::size_t before = calls_.waiting();
    send(events, keys, now);
    any = any || calls_.waiting() < before;
  }
  changed_ = changed_ || any;
  return any;
}

// Says once why delivery waits, and when it is tried again.
void Connector::wait(const Error& why, Timestamp now) {
  ++counters_.failures;
  if (trouble_ != why.message) {
    trouble_ = why.message;
    log::warning("delivery waits",
                 {{"reason", trouble_}, {"calls", static_cast<std::int64_t>(calls_.waiting())}});
  }
  next_attempt_ = now + pauses_.next();
}

// A server that is away is no error here: it is tried again later.
void Connector::send(const std::vector<Outgoing>& events, const std::vector<std::string>& keys,
                     Timestamp now) {
  const auto outcome = delivery_.deliver(events, now);
  counters_.server_away = !outcome;
  if (!outcome) {
    wait(outcome.error(), now);
    return;
  }
  bool any = false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!outcome->settled[i]) continue;
    ++counters_.calls;
    calls_.done(keys[i]);
    records_of_.erase(keys[i]);
    any = true;
  }
  if (any || !outcome->trouble) pauses_.reset();
  if (outcome->trouble) {
    wait(*outcome->trouble, now);
  } else {
    if (!trouble_.empty()) log::info("delivery goes on");
    trouble_.clear();
  }
}

Status Connector::save() {
  State state = kept_;
  if (file_) {
    state.cdr_file = options_.cdr_file.string();
    state.file = file_->safe_place();
  }
  if (spooled_) state.spool = spooled_->safe_place();
  state.calls = calls_.remembered();
  LEDGER_CHECK(folder_.save(state));
  kept_.file = std::move(state.file);
  kept_.spool = std::move(state.spool);
  changed_ = false;
  return {};
}

Status Connector::save_sometimes(Timestamp now) {
  // Which file is read is written down before anything of it is delivered: by the next start it may
  // have another name.
  const bool another_file = file_ && file_->safe_place().inode != kept_.file.inode;
  if (another_file) return save();
  if (!changed_ || (now - saved_at_ < kSaveEvery && now >= saved_at_)) return {};
  saved_at_ = now;
  return save();
}

void Connector::keep_house(Timestamp now) {
  counters_.waiting = calls_.waiting();
  counters_.lag_bytes = lag_bytes();
  if (file_) counters_.rests_lost = file_->rests_lost();
  tell_refused(now);
  if (calls_.crowded()) calls_.forget_old(now);
  if (now - cleaned_at_ < kCleanEvery && now >= cleaned_at_) return;
  cleaned_at_ = now;
  calls_.forget_old(now);
  if (spool_) spool_->remove_before(kept_.spool.inode);
  if (!options_.once) tell_progress();
}

void Connector::tell_progress() const {
  const auto figure = [](const auto& counter) { return static_cast<std::int64_t>(counter); };
  log::info("at work", {{"lines", figure(counters_.lines)},
                        {"delivered", figure(counters_.delivered)},
                        {"known", figure(counters_.known)},
                        {"corrected", figure(counters_.corrected)},
                        {"refused", figure(counters_.refused)},
                        {"waiting", figure(counters_.waiting)},
                        {"lag_bytes", figure(counters_.lag_bytes)}});
}

Result<Connector::Step> Connector::step() {
  const Timestamp now = clock_.now();
  Step step;
  const bool read = read_sources(now);
  const bool looked = calls_.waiting() < kWaitingCallsMax && read_trouble_.empty();
  idle_reads_ = read || !looked ? 0 : idle_reads_ + 1;
  const bool at_end = idle_reads_ >= kIdleReadsAtEnd;
  LEDGER_CHECK(save_sometimes(now));
  const Reading reading = options_.once && at_end ? Reading::kOver
                          : read && looked        ? Reading::kGoesOn
                                                  : Reading::kAtEnd;
  LEDGER_TRY(const bool settled, deliver(now, reading));
  keep_house(now);
  step.busy = settled || (read && calls_.waiting() < kWaitingCallsMax);
  step.drained = options_.once && at_end && calls_.waiting() == 0;
  return step;
}

}  // namespace ledger::edge
