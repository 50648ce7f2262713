#include "consumers/ledger-bank/delivery.h"

#include <algorithm>
#include <string>

#include "events/types/amendment.h"

namespace ledger::pull {

namespace {

constexpr std::size_t kBatch = 200;

using Kind = cli::Verdict::Kind;

bool has_error(const cli::Verdict& verdict, ErrorCode code) {
  return verdict.error == name_of(code);
}

}  // namespace

Status Delivery::settle(const Submission& event, const cli::Verdict& verdict, Timestamp now) {
  const bool retraction = event.data.holds<EventVoided>();
  switch (verdict.kind) {
    case Kind::kRecorded:
      ++(retraction         ? counters_.taken_back
         : verdict.restated ? counters_.corrected
                            : counters_.delivered);
      return {};
    case Kind::kKnown:
      ++counters_.known;
      return {};
    case Kind::kNotAttempted:
      return fail(ErrorCode::kUnavailable, "the ledger left some events alone");
    case Kind::kConflict:
      return refuse_(event, {ErrorCode::kConflict, verdict.reason, verdict.field});
    case Kind::kRefused:
      break;
  }
  // It was reversed before it was ever told as posted.
  if (retraction && has_error(verdict, ErrorCode::kNotFound)) {
    ++counters_.left_out;
    return {};
  }
  // The ledger's clock is behind ours: it is no error later.
  const bool ahead = verdict.field == "time" && has_error(verdict, ErrorCode::kOutOfRange);
  if (ahead && event.time <= now) {
    return fail(ErrorCode::kUnavailable, event.id + ": " + verdict.reason);
  }
  return refuse_(event, {ErrorCode::kInvalidField, verdict.reason, verdict.field});
}

Status Delivery::deliver(const std::vector<Submission>& events, Timestamp now) {
  for (std::size_t begin = 0; begin < events.size(); begin += kBatch) {
    std::vector<std::string> batch;
    for (std::size_t i = begin; i < std::min(begin + kBatch, events.size()); ++i) {
      batch.push_back(encode_submission(events[i]));
    }
    LEDGER_TRY(const auto verdicts,
               cli::post_batch(client_, {batch.begin(), batch.end()}, "/v1/events/restated"));
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      LEDGER_CHECK(settle(events[begin + i], verdicts[i], now));
    }
  }
  return {};
}

}  // namespace ledger::pull
