#include "consumers/ledger-telephony/delivery.h"

#include <fmt/format.h>

#include "events/types/amendment.h"
#include "platform/sha256.h"

namespace ledger::edge {

namespace {

constexpr std::size_t kIdHexDigits = 16;

using Kind = cli::Verdict::Kind;

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

Result<std::vector<bool>> Delivery::deliver(const std::vector<Outgoing>& calls) {
  std::vector<std::string> events;
  events.reserve(calls.size());
  for (const Outgoing& call : calls) events.push_back(encode_submission(call.event));
  LEDGER_TRY(const auto verdicts, cli::post_batch(client_, {events.begin(), events.end()}));
  std::vector<bool> settled(calls.size(), true);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    switch (verdicts[i].kind) {
      case Kind::kRecorded:
        ++counters_.delivered;
        break;
      case Kind::kKnown:
        ++counters_.known;
        if (calls[i].changed) LEDGER_CHECK(correct(calls[i]));
        break;
      case Kind::kConflict:
        LEDGER_CHECK(correct(calls[i]));
        break;
      case Kind::kRefused:
        LEDGER_CHECK(refuse(calls[i].event, verdicts[i]));
        break;
      case Kind::kNotAttempted:
        settled[i] = false;
        break;
    }
  }
  return settled;
}

}  // namespace ledger::edge
