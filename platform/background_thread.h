#pragma once

namespace ledger {

// The calling thread from now on works when others leave room for it. It works as before where the
// system does not let it.
void let_others_go_first();

}  // namespace ledger
