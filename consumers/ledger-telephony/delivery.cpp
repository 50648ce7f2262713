#include "consumers/ledger-telephony/delivery.h"

#include <utility>

namespace ledger::edge {

namespace {

constexpr const char* kForgottenLegs =
    "the ledger has this call with other data, and its first legs are not known here any more: not "
    "corrected. `ledgerctl import asterisk-cdr` shows what the whole files make of it";

using Kind = cli::Verdict::Kind;

// The server's clock is behind ours: the same call is no error later. One that lies ahead of ours
// too comes of a wrong clock or zone of the exchange, which waiting does not cure.
bool is_ahead(const Submission& call, const cli::Verdict& verdict, Timestamp now) {
  return verdict.kind == Kind::kRefused && verdict.field == "time" &&
         verdict.error == name_of(ErrorCode::kOutOfRange) && call.time <= now;
}

}  // namespace

Status Delivery::refuse(const Submission& call, const cli::Verdict& verdict) {
  const ErrorCode code =
      verdict.kind == Kind::kConflict ? ErrorCode::kConflict : ErrorCode::kInvalidField;
  LEDGER_CHECK(
      refuse_({"call " + call.id, encode_submission(call), {code, verdict.reason, verdict.field}}));
  ++counters_.refused;
  return {};
}

// True if there is nothing more to do for the call.
Result<bool> Delivery::settle(const Outgoing& call, const cli::Verdict& verdict) {
  switch (verdict.kind) {
    case Kind::kRecorded:
      ++(verdict.restated ? counters_.corrected : counters_.delivered);
      return true;
    case Kind::kKnown:
      ++counters_.known;
      return true;
    case Kind::kConflict:
      LEDGER_CHECK(refuse(call.event, call.whole
                                          ? verdict
                                          : cli::Verdict{Kind::kConflict, {}, {}, kForgottenLegs}));
      return true;
    case Kind::kRefused:
      LEDGER_CHECK(refuse(call.event, verdict));
      return true;
    case Kind::kNotAttempted:
      return false;
  }
  return false;
}

void Delivery::judge(const Outgoing& call, const cli::Verdict& verdict, Timestamp now,
                     Outcome& outcome, std::size_t place) {
  if (is_ahead(call.event, verdict, now)) {
    outcome.trouble = Error{ErrorCode::kUnavailable, call.event.id + ": " + verdict.reason};
    return;
  }
  auto settled = settle(call, verdict);
  outcome.settled[place] = settled && *settled;
  if (!settled) outcome.trouble = std::move(settled).error();
}

// Alone, so that what becomes of it is nothing to the others.
Status Delivery::deliver_part(const Outgoing& call, Timestamp now, Outcome& outcome,
                              std::size_t place) {
  const std::string event = encode_submission(call.event);
  LEDGER_TRY(const auto verdicts, cli::post_batch(client_, {event}));
  judge(call, verdicts.front(), now, outcome, place);
  return {};
}

Result<Delivery::Outcome> Delivery::deliver(const std::vector<Outgoing>& calls, Timestamp now) {
  std::vector<std::string> events;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (!calls[i].whole) continue;
    events.push_back(encode_submission(calls[i].event));
    places.push_back(i);
  }
  LEDGER_TRY(const auto verdicts,
             cli::post_batch(client_, {events.begin(), events.end()}, "/v1/events/restated"));
  Outcome outcome{std::vector<bool>(calls.size(), false), {}};
  for (std::size_t k = 0; k < places.size(); ++k) {
    judge(calls[places[k]], verdicts[k], now, outcome, places[k]);
  }
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (calls[i].whole) continue;
    auto delivered = deliver_part(calls[i], now, outcome, i);
    if (delivered) continue;
    // What was settled before it must not be lost to a pause.
    outcome.trouble = std::move(delivered).error();
    break;
  }
  return outcome;
}

}  // namespace ledger::edge
