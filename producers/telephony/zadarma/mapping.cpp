#include "producers/telephony/zadarma/mapping.h"

#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <utility>

#include "platform/base64.h"
#include "platform/hmac.h"
#include "platform/sha256.h"
#include "producers/telephony/pushed_call.h"
#include "producers/webhook/fields.h"

namespace ledger::zadarma {

namespace {

using telephony::OneCall;
using telephony::OutcomeWord;
using webhook::Fields;

constexpr std::string_view kEnd = "NOTIFY_END";
constexpr std::string_view kOutEnd = "NOTIFY_OUT_END";

constexpr std::array kOutcomes{
    OutcomeWord{"answered", CallOutcome::kAnswered},
    OutcomeWord{"busy", CallOutcome::kBusy},
    OutcomeWord{"cancel", CallOutcome::kCancelled},
    OutcomeWord{"no answer", CallOutcome::kMissed},
    OutcomeWord{"failed", CallOutcome::kFailed},
    OutcomeWord{"no money", CallOutcome::kFailed},
    OutcomeWord{"unallocated number", CallOutcome::kFailed},
    OutcomeWord{"no limit", CallOutcome::kFailed},
    OutcomeWord{"no day limit", CallOutcome::kFailed},
    OutcomeWord{"line limit", CallOutcome::kFailed},
    OutcomeWord{"no money, no limit", CallOutcome::kFailed},
};

std::string joined(const Fields& fields, std::initializer_list<std::string_view> names) {
  std::string text;
  for (const auto name : names) text += fields.find(name).value_or("");
  return text;
}

std::string signed_text(const Fields& fields, std::string_view event) {
  if (event.starts_with("NOTIFY_OUT")) {
    return joined(fields, {"internal", "destination", "call_start"});
  }
  if (event == "NOTIFY_ANSWER") return joined(fields, {"caller_id", "destination", "call_start"});
  if (event == "NOTIFY_RECORD") return joined(fields, {"pbx_call_id", "call_id_with_rec"});
  return joined(fields, {"caller_id", "called_did", "call_start"});
}

Result<OneCall> read_delivery(const http::Request& request, const Settings& settings) {
  LEDGER_TRY(const Fields fields, Fields::of(request));
  LEDGER_TRY(const std::string event, fields.text("event"));
  if (event != kEnd && event != kOutEnd) {
    return OneCall{std::nullopt, fmt::format("{} is not the end of a call", event)};
  }
  LEDGER_TRY(const std::string id, fields.text("pbx_call_id"));
  LEDGER_TRY(const std::string start, fields.text("call_start"));
  LEDGER_TRY(const std::string disposition, fields.text("disposition"));
  auto time = telephony::local_time(start, settings.zone);
  if (!time) return fail(time.error().code, time.error().message, "call_start");
  CallCompleted call;
  time->mark(call);
  LEDGER_TRY(call.call_id, CallId::parse(id));
  call.direction = event == kEnd ? CallDirection::kInbound : CallDirection::kOutbound;
  telephony::set_client_number(
      call, fields.find(event == kEnd ? "caller_id" : "destination").value_or(""));
  if (const auto extension = fields.find("internal")) {
    call.manager_extension = std::string(*extension);
  }
  LEDGER_TRY(call.duration_s, fields.integer("duration"));
  if (call.duration_s < 0) {
    return fail(ErrorCode::kOutOfRange, "a duration is not negative", "duration");
  }
  telephony::set_outcome(call, kOutcomes, disposition);
  if (call.outcome == CallOutcome::kAnswered) call.talk_s = call.duration_s;
  return OneCall{Submission{fmt::format("{}|{}", id, event),
                            settings.source,
                            time->instant,
                            {},
                            EventData(std::move(call))},
                 {}};
}

std::optional<http::Response> echo(const http::Request& request) {
  const auto wanted = request.parameter("zd_echo");
  if (!wanted) return std::nullopt;
  return http::Response{200, "text/plain; charset=utf-8", std::string(*wanted)};
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  return telephony::mapped_one(read_delivery(request, settings), request.body);
}

std::optional<std::string> forged(const http::Request& request, const Settings& settings) {
  if (request.parameter("zd_echo")) return std::nullopt;
  const auto fields = Fields::of(request);
  if (!fields) return "the delivery cannot be read, so its signature cannot be checked";
  const std::string text = signed_text(*fields, fields->find("event").value_or(""));
  const std::string right = base64_encode(to_hex(hmac_sha1(settings.api_secret, text)));
  if (equal_secrets(request.header("signature"), right)) return std::nullopt;
  return "the header Signature is not that of this account's API secret";
}

Webhook webhook(const Settings& settings) {
  Webhook webhook = telephony::webhook_of(
      "zadarma", settings.secret,
      [settings](const http::Request& request) { return read_delivery(request, settings); });
  webhook.forged = [settings](const http::Request& request) { return forged(request, settings); };
  webhook.answer = echo;
  return webhook;
}

}  // namespace ledger::zadarma
