#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "projections/store/view_store.h"

// Private to kept.h: which rows a value was made of, and which rows commits have touched.
namespace ledger {

// A key of a family, as one text.
[[nodiscard]] std::string row_name(std::string_view family, std::string_view key);

// Rows that commits touched.
class TouchedRows {
 public:
  void add(const std::string& name);
  [[nodiscard]] bool empty() const { return names_.empty(); }
  [[nodiscard]] bool has(std::uint64_t hash) const { return hashes_.contains(hash); }
  // Any from `first` up to `end`, which is not one of them.
  [[nodiscard]] bool has_between(const std::string& first, const std::string& end) const;

 private:
  std::unordered_set<std::uint64_t> hashes_;
  std::set<std::string> names_;
};

class Reads {
 public:
  void row(std::string_view family, std::string_view key);
  // Of keys that begin with `prefix`, from `from` up to `last`; up to the end without one.
  void range(std::string_view family, std::string_view prefix, std::string_view from,
             const std::optional<std::string>& last);
  [[nodiscard]] bool touched_by(const TouchedRows& touched) const;

 private:
  struct Range {
    std::string first;
    std::string end;
  };
  mutable std::mutex mutex_;  // what several values share is read on while others are looked at
  std::vector<std::uint64_t> rows_;
  std::vector<Range> ranges_;
};

// Reads of another, and notes what.
class NotingSnapshot final : public ViewSnapshot {
 public:
  NotingSnapshot(const ViewSnapshot& of, std::shared_ptr<Reads> reads)
      : of_(of), reads_(std::move(reads)) {}
  [[nodiscard]] const Frontier& position() const override { return of_.position(); }
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view family,
                                                       std::string_view key) const override;
  [[nodiscard]] Status scan(std::string_view family, std::string_view prefix, std::string_view from,
                            const Visit& row) const override;
  void report(std::string_view family, const std::string& detail) const override {
    of_.report(family, detail);
  }

 private:
  const ViewSnapshot& of_;
  std::shared_ptr<Reads> reads_;
};

}  // namespace ledger
