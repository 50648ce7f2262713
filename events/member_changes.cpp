#include "events/member_changes.h"

#include <algorithm>
#include <utility>

#include "events/json_reader.h"

namespace ledger {

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

Result<Members> members_of(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  json::Object object;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "is not a JSON object");
  }
  Members members;
  for (const auto [name, value] : object) {
    members.emplace_back(name, simdjson::minify(value));
  }
  return members;
}

std::string value_of(const Members& members, std::string_view name) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const auto& member) { return member.first == name; });
  return found == members.end() ? std::string() : found->second;
}

}  // namespace

Result<std::vector<MemberChange>> member_changes(std::string_view was, std::string_view now) {
  LEDGER_TRY(const auto before, members_of(was));
  LEDGER_TRY(const auto after, members_of(now));
  std::vector<MemberChange> changes;
  for (const auto& [name, value] : before) {
    std::string other = value_of(after, name);
    if (other != value) changes.push_back({name, value, std::move(other)});
  }
  for (const auto& [name, value] : after) {
    if (value_of(before, name).empty()) changes.push_back({name, {}, value});
  }
  return changes;
}

}  // namespace ledger
