#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/consumers/access/departments.h"

namespace ledger::testing {

// What came of a question.
struct Asked {
  int status = 0;
  std::string type;  // of the content
  std::string body;  // without the position at which it stands
};

// Every question that the house's routes know: each GET route with each id that a path may name
// (of both departments, of nobody, of nothing), each event's position, each duty, and every
// parameter that the route takes, in JSON, CSV and HTML. A route or a parameter that is new and has
// no values here fails.
std::vector<std::string> all_questions(House& house);

// Their answers to who asks.
std::map<std::string, Asked> ask_all(House& house, const std::vector<std::string>& questions);

}  // namespace ledger::testing
