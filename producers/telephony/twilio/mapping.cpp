#include "producers/telephony/twilio/mapping.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include "events/types/call_leg.h"
#include "platform/utf8.h"
#include "producers/telephony/pushed_call.h"
#include "producers/telephony/pushed_leg.h"
#include "producers/telephony/twilio/signature.h"
#include "producers/webhook/fields.h"

namespace ledger::twilio {

namespace {

using telephony::OneCall;
using telephony::Side;
using webhook::Fields;

constexpr std::string_view kAnonymousDigits = "+266696687";  // ANONYMOUS on a telephone's keys

// Of a leg that is over; nullopt: it goes on. An unknown word is not skipped: it may be a call's
// last, and a later one corrects it.
std::optional<CallOutcome> outcome_of(const std::string& status) {
  struct Word {
    std::string_view status;
    std::optional<CallOutcome> outcome;
  };
  static constexpr std::array kWords{
      Word{"completed", CallOutcome::kAnswered}, Word{"busy", CallOutcome::kBusy},
      Word{"no-answer", CallOutcome::kMissed},   Word{"failed", CallOutcome::kFailed},
      Word{"canceled", CallOutcome::kCancelled}, Word{"queued", std::nullopt},
      Word{"initiated", std::nullopt},           Word{"ringing", std::nullopt},
      Word{"in-progress", std::nullopt},         Word{"answered", std::nullopt},
  };
  for (const auto& word : kWords) {
    if (word.status == status) return word.outcome;
  }
  return CallOutcome::kUnknown;
}

// "Tue, 24 Nov 2026 08:00:00 +0000", RFC 1123 as Twilio writes it: always UTC.
Result<Timestamp> read_timestamp(const std::string& text) {
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto wrong = [&] {
    return fail(
        ErrorCode::kInvalidField,
        fmt::format("'{}' is not a time such as Tue, 24 Nov 2026 08:00:00 +0000", excerpt(text)),
        "Timestamp");
  };
  const bool shaped = text.size() >= 29 && text.substr(3, 2) == ", " && text[7] == ' ' &&
                      text[11] == ' ' && text[16] == ' ';
  const std::string zone = shaped ? text.substr(25) : "";
  if (zone != " +0000" && zone != " GMT") return wrong();
  const std::size_t month = kMonths.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return wrong();
  auto time = parse_timestamp(fmt::format("{}-{:02}-{}T{}Z", text.substr(12, 4), month / 3 + 1,
                                          text.substr(5, 2), text.substr(17, 8)));
  if (time) return time;
  if (time.error().code != ErrorCode::kOutOfRange) return wrong();
  return fail(ErrorCode::kOutOfRange, time.error().message, "Timestamp");
}

struct Party {
  std::string number;                    // empty: none that can be called back
  std::optional<std::string> extension;  // of the house's side
};

Party party_at(const Fields& fields, std::string_view name, const telephony::HouseNumbers& house) {
  const std::string_view text = fields.find(name).value_or("");
  for (const std::string_view scheme : {"client:", "sip:", "sips:"}) {
    if (!text.starts_with(scheme)) continue;
    std::string_view account = text.substr(scheme.size());
    if (scheme == "client:" && !account.empty()) return {{}, std::string(account)};
    account = account.substr(0, account.find_first_of("@;"));
    // A telephone dials, and a trunk brings, numbers of the world in the same form.
    const Side side = side_of(account, house);
    if (side == Side::kOutside || side == Side::kOwn) return {std::string(account), {}};
    if (!account.empty()) return {{}, std::string(account)};
  }
  return {text == kAnonymousDigits ? "anonymous" : std::string(text), {}};
}

void set_parties(const Fields& fields, const Settings& settings, CallLegCompleted& leg) {
  Party from = party_at(fields, "From", settings.house);
  Party to = party_at(fields, "To", settings.house);
  const auto sent = fields.find("Direction").value_or("");
  const auto tell = [&](std::optional<CallDirection> direction, const Party& client,
                        std::optional<std::string> extension) {
    leg.direction = direction;
    telephony::set_client_number(leg, client.number);
    leg.manager_extension = std::move(extension);
  };
  if (from.extension && to.extension) return tell(CallDirection::kInternal, {}, from.extension);
  if (from.extension) return tell(CallDirection::kOutbound, to, from.extension);
  // By the API the house rings its own manager first, and the client by another leg.
  if (sent == "outbound-api") return tell(CallDirection::kOutbound, to, to.extension);
  if (to.extension) return tell(CallDirection::kInbound, from, to.extension);
  if (sent == "inbound") return tell(CallDirection::kInbound, from, {});
  if (side_of(from.number, settings.house) == Side::kOwn) {
    return tell(CallDirection::kOutbound, to, {});
  }
  // From is a caller's number or one that the house shows: the parent leg knows.
  tell(std::nullopt, to, {});
}

bool is_machine(std::string_view answered_by) {
  return answered_by.starts_with("machine") || answered_by == "fax";
}

void set_talk(const Fields& fields, Timestamp started_at, CallLegCompleted& leg) {
  if (leg.outcome != CallOutcome::kAnswered) return;
  const auto answered_by = fields.find("AnsweredBy");
  if (answered_by && is_machine(*answered_by)) {
    leg.outcome = CallOutcome::kMissed;
    leg.outcome_raw = std::string(*answered_by);
    return;
  }
  leg.talk_s = leg.duration_s;
  leg.answered_at = started_at;
}

Result<OneCall> read_leg(const http::Request& request, const Settings& settings) {
  LEDGER_TRY(const Fields fields, Fields::of(request));
  LEDGER_TRY(const std::string sid, fields.text("CallSid"));
  LEDGER_TRY(const std::string status, fields.text("CallStatus"));
  const auto outcome = outcome_of(status);
  if (!outcome) return OneCall{std::nullopt, fmt::format("the leg is {}, not over", status)};
  LEDGER_TRY(const std::string timestamp, fields.text("Timestamp"));
  LEDGER_TRY(const Timestamp ended_at, read_timestamp(timestamp));
  CallLegCompleted leg;
  leg.outcome = *outcome;
  const bool unknown = leg.outcome == CallOutcome::kUnknown;
  if (unknown) leg.outcome_raw = status;
  if (leg.outcome == CallOutcome::kAnswered || (unknown && fields.find("CallDuration"))) {
    LEDGER_TRY(leg.duration_s, fields.integer("CallDuration"));
  }
  if (leg.duration_s < 0 || leg.duration_s > CallLegCompleted::kDurationMax) {
    return fail(ErrorCode::kOutOfRange, "is not from 0 to 30 days", "CallDuration");
  }
  const Timestamp started_at = ended_at - std::chrono::seconds(leg.duration_s);
  LEDGER_TRY(leg.call_id,
             CallId::parse(fields.find("ParentCallSid").value_or(std::string_view(sid))));
  LEDGER_TRY(leg.leg_id, LegId::parse(sid));
  set_parties(fields, settings, leg);
  set_talk(fields, started_at, leg);
  LEDGER_CHECK(leg.validate());
  return OneCall{
      Submission{sid + "|final", settings.source, started_at, {}, EventData(std::move(leg))}, {}};
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  return telephony::mapped_one(read_leg(request, settings), request.body);
}

Webhook webhook(Settings settings) {
  Webhook webhook;
  webhook.name = "twilio";
  webhook.forged = [url = settings.public_url, token = settings.auth_token](
                       const http::Request& request) -> std::optional<std::string> {
    if (is_signed(request, url, token)) return std::nullopt;
    return "X-Twilio-Signature does not fit the settings twilio-url and twilio-token";
  };
  webhook.map = [settings = std::move(settings)](const http::Request& request) {
    return map_delivery(request, settings);
  };
  // Where the address was given for a call's instructions too, this says: none.
  webhook.taken = {200, "text/xml", "<Response/>"};
  return webhook;
}

}  // namespace ledger::twilio
