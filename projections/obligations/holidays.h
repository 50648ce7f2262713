#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "projections/obligations/book.h"

// Professional holidays, by the decrees that set them (job description 3.2; domain-semantics.md
// 4c).
namespace ledger::obligations {

// A fixed day of a month, or its n-th or last Sunday.
struct Holiday {
  std::string_view id;
  std::string_view title_uk;
  std::string_view decree;
  unsigned month = 1;
  unsigned day = 0;     // 0: a Sunday
  unsigned sunday = 0;  // 1 to 4; 5: the last one
  // Whose it is: by what a client's КВЕД begins with, or by what a contact person is.
  std::array<std::string_view, 4> industries;
  std::string_view profession;
};
[[nodiscard]] std::span<const Holiday> holidays();
[[nodiscard]] Date day_of(const Holiday& holiday, std::chrono::year year);
// The first one on or after a day.
[[nodiscard]] Date next_day_of(const Holiday& holiday, Date day);
[[nodiscard]] bool is_of_industry(std::string_view industry, const Holiday& holiday);
[[nodiscard]] bool is_of_profession(std::string_view profession, const Holiday& holiday);

// A holiday of a client, or of one of his people, that is near or past; see Birthday.
struct Feast {
  const Holiday* holiday = nullptr;
  const Told<ContactPersonSet>* person = nullptr;  // absent: all of the client's
  Date day;
  Date announce_on;
  std::optional<Date> greeted_on;
};
[[nodiscard]] std::vector<Feast> feasts(const ClientBook& book,
                                        const directory::Calendar& calendar);

}  // namespace ledger::obligations
