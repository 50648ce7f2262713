#pragma once

#include <string_view>

#include "consumers/query/context.h"

// Clients by name: whoever reads an answer knows his clients so, and not by ids.
namespace ledger {

// The client's name as his card told it on the date and by the knowledge of the question, of the
// card that absorbed his. Empty: no card says one, or the scope does not see him.
[[nodiscard]] Result<std::string> client_name(const Query& query, std::string_view client_id);

// "client_name" of the open object, behind its "client_id"; nothing where client_name() is empty.
[[nodiscard]] Status write_client_name(JsonWriter& json, const Query& query,
                                       std::string_view client_id,
                                       std::string_view member = "client_name");

// "client_id" and "client_name"; of a client whom the scope does not see "restricted":true instead.
[[nodiscard]] Status write_named_client(JsonWriter& json, const Query& query,
                                        std::string_view client_id);

}  // namespace ledger
