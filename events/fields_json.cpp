#include "events/fields_json.h"

namespace ledger::json::detail {

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
