#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ledger::unmatched {

// Which of many names are like one that a bank wrote: by the runs of three characters that they
// share, word by word, so that the words' order does not matter and a letter more or less does
// little. Names as client_card::normalised_name gives them.
class NameLikeness {
 public:
  // Of a hundred: with less, names are not like each other.
  static constexpr int kLeastPercent = 60;

  // `whose` comes back from like().
  void add(std::string_view name, std::size_t whose);

  // Whose names are like it, each with how much (kLeastPercent..100), by `whose`. A name of fewer
  // than four characters is like none.
  [[nodiscard]] std::vector<std::pair<std::size_t, int>> like(std::string_view name) const;

 private:
  struct Known {
    std::size_t whose = 0;
    std::size_t runs = 0;  // how many its name has
  };
  std::vector<Known> known_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_run_;  // indices of known_
};

}  // namespace ledger::unmatched
