#include "consumers/ledger-telephony/delivery.h"

#include <fmt/format.h>

#include "events/types/amendment.h"
#include "platform/sha256.h"

namespace ledger::edge {

namespace {

constexpr std::size_t kIdHexDigits = 16;

using Kind = cli::Verdict::Kind;

// The server's clock is behind ours: the same call is no error later. One that lies ahead of ours
// too comes of a wrong clock or zone of the exchange, which waiting does not cure.
bool is_ahead(const Submission& call, const cli::Verdict& verdict, Timestamp now) {
  return verdict.kind == Kind::kRefused && verdict.field == "time" &&
         verdict.error == name_of(ErrorCode::kOutOfRange) && call.time <= now;
}

}  // namespace

Submission correction_of(const Outgoing& outgoing) {
  const Submission& call = outgoing.event;
  EventCorrected corrected;
  corrected.target_source = call.source;
  corrected.target_id = call.id;
  corrected.reason = "the exchange has written more of this call";
  corrected.data.text = data_json(call.data);
  const std::string digest = to_hex(sha256(body_of(call.time, call.data)));
  return {fmt::format("{}~{}.{}", call.id, outgoing.legs, digest.substr(0, kIdHexDigits)),
          call.source,
          call.time,
          {},
          EventData(std::move(corrected))};
}

Status Delivery::refuse(const Submission& call, const cli::Verdict& verdict) {
  const ErrorCode code =
      verdict.kind == Kind::kConflict ? ErrorCode::kConflict : ErrorCode::kInvalidField;
  LEDGER_CHECK(
      refuse_({"call " + call.id, encode_submission(call), {code, verdict.reason, verdict.field}}));
  ++counters_.refused;
  return {};
}

Status Delivery::correct(const Outgoing& call) {
  if (!call.whole) {
    return refuse(call.event, {Kind::kConflict,
                               {},
                               {},
                               "the ledger has this call with other data, and its first legs are "
                               "not known here any more: not corrected. `ledgerctl import "
                               "asterisk-cdr` shows what the whole files make of it"});
  }
  const std::string event = encode_submission(correction_of(call));
  LEDGER_TRY(const auto verdicts, cli::post_batch(client_, {event}));
  switch (verdicts.front().kind) {
    case Kind::kRecorded:
    case Kind::kKnown:
      ++counters_.corrected;
      return {};
    case Kind::kConflict:
    case Kind::kRefused:
    case Kind::kNotAttempted:
      // Voided or matched by a person since: what he decided stands.
      return refuse(call.event, verdicts.front());
  }
  return {};
}

// True if there is nothing more to do for the call.
Result<bool> Delivery::settle(const Outgoing& call, const cli::Verdict& verdict) {
  switch (verdict.kind) {
    case Kind::kRecorded:
      ++counters_.delivered;
      return true;
    case Kind::kKnown:
      if (call.changed) LEDGER_CHECK(correct(call));
      ++counters_.known;
      return true;
    case Kind::kConflict:
      LEDGER_CHECK(correct(call));
      return true;
    case Kind::kRefused:
      LEDGER_CHECK(refuse(call.event, verdict));
      return true;
    case Kind::kNotAttempted:
      return false;
  }
  return false;
}

Result<Delivery::Outcome> Delivery::deliver(const std::vector<Outgoing>& calls, Timestamp now) {
  std::vector<std::string> events;
  events.reserve(calls.size());
  for (const Outgoing& call : calls) events.push_back(encode_submission(call.event));
  LEDGER_TRY(const auto verdicts, cli::post_batch(client_, {events.begin(), events.end()}));
  Outcome outcome{std::vector<bool>(calls.size(), false), {}};
  std::optional<Error> ahead;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (is_ahead(calls[i].event, verdicts[i], now)) {
      ahead = Error{ErrorCode::kUnavailable, calls[i].event.id + ": " + verdicts[i].reason};
      continue;
    }
    // After a failure no other is tried: what was settled before it must not be lost to a pause.
    if (outcome.trouble) continue;
    auto settled = settle(calls[i], verdicts[i]);
    outcome.settled[i] = settled && *settled;
    if (!settled) outcome.trouble = std::move(settled).error();
  }
  if (ahead && !outcome.trouble) {
    deliver_others(calls, verdicts, now, outcome);
    outcome.trouble = std::move(ahead);
  }
  return outcome;
}

// What was not attempted because of calls that wait must not wait with them.
void Delivery::deliver_others(const std::vector<Outgoing>& calls,
                              const std::vector<cli::Verdict>& verdicts, Timestamp now,
                              Outcome& outcome) {
  std::vector<Outgoing> others;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (verdicts[i].kind != Kind::kNotAttempted) continue;
    others.push_back(calls[i]);
    places.push_back(i);
  }
  if (others.empty()) return;
  const auto delivered = deliver(others, now);
  if (!delivered) return;  // said again by the next attempt
  for (std::size_t i = 0; i < places.size(); ++i) {
    outcome.settled[places[i]] = delivered->settled[i];
  }
}

}  // namespace ledger::edge
