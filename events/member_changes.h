#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace ledger {

// A member of an object that another one has otherwise: both values as JSON, empty where it is not.
struct MemberChange {
  std::string name;
  std::string was;
  std::string now;
};
// In the order of `was`, then what `now` has besides. kMalformed: one is no JSON object.
[[nodiscard]] Result<std::vector<MemberChange>> member_changes(std::string_view was,
                                                               std::string_view now);

}  // namespace ledger
