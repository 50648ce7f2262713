#include "producers/telephony/binotel/mapping.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "producers/telephony/pushed_call.h"
#include "producers/webhook/fields.h"

namespace ledger::binotel {

namespace {

using telephony::OneCall;
using telephony::OutcomeWord;
using webhook::Fields;

constexpr std::array kOutcomes{
    OutcomeWord{"ANSWER", CallOutcome::kAnswered},
    OutcomeWord{"TRANSFER", CallOutcome::kAnswered},
    OutcomeWord{"SUCCESS", CallOutcome::kAnswered},
    OutcomeWord{"VM", CallOutcome::kMissed},
    OutcomeWord{"VM-SUCCESS", CallOutcome::kMissed},
    OutcomeWord{"NOANSWER", CallOutcome::kMissed},
    OutcomeWord{"BUSY", CallOutcome::kBusy},
    OutcomeWord{"CANCEL", CallOutcome::kCancelled},
    OutcomeWord{"CONGESTION", CallOutcome::kFailed},
    OutcomeWord{"CHANUNAVAIL", CallOutcome::kFailed},
    OutcomeWord{"FAILED", CallOutcome::kFailed},
};

// Of a call that is not over, or of a text message.
bool is_no_call(std::string_view disposition) {
  return disposition == "ONLINE" || disposition == "CALLING" || disposition.starts_with("SMS-");
}

Result<CallDirection> direction_of(const Fields& fields) {
  LEDGER_TRY(const std::int64_t type, fields.integer("callDetails.callType"));
  if (type == 0) return CallDirection::kInbound;
  if (type == 1) return CallDirection::kOutbound;
  return fail(ErrorCode::kInvalidField, fmt::format("{} is neither 0 (incoming) nor 1", type),
              "callDetails.callType");
}

Result<OneCall> read_call(const Fields& fields, const Settings& settings) {
  LEDGER_TRY(const std::string disposition, fields.text("callDetails.disposition"));
  if (is_no_call(disposition)) {
    return OneCall{std::nullopt, fmt::format("{} is no call that is over", disposition)};
  }
  LEDGER_TRY(const std::string company, fields.text("callDetails.companyID"));
  LEDGER_TRY(const std::string general_id, fields.text("callDetails.generalCallID"));
  LEDGER_TRY(const std::int64_t started, fields.integer("callDetails.startTime"));
  auto time = telephony::epoch_time(started);
  if (!time) return fail(time.error().code, time.error().message, "callDetails.startTime");
  LEDGER_TRY(const std::int64_t waited, fields.integer("callDetails.waitsec", 0));
  LEDGER_TRY(const std::int64_t billed, fields.integer("callDetails.billsec", 0));
  if (waited < 0 || billed < 0) {
    return fail(ErrorCode::kOutOfRange, "a duration is not negative",
                waited < 0 ? "callDetails.waitsec" : "callDetails.billsec");
  }
  CallCompleted call;
  LEDGER_TRY(call.call_id, CallId::parse(general_id));
  LEDGER_TRY(call.direction, direction_of(fields));
  telephony::set_client_number_without_plus(call,
                                            fields.find("callDetails.externalNumber").value_or(""));
  if (const auto extension = fields.find("callDetails.internalNumber")) {
    call.manager_extension = std::string(*extension);
  }
  call.duration_s = waited + billed;
  telephony::set_outcome(call, kOutcomes, disposition);
  if (call.outcome == CallOutcome::kAnswered) call.talk_s = billed;
  return OneCall{Submission{fmt::format("{}|{}", company, general_id),
                            settings.source,
                            *time,
                            {},
                            EventData(std::move(call))},
                 {}};
}

Result<OneCall> read_delivery(const http::Request& request, const Settings& settings) {
  LEDGER_TRY(const Fields fields, Fields::of(request));
  LEDGER_TRY(const std::string type, fields.text("requestType"));
  if (type != "apiCallCompleted") {
    return OneCall{std::nullopt, fmt::format("{} is about a call in progress", type)};
  }
  return read_call(fields, settings);
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  return telephony::mapped_one(read_delivery(request, settings), request.body);
}

Webhook webhook(Settings settings) {
  const std::string secret = settings.secret;
  Webhook webhook = telephony::webhook_of(
      "binotel", secret, [settings = std::move(settings)](const http::Request& request) {
        return read_delivery(request, settings);
      });
  webhook.taken.body = R"({"status":"success"})";
  return webhook;
}

}  // namespace ledger::binotel
