#pragma once

#include <string>
#include <string_view>

#include "platform/http/message.h"

namespace ledger::testing {

// A question as it was asked and the route that it came to.
struct AskedRoute {
  std::string_view pattern;
  const http::Request& request;
};

// Adds the answer as a line of JSON to the file that LEDGER_TEST_ANSWERS names, so that every
// answer that any test ever got can be held against schemas/openapi.yaml
// (tests/e2e/test_openapi.py):
//   {"method","pattern","query":{…},"status","content_type","body"}
// Without that variable nothing is done. Many processes may add to one file.
void keep_answer(const AskedRoute& asked, const http::Response& response);

}  // namespace ledger::testing
