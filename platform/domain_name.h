#pragma once

#include <string>
#include <string_view>

namespace ledger {

// A domain as people write it: "xn--80aa3agjl3d.xn--j1amh" is "ромашка.укр" (IDNA 2008), in lower
// case and one composition of its letters, so that both forms are one. A domain of ASCII letters
// alone, and what is no such domain, stay as they are. Threads: any.
[[nodiscard]] std::string domain_in_letters(std::string_view domain);

}  // namespace ledger
