#include "events/fields_json.h"

#include <algorithm>

namespace ledger::json::detail {

namespace {

bool is_written(Trait trait, Members which) {
  if (trait == stamped) return which == Members::kAll;
  return trait != of_copy || which != Members::kCompared;
}

}  // namespace

bool all_compared(const std::vector<MemberWriter>& members) {
  return std::all_of(members.begin(), members.end(), [](const auto& member) {
    return is_written(member.trait, Members::kCompared);
  });
}

void write_object(JsonWriter& json, const std::vector<MemberWriter>& members, const void* object,
                  Members which) {
  json.begin_object();
  for (const auto& member : members) {
    if (!is_written(member.trait, which)) continue;
    member.write(json, member.name, static_cast<const std::byte*>(object) + member.offset, which);
  }
  json.end_object();
}

}  // namespace ledger::json::detail
