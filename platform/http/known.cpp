#include "platform/http/known.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "platform/sha256.h"

namespace ledger::http {

namespace {

constexpr std::size_t kTagBytes = 16;

std::string_view without_weakness(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

}  // namespace

Status check_known(const Request& request, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : request.query) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return fail(ErrorCode::kUnknownField,
                  known.size() == 0
                      ? std::string("is not understood here, where no parameter is")
                      : fmt::format("is not understood here, where {} are", fmt::join(known, ", ")),
                  name);
    }
    if (value.empty()) {
      return fail(ErrorCode::kInvalidField, "is empty; leave it out instead", name);
    }
  }
  return {};
}

bool is_named(std::string_view if_none_match, std::string_view etag) {
  const std::string_view wanted = without_weakness(etag);
  while (!if_none_match.empty()) {
    std::string_view one = if_none_match.substr(0, if_none_match.find(','));
    if_none_match.remove_prefix(std::min(if_none_match.size(), one.size() + 1));
    one.remove_prefix(std::min(one.size(), one.find_first_not_of(" \t")));
    one = one.substr(0, one.find_last_not_of(" \t") + 1);
    if (without_weakness(one) == wanted) return true;
  }
  return false;
}

Response not_modified(std::string etag) {
  Response response{304, "application/json", ""};
  response.headers.emplace_back("ETag", std::move(etag));
  response.headers.emplace_back("Vary", "Accept");
  return response;
}

Response tagged_by_body(const Request& request, Response answer) {
  if (answer.status != 200) return answer;
  const Sha256 digest = sha256(answer.body);
  std::string etag =
      fmt::format("W/\"{}\"", to_hex({reinterpret_cast<const char*>(digest.data()), kTagBytes}));
  if (is_named(request.header("if-none-match"), etag)) return not_modified(std::move(etag));
  answer.headers.emplace_back("ETag", std::move(etag));
  answer.headers.emplace_back("Vary", "Accept");
  return answer;
}

}  // namespace ledger::http
