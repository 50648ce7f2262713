#pragma once

#include <optional>
#include <string>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

enum class ContractKind { kContract, kAmendment, kSpecification, kProlongation };
constexpr auto names(ContractKind) {
  return words("contract", "amendment", "specification", "prolongation");
}

// Both sides signed a contract (job description 3.2: 4 a month with new clients). signed_on is the
// later signature; it decides the month. Amendments and specifications are not contracts.
struct ContractSigned {
  static constexpr std::string_view kName = "contract.signed";
  static constexpr int kVersion = 1;

  ContractId contract_id;
  std::string number;
  ClientId client_id;
  ManagerId manager_id;
  Date signed_on;
  std::optional<Money> amount;
  std::optional<Date> valid_to;
  std::optional<ContractKind> kind = {};      // absent: a contract; only contracts count
  std::optional<std::string> signatory = {};  // for us
  std::optional<std::string> authority = {};
  std::optional<Date> authority_valid_to = {};
  std::optional<Money> authority_limit = {};  // the most that it allows to sign for

  static void fields(auto&& field) {
    field("contract_id", &ContractSigned::contract_id);
    field("number", &ContractSigned::number);
    field("client_id", &ContractSigned::client_id);
    field("manager_id", &ContractSigned::manager_id);
    field("signed_on", &ContractSigned::signed_on);
    field("amount", &ContractSigned::amount);
    field("valid_to", &ContractSigned::valid_to);
    field("kind", &ContractSigned::kind);
    field("signatory", &ContractSigned::signatory, personal);
    field("authority", &ContractSigned::authority);
    field("authority_valid_to", &ContractSigned::authority_valid_to);
    field("authority_limit", &ContractSigned::authority_limit);
  }
  [[nodiscard]] Status validate() const {
    if (valid_to && *valid_to < signed_on) {
      return fail(ErrorCode::kInvalidField, "a contract cannot end before it is signed",
                  "valid_to");
    }
    // What was signed beyond the authority is a breach of it, not a mistake: it is taken as it is.
    return authority_limit ? check_positive(*authority_limit, "authority_limit.amount_minor")
                           : Status();
  }
  bool operator==(const ContractSigned&) const = default;
};

}  // namespace ledger
