#include "projections/duties/duties.h"

#include <algorithm>
#include <vector>

#include "projections/duties/tables.h"

namespace ledger::duties {

std::span<const Duty> all() {
  static const std::vector<Duty> joined = [] {
    std::vector<Duty> list;
    for (const auto part :
         {norms(), client_base(), search(), relations(), debt_and_delivery(), staff()}) {
      list.insert(list.end(), part.begin(), part.end());
    }
    return list;
  }();
  return joined;
}

const Duty* find(std::string_view id) {
  const auto list = all();
  const auto found = std::ranges::find(list, id, &Duty::id);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace ledger::duties
