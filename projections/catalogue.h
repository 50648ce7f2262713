#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/catalogue.h"
#include "events/envelope.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger {

// A view behind one face, so that the runner needs to know none of them.
class View {
 public:
  View(std::string family) : batch_(std::move(family)) {}
  virtual ~View() = default;
  // A line as it was delivered, once for each, before what it does. Throws as below.
  virtual void arrived(const Event& event, const Position& position) = 0;
  // Throws StoreFailure if a row cannot be read.
  virtual void apply(const EventData& data, const EventMeta& meta) = 0;
  [[nodiscard]] ViewBatch& batch() { return batch_; }

 protected:
  ViewBatch batch_;
};

// THE list: every view, fresh, in the order in which families are listed. The list itself is in
// catalogue.cpp.
[[nodiscard]] std::vector<std::unique_ptr<View>> all_views();
// "client_card.v1", … in the same order, and the dedupe index last.
[[nodiscard]] std::vector<std::string> all_families();

}  // namespace ledger
