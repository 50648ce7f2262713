#include "producers/telephony/ringostat/mapping.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "producers/telephony/pushed_call.h"
#include "producers/webhook/fields.h"

namespace ledger::ringostat {

namespace {

using telephony::OneCall;
using webhook::Fields;

CallOutcome outcome_of(std::string_view disposition) {
  struct Word {
    std::string_view disposition;
    CallOutcome outcome;
  };
  static constexpr std::array kWords{
      Word{"ANSWERED", CallOutcome::kAnswered}, Word{"PROPER", CallOutcome::kAnswered},
      Word{"NO ANSWER", CallOutcome::kMissed},  Word{"CLIENT NO ANSWER", CallOutcome::kMissed},
      Word{"VOICEMAIL", CallOutcome::kMissed},  Word{"BUSY", CallOutcome::kBusy},
      Word{"FAILED", CallOutcome::kFailed},     Word{"CANCEL", CallOutcome::kCancelled},
  };
  for (const auto& word : kWords) {
    if (word.disposition == disposition) return word.outcome;
  }
  return CallOutcome::kUnknown;
}

Result<CallDirection> direction_of(const Fields& fields) {
  LEDGER_TRY(const std::string type, fields.text("call_type"));
  if (type == "in") return CallDirection::kInbound;
  if (type == "out") return CallDirection::kOutbound;
  return fail(ErrorCode::kInvalidField, fmt::format("'{}' is neither 'in' nor 'out'", type),
              "call_type");
}

std::string_view client_number_of(const Fields& fields, CallDirection direction) {
  if (direction == CallDirection::kOutbound) return fields.find("dst").value_or("");
  if (const auto number = fields.find("caller_number")) return *number;
  return fields.find("caller").value_or("");
}

Result<OneCall> read_delivery(const http::Request& request, const Settings& settings) {
  LEDGER_TRY(const Fields fields, Fields::of(request));
  LEDGER_TRY(const std::string id, fields.text("uniqueid"));
  LEDGER_TRY(const std::string disposition, fields.text("disposition"));
  if (disposition == "IN PROGRESS") return OneCall{std::nullopt, "the call is not over"};
  LEDGER_TRY(const std::string date, fields.text("calldate"));
  auto time = telephony::local_time(date, settings.zone);
  if (!time) return fail(time.error().code, time.error().message, "calldate");
  CallCompleted call;
  LEDGER_TRY(call.call_id, CallId::parse(id));
  LEDGER_TRY(call.direction, direction_of(fields));
  telephony::set_client_number_without_plus(call, client_number_of(fields, call.direction));
  if (const auto extension = fields.find("employee_number")) {
    call.manager_extension = std::string(*extension);
  }
  LEDGER_TRY(call.duration_s, fields.integer("duration"));
  LEDGER_TRY(call.talk_s, fields.integer("billsec", 0));
  call.outcome = outcome_of(disposition);
  if (call.outcome == CallOutcome::kUnknown) call.outcome_raw = disposition;
  if (call.outcome != CallOutcome::kAnswered) call.talk_s = 0;
  LEDGER_CHECK(call.validate());
  return OneCall{Submission{id, settings.source, *time, {}, EventData(std::move(call))}, {}};
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  return telephony::mapped_one(read_delivery(request, settings), request.body);
}

Webhook webhook(Settings settings) {
  Webhook webhook;
  webhook.name = "ringostat";
  webhook.secret = settings.secret;
  webhook.map = [settings = std::move(settings)](const http::Request& request) {
    return map_delivery(request, settings);
  };
  return webhook;
}

}  // namespace ledger::ringostat
