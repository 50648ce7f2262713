#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/house.h"

// A house of which everything is told that the ledger can hold, for several managers apart: the
// examples of all schemas, with the names of one of them in every place.
namespace ledger::testing {

struct Side {
  std::string name;        // "own"; in every id, number and address of it
  std::string department;  // of its manager
  std::string digit;       // of its phones and extensions
  std::string tax_code;
  std::string iban;
  std::int64_t amount_minor = 0;  // of everything: a sum that no other side has

  [[nodiscard]] std::string client() const { return "c-" + name; }
  [[nodiscard]] std::string manager() const { return "m-" + name; }
  [[nodiscard]] std::string phone() const { return "+38050111220" + digit; }
  [[nodiscard]] std::string mark() const { return "Знак" + name; }  // in every free text
  // None of these stands in an answer to who may not see the side.
  [[nodiscard]] std::vector<std::string> marks() const;
};

Side own_side();
Side mate_side();  // another manager of the same department
Side far_side();   // of another department

// What was told of a side: types of events that the door took.
std::size_t tell_side(House& house, const Side& side);
// What is nobody's: a payer whom nobody knows, and a client without an owner, "c-nobody".
void tell_nobodys(House& house);
// One event at a time of the day; it has to be accepted.
void tell(House& house, std::string_view id, std::string_view type, std::string_view time,
          std::string_view data);

std::shared_ptr<const Principal> manager_of(const Side& side);
std::shared_ptr<const Principal> head_of(std::vector<std::string> departments);
std::shared_ptr<const Principal> somebody(Role role);

}  // namespace ledger::testing
