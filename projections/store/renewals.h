#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "platform/result.h"

namespace ledger {

// Why a view is made anew.
enum class RenewalCause {
  kUnreadable,  // a row that cannot be what this program wrote
  kOtherShape,  // written by a build whose rows are others
  kBehind,      // new, or of a new version, beside views that stand
  kErased,      // a person was erased, and it may hold a text of him
};
constexpr auto names(RenewalCause) {
  return words("unreadable", "other_shape", "behind", "erased");
}

// Which views of a store are being made anew from the log while all others answer. Whoever meets a
// row that cannot be read reports its view; who writes the views sets it aside, empties it, folds
// the log into it again and gives it back. Until then whoever reads it is told kUnavailable, by
// whatever snapshot; so is, after that, who holds a snapshot from before. All threads.
class Renewals {
 public:
  struct View {
    std::string family;
    RenewalCause cause = RenewalCause::kBehind;
    std::string detail;  // what of the row was wrong
  };

  // `taken`: number() of the snapshot by which it was read; the greatest: who makes views anew.
  void report(std::string_view family, std::string detail, std::uint64_t taken);
  // To be made anew though every row can be read. Once more where it is aside already: what it was
  // folded from since may have been read before.
  void ask(std::string_view family, RenewalCause cause);
  // What was reported or asked for and is not set aside yet.
  [[nodiscard]] std::vector<View> reported() const;

  void set_aside(View view);
  void give_back(std::string_view family);
  [[nodiscard]] std::vector<View> aside() const;
  [[nodiscard]] bool is_aside(std::string_view family) const;
  [[nodiscard]] bool any_aside() const { return aside_count_.load(std::memory_order_acquire) != 0; }
  // How often a view was set aside since the start, for whatever cause, also when it still was.
  [[nodiscard]] std::uint64_t times(std::string_view family) const;

  // Grows with each view that is given back.
  [[nodiscard]] std::uint64_t number() const { return number_.load(std::memory_order_acquire); }
  // To be asked after a read: whether what was read is the view and not a part of it.
  [[nodiscard]] Status readable(std::string_view family, std::uint64_t taken) const {
    const bool quiet = aside_count_.load(std::memory_order_acquire) == 0 && number() == taken;
    return quiet ? Status() : look_up(family, taken);
  }

 private:
  struct Known {
    View view;
    bool is_reported = false;
    bool is_aside = false;
    std::uint64_t given_back = 0;  // number() from then on
    std::uint64_t times = 0;
  };
  [[nodiscard]] Status look_up(std::string_view family, std::uint64_t taken) const;
  [[nodiscard]] std::vector<View> those(bool Known::* which) const;

  mutable std::shared_mutex mutex_;
  std::map<std::string, Known, std::less<>> views_;
  std::atomic<std::uint64_t> aside_count_ = 0;
  std::atomic<std::uint64_t> number_ = 0;
};

}  // namespace ledger
