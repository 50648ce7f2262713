#include "producers/telephony/threecx/cdr.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "events/types/call_leg.h"
#include "platform/csv_reader.h"
#include "platform/utf8.h"
#include "producers/telephony/pushed_call.h"
#include "producers/telephony/pushed_leg.h"

namespace ledger::threecx {

namespace {

using telephony::OneCall;
using telephony::OutcomeWord;

constexpr std::array<std::string_view, 27> kNames{
    "historyid",         "callid",         "duration",
    "time_start",        "time_answered",  "time_end",
    "reason_terminated", "from_no",        "to_no",
    "from_dn",           "to_dn",          "dial_no",
    "reason_changed",    "final_number",   "final_dn",
    "bill_code",         "bill_rate",      "bill_cost",
    "bill_name",         "chain",          "from_type",
    "to_type",           "final_type",     "from_dispname",
    "to_dispname",       "final_dispname", "missed_queue_calls"};

constexpr std::array<std::string_view, 12> kNeeded{
    "historyid", "callid",  "time_start", "time_answered", "time_end", "reason_terminated",
    "from_no",   "dial_no", "final_dn",   "from_type",     "to_type",  "final_type"};

// Besides those above; the other columns are not looked at.
constexpr std::array<std::string_view, 4> kRead{"from_dn", "to_no", "to_dn", "final_number"};

bool is_among(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Versions of 3CX write the same words in different cases.
std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// One line by its columns. An empty text is absent.
class Record {
 public:
  static Result<Record> parse(std::string_view line, const CdrColumns& columns) {
    const std::size_t size = columns.size();
    CsvReader reader(line, {size, size, kCdrLineBytesMax});
    auto row = reader.next();
    if (!row) return fail(ErrorCode::kMalformed, "an empty line is no record", "line");
    if (!row->fields) {
      return fail(row->fields.error().code, row->fields.error().message, "line");
    }
    if (row->fields->size() != size) {
      return fail(
          ErrorCode::kMalformed,
          fmt::format("has {} columns and not the {} that are set", row->fields->size(), size),
          "line");
    }
    if (reader.next()) return fail(ErrorCode::kMalformed, "holds more than one record", "line");
    for (std::size_t place = 0; place < size; ++place) {
      const std::string& name = columns.name_at(place);
      const bool is_read = is_among(kNeeded, name) || is_among(kRead, name);
      if (is_read && !is_valid_utf8((*row->fields)[place])) {
        return fail(ErrorCode::kMalformed, "is not UTF-8", name);
      }
    }
    return Record(*std::move(row->fields), columns);
  }

  std::string_view at(std::string_view name) const {
    const auto place = columns_->place_of(name);
    return place ? std::string_view(values_[*place]) : std::string_view();
  }
  Result<std::string> text(std::string_view name) const {
    const std::string_view value = at(name);
    if (!value.empty()) return std::string(value);
    return fail(ErrorCode::kMissingField, "is required", std::string(name));
  }

 private:
  Record(std::vector<std::string> values, const CdrColumns& columns)
      : values_(std::move(values)), columns_(&columns) {}
  std::vector<std::string> values_;
  const CdrColumns* columns_;
};

// 3CX writes the number of a history as "Call 612504"; an id has no space.
template <class AnyId>
Result<AnyId> id_at(const Record& record, std::string_view name) {
  LEDGER_TRY(const std::string text, record.text(name));
  std::string_view number = text;
  constexpr std::string_view kPrefix = "Call ";
  if (number.starts_with(kPrefix)) number.remove_prefix(kPrefix.size());
  auto id = AnyId::parse(number);
  if (!id) return fail(id.error().code, id.error().message, std::string(name));
  return id;
}

enum class Place { kExtension, kMachine, kOutside, kNone };

// What stands at one end of a call; kNone: the column is empty.
Result<Place> place_at(const Record& record, std::string_view name) {
  static constexpr std::array<std::string_view, 7> kOutside{
      "line",     "external",     "external_line", "externalline",
      "provider", "outboundrule", "outbound_rule"};
  static constexpr std::array<std::string_view, 13> kMachines{
      "queue",   "ivr",  "vmail",  "voicemail",  "ringgroup",   "ring_group", "fax",
      "parking", "park", "script", "conference", "specialmenu", "routepoint"};
  const std::string type = lower_case(record.at(name));
  if (type.empty()) return Place::kNone;
  if (type == "extension") return Place::kExtension;
  if (is_among(kOutside, type)) return Place::kOutside;
  if (is_among(kMachines, type)) return Place::kMachine;
  return fail(
      ErrorCode::kInvalidField,
      fmt::format("'{}' is no type such as Extension, Line or Queue", excerpt(record.at(name))),
      std::string(name));
}

struct Route {
  Place from = Place::kNone;
  Place to = Place::kNone;
  Place final = Place::kNone;

  Place end() const { return final == Place::kNone ? to : final; }
  // Where it was meant to go, whatever became of it.
  Place aim() const { return to == Place::kNone ? final : to; }
};

Result<Route> read_route(const Record& record) {
  LEDGER_CHECK(record.text("from_type"));
  Route route;
  LEDGER_TRY(route.from, place_at(record, "from_type"));
  LEDGER_TRY(route.to, place_at(record, "to_type"));
  LEDGER_TRY(route.final, place_at(record, "final_type"));
  if (route.end() == Place::kNone) return fail(ErrorCode::kMissingField, "is required", "to_type");
  return route;
}

// "Ext.101" -> "101".
std::string_view without_prefix(std::string_view number) {
  constexpr std::string_view kPrefix = "Ext.";
  return number.starts_with(kPrefix) ? number.substr(kPrefix.size()) : number;
}

std::string_view first_filled(const Record& record, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (!record.at(name).empty()) return record.at(name);
  }
  return {};
}

// By its DN, else by its number, of which 3CX writes the extension too.
std::optional<std::string> extension_at(const Record& record, std::string_view dn,
                                        std::string_view number) {
  const std::string_view extension = without_prefix(first_filled(record, {dn, number}));
  if (extension.empty()) return std::nullopt;
  return std::string(extension);
}

bool is_internal(const Route& route) {
  const auto inside = [](Place place) { return place != Place::kOutside; };
  return route.from == Place::kExtension && inside(route.to) && inside(route.final);
}

void set_parties(const Record& record, const Route& route, CallLegCompleted& leg) {
  if (route.final == Place::kExtension) {
    leg.manager_extension = extension_at(record, "final_dn", "final_number");
  } else if (route.end() == Place::kExtension) {
    leg.manager_extension = extension_at(record, "to_dn", "to_no");
  }
  if (route.from == Place::kOutside) {
    leg.direction = CallDirection::kInbound;
    telephony::set_client_number(leg, record.at("from_no"));
  } else if (route.from == Place::kExtension && route.aim() == Place::kOutside) {
    leg.direction = CallDirection::kOutbound;
    telephony::set_client_number(leg, first_filled(record, {"dial_no", "to_no", "final_number"}));
    if (!leg.manager_extension) {
      leg.manager_extension = extension_at(record, "from_dn", "from_no");
    }
  }
}

Result<telephony::LocalTime> time_at(const Record& record, std::string_view name,
                                     const BusinessZone& zone) {
  LEDGER_TRY(const std::string text, record.text(name));
  auto time = telephony::local_time(text, zone);
  if (!time) return fail(time.error().code, time.error().message, std::string(name));
  return time;
}

struct Times {
  telephony::LocalTime started;
  std::optional<Timestamp> answered_at;
  std::int64_t duration_s = 0;
  std::int64_t talk_s = 0;
};

std::int64_t seconds_between(Timestamp from, Timestamp to) {
  return std::chrono::duration_cast<std::chrono::seconds>(to - from).count();
}

Result<Times> read_times(const Record& record, const BusinessZone& zone) {
  Times times;
  LEDGER_TRY(times.started, time_at(record, "time_start", zone));
  LEDGER_TRY(const auto ended, time_at(record, "time_end", zone));
  const Timestamp ended_at = ended.instant;
  times.duration_s = seconds_between(times.started.instant, ended_at);
  if (times.duration_s < 0) {
    return fail(ErrorCode::kInvalidField, "the call ends before it starts", "time_end");
  }
  if (times.duration_s > CallLegCompleted::kDurationMax) {
    return fail(ErrorCode::kOutOfRange, "the call lasts longer than 30 days", "time_end");
  }
  if (record.at("time_answered").empty()) return times;
  LEDGER_TRY(const auto answered, time_at(record, "time_answered", zone));
  const Timestamp answered_at = answered.instant;
  if (answered_at < times.started.instant || answered_at > ended_at) {
    return fail(ErrorCode::kInvalidField, "is not between time_start and time_end",
                "time_answered");
  }
  times.answered_at = answered_at;
  times.talk_s = seconds_between(answered_at, ended_at);
  return times;
}

// How what nobody answered ended.
CallOutcome outcome_of(std::string_view reason, std::optional<CallDirection> direction) {
  static constexpr std::array kWords{
      OutcomeWord{"terminatedbydst", CallOutcome::kMissed},
      OutcomeWord{"dst_participant_terminated", CallOutcome::kMissed},
      OutcomeWord{"noanswer", CallOutcome::kMissed},
      OutcomeWord{"noanswertimeout", CallOutcome::kMissed},
      OutcomeWord{"timeout", CallOutcome::kMissed},
      OutcomeWord{"busy", CallOutcome::kBusy},
      OutcomeWord{"targetbusy", CallOutcome::kBusy},
      OutcomeWord{"routebusy", CallOutcome::kBusy},
      OutcomeWord{"declined", CallOutcome::kBusy},
      OutcomeWord{"rejected", CallOutcome::kBusy},
      OutcomeWord{"failed_cancelled", CallOutcome::kCancelled},
      OutcomeWord{"cancelled", CallOutcome::kCancelled},
      OutcomeWord{"failed", CallOutcome::kFailed},
      OutcomeWord{"no_route", CallOutcome::kFailed},
      OutcomeWord{"norouteexists", CallOutcome::kFailed},
      OutcomeWord{"routenotfound", CallOutcome::kFailed},
      OutcomeWord{"targetnotfound", CallOutcome::kFailed},
      OutcomeWord{"not_found", CallOutcome::kFailed},
  };
  // Whoever called gave up: a client whom the house missed, or a manager who did not wait.
  if (reason == "terminatedbysrc" || reason == "src_participant_terminated") {
    return direction == CallDirection::kOutbound ? CallOutcome::kCancelled : CallOutcome::kMissed;
  }
  for (const auto& word : kWords) {
    if (word.word == reason) return word.outcome;
  }
  return CallOutcome::kUnknown;
}

void set_outcome(const Record& record, const Route& route, const Times& times,
                 CallLegCompleted& leg) {
  static constexpr std::array<std::string_view, 4> kHungUp{"terminatedbysrc", "terminatedbydst",
                                                           "src_participant_terminated",
                                                           "dst_participant_terminated"};
  const std::string reason = lower_case(record.at("reason_terminated"));
  const auto say_raw = [&](std::string_view word) {
    if (!word.empty()) leg.outcome_raw = std::string(word);
  };
  if (!times.answered_at) {
    leg.outcome = outcome_of(reason, leg.direction);
    if (leg.outcome == CallOutcome::kUnknown) say_raw(record.at("reason_terminated"));
  } else if (!is_among(kHungUp, reason)) {
    // Answered at that time, and ended as if it had not been: neither is taken for true.
    leg.outcome = CallOutcome::kUnknown;
    say_raw(record.at("reason_terminated"));
  } else if (route.end() == Place::kMachine) {
    leg.outcome = CallOutcome::kMissed;
    say_raw(record.at(route.final == Place::kNone ? "to_type" : "final_type"));
  } else {
    leg.outcome = CallOutcome::kAnswered;
    leg.answered_at = times.answered_at;
    leg.talk_s = times.talk_s;
  }
}

Status check_whole(const http::Request& request) {
  const auto cut = request.parameter("cut");
  if (cut == kCutByDisconnect) {
    return fail(ErrorCode::kMalformed, "the connection ended within this line", "line");
  }
  if (cut == kCutByLength || request.body.size() > kCdrLineBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("a line has at most {} bytes; these are its first", kCdrLineBytesMax),
                "line");
  }
  return {};
}

Result<OneCall> read_line(const http::Request& request, const CdrSettings& settings) {
  LEDGER_CHECK(check_whole(request));
  LEDGER_TRY(const Record record, Record::parse(request.body, settings.columns));
  CallLegCompleted leg;
  LEDGER_TRY(leg.leg_id, id_at<LegId>(record, "historyid"));
  LEDGER_TRY(leg.call_id, id_at<CallId>(record, "callid"));
  LEDGER_TRY(const Route route, read_route(record));
  LEDGER_TRY(const Times times, read_times(record, settings.zone));
  if (is_internal(route)) return OneCall{std::nullopt, "an internal call"};
  leg.duration_s = times.duration_s;
  times.started.mark(leg);
  set_parties(record, route, leg);
  set_outcome(record, route, times, leg);
  LEDGER_CHECK(leg.validate());
  std::string id = fmt::format("{}|{}", leg.leg_id.text(), leg.call_id.text());
  return OneCall{
      Submission{
          std::move(id), settings.source, times.started.instant, {}, EventData(std::move(leg))},
      {}};
}

}  // namespace

CdrColumns::CdrColumns() : names_(kNames.begin(), kNames.end()) {}

Result<CdrColumns> CdrColumns::parse(std::vector<std::string> names) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    std::replace(name->begin(), name->end(), '-', '_');
    if (!is_among(kNames, *name)) {
      return fail(ErrorCode::kMisconfigured,
                  fmt::format("'{}' is no column of 3CX such as historyid", excerpt(*name)),
                  "threecx-cdr-columns");
    }
    if (std::find(names.begin(), name, *name) != name) {
      return fail(ErrorCode::kMisconfigured, fmt::format("{} is there twice", *name),
                  "threecx-cdr-columns");
    }
  }
  for (const std::string_view needed : kNeeded) {
    if (!is_among(names, needed)) {
      return fail(ErrorCode::kMisconfigured, fmt::format("{} is needed", needed),
                  "threecx-cdr-columns");
    }
  }
  return CdrColumns(std::move(names));
}

std::optional<std::size_t> CdrColumns::place_of(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

Mapped map_cdr_line(const http::Request& request, const CdrSettings& settings) {
  return telephony::mapped_one(read_line(request, settings), request.body);
}

Webhook cdr_webhook(CdrSettings settings) {
  Webhook webhook = telephony::webhook_of(
      std::string(kCdrName), {}, [settings = std::move(settings)](const http::Request& request) {
        return read_line(request, settings);
      });
  webhook.has_route = false;
  return webhook;
}

}  // namespace ledger::threecx
