#pragma once

#include <string_view>

namespace ledger {

// schemas/openapi.yaml as it was when the program was built: what GET /v1/openapi.yaml answers.
[[nodiscard]] std::string_view api_description();

}  // namespace ledger
