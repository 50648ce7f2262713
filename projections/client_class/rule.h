#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "platform/result.h"

// The ABC letter (job description 3.2: the most profitable and promising clients;
// domain-semantics.md 1.3, 48: by paid turnover × potential). How the two are weighed is ours:
// schemas/decisions/0008. Pure: amounts in, a letter out.
namespace ledger::client_class {

inline constexpr std::string_view kRule = "abc.v1";

// Pareto, as it is usually cut: A are the clients who together paid the first 80 hundredths of what
// all clients paid, B those up to 95, C the rest.
inline constexpr std::int64_t kAPercent = 80;
inline constexpr std::int64_t kBPercent = 95;
// A potential is what a client could buy in a year: told longer ago than that, it has been lived
// through, and lifts nobody.
inline constexpr int kPotentialDays = 365;

enum class Letter { kA, kB, kC };
constexpr auto names(Letter) { return words("A", "B", "C"); }

// What all clients of the house paid, each in one sum, in one currency.
class Turnovers {
 public:
  // Sums that are not above zero are left out. kOutOfRange beyond int64.
  [[nodiscard]] static Result<Turnovers> of(std::vector<std::int64_t> paid);

  [[nodiscard]] std::int64_t total() const { return total_; }
  // Paid by all who paid more than this amount.
  [[nodiscard]] std::int64_t above(std::int64_t amount) const;
  // Of an amount above zero: by what is above it, so that the first of all is an A whatever his
  // share, and equal sums have one letter. Nobody paid anything: C, there is nothing to measure by.
  [[nodiscard]] Letter letter_of(std::int64_t amount) const;

 private:
  std::vector<std::int64_t> paid_;  // the greatest first
  std::vector<std::int64_t> sums_;  // of so many of them: one more than there are
  std::int64_t total_ = 0;
};

struct Judged {
  std::optional<Letter> letter;  // absent: neither paid nor of known potential; never a guess
  std::optional<Letter> by_turnover;
  std::optional<Letter> by_potential;  // as if it had been paid
  // What the potential did: one letter up, or a letter for who paid nothing.
  bool lifted = false;
};
// A higher letter by potential lifts by one, since it is not money yet. Who paid nothing begins at
// C, and so is never an A.
[[nodiscard]] Judged judge(const Turnovers& all, std::int64_t paid,
                           std::optional<std::int64_t> potential);

}  // namespace ledger::client_class
