#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "events/event_data.h"
#include "projections/store/view_batch.h"
#include "projections/store/view_store.h"

namespace ledger {

// A snapshot with the directory as it will be once the earlier events of a batch are in: a client
// registered and called in one batch is matched as if they had come one after the other. One
// thread.
class DirectoryOverlay final : public ViewSnapshot {
 public:
  explicit DirectoryOverlay(std::shared_ptr<const ViewSnapshot> base);

  // Folds the event in, if the directory cares about it. Throws StoreFailure.
  void include(const EventData& data);

  [[nodiscard]] const Frontier& position() const override { return base_->position(); }
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view family,
                                                       std::string_view key) const override;
  // Of the base alone: matching reads single rows.
  [[nodiscard]] Status scan(std::string_view family, std::string_view prefix, std::string_view from,
                            const Visit& row) const override;
  void report(std::string_view family, const std::string& detail) const override {
    base_->report(family, detail);
  }

 private:
  std::shared_ptr<const ViewSnapshot> base_;
  ViewBatch batch_;
  std::map<std::string, std::optional<std::string>, std::less<>> rows_;  // nullopt: erased
  std::int64_t included_ = 0;
};

}  // namespace ledger
