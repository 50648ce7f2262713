#include "producers/append/statements.h"

#include <fmt/format.h>

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/call_leg.h"
#include "events/types/payment.h"
#include "platform/limits.h"
#include "producers/append/match.h"
#include "producers/append/restating.h"
#include "producers/append/statement_events.h"
#include "projections/directory/one_client.h"
#include "projections/seen/seen.h"

namespace ledger::statements {

namespace {

using seen::Reading;
using seen::SeenRow;

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
    standing_.erased = event.erased_by.has_value();
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

  // The person's match that a sender's void took back for a statement; nullopt: a rule's.
  Result<std::optional<Standing::Persons>> persons_in(const Event& taken_back) {
    const auto* voided = taken_back.data.get_if<EventVoided>();
    if (voided == nullptr || !voided->was || voided->target_source == kMatchingRule) {
      return std::nullopt;
    }
    LEDGER_TRY(const auto was, codec_.decode_data(voided->was->type, voided->was->data.text,
                                                  /*from_log=*/true));
    const auto* matched = was.get_if<InteractionMatched>();
    if (matched == nullptr) return std::nullopt;
    return Standing::Persons{voided->target_source, voided->target_id, taken_back.time, *matched};
  }

  // The void of a match that came before statement `number`.
  Result<std::optional<Event>> unmatch_before(std::size_t number) {
    LEDGER_TRY(const auto row, seen::find(snapshot_, source_, unmatch_id_of(id_, number)));
    if (!row) return std::nullopt;
    LEDGER_TRY(auto event, event_at(*row->position));
    return std::optional<Event>(std::move(event));
  }

  // Whether it was matched, and by whom.
  Status judge_match() {
    LEDGER_TRY(const auto taken_back, unmatch_before(standing_.number + 1));
    if (taken_back) {
      LEDGER_TRY(standing_.taken_back, persons_in(*taken_back));
      standing_.anew = !standing_.taken_back;
      standing_.recorded = taken_back->stamps.recorded_time;
    }
    std::vector<Position> all = fact_.matched_by;
    all.insert(all.end(), fact_.credited_by.begin(), fact_.credited_by.end());
    if (all.empty()) return judge_rematch();
    LEDGER_TRY(Event match, event_at(all.back()));
    const bool by_rule = match.source == kMatchingRule;
    const bool doubtful = all.size() > 1 || taken_back;
    if (doubtful || (!by_rule && !fact_.credited_by.empty())) {
      standing_.decided = true;
    } else if (by_rule) {
      standing_.match = {std::move(match.id), match.time};
    } else {
      standing_.persons = {std::move(match.source), std::move(match.id), match.time,
                           *match.data.get_if<InteractionMatched>()};
    }
    return {};
  }

  // A crash behind the last statement left what a person said taken back.
  Status judge_rematch() {
    if (standing_.number == 0 || standing_.taken_back) return {};
    LEDGER_TRY(const auto taken_back, unmatch_before(standing_.number));
    if (!taken_back) return {};
    LEDGER_TRY(const auto again,
               seen::find(snapshot_, source_, rematch_id_of(id_, standing_.number)));
    if (again) return {};  // and somebody took it back since
    LEDGER_TRY(standing_.to_be_again, persons_in(*taken_back));
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
        standing_.voided = !ours;
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

namespace {

Error decided_error(const Standing& standing) {
  return {ErrorCode::kConflict,
          fmt::format("event '{}' was voided, corrected or matched by somebody else since, "
                      "and that stands; where its sender is right now, void what was said "
                      "(event.voided) and send it again",
                      standing.fact_id),
          "id"};
}

// Whether its sender may say more of the record.
Status check_open(const Standing& standing) {
  if (standing.decided) return tl::unexpected(decided_error(standing));
  if (standing.blocked) {
    return fail(
        ErrorCode::kConflict,
        fmt::format("the id '{}', by which the record would be restated, is another event's",
                    id_of(standing.said.id, standing.number + 1)),
        "id");
  }
  if (standing.number >= Restating::kStatementsMax) {
    return fail(ErrorCode::kConflict,
                fmt::format("the record was restated {} times", standing.number), "id");
  }
  return {};
}

// A bank may book two payments under one number. What it calls each by itself tells them apart,
// where it does: the end of the id is the number alone.
Status check_same_payment(const Standing& standing, const Submission& now) {
  const auto* was = standing.said.data.get_if<PaymentReceived>();
  const auto* is = now.data.get_if<PaymentReceived>();
  if (was == nullptr || is == nullptr || was->bank_reference == is->bank_reference) return {};
  const auto named = [&](const PaymentReceived& payment) {
    return !now.id.ends_with("|" + payment.bank_reference);
  };
  if (!named(*was) || !named(*is)) return {};
  return fail(
      ErrorCode::kConflict,
      fmt::format("payment '{}' of {} is the bank's booking '{}', this one is '{}': two "
                  "payments under one number; record this one by hand, under an id of its "
                  "own",
                  now.id, format_decimal(was->amount), was->bank_reference, is->bank_reference),
      "bank_reference");
}

}  // namespace

namespace {

// Beneath a person's match the record stays on its time and with the client that he named.
Status check_beneath(const Standing::Persons& persons, const Standing& standing,
                     const Submission& now, const ViewSnapshot& snapshot) {
  const std::string& client = persons.said.client_id.text();
  const auto refused = [&](const std::string& what) {
    return fail(ErrorCode::kConflict,
                fmt::format("somebody else matched event '{}' to client {}, and that stands; its "
                            "sender now says {}: void the match if the sender is right",
                            standing.fact_id, client, what),
                "id");
  };
  if (now.time != standing.fact_time) {
    return refused("that it was at " + format_timestamp(now.time));
  }
  LEDGER_TRY(const auto found, match(snapshot, now));
  if (found.named) return refused("it is client " + found.named->text() + "'s");
  if (!found.client) return {};
  LEDGER_TRY(const auto agreed, directory::agreed_client(snapshot, {client, found.client->text()}));
  if (agreed) return {};
  return refused("what names client " + found.client->text());
}

// The next step beneath a person's match.
Result<std::vector<Submission>> beneath(const Standing& standing, const Submission& now,
                                        const ViewSnapshot& snapshot) {
  if (standing.to_be_again) return std::vector<Submission>{match_again(standing)};
  const auto& persons = standing.persons ? *standing.persons : *standing.taken_back;
  LEDGER_CHECK(check_beneath(persons, standing, now, snapshot));
  return std::vector<Submission>{standing.persons ? take_back_persons(standing, now)
                                                  : correct(standing, now)};
}

}  // namespace

bool is_step(const Standing& standing) {
  return standing.match || standing.persons || standing.taken_back || standing.to_be_again;
}

bool same(const Standing& standing, const Submission& now) {
  return !standing.moving && !standing.anew && !standing.taken_back && !standing.to_be_again &&
         body_of(now.time, now.data) == body_of(standing.said.time, standing.said.data);
}

Result<std::vector<Submission>> next(const Standing& standing, const Submission& now,
                                     const ViewSnapshot& snapshot) {
  if (same(standing, now)) return std::vector<Submission>();
  LEDGER_CHECK(check_open(standing));
  LEDGER_CHECK(check_same_payment(standing, now));
  if (standing.persons || standing.taken_back || standing.to_be_again) {
    return beneath(standing, now, snapshot);
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

Result<std::vector<Submission>> retract(const Standing& standing, const std::string& reason) {
  if (standing.moving || standing.voided) return std::vector<Submission>();
  LEDGER_CHECK(check_open(standing));
  if (standing.persons) return tl::unexpected(decided_error(standing));
  std::vector<Submission> events;
  if (standing.match) {
    events.push_back(take_back_match(standing, standing.said));
  } else {
    events.push_back(take_back(standing.fact_id, standing.fact_time, standing.number + 1,
                               standing.said, reason));
  }
  return events;
}

Submission take_back_left(const Standing& standing) {
  return take_back(standing.left_standing, standing.left_time, standing.number, standing.said);
}

}  // namespace ledger::statements
