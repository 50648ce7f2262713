#pragma once

#include <memory>
#include <string>
#include <utility>

#include "projections/store/view_store.h"

namespace ledger::testing {

// Stands in front of a store and passes everything on. A test overrides what is to go otherwise.
class PassingStore : public ViewStore {
 public:
  explicit PassingStore(std::unique_ptr<ViewStore> of = memory_view_store(1))
      : of_(std::move(of)) {}

  Result<Frontier> progress(std::string_view family, std::int32_t partitions) const override {
    return of_->progress(family, partitions);
  }
  std::unique_ptr<ViewTransaction> begin() override { return of_->begin(); }
  Status commit(std::unique_ptr<ViewTransaction> changes, const Frontier& position) override {
    return of_->commit(std::move(changes), position);
  }
  std::shared_ptr<const ViewSnapshot> current() const override { return of_->current(); }
  Renewals& renewals() const override { return of_->renewals(); }
  std::shared_ptr<const ViewSnapshot> unguarded() const override { return of_->unguarded(); }
  Status empty(std::string_view family) override { return of_->empty(family); }
  Status purge() override { return of_->purge(); }
  void give_back(std::string_view family) override { of_->give_back(family); }

 private:
  std::unique_ptr<ViewStore> of_;
};

// The same for a snapshot.
class PassingSnapshot : public ViewSnapshot {
 public:
  explicit PassingSnapshot(std::shared_ptr<const ViewSnapshot> of) : of_(std::move(of)) {}

  const Frontier& position() const override { return of_->position(); }
  Result<std::optional<std::string>> get(std::string_view family,
                                         std::string_view key) const override {
    return of_->get(family, key);
  }
  Status scan(std::string_view family, std::string_view prefix, std::string_view from,
              const Visit& row) const override {
    return of_->scan(family, prefix, from, row);
  }
  void report(std::string_view family, const std::string& detail) const override {
    of_->report(family, detail);
  }

 private:
  std::shared_ptr<const ViewSnapshot> of_;
};

}  // namespace ledger::testing
