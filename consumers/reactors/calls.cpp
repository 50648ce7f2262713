#include "consumers/reactors/calls.h"

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/call_leg.h"
#include "projections/call_legs/ids.h"
#include "projections/call_legs/rows.h"
#include "projections/seen/seen.h"
#include "projections/store/view_batch.h"

namespace ledger {

namespace {

using call_legs::CallRow;
using call_legs::Reading;

// A leg that an event put in, corrected or took out.
struct Touched {
  std::string source;
  std::string leg_event_id;
  std::vector<std::string> call_ids;  // two, where a correction moved it to another call
};

Status add_call(const RawJson& data, JsonCodec& codec, bool from_log, Touched& touched) {
  LEDGER_TRY(const auto read, codec.decode_data(CallLegCompleted::kName, data.text, from_log));
  const auto& call_id = read.get_if<CallLegCompleted>()->call_id.text();
  if (touched.call_ids.empty() || touched.call_ids.front() != call_id) {
    touched.call_ids.push_back(call_id);
  }
  return {};
}

Result<std::optional<Touched>> touched_by(const Event& event) {
  if (const auto* leg = event.data.get_if<CallLegCompleted>()) {
    return Touched{event.source, event.id, {leg->call_id.text()}};
  }
  JsonCodec codec;
  const auto* voided = event.data.get_if<EventVoided>();
  const auto* corrected = event.data.get_if<EventCorrected>();
  const auto& was = voided != nullptr ? voided->was : corrected->was;
  if (!was || was->type != CallLegCompleted::kName) return std::nullopt;
  Touched touched = voided != nullptr ? Touched{voided->target_source, voided->target_id, {}}
                                      : Touched{corrected->target_source, corrected->target_id, {}};
  LEDGER_CHECK(add_call(was->data, codec, /*from_log=*/true, touched));
  if (corrected != nullptr) {
    LEDGER_CHECK(add_call(corrected->data, codec, /*from_log=*/false, touched));
  }
  return touched;
}

bool same_place(const JoinedCall& left, const JoinedCall& right) {
  return left.started_at == right.started_at && left.call.client_phone == right.call.client_phone &&
         left.call.client_phone_raw == right.call.client_phone_raw;
}

// Walks through the readings of one call and says what each of them records.
class Call {
 public:
  Call(const CallRow& row, std::string source, const std::string& call_id)
      : readings_(row.readings), source_(std::move(source)), ids_(call_id) {}

  // Of the readings that this event made; in their order.
  Result<std::vector<Submission>> told_by(const std::string& leg_event_id, Timestamp recorded,
                                          const ViewSnapshot& views) {
    std::vector<Submission> told;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      auto submissions = tell(i);
      if (readings_[i].leg_event_id == leg_event_id && readings_[i].recorded == recorded) {
        LEDGER_TRY(const bool decided, decided_elsewhere(views));
        if (decided) return std::vector<Submission>();
        for (auto& submission : submissions) told.push_back(std::move(submission));
      }
    }
    return told;
  }

 private:
  struct Recorded {
    std::string id;
    std::string voided_by;  // the id of our own void, if the call has moved on since
  };

  std::vector<Submission> tell(std::size_t i) {
    const std::optional<JoinedCall> before = i == 0 ? std::nullopt : readings_[i - 1].call;
    const auto& now = readings_[i].call;
    if (before && now && same_place(*before, *now)) return {correction(i)};
    std::vector<Submission> told;
    if (before) told.push_back(take_back(i));
    if (now) {
      recorded_.push_back({ids_.of(i), {}});
      told.push_back({ids_.of(i), source_, now->started_at, std::nullopt, EventData(now->call)});
    }
    return told;
  }

  Submission correction(std::size_t i) const {
    EventCorrected corrected;
    corrected.target_source = source_;
    corrected.target_id = recorded_.back().id;
    corrected.reason = "calls.v1: by another leg of the call";
    corrected.data.text = data_json(EventData(readings_[i].call->call));
    return {ids_.of(i), source_, readings_[i].recorded, std::nullopt,
            EventData(std::move(corrected))};
  }

  Submission take_back(std::size_t i) {
    const std::string id = ids_.void_of(i);
    EventVoided voided;
    voided.target_source = source_;
    voided.target_id = recorded_.back().id;
    voided.reason = readings_[i].call ? "calls.v1: another leg of the call says when it started or "
                                        "with whom it was"
                                      : "calls.v1: its legs were taken back";
    recorded_.back().voided_by = id;
    return {id, source_, readings_[i].recorded, std::nullopt, EventData(std::move(voided))};
  }

  Result<bool> decided_elsewhere(const ViewSnapshot& views) const {
    for (const Recorded& recorded : recorded_) {
      LEDGER_TRY(const auto row, seen::find(views, source_, recorded.id));
      if (row && row->reading() == seen::Reading::kMatched) return true;
      if (row && row->reading() == seen::Reading::kCorrected) {
        LEDGER_TRY(const bool ours, is_ours(*row->amended_by, views));
        if (!ours) return true;
      }
      if (!row || row->reading() != seen::Reading::kVoided) continue;
      if (recorded.voided_by.empty()) return true;
      LEDGER_TRY(const auto ours, seen::find(views, source_, recorded.voided_by));
      if (!ours) return true;
    }
    return false;
  }

  // Whether the correction there is the rule's, of whichever reading.
  Result<bool> is_ours(const Position& correction, const ViewSnapshot& views) const {
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      LEDGER_TRY(const auto row, seen::find(views, source_, ids_.of(i)));
      if (row && row->position == correction) return true;
    }
    return false;
  }

  const std::vector<Reading>& readings_;
  std::string source_;
  call_legs::EventIds ids_;
  std::vector<Recorded> recorded_;  // by the readings told so far
};

}  // namespace

bool CallsReactor::concerns(const LineSummary& line) const {
  return line.type == CallLegCompleted::kName || line.type == EventVoided::kName ||
         line.type == EventCorrected::kName;
}

Result<std::vector<Submission>> CallsReactor::react(const Event& event, const Sight& sight) const {
  static const std::string family = family_of(call_legs::kName, call_legs::kVersion);
  std::vector<Submission> told;
  LEDGER_TRY(const auto touched, touched_by(event));
  if (!touched) return told;
  for (const std::string& call_id : touched->call_ids) {
    LEDGER_TRY(const auto row,
               read_row<CallRow>(sight.views, family, seen::key_of(touched->source, call_id)));
    if (!row) continue;
    Call call(*row, touched->source, call_id);
    LEDGER_TRY(auto said,
               call.told_by(touched->leg_event_id, event.stamps.recorded_time, sight.views));
    for (auto& submission : said) told.push_back(std::move(submission));
  }
  return told;
}

}  // namespace ledger
