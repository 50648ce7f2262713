#pragma once

#include <cstdint>
#include <string>

#include "platform/result.h"

// The commands about what waits for a person, as commands.h has the others.
namespace ledger::cli {

// What waits for a person: whose a fact is, and what a client's money pays. An answer given twice
// is the same event.
struct UnmatchedCommand {
  std::string server;
  std::string action;  // list, accept, reject, rule-out
  std::string kind;    // payments, calls, mail, inquiries, allocations; empty: all
  std::string as_of;
  std::string known_at;
  std::string event;  // a position, or the id that its sender gave it
  std::string client;
  std::int64_t proposal = 0;  // from 1; 0: the only one
  std::string invoice;
  std::string manager;
  std::string reason;
  std::string sort;    // age, amount; empty: as it lies
  std::string nature;  // of rule-out
  bool ruled_out = false;
  bool json = false;
};
[[nodiscard]] Result<int> run_unmatched(const UnmatchedCommand& command);

// What a client's money pays that pays nothing yet, said by a person.
struct UnallocatedCommand {
  std::string server;
  std::string action;  // list, accept, reject, advance
  std::string as_of;
  std::string known_at;
  std::string event;    // a position, or the id that its sender gave it
  std::string invoice;  // of accept: empty, the only one that is proposed
  std::string amount;   // "400.00"; empty: as much as is free and open
  std::string manager;
  std::string reason;
  bool json = false;
};
[[nodiscard]] Result<int> run_unallocated(const UnallocatedCommand& command);

}  // namespace ledger::cli
