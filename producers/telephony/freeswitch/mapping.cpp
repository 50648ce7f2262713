#include "producers/telephony/freeswitch/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include "events/types/call_leg.h"
#include "producers/telephony/freeswitch/cdr.h"
#include "producers/telephony/freeswitch/parties.h"
#include "producers/telephony/pushed_call.h"
#include "producers/telephony/pushed_leg.h"
#include "producers/webhook/credentials.h"

namespace ledger::freeswitch {

namespace {

using telephony::OneCall;

// Of a leg that was not answered.
CallOutcome outcome_of(std::string_view hangup_cause) {
  struct Word {
    std::string_view cause;
    CallOutcome outcome;
  };
  static constexpr std::array kWords{
      Word{"NO_ANSWER", CallOutcome::kMissed},
      Word{"NO_USER_RESPONSE", CallOutcome::kMissed},
      Word{"PROGRESS_TIMEOUT", CallOutcome::kMissed},
      Word{"ALLOTTED_TIMEOUT", CallOutcome::kMissed},
      Word{"SUBSCRIBER_ABSENT", CallOutcome::kMissed},
      Word{"NORMAL_CLEARING", CallOutcome::kMissed},
      Word{"USER_BUSY", CallOutcome::kBusy},
      Word{"CALL_REJECTED", CallOutcome::kBusy},
      Word{"ORIGINATOR_CANCEL", CallOutcome::kCancelled},
      Word{"LOSE_RACE", CallOutcome::kCancelled},
      Word{"PICKED_OFF", CallOutcome::kCancelled},
      Word{"UNALLOCATED_NUMBER", CallOutcome::kFailed},
      Word{"NO_ROUTE_DESTINATION", CallOutcome::kFailed},
      Word{"NO_ROUTE_TRANSIT_NET", CallOutcome::kFailed},
      Word{"INVALID_NUMBER_FORMAT", CallOutcome::kFailed},
      Word{"INVALID_GATEWAY", CallOutcome::kFailed},
      Word{"GATEWAY_DOWN", CallOutcome::kFailed},
      Word{"DESTINATION_OUT_OF_ORDER", CallOutcome::kFailed},
      Word{"NETWORK_OUT_OF_ORDER", CallOutcome::kFailed},
      Word{"NORMAL_TEMPORARY_FAILURE", CallOutcome::kFailed},
      Word{"NORMAL_CIRCUIT_CONGESTION", CallOutcome::kFailed},
      Word{"SWITCH_CONGESTION", CallOutcome::kFailed},
      Word{"USER_NOT_REGISTERED", CallOutcome::kFailed},
      Word{"INCOMPATIBLE_DESTINATION", CallOutcome::kFailed},
      Word{"BEARERCAPABILITY_NOTAUTH", CallOutcome::kFailed},
      Word{"OUTGOING_CALL_BARRED", CallOutcome::kFailed},
      Word{"RECOVERY_ON_TIMER_EXPIRE", CallOutcome::kFailed},
      Word{"SERVICE_UNAVAILABLE", CallOutcome::kFailed},
  };
  for (const auto& word : kWords) {
    if (word.cause == hangup_cause) return word.outcome;
  }
  return CallOutcome::kUnknown;
}

tl::unexpected<Error> wrong(std::string_view name, std::string message) {
  return fail(ErrorCode::kInvalidField, std::move(message), std::string(name));
}

Result<Timestamp> instant(const std::string& name, std::int64_t seconds) {
  auto time = telephony::epoch_time(seconds);
  if (!time) return fail(time.error().code, time.error().message, name);
  return time;
}

struct Times {
  Timestamp started_at;
  std::optional<Timestamp> answered_at;
  std::int64_t duration_s = 0;
  std::int64_t talk_s = 0;
};

Result<Times> read_times(const Cdr& cdr) {
  LEDGER_TRY(const std::int64_t start, cdr.integer("variables.start_epoch"));
  LEDGER_TRY(const std::int64_t answer, cdr.integer("variables.answer_epoch", 0));
  LEDGER_TRY(const std::int64_t end, cdr.integer("variables.end_epoch", 0));
  Times times;
  LEDGER_TRY(times.duration_s, cdr.integer("variables.duration"));
  LEDGER_TRY(times.talk_s, cdr.integer("variables.billsec", 0));
  LEDGER_TRY(times.started_at, instant("variables.start_epoch", start));
  if (times.duration_s < 0 || times.talk_s < 0) {
    return fail(ErrorCode::kOutOfRange, "a duration is not negative",
                times.duration_s < 0 ? "variables.duration" : "variables.billsec");
  }
  if (end != 0 && end < start) return wrong("variables.end_epoch", "the leg ends before it starts");
  if (times.talk_s > times.duration_s) {
    return wrong("variables.billsec", "the talk cannot be longer than the leg");
  }
  if (answer == 0) {
    if (times.talk_s == 0) return times;
    return wrong("variables.billsec",
                 "there was a talk, and answer_epoch says there was no answer");
  }
  if (answer < start || (end != 0 && answer > end)) {
    return wrong("variables.answer_epoch", "is not between start_epoch and end_epoch");
  }
  LEDGER_TRY(times.answered_at, instant("variables.answer_epoch", answer));
  return times;
}

Result<std::string> own_uuid(const Cdr& cdr, std::optional<std::string_view> asked) {
  LEDGER_TRY(std::string uuid, cdr.text("variables.uuid"));
  if (!asked) return uuid;
  if (asked->starts_with("a_")) asked->remove_prefix(2);
  if (*asked == uuid) return uuid;
  return wrong("uuid", "in the address is another than in the record");
}

// The leg that the call began with. A leg that a queue (mod_callcenter) made for its agent has no
// originator and names itself as its call; the caller's leg stands in a variable of the queue.
Result<std::string> call_of(const Cdr& cdr, const std::string& uuid) {
  std::vector<std::string> names{"variables.cc_member_session_uuid", "variables.call_uuid",
                                 "variables.originating_leg_uuid", "variables.originator"};
  for (const std::string& profile : profiles_of(cdr)) {
    names.push_back(profile + "originator.originator_caller_profiles.0.uuid");  // JSON
    names.push_back(profile + "originator.originator_caller_profile.uuid");     // XML
  }
  for (const std::string& name : names) {
    LEDGER_TRY(auto call, cdr.find(name));
    if (call && *call != uuid) return *std::move(call);
  }
  return uuid;
}

// The application that answered where nobody did. A recording is no talk (domain-semantics.md 4a:
// "not voicemail"), and a client who was never bridged was alone with the menu, the queue or the
// announcement. One that may hold people (a conference, a script) is not among them.
Result<std::optional<std::string>> answering_machine(const Cdr& cdr, bool clients_own) {
  static constexpr std::array<std::string_view, 17> kAlone{"answer",
                                                           "callcenter",
                                                           "endless_playback",
                                                           "fifo",
                                                           "gentones",
                                                           "hangup",
                                                           "ivr",
                                                           "park",
                                                           "phrase",
                                                           "playback",
                                                           "read",
                                                           "say",
                                                           "sleep",
                                                           "speak",
                                                           "play_and_get_digits",
                                                           "pre_answer",
                                                           "wait_for_silence"};
  bool bridged = false;
  for (const char* name : {"variables.bridge_uuid", "variables.last_bridge_to"}) {
    LEDGER_TRY(const auto other, cdr.find(name));
    bridged = bridged || other.has_value();
  }
  for (const char* name : {"variables.last_app", "variables.current_application"}) {
    LEDGER_TRY(auto application, cdr.find(name));
    const bool alone = clients_own && !bridged && application &&
                       std::find(kAlone.begin(), kAlone.end(), *application) != kAlone.end();
    if (alone || application == "voicemail") return application;
  }
  return std::nullopt;
}

Status set_outcome(const Cdr& cdr, const Times& times, bool clients_own, CallLegCompleted& leg) {
  LEDGER_TRY(const auto cause, cdr.find("variables.hangup_cause"));
  LEDGER_TRY(const auto machine, answering_machine(cdr, clients_own));
  if (times.answered_at && machine) {
    leg.outcome = CallOutcome::kMissed;
    leg.outcome_raw = machine;
  } else if (times.answered_at) {
    leg.outcome = CallOutcome::kAnswered;
    leg.talk_s = times.talk_s;
    leg.answered_at = times.answered_at;
  } else {
    leg.outcome = outcome_of(cause.value_or(""));
    if (leg.outcome == CallOutcome::kUnknown) leg.outcome_raw = cause;
  }
  return {};
}

Result<OneCall> read_leg(std::string_view body, std::optional<std::string_view> asked,
                         const Settings& settings) {
  LEDGER_TRY(const Cdr cdr, Cdr::parse(body));
  LEDGER_TRY(const std::string core, cdr.text("core-uuid"));
  LEDGER_TRY(const std::string uuid, own_uuid(cdr, asked));
  LEDGER_TRY(const std::string call, call_of(cdr, uuid));
  LEDGER_TRY(const Times times, read_times(cdr));
  LEDGER_TRY(const Parties parties, parties_of(cdr, call == uuid, settings.house));
  CallLegCompleted leg;
  LEDGER_TRY(leg.call_id, CallId::parse(call));
  LEDGER_TRY(leg.leg_id, LegId::parse(uuid));
  leg.direction = parties.direction;
  telephony::set_client_number(leg, parties.client_number);
  leg.manager_extension = parties.extension;
  leg.duration_s = times.duration_s;
  const bool clients_own = call == uuid && leg.direction == CallDirection::kInbound;
  LEDGER_CHECK(set_outcome(cdr, times, clients_own, leg));
  LEDGER_CHECK(leg.validate());
  return OneCall{Submission{fmt::format("{}|{}", core, uuid),
                            settings.source,
                            times.started_at,
                            {},
                            EventData(std::move(leg))},
                 {}};
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  return telephony::mapped_one(read_leg(request.body, request.parameter("uuid"), settings),
                               request.body);
}

Mapped map_file(std::string_view content, const Settings& settings) {
  return telephony::mapped_one(read_leg(content, std::nullopt, settings), content);
}

std::vector<Webhook> webhooks(const Settings& settings) {
  Webhook webhook;
  webhook.name = "freeswitch";
  webhook.map = [settings](const http::Request& request) {
    return map_delivery(request, settings);
  };
  std::vector<Webhook> ways;
  if (!settings.secret.empty()) {
    ways.push_back(webhook);
    ways.back().secret = settings.secret;
  }
  if (!settings.credentials.empty()) {
    ways.push_back(webhook);
    ways.back().forged = [credentials = settings.credentials](
                             const http::Request& request) -> std::optional<std::string> {
      if (webhook::has_credentials(request, credentials)) return std::nullopt;
      return "the credentials are not those of the setting freeswitch-cred";
    };
  }
  return ways;
}

}  // namespace ledger::freeswitch
