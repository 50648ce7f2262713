#pragma once

#include <span>
#include <string_view>

#include "events/fields.h"

namespace ledger {

// Whose word an event is, by its type. What somebody records is taken as said by him, so each type
// has one who may say it; whoever stands higher may too.
enum class WordOf {
  kManager,  // a client manager, about his work
  kHead,     // a head of department: he decides so. A bookkeeper is one of all departments
  kMachine,  // the exchange, the mail system, the bank, or a rule; of people an admin, and from a
             // file a bookkeeper
  kAdmin,    // rules of counting, hires: what decides how all are judged
  kLedger,   // the ledger itself, and nobody who asks
};
constexpr auto names(WordOf) { return words("manager", "head", "machine", "admin", "ledger"); }

struct Recordable {
  std::string_view type;  // "meeting.held"
  WordOf word;
  std::string_view why;
};

// Every type of the catalogue, each once; a test sees to it.
[[nodiscard]] std::span<const Recordable> recordables();
// nullptr: of no type that was decided about, so nobody's.
[[nodiscard]] const Recordable* recordable(std::string_view type);

// Contracts and payments: to take one back, or to have it read otherwise, needs two people, one who
// proposes it (correction.proposed) and a head who does it (schemas/decisions/0025).
[[nodiscard]] bool needs_second_person(std::string_view type);
// What nobody decides about himself: his report, his attestation, his breach, the damage that he
// did, his request.
[[nodiscard]] bool judges_a_manager(std::string_view type);
// What he whom it names does not take back or correct, whoever may say it: that, and a task.
[[nodiscard]] bool binds_a_manager(std::string_view type);

}  // namespace ledger
