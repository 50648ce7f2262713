#pragma once

#include <string_view>

namespace ledger {

// True for providers where anybody has an address: such a domain never identifies a company
// (domain-semantics.md 4a, e-mailed offer). `domain` in lower case.
[[nodiscard]] bool is_free_mail_domain(std::string_view domain);

}  // namespace ledger
