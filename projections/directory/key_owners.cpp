#include "projections/directory/key_owners.h"

#include <set>

#include "projections/directory/key_rows.h"
#include "projections/directory/one_client.h"
#include "projections/store/view_batch.h"

namespace ledger::directory {

Result<std::vector<std::string>> owners_of(const ViewSnapshot& snapshot, KeyKind kind,
                                           std::string_view value) {
  LEDGER_TRY(const auto row,
             read_row<KeyRow>(snapshot, family_of(kName, kVersion), key_of(kind, value)));
  std::set<std::string> owners;
  if (row) {
    for (const auto& card : row->owners) {
      LEDGER_TRY(auto survivor, survivor_of(snapshot, card, std::nullopt));
      owners.insert(std::move(survivor));
    }
  }
  return std::vector<std::string>(owners.begin(), owners.end());
}

}  // namespace ledger::directory
