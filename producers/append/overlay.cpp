#include "producers/append/overlay.h"

#include <limits>
#include <utility>

#include "projections/apply_fold.h"
#include "projections/directory/fold.h"

namespace ledger {

namespace {

const std::string& family() {
  static const std::string name = family_of(directory::kName, directory::kVersion);
  return name;
}

class IntoMap final : public ViewTransaction {
 public:
  explicit IntoMap(std::map<std::string, std::optional<std::string>, std::less<>>& rows)
      : rows_(rows) {}
  void put(std::string_view, std::string_view key, std::string_view value) override {
    rows_[std::string(key)] = std::string(value);
  }
  void erase(std::string_view, std::string_view key) override {
    rows_[std::string(key)] = std::nullopt;
  }
  void advance(std::string_view, const Frontier&) override {}

 private:
  std::map<std::string, std::optional<std::string>, std::less<>>& rows_;
};

}  // namespace

DirectoryOverlay::DirectoryOverlay(std::shared_ptr<const ViewSnapshot> base)
    : base_(std::move(base)), batch_(family()) {
  batch_.read_from(*base_);
}

void DirectoryOverlay::include(const EventData& data) {
  // Behind every event of the log, in the order of the batch.
  EventMeta meta{};
  meta.position = {std::numeric_limits<std::int32_t>::max(), included_++};
  apply_fold<directory::Fold>(data, meta, batch_);
  IntoMap into(rows_);
  batch_.collect(into);
}

Result<std::optional<std::string>> DirectoryOverlay::get(std::string_view wanted,
                                                         std::string_view key) const {
  if (wanted == family()) {
    if (const auto found = rows_.find(key); found != rows_.end()) return found->second;
  }
  return base_->get(wanted, key);
}

Status DirectoryOverlay::scan(std::string_view wanted, std::string_view prefix,
                              std::string_view from, const Visit& row) const {
  return base_->scan(wanted, prefix, from, row);
}

}  // namespace ledger
