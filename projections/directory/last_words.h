#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "projections/said.h"

// What was told last of a thing that has an id: a second word of an absence, an outage or an
// appointment amends the first, it is no second one.
namespace ledger::directory {

[[nodiscard]] auto told_order(const auto& said) {
  return std::tie(said.known.recorded, said.position);
}

// Whether a word was known at an instant, and none of the same id that was told later.
template <class E, class Id>
[[nodiscard]] bool is_last_word(const std::vector<Said<E>>& all, const Said<E>& said, Id E::* id,
                                const std::optional<Timestamp>& known_at) {
  return said.known.at(known_at) && std::none_of(all.begin(), all.end(), [&](const auto& other) {
           return other.data.*id == said.data.*id && other.known.at(known_at) &&
                  told_order(said) < told_order(other);
         });
}

// Of each id, by the id.
template <class E, class Id>
[[nodiscard]] std::vector<const E*> last_words(const std::vector<Said<E>>& all, Id E::* id,
                                               const std::optional<Timestamp>& known_at) {
  std::map<Id, const Said<E>*> last;
  for (const auto& said : all) {
    if (!said.known.at(known_at)) continue;
    const auto*& best = last[said.data.*id];
    if (best == nullptr || told_order(*best) < told_order(said)) best = &said;
  }
  std::vector<const E*> words;
  words.reserve(last.size());
  for (const auto& [of, said] : last) words.push_back(&said->data);
  return words;
}

}  // namespace ledger::directory
