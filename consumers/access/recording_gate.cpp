#include "consumers/access/recording_gate.h"

#include <chrono>
#include <exception>

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/proposal.h"
#include "platform/limits.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

std::vector<Verdict> all(std::size_t count, const Error& error) {
  return std::vector<Verdict>(count, tl::unexpected(Refusal{error}));
}

Error unavailable(std::string why) { return {ErrorCode::kUnavailable, std::move(why)}; }

}  // namespace

RecordingGate::RecordingGate(Parts parts)
    : parts_(parts), thread_([this](const std::stop_token& stop) { run(stop); }) {}

RecordingGate::~RecordingGate() {
  thread_.request_stop();
  work_.notify_all();
  thread_.join();
  for (auto& [request, judged] : waiting_) {
    auto verdicts = all(request.events.size(), unavailable("the server is stopping; try again"));
    judged(std::move(request), std::move(verdicts));
  }
}

void RecordingGate::judge(RecordingRequest request, Judged judged) {
  std::vector<Verdict> verdicts;
  verdicts.reserve(request.events.size());
  for (const auto& event : request.events) {
    auto verdict = verdict_at_sight(*request.principal, event, request.way);
    if (!verdict) break;
    verdicts.push_back(*std::move(verdict));
  }
  if (verdicts.size() == request.events.size()) {
    return judged(std::move(request), std::move(verdicts));
  }
  if (request.way != WayIn::kAppend) {
    verdicts = look(request);
    return judged(std::move(request), std::move(verdicts));
  }
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < kWaitingMax) {
      waiting_.emplace_back(std::move(request), std::move(judged));
      work_.notify_one();
      return;
    }
  }
  verdicts =
      all(request.events.size(), unavailable("too many people record at the same time; try again"));
  judged(std::move(request), std::move(verdicts));
}

void RecordingGate::run(const std::stop_token& stop) {
  for (;;) {
    std::pair<RecordingRequest, Judged> next;
    {
      std::unique_lock lock(mutex_);
      work_.wait(lock, stop, [this] { return !waiting_.empty(); });
      if (stop.stop_requested()) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    auto verdicts = look(next.first);
    next.second(std::move(next.first), std::move(verdicts));
  }
}

std::vector<Verdict> RecordingGate::look(const RecordingRequest& request) const {
  try {
    auto verdicts = looked(request);
    return verdicts ? *std::move(verdicts) : all(request.events.size(), verdicts.error());
  } catch (const std::exception& problem) {
    return all(request.events.size(), unavailable(problem.what()));
  }
}

Result<std::vector<Verdict>> RecordingGate::looked(const RecordingRequest& request) const {
  const auto deadline = std::chrono::steady_clock::now() + limits::kIndexWait;
  if (!parts_.progress.wait(parts_.door.acknowledged(), deadline)) {
    return tl::unexpected(unavailable("the views are behind the log; try again"));
  }
  const auto snapshot = parts_.views.current();
  const Date today = parts_.zone.local_day(parts_.clock.now());
  LEDGER_TRY(auto scope, Scope::of(request.principal.get(), *snapshot, today, parts_.zone));
  Recording recording(*request.principal, scope, *snapshot, today, request.way);
  std::vector<Verdict> verdicts;
  verdicts.reserve(request.events.size());
  for (const auto& event : request.events) {
    LEDGER_TRY(const auto amended, amended_by(event.data, *snapshot));
    verdicts.push_back(recording.may(event, amended));
  }
  return verdicts;
}

Result<AmendedEvents> RecordingGate::amended_by(const EventData& data,
                                                const ViewSnapshot& snapshot) const {
  AmendedEvents amended;
  const auto read = [&](const auto& event) -> Status {
    LEDGER_TRY(amended.target, find(event.target_source, event.target_id, snapshot, false));
    if constexpr (requires { event.proposal_id; }) {
      if (!event.proposal_source || !event.proposal_id) return {};
      LEDGER_TRY(amended.proposal,
                 find(*event.proposal_source, *event.proposal_id, snapshot, true));
    }
    return {};
  };
  if (const auto* voided = data.get_if<EventVoided>()) LEDGER_CHECK(read(*voided));
  if (const auto* corrected = data.get_if<EventCorrected>()) LEDGER_CHECK(read(*corrected));
  if (const auto* proposed = data.get_if<CorrectionProposed>()) LEDGER_CHECK(read(*proposed));
  return amended;
}

// As its last correction reads it.
Status RecordingGate::read_corrected(Event& event, const Position& by) const {
  JsonCodec codec;
  LEDGER_TRY(const auto line, parts_.log.read(by));
  LEDGER_TRY(const auto amendment, codec.decode_line(line));
  const auto* corrected = amendment.data.get_if<EventCorrected>();
  if (corrected == nullptr) return fail(ErrorCode::kCorrupt, "a correction is not one any more");
  LEDGER_TRY(event.data, codec.decode_data(type_name(event.data), corrected->data.text,
                                           /*from_log=*/true));
  event.stamps.actor = corrected->actor;
  return {};
}

// `standing`: as it was told, and neither taken back nor corrected since. What was matched to a
// client is that client's.
Result<std::optional<Event>> RecordingGate::find(const std::string& source, const std::string& id,
                                                 const ViewSnapshot& snapshot,
                                                 bool standing) const {
  LEDGER_TRY(const auto row, seen::find(snapshot, source, id));
  if (!row || !row->position) return std::nullopt;
  if (standing && row->reading() != seen::Reading::kAsWritten) return std::nullopt;
  LEDGER_TRY(const auto line, parts_.log.read(*row->position));
  JsonCodec codec;
  LEDGER_TRY(auto event, codec.decode_line(line));
  if (row->reading() == seen::Reading::kCorrected) {
    LEDGER_CHECK(read_corrected(event, *row->amended_by));
  }
  if (row->reading() == seen::Reading::kMatched) {
    LEDGER_TRY(const auto match_line, parts_.log.read(row->matched_by.back()));
    LEDGER_TRY(const auto match, codec.decode_line(match_line));
    event.stamps.subject = match.stamps.subject;
  }
  return event;
}

}  // namespace ledger
