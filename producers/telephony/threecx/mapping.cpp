#include "producers/telephony/threecx/mapping.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "platform/json_writer.h"
#include "producers/telephony/pushed_call.h"
#include "producers/webhook/fields.h"

namespace ledger::threecx {

namespace {

using telephony::OneCall;
using webhook::Fields;

struct Kind {
  std::string_view word;
  CallDirection direction;
  CallOutcome outcome;
};

Kind kind_of(std::string_view call_type) {
  static constexpr std::array kKinds{
      Kind{"Inbound", CallDirection::kInbound, CallOutcome::kAnswered},
      Kind{"Missed", CallDirection::kInbound, CallOutcome::kMissed},
      Kind{"Outbound", CallDirection::kOutbound, CallOutcome::kAnswered},
      Kind{"Notanswered", CallDirection::kOutbound, CallOutcome::kMissed},
  };
  for (const auto& kind : kKinds) {
    if (kind.word == call_type) return kind;
  }
  return {call_type, CallDirection::kInbound, CallOutcome::kUnknown};
}

// 3CX leaves a variable that it does not know as it stands in the template.
std::optional<std::string> filled(const Fields& fields, std::string_view name) {
  const auto value = fields.find(name);
  if (!value || (value->starts_with('[') && value->ends_with(']'))) return std::nullopt;
  return std::string(*value);
}

Result<std::string> required(const Fields& fields, std::string_view name) {
  if (auto value = filled(fields, name)) return *std::move(value);
  return fail(ErrorCode::kMissingField, "is required", std::string(name));
}

// "2026-11-24T08:00:00Z" as the template asks for, or without its T and Z.
Result<Timestamp> utc_time(std::string text) {
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (text.size() == 19) text += 'Z';
  auto time = parse_timestamp(text);
  if (!time) return fail(time.error().code, time.error().message, "start_utc");
  return time;
}

// Of a call that nobody answered the seconds say nothing; of one whose kind is unknown they may.
Status set_duration(const Fields& fields, CallCompleted& call) {
  const bool answered = call.outcome == CallOutcome::kAnswered;
  const bool may_say =
      call.outcome == CallOutcome::kUnknown && filled(fields, "duration_s").has_value();
  if (!answered && !may_say) return {};
  LEDGER_TRY(call.duration_s, fields.integer("duration_s"));
  if (call.duration_s < 0) {
    return fail(ErrorCode::kOutOfRange, "a duration is not negative", "duration_s");
  }
  if (answered) call.talk_s = call.duration_s;
  return {};
}

Result<OneCall> read_report(const http::Request& request, const Settings& settings) {
  if (settings.records_tell) return OneCall{std::nullopt, "the call records tell this call"};
  LEDGER_TRY(const Fields fields, Fields::of(request));
  LEDGER_TRY(const std::string call_type, required(fields, "call_type"));
  const Kind kind = kind_of(call_type);
  LEDGER_TRY(const std::string start, required(fields, "start_utc"));
  LEDGER_TRY(const Timestamp time, utc_time(start));
  const std::string number = filled(fields, "number").value_or("");  // empty: withheld
  const std::string agent = filled(fields, "agent").value_or("");
  CallCompleted call;
  const std::string id =
      fmt::format("{}|{}|{}|{}", agent, number, format_timestamp(time), call_type);
  LEDGER_TRY(call.call_id, CallId::parse(id));
  call.direction = kind.direction;
  call.outcome = kind.outcome;
  telephony::set_client_number(call, number);
  if (!agent.empty()) call.manager_extension = agent;
  LEDGER_CHECK(set_duration(fields, call));
  if (call.outcome == CallOutcome::kUnknown) call.outcome_raw = call_type;
  return OneCall{Submission{id, settings.source, time, {}, EventData(std::move(call))}, {}};
}

std::optional<http::Response> look_up(const http::Request& request, const Settings& settings) {
  if (request.method == "POST") return std::nullopt;
  const auto number = normalise_phone(request.parameter("number").value_or(""));
  const auto contact =
      number && settings.lookup ? settings.lookup(*number) : std::optional<Contact>();
  JsonWriter json;
  json.begin_object();
  json.key("contacts").begin_array();
  if (contact) {
    json.begin_object();
    json.member("id", contact->client_id);
    json.member("company", contact->name);
    json.member("phone", number->text());
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return http::Response{200, "application/json", json.take()};
}

}  // namespace

Mapped map_report(const http::Request& request, const Settings& settings) {
  return telephony::mapped_one(read_report(request, settings), request.body);
}

Webhook webhook(const Settings& settings) {
  Webhook webhook = telephony::webhook_of(
      "3cx", settings.secret,
      [settings](const http::Request& request) { return read_report(request, settings); });
  webhook.answer = [settings](const http::Request& request) { return look_up(request, settings); };
  return webhook;
}

}  // namespace ledger::threecx
