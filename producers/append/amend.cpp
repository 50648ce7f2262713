#include "producers/append/amend.h"

#include <fmt/format.h>

#include "events/types/amendment.h"
#include "events/types/client_merge.h"
#include "events/types/erasure.h"
#include "events/types/interaction_ruling.h"
#include "events/types/match_rejection.h"
#include "events/types/payment.h"
#include "events/types/payment_ruling.h"
#include "platform/calendar_month.h"
#include "producers/append/match.h"
#include "producers/append/void_checks.h"
#include "projections/directory/event_keys.h"
#include "projections/directory/queries.h"
#include "projections/seen/seen.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

using seen::Reading;

struct Target {
  EventAsRead was;
  std::string partition_key;
};

// The target by now: its own line, or that of its last correction.
Result<Target> read_target(const seen::SeenRow& row, const LogReader& log, JsonCodec& codec) {
  LEDGER_TRY(const std::string line, log.read(*row.position));
  LEDGER_TRY(const Event event, codec.decode_line(line));
  Target target;
  target.was.type = type_name(event.data);
  target.was.position = to_string(*row.position);
  target.was.time = event.time;
  target.was.local_day = event.stamps.local_day;
  target.was.subject = event.stamps.subject;
  target.was.actor = event.stamps.actor;
  target.was.data.text = data_json(event.data);
  target.partition_key = event.stamps.partition_key;
  if (row.reading() == Reading::kCorrected) {
    LEDGER_TRY(const std::string correction_line, log.read(*row.amended_by));
    LEDGER_TRY(const Event correction, codec.decode_line(correction_line));
    const auto* corrected = correction.data.get_if<EventCorrected>();
    if (corrected == nullptr) return fail(ErrorCode::kCorrupt, "a correction is not one any more");
    target.was.data = corrected->data;
    target.was.actor = corrected->actor;
  }
  return target;
}

// Its client was found by the one match that stands.
Result<Target> as_matched(Target target, const Position& match, const LogReader& log,
                          JsonCodec& codec) {
  LEDGER_TRY(const std::string line, log.read(match));
  LEDGER_TRY(const Event event, codec.decode_line(line));
  const auto* matched = event.data.get_if<InteractionMatched>();
  if (matched == nullptr) return fail(ErrorCode::kCorrupt, "a match is not one any more");
  target.was.position = to_string(match);
  target.was.subject = matched->client_id;
  if (!target.was.actor) target.was.actor = matched->credited_manager_id;
  target.partition_key = event.stamps.partition_key;
  return target;
}

// `credits`: who acted is to be told, whoever said whose client it is.
Result<Target> find_target(const std::string& source, const std::string& id, bool credits,
                           const ViewSnapshot& snapshot, const LogReader& log, JsonCodec& codec) {
  LEDGER_TRY(const auto row, seen::find(snapshot, source, id));
  if (!row) {
    return fail(ErrorCode::kNotFound,
                fmt::format("the ledger holds no event '{}' of source '{}'", id, source),
                "data.target_id");
  }
  if (row->reading() == Reading::kVoided) {
    return fail(ErrorCode::kConflict, "the event was voided already; record it anew instead",
                "data.target_id");
  }
  if (!row->credited_by.empty()) {
    return fail(ErrorCode::kConflict,
                fmt::format("the interaction was given its manager at {}; void that first",
                            to_string(row->credited_by.back())),
                "data.target_id");
  }
  const bool matched = row->reading() == Reading::kMatched;
  if (matched && (!credits || row->matched_by.size() > 1)) {
    return fail(ErrorCode::kConflict,
                "the interaction was matched to a client; void that match first", "data.target_id");
  }
  LEDGER_TRY(auto target, read_target(*row, log, codec));
  if (matched) return as_matched(std::move(target), row->matched_by.back(), log, codec);
  if (target.was.type == EventVoided::kName || target.was.type == EventCorrected::kName) {
    return fail(ErrorCode::kConflict, "a void or correction is not amended; amend its target",
                "data.target_id");
  }
  if (target.was.type == DataSubjectErased::kName) {
    return fail(
        ErrorCode::kConflict,
        "an erasure is not taken back, the keys are destroyed: record the person anew if he "
        "allows it",
        "data.target_id");
  }
  return target;
}

// What an amendment is looked at with.
struct Sent {
  std::string source;
  Date day;
  const ViewSnapshot& snapshot;
  JsonCodec& codec;
};

// A match is not taken from beneath what says whose the matched interaction is.
Status check_not_beneath(const Target& target, const Sent& sent) {
  if (target.was.type != InteractionMatched::kName) return {};
  LEDGER_TRY(const auto data, sent.codec.decode_data(target.was.type, target.was.data.text,
                                                     /*from_log=*/true));
  const auto& match = *data.get_if<InteractionMatched>();
  if (match.credits_alone()) return {};
  LEDGER_TRY(const auto row, seen::find(sent.snapshot, match.target_source, match.target_id));
  if (!row || row->credited_by.empty()) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("the interaction was given its manager at {} since; void that first",
                          to_string(row->credited_by.back())),
              "data.target_id");
}

Status fill_in(EventVoided& event, Target& target, const Sent& sent, Amended&) {
  LEDGER_CHECK(check_not_beneath(target, sent));
  LEDGER_CHECK(check_void(sent.snapshot, event, target.was, sent.source, sent.day, sent.codec));
  event.was = std::move(target.was);
  return {};
}

Status fill_in(EventCorrected& event, Target& target, const Sent& sent, Amended& amended) {
  if (target.was.type == InteractionMatched::kName) {
    return fail(ErrorCode::kConflict, "a match is not corrected: void it and match anew",
                "data.target_id");
  }
  if (target.was.type == ClientMerged::kName) {
    return fail(ErrorCode::kConflict, "a merge is not corrected: void it and merge anew",
                "data.target_id");
  }
  auto data = sent.codec.decode_data(target.was.type, event.data.text, /*from_log=*/false);
  if (!data) {
    Error error = std::move(data).error();
    error.field = error.field.empty() ? "data.data" : "data.data." + error.field;
    return tl::unexpected(std::move(error));
  }
  const Submission corrected{event.target_id, event.target_source, target.was.time, {}, *data};
  LEDGER_TRY(auto matched, match(sent.snapshot, corrected));
  if (matched.named && matched.named != target.was.subject) {
    return fail(ErrorCode::kConflict,
                "a correction cannot move an event to another client: void it and record it anew",
                "data.data.client_id");
  }
  event.data.text = data_json(*data);  // canonical, as every stored line
  event.actor = matched.manager;
  LEDGER_TRY(const Position position, parse_position(target.was.position));
  LEDGER_TRY(auto was, sent.codec.decode_data(target.was.type, target.was.data.text,
                                              /*from_log=*/true));
  amended.corrected = {*data, std::move(was), target.was.local_day, position};
  event.was = std::move(target.was);
  return {};
}

// Of what waits for somebody to say whose it is.
Status check_waits(const Target& target) {
  if (target.was.subject) {
    return fail(ErrorCode::kConflict,
                fmt::format("the event at {} has its client already", target.was.position),
                "data.target_id");
  }
  if (!directory::may_wait(target.was.type)) {
    return fail(ErrorCode::kConflict, fmt::format("{} is never matched", target.was.type),
                "data.target_id");
  }
  return {};
}

// What a person said to be no client's is not matched, nor said so again.
Status check_not_ruled_out(const std::string& source, const std::string& id, const Sent& sent) {
  LEDGER_TRY(const auto fact, unmatched::fact(sent.snapshot, source, id, {kLastDay, std::nullopt}));
  if (!fact || !fact->ruled_out) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("the event is no client's ({}), as was said at {}; void that first",
                          fact->ruled_out->nature, to_string(fact->ruled_out->position)),
              "data.target_id");
}

Status fill_in(PaymentRuledOut& event, Target& target, const Sent& sent, Amended& amended) {
  LEDGER_CHECK(check_waits(target));
  if (target.was.type != PaymentReceived::kName) {
    return fail(ErrorCode::kConflict, fmt::format("{} is no payment", target.was.type),
                "data.target_id");
  }
  amended.stamps.actor = event.manager_id;
  return check_not_ruled_out(event.target_source, event.target_id, sent);
}

// Its client is known: it is said to be no manager's.
Result<bool> waits_for_manager(const InteractionRuledOut& event, const Sent& sent) {
  LEDGER_TRY(const auto fact, unmatched::fact(sent.snapshot, event.target_source, event.target_id,
                                              {kLastDay, std::nullopt}));
  return fact && (fact->lacks_manager() || fact->ruled_out);
}

// Of money payment.ruled_out says so, in its own words.
Status fill_in(InteractionRuledOut& event, Target& target, const Sent& sent, Amended& amended) {
  LEDGER_TRY(const bool lacks_manager, waits_for_manager(event, sent));
  if (!lacks_manager) LEDGER_CHECK(check_waits(target));
  if (target.was.type == PaymentReceived::kName) {
    return fail(ErrorCode::kConflict, "of a payment payment.ruled_out says so", "data.target_id");
  }
  amended.stamps.actor = event.manager_id;
  return check_not_ruled_out(event.target_source, event.target_id, sent);
}

// Only of what nobody is known for, and to somebody who works here. Beside a client it says nothing
// where the manager is known, as he may be since a sender restated the record beneath.
Status check_credit(const InteractionMatched& event, const Target& target, const Sent& sent) {
  const std::string field = "data.credited_manager_id";
  if (target.was.subject && target.was.actor) {
    return fail(ErrorCode::kConflict,
                fmt::format("the event is manager {}'s already", target.was.actor->text()), field);
  }
  if (!directory::may_wait_for_manager(target.was.type)) {
    return fail(ErrorCode::kConflict, fmt::format("{} waits for no manager", target.was.type),
                field);
  }
  LEDGER_TRY(const auto manager, directory::manager(sent.snapshot, *event.credited_manager_id));
  if (!manager) {
    return fail(ErrorCode::kNotFound,
                fmt::format("nobody '{}' was ever hired", event.credited_manager_id->text()),
                field);
  }
  if (target.was.subject && *target.was.subject != event.client_id) {
    return fail(ErrorCode::kConflict,
                fmt::format("the event is client {}'s", target.was.subject->text()),
                "data.client_id");
  }
  return {};
}

Status fill_in(InteractionMatched& event, Target& target, const Sent& sent, Amended&) {
  if (event.credited_manager_id) {
    LEDGER_CHECK(check_credit(event, target, sent));
  }
  const bool credits_alone = event.credited_manager_id && target.was.subject;
  if (!credits_alone) LEDGER_CHECK(check_waits(target));
  LEDGER_CHECK(check_not_ruled_out(event.target_source, event.target_id, sent));
  event.was = std::move(target.was);
  return {};
}

Status fill_in(InteractionMatchRejected&, Target& target, const Sent&, Amended&) {
  return check_waits(target);
}

// Finds the target of an amendment and fills in what is stamped.
template <class E>
Result<Amended> amend(const E& said, Submission submission, const Sent& sent,
                      const LogReader& log) {
  bool credits = false;
  if constexpr (requires { said.credited_manager_id; }) {
    credits = said.credited_manager_id.has_value();
  }
  LEDGER_TRY(auto target, find_target(said.target_source, said.target_id, credits, sent.snapshot,
                                      log, sent.codec));
  Amended amended;
  amended.stamps.subject = target.was.subject;
  amended.stamps.partition_key = target.partition_key;
  E event = said;
  LEDGER_CHECK(fill_in(event, target, sent, amended));
  if constexpr (requires { event.client_id; }) {  // matched, or refused
    amended.stamps.subject = event.client_id;
    amended.stamps.partition_key = event.client_id.text();
    amended.stamps.actor = event.manager_id;
  }
  submission.data = EventData(std::move(event));
  amended.submission = std::move(submission);
  return amended;
}

}  // namespace

std::optional<std::string> amended_key(const EventData& data) {
  const auto key = [](const auto* said) -> std::optional<std::string> {
    if (said == nullptr) return std::nullopt;
    return seen::key_of(said->target_source, said->target_id);
  };
  if (auto voided = key(data.get_if<EventVoided>())) return voided;
  if (auto corrected = key(data.get_if<EventCorrected>())) return corrected;
  if (auto matched = key(data.get_if<InteractionMatched>())) return matched;
  if (auto payment = key(data.get_if<PaymentRuledOut>())) return payment;
  return key(data.get_if<InteractionRuledOut>());
}

bool is_amendment(const EventData& data) {
  return data.holds<EventVoided>() || data.holds<EventCorrected>() ||
         data.holds<InteractionMatched>() || data.holds<InteractionMatchRejected>() ||
         data.holds<PaymentRuledOut>() || data.holds<InteractionRuledOut>();
}

Result<Amended> resolve_amendment(Submission submission, Date day, const ViewSnapshot& snapshot,
                                  const LogReader& log, JsonCodec& codec) {
  const EventData said = submission.data;  // shared: the submission is moved from
  const Sent sent{submission.source, day, snapshot, codec};
  if (const auto* voided = said.get_if<EventVoided>()) {
    return amend(*voided, std::move(submission), sent, log);
  }
  if (const auto* corrected = said.get_if<EventCorrected>()) {
    return amend(*corrected, std::move(submission), sent, log);
  }
  if (const auto* matched = said.get_if<InteractionMatched>()) {
    return amend(*matched, std::move(submission), sent, log);
  }
  if (const auto* rejected = said.get_if<InteractionMatchRejected>()) {
    return amend(*rejected, std::move(submission), sent, log);
  }
  if (const auto* ruled_out = said.get_if<PaymentRuledOut>()) {
    return amend(*ruled_out, std::move(submission), sent, log);
  }
  if (const auto* ruled_out = said.get_if<InteractionRuledOut>()) {
    return amend(*ruled_out, std::move(submission), sent, log);
  }
  return fail(ErrorCode::kInternal, "not an amendment");
}

}  // namespace ledger
