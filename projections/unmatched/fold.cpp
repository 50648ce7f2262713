#include "projections/unmatched/fold.h"

#include <algorithm>

#include "events/event_data.h"
#include "projections/seen/rows.h"

namespace ledger::unmatched {

namespace {

template <class E>
std::optional<Remittance> remittance_of(const E&) {
  return std::nullopt;
}
std::optional<Remittance> remittance_of(const PaymentReceived& event) {
  return Remittance{event.payer_name.value_or(""),
                    event.purpose.value_or(""),
                    event.amount,
                    event.booked_on,
                    event.invoice_ids,
                    event.our_account,
                    event.bank_reference};
}

bool stands(const Wait& wait) { return !wait.known.taken_back; }

// Whether a fact waits by now: told, and neither matched nor ruled out; or a client's, and without
// its manager, and nobody said that it is no manager's. Of either row, whichever the event was
// about.
void note_open(const std::string& row_key, ViewBatch& batch) {
  const auto& row = batch.edit<WaitingRow>(row_key);
  const auto& answers = batch.edit<AnswersRow>(row_key).answers;
  const Wait* standing = telling(row.waits, stands);
  const bool answered = std::any_of(answers.begin(), answers.end(), [](const Answer& one) {
    return !one.known.taken_back && one.verdict != Verdict::kRejected;
  });
  auto& open = batch.edit<OpenRow>(row_key);
  open = {};
  const bool lacks_manager = std::any_of(row.waits.begin(), row.waits.end(), [](const Wait& wait) {
    return stands(wait) && !wait.client_id.empty();
  });
  const bool ruled_out = std::any_of(answers.begin(), answers.end(), [](const Answer& one) {
    return !one.known.taken_back && one.verdict == Verdict::kRuledOut;
  });
  if (standing == nullptr || ruled_out || (answered && !lacks_manager)) return;
  open = {row.type, standing->day, waits_since(*standing)};
}

// What could name its manager; empty where he is known, or nothing can tell.
template <class E>
directory::KeyLevel missing_manager(const E& event, const EventMeta& meta) {
  if constexpr (requires { directory::manager_keys(event); }) {
    if (!meta.manager) return directory::manager_keys(event);
  }
  return {};
}

// Of what is a client's: by its manager's key it is found once somebody has it. By the waits that
// stand, since they lie in partitions of several clients.
void note_manager_keys(const std::string& row_key, const directory::KeyLevel& keys,
                       ViewBatch& batch) {
  const auto& waits = batch.edit<WaitingRow>(row_key).waits;
  for (const auto& key : keys) {
    const bool any = std::any_of(waits.begin(), waits.end(), [&](const Wait& wait) {
      return stands(wait) && !wait.client_id.empty() &&
             std::any_of(wait.manager_keys.begin(), wait.manager_keys.end(), [&](const auto& one) {
               return one.kind == key.kind && one.value == key.value;
             });
    });
    const std::string waits_for = directory::key_of(key.kind, key.value);
    batch.edit<KeyWaitsRow>(waits_key(waits_for) + row_key).waits = any;
  }
}

// `shown`: for the eyes, where nothing in it could name a client.
template <class E>
void wait(const E& event, const EventMeta& meta, ViewBatch& batch, std::string shown = {}) {
  auto manager_keys = missing_manager(event, meta);
  if (meta.client && manager_keys.empty()) return;
  const bool waits = meta.effect == Effect::kApply;
  auto keys = directory::client_keys(EventData(event));
  if (!keys.empty()) shown = keys.front().front().value;
  const std::string row_key = seen::key_of(meta.source, meta.id);
  for (const auto& level : keys) {
    if (meta.client) break;
    for (const auto& [kind, value] : level) {
      batch.edit<KeyWaitsRow>(waits_key(directory::key_of(kind, value)) + row_key).waits = waits;
    }
  }
  auto& row = batch.edit<WaitingRow>(row_key);
  if (waits) {
    row.type = E::kName;
    row.source = meta.source;
    row.id = meta.id;
  }
  contribute(row.waits, meta,
             {meta.position,
              {},
              meta.time,
              meta.local_day,
              std::move(shown),
              std::move(keys),
              remittance_of(event),
              meta.client ? meta.client->text() : std::string(),
              manager_keys});
  if (meta.client) note_manager_keys(row_key, manager_keys, batch);
  note_open(row_key, batch);
}

template <class E>
void answer(const E& event, const EventMeta& meta, ViewBatch& batch, Verdict verdict) {
  const std::string row_key = seen::key_of(event.target_source, event.target_id);
  auto& row = batch.edit<AnswersRow>(row_key);
  const std::string manager = event.manager_id ? event.manager_id->text() : std::string();
  contribute(row.answers, meta,
             {meta.position,
              {},
              verdict,
              event.client_id.text(),
              event.reason,
              manager,
              {},
              meta.source,
              meta.id});
  note_open(row_key, batch);
}

template <class E>
void rule_out(const E& event, const EventMeta& meta, ViewBatch& batch) {
  const std::string row_key = seen::key_of(event.target_source, event.target_id);
  auto& row = batch.edit<AnswersRow>(row_key);
  contribute(row.answers, meta,
             {meta.position,
              {},
              Verdict::kRuledOut,
              {},
              event.reason,
              event.manager_id.text(),
              std::string(name_of(event.nature)),
              meta.source,
              meta.id});
  note_open(row_key, batch);
}

}  // namespace

void Fold::apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch) {
  wait(event, meta, batch, event.client_phone_raw.value_or(""));
}

void Fold::apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch) {
  wait(event, meta, batch);
}

void Fold::apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch) {
  wait(event, meta, batch, event.payer_name.value_or(""));
}

void Fold::apply(const OfferDeliveryChanged& event, const EventMeta& meta, ViewBatch& batch) {
  wait(event, meta, batch);
}

void Fold::apply(const OfferAnswered& event, const EventMeta& meta, ViewBatch& batch) {
  wait(event, meta, batch);
}

void Fold::apply(const LetterExchanged& event, const EventMeta& meta, ViewBatch& batch) {
  wait(event, meta, batch);
}

void Fold::apply(const InquiryReceived& event, const EventMeta& meta, ViewBatch& batch) {
  wait(event, meta, batch, event.text.value_or(""));
}

void Fold::apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch) {
  if (event.credits_alone()) return;  // the waiting for its manager ends by itself
  answer(event, meta, batch, Verdict::kMatched);
}

void Fold::apply(const InteractionMatchRejected& event, const EventMeta& meta, ViewBatch& batch) {
  answer(event, meta, batch, Verdict::kRejected);
}

void Fold::apply(const PaymentRuledOut& event, const EventMeta& meta, ViewBatch& batch) {
  rule_out(event, meta, batch);
}

void Fold::apply(const InteractionRuledOut& event, const EventMeta& meta, ViewBatch& batch) {
  rule_out(event, meta, batch);
}

}  // namespace ledger::unmatched
