#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "consumers/access/principal.h"
#include "events/business_zone.h"
#include "platform/result.h"
#include "projections/responsibility/responsibility.h"
#include "projections/store/view_store.h"

namespace ledger {

// Whose clients and figures a principal may see now: responsibility of today, by all that is known,
// whatever date a question is about (API1 of OWASP's API Security Top 10). A null principal
// (--access off), auditor and admin see everything; a source nothing, nor does who is no longer
// employed, whatever he was. The snapshot and the principal must outlive it. Of one question: what
// it found of a client it keeps. Errors are those of reading the views.
class Scope {
 public:
  [[nodiscard]] static Result<Scope> of(const Principal* principal, const ViewSnapshot& snapshot,
                                        Date today, const BusinessZone& zone);

  [[nodiscard]] bool everything() const { return everything_; }
  [[nodiscard]] bool nothing() const { return nothing_; }
  // Everything of clients and managers: also a head of all departments.
  [[nodiscard]] bool whole_house() const { return everything_ || every_department_; }
  // A head, or who sees everything: also what is nobody's.
  [[nodiscard]] bool sees_nobodys() const;
  // Accounts of payers and references of the bank, whole; else they are masked (masking.h).
  [[nodiscard]] bool sees_bank_details() const { return sees_nobodys(); }
  // Who sees no other manager's figures but his own; nullopt for all others.
  [[nodiscard]] std::optional<ManagerId> only_manager() const;
  [[nodiscard]] const Principal* principal() const { return principal_; }

  // A manager sees himself; a head those of his departments, and himself.
  [[nodiscard]] Result<bool> sees_manager(const ManagerId& manager) const;
  // Whose owner one sees, or who answers for it today. Of an absorbed card: as of the one that
  // answers for it. A client of nobody is seen by heads alone, one of whom the ledger has no facts
  // by who sees the whole house, so that ids cannot be tried out.
  [[nodiscard]] Result<bool> sees_client(std::string_view client);

 private:
  Scope(const Principal* principal, const ViewSnapshot& snapshot, Date today);
  [[nodiscard]] bool has_role(Role role) const;
  [[nodiscard]] Result<bool> sees_answering(std::string_view client);

  const Principal* principal_;
  const ViewSnapshot* snapshot_;
  Date today_;
  std::optional<Responsibility> responsibility_;  // of who does not see everything
  bool everything_ = false;
  bool nothing_ = false;
  std::set<std::string> departments_;  // of a head
  bool every_department_ = false;
  std::map<std::string, bool, std::less<>> clients_;  // that were asked for
};

}  // namespace ledger
