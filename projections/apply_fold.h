#pragma once

#include <unordered_map>

#include "events/catalogue.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger {

// Calls the fold's overload for the event's type, where it has one. Include only in .cpp files: it
// looks at every type of the catalogue.
template <class Fold>
void apply_fold(const EventData& data, const EventMeta& meta, ViewBatch& batch) {
  using Apply = void (*)(const void*, const EventMeta&, ViewBatch&);
  static const auto table = [] {
    std::unordered_map<const EventType*, Apply> by_type;
    Catalogue::for_each([&]<class E>() {
      if constexpr (requires(const E& event) { Fold::apply(event, meta, batch); }) {
        by_type.emplace(&event_type_of<E>(),
                        [](const void* event, const EventMeta& about, ViewBatch& rows) {
                          Fold::apply(*static_cast<const E*>(event), about, rows);
                        });
      }
    });
    return by_type;
  }();
  if (const auto found = table.find(&data.type()); found != table.end()) {
    found->second(data.raw(), meta, batch);
  }
}

}  // namespace ledger
