#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>

// What a client takes, by its header Accept (RFC 9110 12.5.1).
namespace ledger::http {

// Which of `offered` it likes best: by weight, of equal weights the one it names first, then the
// one that is offered first. The most specific range speaks for a type, and a weight of 0 refuses
// it. Without a header the first. nullopt: it takes none of them.
[[nodiscard]] std::optional<std::size_t> preferred(std::string_view accept,
                                                   std::initializer_list<std::string_view> offered);

// Whether it takes this type, by whatever range.
[[nodiscard]] bool takes(std::string_view accept, std::string_view type);

}  // namespace ledger::http
