#pragma once

#include "producers/email/postmark/mapping.h"
#include "producers/webhook/fields.h"

namespace ledger::postmark {

[[nodiscard]] bool is_inbound(const webhook::Fields& fields);

// An incoming letter, as mapping.h says.
[[nodiscard]] Mapped map_inbound(const webhook::Fields& fields, const Settings& settings);

}  // namespace ledger::postmark
