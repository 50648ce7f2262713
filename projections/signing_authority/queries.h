#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/breaches/severity.h"
#include "projections/known.h"
#include "projections/signing_authority/rows.h"
#include "projections/store/view_store.h"

namespace ledger::signing_authority {

inline constexpr std::string_view kRule = "signing_authority.v1";

enum class Excess {
  kExpired,     // signed after the last day of the authority
  kLimit,       // for more than it allows
  kCurrency,    // the limit is in another currency: nobody can compare them
  kUnrecorded,  // nobody recorded on what ground it was signed
};
constexpr auto names(Excess) { return words("expired", "limit", "currency", "unrecorded"); }
// A contract is valid or not by law, whatever the ledger says: it is recorded, and the excess
// shown. Nothing is found where an authority is named without end and limit, or where the contract
// has no amount.
[[nodiscard]] std::vector<Excess> excesses(const ContractSigned& contract);
// What is unknown or cannot be compared is a warning.
[[nodiscard]] breaches::Severity severity_of(Excess excess);

struct Breach {
  Position position;      // of the contract's event
  std::string client_id;  // the surviving card
  ContractSigned contract;
  Excess excess{};
};
struct Question {
  Date from;
  Date to;
  std::optional<ManagerId> manager;  // absent: of all
  std::optional<Timestamp> known_at = {};
};
// By the day of signing, then by position.
[[nodiscard]] Result<std::vector<Breach>> breaches_of(const ViewSnapshot& snapshot,
                                                      const Question& question);

}  // namespace ledger::signing_authority
