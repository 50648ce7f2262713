#include "producers/telephony/ringostat/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
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

Result<OneCall> read_row(const Fields& fields, const Settings& settings) {
  LEDGER_TRY(const std::string id, fields.text("uniqueid"));
  LEDGER_TRY(const std::string disposition, fields.text("disposition"));
  if (disposition == "IN PROGRESS") return OneCall{std::nullopt, "the call is not over"};
  LEDGER_TRY(const std::string date, fields.text("calldate"));
  auto time = telephony::local_time(date, settings.zone);
  if (!time) return fail(time.error().code, time.error().message, "calldate");
  CallCompleted call;
  time->mark(call);
  LEDGER_TRY(call.call_id, CallId::parse(id));
  LEDGER_TRY(call.direction, direction_of(fields));
  telephony::set_client_number(call, client_number_of(fields, call.direction));
  if (const auto extension = fields.find("employee_number")) {
    call.manager_extension = std::string(*extension);
  }
  LEDGER_TRY(call.duration_s, fields.integer("duration"));
  LEDGER_TRY(call.talk_s, fields.integer("billsec", 0));
  telephony::set_outcome(call, kOutcomes, disposition);
  if (call.outcome != CallOutcome::kAnswered) call.talk_s = 0;
  LEDGER_CHECK(call.validate());
  return OneCall{Submission{id, settings.source, time->instant, {}, EventData(std::move(call))},
                 {}};
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  const auto rows = Fields::rows_of(request);
  if (!rows) return telephony::mapped_one(tl::unexpected(rows.error()), request.body);
  Mapped mapped;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto& row = (*rows)[i];
    auto one = row ? read_row(*row, settings) : Result<OneCall>(tl::unexpected(row.error()));
    if (!one && rows->size() > 1) one = tl::unexpected(webhook::within_row(i, one.error()));
    Mapped of_row = telephony::mapped_one(std::move(one), request.body);
    std::move(of_row.events.begin(), of_row.events.end(), std::back_inserter(mapped.events));
    std::move(of_row.skipped.begin(), of_row.skipped.end(), std::back_inserter(mapped.skipped));
    std::move(of_row.refused.begin(), of_row.refused.end(), std::back_inserter(mapped.refused));
  }
  return mapped;
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
