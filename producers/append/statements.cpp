#include "producers/append/statements.h"

#include <fmt/format.h>

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/call_leg.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "producers/append/match.h"
#include "producers/append/restating.h"
#include "projections/seen/seen.h"

namespace ledger::statements {

namespace {

using seen::Reading;
using seen::SeenRow;

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
                     const Submission& now) {
  EventVoided voided;
  voided.target_source = now.source;
  voided.target_id = fact_id;
  voided.reason = "the sender restated when it was or with whom";
  return {void_id_of(now.id, number), now.source, fact_time, {}, EventData(std::move(voided))};
}

Submission correct(const Standing& standing, const Submission& now) {
  EventCorrected corrected;
  corrected.target_source = now.source;
  corrected.target_id = standing.fact_id;
  corrected.reason = "the sender restated its record";
  corrected.data.text = data_json(now.data, json::StampedMembers::kSkip);
  return {id_of(now.id, standing.number + 1),
          now.source,
          now.time,
          {},
          EventData(std::move(corrected))};
}

// Whether an event can be what was said of the same record later. Two calls differ by their own id;
// of others their type is all that tells.
bool same_record(const EventData& left, const EventData& right) {
  if (type_name(left) != type_name(right)) return false;
  const auto* call = left.get_if<CallCompleted>();
  if (call != nullptr) return call->call_id == right.get_if<CallCompleted>()->call_id;
  const auto* leg = left.get_if<CallLegCompleted>();
  return leg == nullptr || leg->leg_id == right.get_if<CallLegCompleted>()->leg_id;
}

// Reads the statements in the order of their numbers.
class Statements {
 public:
  Statements(const std::string& source, const std::string& id, const ViewSnapshot& snapshot,
             const LogReader& log)
      : source_(source), id_(id), snapshot_(snapshot), log_(log) {}

  Result<std::optional<Standing>> read() {
    LEDGER_TRY(auto row, seen::find(snapshot_, source_, id_));
    if (!row) return std::nullopt;
    for (std::size_t number = 0; row; ++number) {
      LEDGER_TRY(Event event, event_at(*row->position));
      standing_.blocked = number > 0 && !is_statement(event);
      if (standing_.blocked) break;
      LEDGER_CHECK(take(number, *row, std::move(event)));
      if (number == Restating::kStatementsMax) break;
      LEDGER_TRY(row, seen::find(snapshot_, source_, id_of(id_, number + 1)));
    }
    LEDGER_CHECK(judge());
    return standing_;
  }

 private:
  Result<Event> event_at(const Position& position) {
    LEDGER_TRY(const std::string line, log_.read(position));
    return codec_.decode_line(line);
  }

  Status read_correction(const EventCorrected& corrected) {
    const auto type = standing_.said.data.type().name;
    LEDGER_TRY(standing_.said.data,
               codec_.decode_data(type, corrected.data.text, /*from_log=*/false));
    return {};
  }

  // Whether an event that has the id of the next statement speaks of the record.
  [[nodiscard]] bool is_statement(const Event& event) const {
    if (const auto* corrected = event.data.get_if<EventCorrected>()) {
      return corrected->target_source == source_ && corrected->target_id == standing_.fact_id;
    }
    return same_record(event.data, standing_.said.data);
  }

  Status take(std::size_t number, const SeenRow& row, Event event) {
    standing_.number = number;
    standing_.receipt = {event.id, source_, *row.position, to_hex(row.leaf_hash),
                         /*duplicate=*/true};
    standing_.recorded = event.stamps.recorded_time;
    const auto* corrected = event.data.get_if<EventCorrected>();
    if (number > 0 && corrected != nullptr) {
      corrected_at_ = row.position;
      return read_correction(*corrected);
    }
    if (number > 0) {
      LEDGER_TRY(const auto voided, seen::find(snapshot_, source_, void_id_of(id_, number)));
      standing_.left_standing = voided ? std::string() : standing_.fact_id;
      standing_.left_time = standing_.fact_time;
    }
    corrected_at_.reset();
    fact_ = row;
    standing_.fact_id = event.id;
    standing_.fact_time = event.time;
    standing_.said = {id_, source_, event.time, {}, std::move(event.data)};
    return {};
  }

  // Whether it was matched, and by whom.
  Status judge_match() {
    LEDGER_TRY(const auto taken_back,
               seen::find(snapshot_, source_, unmatch_id_of(id_, standing_.number + 1)));
    standing_.anew = taken_back.has_value();
    if (taken_back) {
      LEDGER_TRY(const Event by, event_at(*taken_back->position));
      standing_.recorded = by.stamps.recorded_time;
    }
    if (fact_.matched_by.empty()) return {};
    LEDGER_TRY(Event match, event_at(fact_.matched_by.back()));
    standing_.decided =
        match.source != kMatchingRule || fact_.matched_by.size() > 1 || standing_.anew;
    if (!standing_.decided) standing_.match = {std::move(match.id), match.time};
    return {};
  }

  // Who had the last word about the fact.
  Status judge() {
    if (fact_.reading() != Reading::kVoided) LEDGER_CHECK(judge_match());
    switch (fact_.amended) {
      case Reading::kAsWritten:
      case Reading::kMatched:
        return {};
      case Reading::kVoided: {
        LEDGER_TRY(const Event by, event_at(*fact_.amended_by));
        const bool ours = by.source == source_ && by.id == void_id_of(id_, standing_.number + 1);
        (ours ? standing_.moving : standing_.decided) = true;
        if (ours) standing_.recorded = by.stamps.recorded_time;
        return {};
      }
      case Reading::kCorrected:
        break;
    }
    if (fact_.amended_by == corrected_at_) return {};
    // Before statements had numbers, connectors called their corrections "X~" and a digest.
    LEDGER_TRY(const Event by, event_at(*fact_.amended_by));
    const auto* corrected = by.data.get_if<EventCorrected>();
    if (corrected == nullptr || by.source != source_ || !by.id.starts_with(id_ + "~")) {
      standing_.decided = true;
      return {};
    }
    standing_.recorded = by.stamps.recorded_time;
    standing_.receipt.id = by.id;
    standing_.receipt.position = *fact_.amended_by;
    LEDGER_TRY(const auto row, seen::find(snapshot_, source_, by.id));
    if (row) standing_.receipt.leaf_hash = to_hex(row->leaf_hash);
    return read_correction(*corrected);
  }

  const std::string& source_;
  const std::string& id_;
  const ViewSnapshot& snapshot_;
  const LogReader& log_;
  JsonCodec codec_;
  Standing standing_;
  SeenRow fact_;
  std::optional<Position> corrected_at_;  // of the fact, by the last statement
};

}  // namespace

Result<std::optional<Standing>> find(const std::string& source, const std::string& id,
                                     const ViewSnapshot& snapshot, const LogReader& log) {
  return Statements(source, id, snapshot, log).read();
}

bool same(const Standing& standing, const Submission& now) {
  return !standing.moving && !standing.anew &&
         body_of(now.time, now.data) == body_of(standing.said.time, standing.said.data);
}

Result<std::vector<Submission>> next(const Standing& standing, const Submission& now) {
  if (same(standing, now)) return std::vector<Submission>();
  if (standing.decided) {
    return fail(ErrorCode::kConflict,
                fmt::format("event '{}' was voided, corrected or matched by somebody else since, "
                            "and that stands; its sender now says otherwise",
                            standing.fact_id),
                "id");
  }
  if (standing.blocked) {
    return fail(
        ErrorCode::kConflict,
        fmt::format("the id '{}', by which the record would be restated, is another event's",
                    id_of(now.id, standing.number + 1)),
        "id");
  }
  if (standing.number >= Restating::kStatementsMax) {
    return fail(ErrorCode::kConflict,
                fmt::format("the record was restated {} times", standing.number), "id");
  }
  std::vector<Submission> events;
  if (standing.match) {
    events.push_back(take_back_match(standing, now));
    return events;
  }
  const bool stays = now.time == standing.fact_time && same_place(now.data, standing.said.data);
  if (stays && !standing.moving && !standing.anew) {
    events.push_back(correct(standing, now));
    return events;
  }
  const std::size_t number = standing.number + 1;
  if (!standing.moving) {
    events.push_back(take_back(standing.fact_id, standing.fact_time, number, now));
  }
  events.push_back({id_of(now.id, number), now.source, now.time, now.subject, now.data});
  return events;
}

Submission take_back_left(const Standing& standing, const Submission& now) {
  return take_back(standing.left_standing, standing.left_time, standing.number, now);
}

}  // namespace ledger::statements
