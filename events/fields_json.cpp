#include "events/fields_json.h"

#include <algorithm>

namespace ledger::json::detail {

bool has_stamped(const std::vector<MemberWriter>& members) {
  return std::any_of(members.begin(), members.end(),
                     [](const auto& member) { return member.trait == stamped; });
}

void write_object(JsonWriter& json, const std::vector<MemberWriter>& members, const void* object,
                  StampedMembers stamps) {
  json.begin_object();
  for (const auto& member : members) {
    if (member.trait == stamped && stamps == StampedMembers::kSkip) continue;
    member.write(json, member.name, static_cast<const std::byte*>(object) + member.offset, stamps);
  }
  json.end_object();
}

}  // namespace ledger::json::detail
