#include "producers/telephony/asterisk/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "events/types/call.h"
#include "platform/csv_reader.h"
#include "producers/telephony/asterisk/leg.h"
#include "producers/telephony/asterisk/parties.h"

namespace ledger::asterisk {

namespace {

// Asterisk's own buffer for one record is 1,024 bytes; four times that is no record of it.
constexpr std::size_t kRecordBytesMax = 4096;

struct SeenLeg {
  Leg leg;
  Parties parties;
};
using Call = std::vector<SeenLeg>;

bool with_outside(const SeenLeg& seen) {
  return seen.parties.direction && *seen.parties.direction != CallDirection::kInternal;
}

bool answered(const SeenLeg& seen) { return seen.leg.outcome == CallOutcome::kAnswered; }

// Whether `left` rather than `right` is the leg that was the talk.
bool is_rather_the_talk(const SeenLeg& left, const SeenLeg& right) {
  if (answered(left) != answered(right)) return answered(left);
  // A voice menu may talk longer than the manager it led to.
  if (left.parties.extension.has_value() != right.parties.extension.has_value()) {
    return left.parties.extension.has_value();
  }
  if (!answered(left)) return left.leg.started_at < right.leg.started_at;
  if (left.leg.talk_s != right.leg.talk_s) return left.leg.talk_s > right.leg.talk_s;
  return left.leg.answered_at < right.leg.answered_at;
}

// Of several legs that were not answered, the one that says most about the call.
const SeenLeg& telling_outcome(const std::vector<const SeenLeg*>& legs) {
  static constexpr std::array kMostTelling{CallOutcome::kAnswered, CallOutcome::kMissed,
                                           CallOutcome::kBusy, CallOutcome::kCancelled,
                                           CallOutcome::kFailed};
  for (const CallOutcome outcome : kMostTelling) {
    for (const SeenLeg* seen : legs) {
      if (seen->leg.outcome == outcome) return *seen;
    }
  }
  return *legs.front();
}

std::string where_of(const Call& call) {
  std::string lines;
  for (const SeenLeg& seen : call) {
    lines += fmt::format("{}{}", lines.empty() ? "" : ", ", seen.leg.line);
  }
  return fmt::format("{} {}", call.size() == 1 ? "line" : "lines", lines);
}

Submission to_event(const Call& call, const std::vector<const SeenLeg*>& outside,
                    const Settings& settings) {
  const auto by_start = [](const auto& left, const auto& right) {
    return left.leg.started_at < right.leg.started_at;
  };
  const Timestamp started_at = std::min_element(call.begin(), call.end(), by_start)->leg.started_at;
  const Timestamp ended_at =
      std::max_element(call.begin(), call.end(), [](auto& left, auto& right) {
        return left.leg.ended_at < right.leg.ended_at;
      })->leg.ended_at;
  const SeenLeg& first = **std::min_element(
      outside.begin(), outside.end(),
      [&](const SeenLeg* left, const SeenLeg* right) { return by_start(*left, *right); });
  const SeenLeg& talk = **std::min_element(
      outside.begin(), outside.end(),
      [](const SeenLeg* left, const SeenLeg* right) { return is_rather_the_talk(*left, *right); });
  const SeenLeg& outcome = telling_outcome(outside);

  CallCompleted event;
  event.call_id = CallId(first.leg.call_key);
  event.direction = *first.parties.direction;
  if (!first.parties.client_number.empty()) event.client_phone_raw = first.parties.client_number;
  event.client_phone = normalise_phone(first.parties.client_number);
  event.manager_extension = talk.parties.extension;
  event.duration_s =
      std::chrono::duration_cast<std::chrono::seconds>(ended_at - started_at).count();
  if (answered(talk)) event.talk_s = talk.leg.talk_s;
  event.outcome = outcome.leg.outcome;
  if (!outcome.leg.outcome_raw.empty()) event.outcome_raw = outcome.leg.outcome_raw;
  return {"call:" + first.leg.call_key, settings.source, started_at, {}, std::move(event)};
}

void add_call(const Call& call, const Settings& settings, Mapped& mapped) {
  std::vector<const SeenLeg*> outside;
  bool unknown_sides = false;
  for (const SeenLeg& seen : call) {
    if (with_outside(seen)) outside.push_back(&seen);
    unknown_sides = unknown_sides || !seen.parties.direction;
  }
  if (!outside.empty()) {
    mapped.events.push_back(to_event(call, outside, settings));
    return;
  }
  mapped.skipped.push_back(
      {where_of(call), unknown_sides
                           ? "neither number is an extension or one of own_numbers in the settings"
                           : "internal call"});
}

}  // namespace

Mapped map_cdr(std::string_view csv, const Settings& settings) {
  Mapped mapped;
  if (settings.extension_digits_max < kExtensionDigitsMin ||
      settings.extension_digits_max > kExtensionDigitsMax) {
    mapped.refused.push_back(
        {"settings",
         {},
         {ErrorCode::kMisconfigured,
          fmt::format("an extension has {} to {} digits", kExtensionDigitsMin, kExtensionDigitsMax),
          "extension_digits_max"}});
    return mapped;
  }
  std::vector<Call> calls;
  std::unordered_map<std::string, std::size_t> index_of_call;
  CsvReader reader(csv, {kColumnsMin, kColumnsMax, kRecordBytesMax});
  while (auto row = reader.next()) {
    auto leg = std::move(row->fields).and_then([&](const std::vector<std::string>& fields) {
      return read_leg(fields, settings);
    });
    if (!leg) {
      mapped.refused.push_back({fmt::format("line {}", row->line),
                                std::string(row->raw.substr(0, kRecordBytesMax)),
                                std::move(leg).error()});
      continue;
    }
    leg->line = row->line;
    const auto [found, fresh] = index_of_call.try_emplace(leg->call_key, calls.size());
    if (fresh) calls.emplace_back();
    Parties parties = parties_of(*leg, settings);
    calls[found->second].push_back({*std::move(leg), std::move(parties)});
  }
  for (const Call& call : calls) add_call(call, settings, mapped);
  return mapped;
}

}  // namespace ledger::asterisk
