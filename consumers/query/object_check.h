#pragma once

#include "consumers/access/policy.h"
#include "consumers/query/context.h"

namespace ledger {

// Whose what a question is about has to be, by the table of routes: the client, manager or act that
// the path names, and those of `client=`, `manager=` and `owner=`. False alike for what is
// another's and for what there is not, so that ids cannot be tried out. A route that the table does
// not name is nobody's.
[[nodiscard]] Result<bool> sees_objects(const policy::Rule* rule, const Query& query);

// 403, in the words that go for both.
[[nodiscard]] http::Response not_yours();

// A manager who names none asks for his own, where the table says that the route lists by manager;
// what is asked of one client is of all its managers.
void ask_for_own(const policy::Rule* rule, http::Request& request);

// "client_id" under its name; of a client whom the scope does not see "restricted":true instead.
[[nodiscard]] Status write_client_id(JsonWriter& json, Scope& scope, std::string_view name,
                                     std::string_view client_id);

}  // namespace ledger
