#pragma once

#include <cstddef>
#include <string>

#include "events/envelope.h"
#include "producers/append/statements.h"

// The events of a statement and their ids, which follow from its number (restating.h). Private to
// this folder.
namespace ledger::statements {

// "call:7~2" of statement 2.
[[nodiscard]] std::string id_of(const std::string& id, std::size_t number);
[[nodiscard]] std::string void_id_of(const std::string& id, std::size_t number);
[[nodiscard]] std::string unmatch_id_of(const std::string& id, std::size_t number);
[[nodiscard]] std::string rematch_id_of(const std::string& id, std::size_t number);

// Of a rule's match, and of a person's, which is said again behind the correction.
[[nodiscard]] Submission take_back_match(const Standing& standing, const Submission& now);
[[nodiscard]] Submission take_back_persons(const Standing& standing, const Submission& now);
[[nodiscard]] Submission match_again(const Standing& standing);

[[nodiscard]] Submission take_back(
    const std::string& fact_id, Timestamp fact_time, std::size_t number, const Submission& now,
    std::string reason = "the sender restated when it was or with whom");
[[nodiscard]] Submission correct(const Standing& standing, const Submission& now);

}  // namespace ledger::statements
