#include "projections/store/renewals.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

namespace ledger {

namespace {

std::string_view because(RenewalCause cause) {
  switch (cause) {
    case RenewalCause::kUnreadable:
      return "a row of it could not be read";
    case RenewalCause::kOtherShape:
      return "another build wrote its rows";
    case RenewalCause::kErased:
      return "a person was erased";
    case RenewalCause::kBehind:
      break;
  }
  return "it is new, or of a new version";
}

}  // namespace

void Renewals::report(std::string_view family, std::string detail, std::uint64_t taken) {
  const std::unique_lock lock(mutex_);
  Known& known = views_[std::string(family)];
  const bool by_its_writer = taken == std::numeric_limits<std::uint64_t>::max();
  if (known.is_aside && !by_its_writer) return;  // read before it was emptied
  if (known.is_reported || known.given_back > taken) return;
  known.view = {std::string(family), RenewalCause::kUnreadable, std::move(detail)};
  known.is_reported = true;
}

void Renewals::ask(std::string_view family, RenewalCause cause) {
  const std::unique_lock lock(mutex_);
  Known& known = views_[std::string(family)];
  if (known.is_reported) return;
  known.view = {std::string(family), cause, ""};
  known.is_reported = true;
}

std::vector<Renewals::View> Renewals::those(bool Known::* which) const {
  const std::shared_lock lock(mutex_);
  std::vector<View> views;
  for (const auto& [family, known] : views_) {
    if (known.*which) views.push_back(known.view);
  }
  return views;
}

std::vector<Renewals::View> Renewals::reported() const { return those(&Known::is_reported); }
std::vector<Renewals::View> Renewals::aside() const { return those(&Known::is_aside); }

void Renewals::set_aside(View view) {
  const std::unique_lock lock(mutex_);
  Known& known = views_[view.family];
  known.view = std::move(view);
  known.is_reported = false;
  ++known.times;
  if (known.is_aside) return;
  known.is_aside = true;
  aside_count_.fetch_add(1, std::memory_order_release);
}

void Renewals::give_back(std::string_view family) {
  const std::unique_lock lock(mutex_);
  const auto found = views_.find(family);
  if (found == views_.end() || !found->second.is_aside) return;
  found->second.is_aside = false;
  found->second.given_back = number_.fetch_add(1, std::memory_order_release) + 1;
  aside_count_.fetch_sub(1, std::memory_order_release);
}

bool Renewals::is_aside(std::string_view family) const {
  const std::shared_lock lock(mutex_);
  const auto found = views_.find(family);
  return found != views_.end() && found->second.is_aside;
}

std::uint64_t Renewals::times(std::string_view family) const {
  const std::shared_lock lock(mutex_);
  const auto found = views_.find(family);
  return found == views_.end() ? 0 : found->second.times;
}

Status Renewals::look_up(std::string_view family, std::uint64_t taken) const {
  const std::shared_lock lock(mutex_);
  const auto found = views_.find(family);
  if (found == views_.end()) return {};
  const Known& known = found->second;
  if (known.is_aside) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("the view {} is being made anew from the log, since {}; ask again",
                            family, because(known.view.cause)));
  }
  if (known.given_back > taken) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("the view {} was made anew from the log meanwhile; ask again", family));
  }
  return {};
}

}  // namespace ledger
