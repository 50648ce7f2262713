#include "projections/effects.h"

#include "events/types/amendment.h"

#include <utility>

namespace ledger {

namespace {

struct Pending {
  EventData data;
  EventMeta meta;
};

Effect opposite(Effect effect) {
  return effect == Effect::kApply ? Effect::kRetract : Effect::kApply;
}

Result<Pending> as_read(const std::optional<EventAsRead>& was, const EventMeta& outer,
                        std::string_view source, std::string_view id, JsonCodec& codec) {
  if (!was) return fail(ErrorCode::kCorrupt, "an amendment without what it amends", "data.was");
  LEDGER_TRY(auto data, codec.decode_data(was->type, was->data.text, /*from_log=*/true));
  LEDGER_TRY(const Position position, parse_position(was->position));
  EventMeta meta = outer;
  meta.position = position;
  meta.source = source;
  meta.id = id;
  meta.time = was->time;
  meta.local_day = was->local_day;
  meta.client = was->subject;
  meta.manager = was->actor;
  return Pending{std::move(data), std::move(meta)};
}

Status expand_data(const EventData& data, const EventMeta& meta, JsonCodec& codec,
                   std::vector<Pending>& out);

// What was its client's already, at its own place and without a manager, is his there from now on.
void expand_credit(const InteractionMatched& matched, const EventMeta& meta, Pending nobodys,
                   std::vector<Pending>& out) {
  Pending his = nobodys;
  his.meta.manager = matched.credited_manager_id;
  his.meta.effect = meta.effect;
  nobodys.meta.effect = opposite(meta.effect);
  const bool gives = meta.effect == Effect::kApply;
  out.push_back(gives ? std::move(nobodys) : his);
  out.push_back(gives ? std::move(his) : std::move(nobodys));
}

// The credit is of who acted, and never of who said whose client it is (domain-semantics.md 4a,
// stand-in). Lines from before the two were told apart name him alone: what they matched waits for
// its manager (decisions/0031).
Status expand_matched(const InteractionMatched& matched, const EventMeta& meta, JsonCodec& codec,
                      std::vector<Pending>& out) {
  LEDGER_TRY(auto inner,
             as_read(matched.was, meta, matched.target_source, matched.target_id, codec));
  if (matched.credits_alone()) {
    expand_credit(matched, meta, std::move(inner), out);
  } else {
    inner.meta.position = meta.position;
    inner.meta.client = matched.client_id;
    if (!inner.meta.manager) inner.meta.manager = matched.credited_manager_id;
    inner.meta.effect = meta.effect;
    out.push_back(std::move(inner));
  }
  // The match itself too: the list of waiting interactions settles by it.
  out.push_back({matched, meta});
  return {};
}

Status expand_voided(const EventVoided& voided, const EventMeta& meta, JsonCodec& codec,
                     std::vector<Pending>& out) {
  LEDGER_TRY(auto inner, as_read(voided.was, meta, voided.target_source, voided.target_id, codec));
  inner.meta.effect = opposite(meta.effect);
  return expand_data(inner.data, inner.meta, codec, out);
}

Status expand_corrected(const EventCorrected& corrected, const EventMeta& meta, JsonCodec& codec,
                        std::vector<Pending>& out) {
  LEDGER_TRY(auto inner,
             as_read(corrected.was, meta, corrected.target_source, corrected.target_id, codec));
  LEDGER_TRY(auto replacement,
             codec.decode_data(corrected.was->type, corrected.data.text, /*from_log=*/false));
  EventMeta after = inner.meta;
  after.manager = corrected.actor;
  inner.meta.effect = Effect::kRetract;
  out.push_back(std::move(inner));
  out.push_back({std::move(replacement), std::move(after)});
  return {};
}

Status expand_data(const EventData& data, const EventMeta& meta, JsonCodec& codec,
                   std::vector<Pending>& out) {
  if (const auto* matched = data.get_if<InteractionMatched>()) {
    return expand_matched(*matched, meta, codec, out);
  }
  if (const auto* voided = data.get_if<EventVoided>()) {
    return expand_voided(*voided, meta, codec, out);
  }
  if (const auto* corrected = data.get_if<EventCorrected>()) {
    return expand_corrected(*corrected, meta, codec, out);
  }
  out.push_back({data, meta});
  return {};
}

bool is_amendment(const EventData& data) {
  return data.holds<InteractionMatched>() || data.holds<EventVoided>() ||
         data.holds<EventCorrected>();
}

}  // namespace

Status expand(const Event& event, const Position& position, JsonCodec& codec,
              const ApplyEffect& apply) {
  EventMeta meta{position,
                 event.source,
                 event.id,
                 event.time,
                 event.stamps.recorded_time,
                 event.stamps.local_day,
                 event.stamps.subject,
                 event.stamps.actor,
                 Effect::kApply};
  if (!is_amendment(event.data)) {
    apply(event.data, meta);
    return {};
  }
  // Decoded whole before the first effect, so that a bad amendment does nothing at all.
  std::vector<Pending> effects;
  LEDGER_CHECK(expand_data(event.data, meta, codec, effects));
  for (const auto& effect : effects) apply(effect.data, effect.meta);
  return {};
}

}  // namespace ledger
