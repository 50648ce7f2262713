#include "projections/store/kept_reads.h"

#include <algorithm>
#include <functional>

namespace ledger {

namespace {

constexpr char kAfterFamily = '\0';

std::uint64_t hash_of(std::string_view name) { return std::hash<std::string_view>{}(name); }

// The first name that does not begin with `prefix` any more. A family's name ends in a zero byte,
// so that there is one.
std::string after(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) prefix.pop_back();
  if (!prefix.empty()) {
    prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  }
  return prefix;
}

}  // namespace

std::string row_name(std::string_view family, std::string_view key) {
  std::string name;
  name.reserve(family.size() + 1 + key.size());
  name += family;
  name += kAfterFamily;
  name += key;
  return name;
}

void TouchedRows::add(const std::string& name) {
  hashes_.insert(hash_of(name));
  names_.insert(name);
}

bool TouchedRows::has_between(const std::string& first, const std::string& end) const {
  const auto at = names_.lower_bound(first);
  return at != names_.end() && *at < end;
}

void Reads::row(std::string_view family, std::string_view key) {
  const auto hash = hash_of(row_name(family, key));
  const std::lock_guard lock(mutex_);
  rows_.push_back(hash);
}

void Reads::range(std::string_view family, std::string_view prefix, std::string_view from,
                  const std::optional<std::string>& last) {
  Range range{row_name(family, std::max(prefix, from)), {}};
  // What stands right behind a name is the name and a zero byte.
  range.end = last ? row_name(family, *last) + '\0' : after(row_name(family, prefix));
  const std::lock_guard lock(mutex_);
  ranges_.push_back(std::move(range));
}

bool Reads::touched_by(const TouchedRows& touched) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(rows_.begin(), rows_.end(),
                     [&](std::uint64_t hash) { return touched.has(hash); }) ||
         std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
           return touched.has_between(range.first, range.end);
         });
}

Result<std::optional<std::string>> NotingSnapshot::get(std::string_view family,
                                                       std::string_view key) const {
  reads_->row(family, key);
  return of_.get(family, key);
}

Status NotingSnapshot::scan(std::string_view family, std::string_view prefix, std::string_view from,
                            const Visit& row) const {
  std::optional<std::string> last;
  auto status = of_.scan(family, prefix, from, [&](std::string_view key, std::string_view value) {
    const std::string at(key);  // the view may be gone once the visit has read on
    const bool more = row(key, value);
    if (!more) last = at;
    return more;
  });
  reads_->range(family, prefix, from, last);
  return status;
}

}  // namespace ledger
