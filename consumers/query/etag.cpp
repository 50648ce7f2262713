#include "consumers/query/etag.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "consumers/access/principal.h"
#include "platform/sha256.h"

namespace ledger {

namespace {

constexpr std::size_t kTagBytes = 16;

// One of this process alone.
const std::string& salt() {
  static const std::string mine = [] {
    std::random_device random;
    return fmt::format("{:x}{:x}", random(), random());
  }();
  return mine;
}

// Each part behind its length: no two lists of parts come to the same text.
class Parts {
 public:
  void add(std::string_view part) { text_ += fmt::format("{}:{}", part.size(), part); }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void add_principal(Parts& parts, const Principal& who) {
  parts.add(who.id);
  parts.add(name_of(who.role));
  parts.add(who.manager_id ? who.manager_id->text() : "");
  for (const auto& department : who.departments) parts.add(department);
}

void add_question(Parts& parts, const http::Request& request, std::string_view pattern) {
  parts.add(pattern);
  for (const auto& capture : request.captures) parts.add(capture);
  auto parameters = request.query;
  std::erase_if(parameters,
                [](const auto& one) { return one.first == "at_least" || one.first == "max_wait"; });
  std::sort(parameters.begin(), parameters.end());
  for (const auto& [name, value] : parameters) {
    parts.add(name);
    parts.add(value);
  }
  parts.add(request.header("accept"));
}

}  // namespace

std::string etag_of(const http::Request& request, std::string_view pattern,
                    const Frontier& position, std::uint64_t renewed, Date today, Timestamp now,
                    Changes changes) {
  Parts parts;
  parts.add(salt());
  add_question(parts, request, pattern);
  parts.add(to_string(position));
  parts.add(std::to_string(renewed));
  parts.add(format_date(today));
  if (request.principal) add_principal(parts, *request.principal);
  if (changes == Changes::kWithTheMinute) {
    parts.add(format_timestamp(std::chrono::floor<std::chrono::minutes>(now)));
  }
  const Sha256 digest = sha256(parts.text());
  return fmt::format("W/\"{}\"", to_hex({reinterpret_cast<const char*>(digest.data()), kTagBytes}));
}

}  // namespace ledger
