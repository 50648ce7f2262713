#include "projections/receivables/advances.h"

namespace ledger::receivables {

const Advance* advance_of(const AccountRow& account, std::string_view source, std::string_view id,
                          const std::optional<Timestamp>& known_at) {
  const Advance* last = nullptr;
  for (const auto& advance : account.advances) {
    const bool is_of = advance.data.payment_source == source && advance.data.payment_id == id;
    if (!is_of || !advance.known.at(known_at)) continue;
    if (last == nullptr || said_before(*last, advance)) last = &advance;
  }
  return last;
}

}  // namespace ledger::receivables
