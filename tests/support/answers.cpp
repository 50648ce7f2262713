#include "tests/support/answers.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "platform/json_writer.h"
#include "platform/utf8.h"

namespace ledger::testing {

void keep_answer(const AskedRoute& asked, const http::Response& response) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  const char* const path = std::getenv("LEDGER_TEST_ANSWERS");
  if (path == nullptr || !is_valid_utf8(response.body)) return;
  JsonWriter json;
  json.begin_object();
  json.member("method", asked.request.method);
  json.member("pattern", asked.pattern);
  json.key("query").begin_object();
  for (const auto& [name, value] : asked.request.query) json.member(name, value);
  json.end_object();
  json.member("status", response.status);
  json.member("content_type", response.content_type);
  json.member("body", response.body);
  json.end_object();
  const std::string line = json.take() + "\n";
  // One write of one line: appended whole, whoever else writes.
  const int file = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0 || ::write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    throw std::runtime_error("the answer cannot be kept in LEDGER_TEST_ANSWERS");
  }
  ::close(file);
}

}  // namespace ledger::testing
