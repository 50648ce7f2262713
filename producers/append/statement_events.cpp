#include "producers/append/statement_events.h"

#include <fmt/format.h>

#include <utility>

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "producers/append/match.h"

namespace ledger::statements {

// "call:7~2" of statement 2. An id that leaves no room for the number is cut, and told from others
// that begin like it by its hash.
std::string id_of(const std::string& id, std::size_t number) {
  if (number == 0) return id;
  constexpr std::size_t kSuffixMax = 16;  // "~1000~void"
  constexpr std::size_t kHashDigits = 16;
  if (id.size() + kSuffixMax <= limits::kIdBytesMax) return fmt::format("{}~{}", id, number);
  return fmt::format("{}~{}~{}", id.substr(0, limits::kIdBytesMax - kSuffixMax - kHashDigits - 1),
                     to_hex(sha256(id)).substr(0, kHashDigits), number);
}

std::string void_id_of(const std::string& id, std::size_t number) {
  return id_of(id, number) + "~void";
}

std::string unmatch_id_of(const std::string& id, std::size_t number) {
  return id_of(id, number) + "~unmatch";
}

std::string rematch_id_of(const std::string& id, std::size_t number) {
  return id_of(id, number) + "~match";
}

Submission take_back_persons(const Standing& standing, const Submission& now) {
  EventVoided voided;
  voided.target_source = standing.persons->source;
  voided.target_id = standing.persons->id;
  voided.reason = "the sender restated the record; the match is said again behind it";
  return {unmatch_id_of(now.id, standing.number + 1),
          now.source,
          standing.persons->time,
          {},
          EventData(std::move(voided))};
}

// In the name of whoever said it.
Submission match_again(const Standing& standing) {
  InteractionMatched matched = standing.to_be_again->said;
  matched.target_source = standing.said.source;
  matched.target_id = standing.fact_id;
  matched.was.reset();
  return {rematch_id_of(standing.said.id, standing.number),
          standing.said.source,
          standing.to_be_again->time,
          {},
          EventData(std::move(matched))};
}

Submission take_back_match(const Standing& standing, const Submission& now) {
  EventVoided voided;
  voided.target_source = kMatchingRule;
  voided.target_id = standing.match->id;
  voided.reason = "the sender restated the record, which is matched anew";
  return {unmatch_id_of(now.id, standing.number + 1),
          now.source,
          standing.match->time,
          {},
          EventData(std::move(voided))};
}

Submission take_back(const std::string& fact_id, Timestamp fact_time, std::size_t number,
                     const Submission& now, std::string reason) {
  EventVoided voided;
  voided.target_source = now.source;
  voided.target_id = fact_id;
  voided.reason = std::move(reason);
  return {void_id_of(now.id, number), now.source, fact_time, {}, EventData(std::move(voided))};
}

Submission correct(const Standing& standing, const Submission& now) {
  EventCorrected corrected;
  corrected.target_source = now.source;
  corrected.target_id = standing.fact_id;
  corrected.reason = "the sender restated its record";
  corrected.data.text = data_json(now.data, json::Members::kSent);
  return {id_of(now.id, standing.number + 1),
          now.source,
          now.time,
          {},
          EventData(std::move(corrected))};
}

}  // namespace ledger::statements
