#include "consumers/runner/projector.h"

#include <algorithm>

#include "platform/logging.h"

// How a projector makes views anew.
namespace ledger {

namespace {

// A view that cannot be read so often after it was made anew is not cured by it.
constexpr std::uint64_t kRenewalsMost = 3;

}  // namespace

// Where all views begin, whatever was parked is tried again. Where they stand and nothing says what
// was parked (every commit says how far that is), they have holes that nobody knows of.
Status Projector::take_stock_of_parked() {
  const Frontier start = Frontier::start(log_.partitions());
  if (standing_ == start) {
    parking_ = ParkingLot();
    LEDGER_CHECK(store_.empty(kParkedFamily));
    store_.give_back(kParkedFamily);
    return {};
  }
  LEDGER_TRY(const auto parked, store_.progress(kParkedFamily, log_.partitions()));
  if (parked == start) set_all_aside(RenewalCause::kOtherShape, "");
  return {};
}

void Projector::set_all_aside(RenewalCause cause, const std::string& detail) {
  if (!detail.empty()) {
    log::error("an event cannot be folded any more; all views are made anew from the log",
               {{"reason", detail}});
  }
  for (const auto& family : projector_families()) {
    store_.renewals().set_aside({family, cause, detail});
    to_empty_.insert(family);
  }
}

// Whether a view has it already, or the index, so that to park it would leave a hole in others.
bool Projector::is_held(const Position& position) const {
  return seen_committed_.covers(position) ||
         std::any_of(members_.begin(), members_.end(),
                     [&](const Member& member) { return member.committed.covers(position); });
}

// What is parked was told by all views together, so all of them are made anew with it.
Status Projector::renew_reported() {
  auto reported = store_.renewals().reported();
  const auto parked = std::find_if(reported.begin(), reported.end(),
                                   [](const auto& view) { return view.family == kParkedFamily; });
  if (parked != reported.end() && parked->cause == RenewalCause::kUnreadable) {
    const std::string detail = parked->detail;
    reported.clear();
    for (const auto& family : projector_families()) {
      reported.push_back({family, RenewalCause::kUnreadable, detail});
    }
  }
  for (const auto& view : reported) {
    store_.renewals().set_aside(view);
    to_empty_.insert(view.family);
    if (view.cause == RenewalCause::kErased) continue;
    log::error("a row of a view cannot be read; the view is made anew from the log",
               {{"view", view.family}, {"reason", view.detail}});
    unreadable_.fetch_add(1, std::memory_order_relaxed);
    if (++unreadable_times_[view.family] > kRenewalsMost) {
      return fail(
          ErrorCode::kCorrupt,
          view.family + " cannot be read after it was made anew again and again: " + view.detail);
    }
  }
  return empty_set_aside();
}

Status Projector::empty_set_aside() {
  if (to_empty_.empty()) return {};
  const Frontier start = Frontier::start(log_.partitions());
  discard();
  for (auto& member : members_) {
    if (!to_empty_.contains(member.family)) continue;
    LEDGER_CHECK(store_.empty(member.family));
    member.next = member.committed = start;
  }
  if (to_empty_.contains(seen_family_)) {
    LEDGER_CHECK(store_.empty(seen_family_));
    seen_next_ = seen_committed_ = start;
  }
  // Last: until then it is unreadable at the next start, too.
  if (to_empty_.contains(std::string(kParkedFamily))) {
    LEDGER_CHECK(store_.empty(kParkedFamily));
    parking_ = ParkingLot();
  }
  to_empty_.clear();
  give_back();  // where the log holds nothing
  return {};
}

// Whatever stands where the others do. What is parked does when all views do.
void Projector::give_back() {
  const auto views = store_.renewals().aside();
  if (views.empty()) return;
  const auto stands = [this](std::string_view family) {
    if (family == seen_family_) return seen_next_.covers(standing_);
    return std::all_of(members_.begin(), members_.end(), [&](const Member& member) {
      return (family != kParkedFamily && member.family != family) || member.next.covers(standing_);
    });
  };
  for (const auto& view : views) {
    if (!stands(view.family)) continue;
    store_.give_back(view.family);
    log::info("a view was made anew and is read again", {{"view", view.family}});
  }
}

}  // namespace ledger
