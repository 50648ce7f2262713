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
using webhook::Fields;

// What became of a call by Binotel's word; nullopt: it is not over, or not a call.
std::optional<CallOutcome> outcome_of(std::string_view disposition) {
  struct Word {
    std::string_view disposition;
    std::optional<CallOutcome> outcome;
  };
  static constexpr std::array kWords{
      Word{"ANSWER", CallOutcome::kAnswered},
      Word{"TRANSFER", CallOutcome::kAnswered},
      Word{"SUCCESS", CallOutcome::kAnswered},
      Word{"VM", CallOutcome::kMissed},
      Word{"VM-SUCCESS", CallOutcome::kMissed},
      Word{"NOANSWER", CallOutcome::kMissed},
      Word{"BUSY", CallOutcome::kBusy},
      Word{"CANCEL", CallOutcome::kCancelled},
      Word{"CONGESTION", CallOutcome::kFailed},
      Word{"CHANUNAVAIL", CallOutcome::kFailed},
      Word{"FAILED", CallOutcome::kFailed},
      Word{"ONLINE", std::nullopt},
      Word{"CALLING", std::nullopt},
      Word{"SMS-SENDING", std::nullopt},
      Word{"SMS-SUCCESS", std::nullopt},
      Word{"SMS-FAILED", std::nullopt},
  };
  for (const auto& word : kWords) {
    if (word.disposition == disposition) return word.outcome;
  }
  return CallOutcome::kUnknown;
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
  const auto outcome = outcome_of(disposition);
  if (!outcome)
    return OneCall{std::nullopt, fmt::format("{} is no call that is over", disposition)};
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
  call.talk_s = *outcome == CallOutcome::kAnswered ? billed : 0;
  call.outcome = *outcome;
  if (*outcome == CallOutcome::kUnknown) call.outcome_raw = disposition;
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
  Webhook webhook;
  webhook.name = "binotel";
  webhook.secret = settings.secret;
  webhook.map = [settings = std::move(settings)](const http::Request& request) {
    return map_delivery(request, settings);
  };
  webhook.taken.body = R"({"status":"success"})";
  return webhook;
}

}  // namespace ledger::binotel
