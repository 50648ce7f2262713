#include "projections/obligations/waiting.h"

#include <algorithm>
#include <map>

#include "platform/words.h"
#include "projections/directory/one_client.h"
#include "projections/store/view_batch.h"

namespace ledger::obligations {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

bool is_settled(const ClientRow& row, const CaseId& id) {
  const auto is_it = [&](const auto& told) {
    return !told.known.taken_back && told.data.case_id == id;
  };
  const bool promised = std::any_of(row.promises.begin(), row.promises.end(), is_it) ||
                        std::any_of(row.promises_kept.begin(), row.promises_kept.end(), is_it);
  return promised || std::any_of(row.analogues.begin(), row.analogues.end(), [&](const auto& told) {
           return is_it(told) && told.data.accepted.value_or(false);
         });
}

}  // namespace

Result<std::vector<Waiting>> waiting_for(const ViewSnapshot& snapshot, const std::string& product,
                                         Date since, Date day) {
  LEDGER_TRY(const auto row, read_row<ProductRow>(snapshot, family(), fold_words(product)));
  std::map<CaseId, Waiting> by_case;
  if (!row) return std::vector<Waiting>{};
  for (const auto& told : row->wanted) {
    if (told.known.taken_back || told.day < since || told.day > day) continue;
    const std::string& card = told.data.client_id.text();
    LEDGER_TRY(const auto owed, read_row<ClientRow>(snapshot, family(), card));
    if (owed && is_settled(*owed, told.data.case_id)) continue;
    LEDGER_TRY(auto client, directory::survivor_of(snapshot, card, std::nullopt));
    by_case[told.data.case_id] = {std::move(client), told.data};
  }
  std::vector<Waiting> found;
  found.reserve(by_case.size());
  for (auto& [id, waiting] : by_case) found.push_back(std::move(waiting));
  return found;
}

}  // namespace ledger::obligations
