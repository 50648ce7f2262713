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
using telephony::OutcomeWord;
using webhook::Fields;

constexpr std::array kOutcomes{
    OutcomeWord{"ANSWERED", CallOutcome::kAnswered},
    OutcomeWord{"PROPER", CallOutcome::kAnswered},
    OutcomeWord{"NO ANSWER", CallOutcome::kMissed},
    OutcomeWord{"CLIENT NO ANSWER", CallOutcome::kMissed},
    OutcomeWord{"VOICEMAIL", CallOutcome::kMissed},
    OutcomeWord{"BUSY", CallOutcome::kBusy},
    OutcomeWord{"FAILED", CallOutcome::kFailed},
    OutcomeWord{"CANCEL", CallOutcome::kCancelled},
};

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
  telephony::set_outcome(call, kOutcomes, disposition);
  if (call.outcome != CallOutcome::kAnswered) call.talk_s = 0;
  LEDGER_CHECK(call.validate());
  return OneCall{Submission{id, settings.source, *time, {}, EventData(std::move(call))}, {}};
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  return telephony::mapped_one(read_delivery(request, settings), request.body);
}

Webhook webhook(Settings settings) {
  const std::string secret = settings.secret;
  return telephony::webhook_of("ringostat", secret,
                               [settings = std::move(settings)](const http::Request& request) {
                                 return read_delivery(request, settings);
                               });
}

}  // namespace ledger::ringostat
