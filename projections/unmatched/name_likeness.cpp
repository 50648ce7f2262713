#include "projections/unmatched/name_likeness.h"

#include <algorithm>
#include <set>

namespace ledger::unmatched {

namespace {

constexpr std::size_t kRun = 3;
constexpr std::size_t kLeastCharacters = 4;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && !begins_character(text[end])) ++end;
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

// Of each word with a space on either side.
std::set<std::string> runs_of(std::string_view name) {
  std::set<std::string> runs;
  while (!name.empty()) {
    const auto end = std::min(name.find(' '), name.size());
    const std::string word = " " + std::string(name.substr(0, end)) + " ";
    const auto characters = characters_of(word);
    for (std::size_t i = 0; i + kRun <= characters.size(); ++i) {
      std::string run;
      for (std::size_t k = i; k < i + kRun; ++k) run += characters[k];
      runs.insert(std::move(run));
    }
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return runs;
}

}  // namespace

void NameLikeness::add(std::string_view name, std::size_t whose) {
  if (characters_of(name).size() < kLeastCharacters) return;
  const auto runs = runs_of(name);
  for (const auto& run : runs) by_run_[run].push_back(known_.size());
  known_.push_back({whose, runs.size()});
}

std::vector<std::pair<std::size_t, int>> NameLikeness::like(std::string_view name) const {
  std::vector<std::pair<std::size_t, int>> found;
  if (characters_of(name).size() < kLeastCharacters) return found;
  const auto runs = runs_of(name);
  std::map<std::size_t, std::size_t> shared;
  for (const auto& run : runs) {
    const auto names = by_run_.find(run);
    if (names == by_run_.end()) continue;
    for (const std::size_t index : names->second) ++shared[index];
  }
  std::map<std::size_t, int> best;
  for (const auto& [index, count] : shared) {
    const auto& known = known_[index];
    const auto percent = static_cast<int>(200 * count / (runs.size() + known.runs));
    if (percent < kLeastPercent) continue;
    auto& most = best[known.whose];
    most = std::max(most, percent);
  }
  found.assign(best.begin(), best.end());
  return found;
}

}  // namespace ledger::unmatched
