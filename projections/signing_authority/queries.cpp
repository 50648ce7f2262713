#include "projections/signing_authority/queries.h"

#include "projections/directory/one_client.h"
#include "projections/store/view_batch.h"

namespace ledger::signing_authority {

std::vector<Excess> excesses(const ContractSigned& contract) {
  std::vector<Excess> found;
  if (!contract.authority && !contract.authority_valid_to && !contract.authority_limit) {
    found.push_back(Excess::kUnrecorded);
  }
  if (contract.authority_valid_to && *contract.authority_valid_to < contract.signed_on) {
    found.push_back(Excess::kExpired);
  }
  const auto& limit = contract.authority_limit;
  if (!limit || !contract.amount) return found;
  if (limit->currency != contract.amount->currency) {
    found.push_back(Excess::kCurrency);
  } else if (limit->amount_minor < contract.amount->amount_minor) {
    found.push_back(Excess::kLimit);
  }
  return found;
}

breaches::Severity severity_of(Excess excess) {
  const bool unknown = excess == Excess::kCurrency || excess == Excess::kUnrecorded;
  return unknown ? breaches::Severity::kWarning : breaches::Severity::kBreach;
}

Result<std::vector<Breach>> breaches_of(const ViewSnapshot& snapshot, const Question& question) {
  static const std::string family = family_of(kName, kVersion);
  std::vector<Breach> found;
  const std::string last = format_date(question.to);
  LEDGER_CHECK(scan_rows<DayRow>(
      snapshot, family, "", format_date(question.from),
      [&](std::string_view day, const DayRow& row) {
        if (day > last) return false;
        for (const auto& said : row.contracts) {
          const bool asked = said.known.at(question.known_at) &&
                             (!question.manager || said.data.manager_id == *question.manager);
          if (!asked) continue;
          for (const Excess excess : excesses(said.data)) {
            found.push_back({said.position, said.data.client_id.text(), said.data, excess});
          }
        }
        return true;
      }));
  for (auto& one : found) {
    LEDGER_TRY(one.client_id, directory::survivor_of(snapshot, one.client_id, question.known_at));
  }
  return found;
}

}  // namespace ledger::signing_authority
