#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "events/fields.h"

namespace ledger::duties {

// How often a duty is owed.
enum class Period {
  kDay,
  kMonth,
  kHalfYear,
  kDueDate,  // each case has a date of its own: a bid, a promise, an errand
  kAlways,   // whenever there is occasion
};
constexpr auto names(Period) { return words("day", "month", "half_year", "due_date", "always"); }

// The words of the job description, unchanged but for line breaks, and where they stand in it:
// "3.1" is a point of the instruction ("4, 3.1" of its part 4, which repeats the numbers of part
// 3), else the heading of a part of the article, with the number of the point where it has one.
// Misspellings are the source's.
struct Quote {
  std::string_view text;
  std::string_view place;
};

// What the quote measures by, in its own words; `number` is the number in them, 0 where there is
// none: 30 calls, 1 act of reconciliation a month, the 3rd of the month.
struct Norm {
  std::string_view text;
  std::int64_t number = 0;
};

// A short list that lies in its owner: no more than kMax names.
class Names {
 public:
  static constexpr std::size_t kMax = 8;

  template <class... Name>
  constexpr Names(Name... name) : names_{std::string_view(name)...}, size_(sizeof...(name)) {
    static_assert(sizeof...(name) <= kMax);
  }
  [[nodiscard]] constexpr auto begin() const { return names_.begin(); }
  [[nodiscard]] constexpr auto end() const { return begin() + static_cast<std::ptrdiff_t>(size_); }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }

 private:
  std::array<std::string_view, kMax> names_;
  std::size_t size_;
};

// One thing that the job description asks of a manager (domain-semantics.md 1).
struct Duty {
  int number = 0;       // 1 to 93, its row in the duty table
  std::string_view id;  // what figures, breaches and people call it; never changed
  Quote quote;          // the sentence behind the figure
  Quote also = {};      // where the source says it again or goes on elsewhere
  std::string_view title_uk;
  std::string_view title_en;
  Period period = Period::kAlways;
  Norm norm = {};         // empty where the source measures by nothing
  std::string_view rule;  // by which rule it is counted, with its version; kRecord: by none
  Names events;           // the types of event that show it done or not done
  Names seen_in;          // the questions whose answers show it
};

// Nothing is counted but how many there are: the answer shows what was recorded.
inline constexpr std::string_view kRecord = "record.v1";
// Counted by the words of its tables (breakdowns.h).
inline constexpr std::string_view kTables = "tables.v1";

}  // namespace ledger::duties
