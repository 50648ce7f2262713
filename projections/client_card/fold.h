#pragma once

#include "projections/client_card/dealings.h"
#include "projections/client_card/letters.h"
#include "projections/client_card/rows.h"
#include "projections/client_card/summary.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::client_card {

// Puts an entry on the timeline and counts it; takes both back when retracting.
void record(TimelineEntry entry, const EventMeta& meta, ViewBatch& batch);

// The date from which an event is true: a contract told of a week later stands from its signature.
template <class E>
[[nodiscard]] Date day_of(const E& event, const EventMeta& meta) {
  if constexpr (requires { event.effective_from; }) {
    return event.effective_from;
  } else if constexpr (requires { event.valid_from; }) {
    return event.valid_from;
  } else if constexpr (requires { event.signed_on; }) {
    return event.signed_on;
  } else if constexpr (requires { event.terminated_on; }) {
    return event.terminated_on;
  } else if constexpr (requires { event.placed_on; }) {
    return event.placed_on;
  } else if constexpr (requires { event.closed_on; }) {
    return event.closed_on;
  } else if constexpr (requires { event.delivered_on; }) {
    return event.delivered_on;
  } else if constexpr (requires { event.issued_on; }) {
    return event.issued_on;
  } else if constexpr (requires { event.returned_on; }) {
    return event.returned_on;
  } else if constexpr (requires { event.sent_on; }) {
    return event.sent_on;
  } else if constexpr (requires { event.confirmed_on; }) {
    return event.confirmed_on;
  } else {
    return meta.local_day;
  }
}

// Keeps the event if the row has a list for its type.
template <class Row, class E>
void keep(const E& event, const EventMeta& meta, ViewBatch& batch) {
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    if constexpr (std::is_same_v<decltype(member), std::vector<Told<E>> Row::*>) {
      contribute(batch.edit<Row>(meta.client->text()).*member, meta,
                 {meta.position, {}, meta.time, day_of(event, meta), event});
    }
  });
}

// Every event about a client, of whatever type.
struct Fold {
  static constexpr std::string_view kName = client_card::kName;
  static constexpr int kVersion = client_card::kVersion;

  template <AboutClient E>
  static void apply(const E& event, const EventMeta& meta, ViewBatch& batch) {
    if (!meta.client) return;  // waits among the unmatched, or is about nobody
    keep<CardRow>(event, meta, batch);
    keep<DealingsRow>(event, meta, batch);
    if constexpr (requires { note_letter(event, meta, batch); }) note_letter(event, meta, batch);
    if constexpr (kOnTimeline<E>) record(entry_of(event), meta, batch);
  }
};

}  // namespace ledger::client_card
