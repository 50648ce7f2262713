#pragma once

#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "events/types/rule.h"
#include "platform/words.h"
#include "projections/said.h"

// Private to who reads rules: which version of one is in force, and what it says.
namespace ledger::directory {

// The version of a rule that is in force on a day; nullptr: nobody published any.
[[nodiscard]] inline const RulePublished* version_of(const std::vector<Said<RulePublished>>& rules,
                                                     std::string_view rule, Date day,
                                                     const std::optional<Timestamp>& known_at) {
  const Said<RulePublished>* best = nullptr;
  const auto rank = [](const Said<RulePublished>& said) {
    return std::tie(said.data.valid_from, said.known.recorded, said.position);
  };
  for (const auto& said : rules) {
    if (said.data.rule != rule || said.data.valid_from > day || !said.known.at(known_at)) continue;
    if (best == nullptr || rank(*best) < rank(said)) best = &said;
  }
  return best == nullptr ? nullptr : &best->data;
}

// Reads one rule of the day: what its version does not say stays the default.
template <class Rule>
class Reading {
 public:
  Reading(Rule& rule, const RulePublished* published) : published_(published) {
    if (published == nullptr) return;
    rule.version = published->version;
    rule.valid_from = published->valid_from;
  }
  template <class T, class Parameters>
  void take(T& value, std::optional<T> Parameters::* parameter) const {
    if (published_ == nullptr || !published_->parameters) return;
    const auto& said = (*published_->parameters).*parameter;
    if (said) value = *said;
  }
  void take(std::vector<std::string>& value,
            std::vector<std::string> RuleParameters::* parameter) const {
    if (published_ == nullptr || !published_->parameters) return;
    for (const auto& text : (*published_->parameters).*parameter) value.push_back(fold_words(text));
  }
  // Words, of which a version that names none leaves the default.
  template <NamedEnum Word>
  void take(std::vector<Word>& value, std::vector<Word> RuleParameters::* parameter) const {
    if (published_ == nullptr || !published_->parameters) return;
    const auto& said = (*published_->parameters).*parameter;
    if (!said.empty()) value = said;
  }
  void take(std::vector<std::string>& value, std::vector<Email> RuleParameters::* parameter) const {
    if (published_ == nullptr || !published_->parameters) return;
    for (const auto& address : (*published_->parameters).*parameter) {
      value.push_back(address.text());
    }
  }

 private:
  const RulePublished* published_;
};

}  // namespace ledger::directory
