#pragma once

#include <vector>

#include "projections/known.h"
#include "projections/qualification/rows.h"
#include "projections/store/view_store.h"

namespace ledger::qualification {

// What is said of a manager by a date and a knowledge, each list in the order of its days.
struct Record {
  std::vector<QualificationRecorded> qualifications;
  std::vector<AttestationHeld> attestations;
  std::vector<TrainingCompleted> trainings;
  std::vector<SecrecyAcknowledged> secrecy;
  std::vector<CriteriaAcknowledged> criteria;
};
// What the job description asks for at the appointment and he came without (1.4): higher or
// specialised secondary education, a year in sales.
struct Lacks {
  bool education = false;
  bool experience = false;
  [[nodiscard]] bool any() const { return education || experience; }
};
[[nodiscard]] Lacks lacks_of(const QualificationRecorded& told);

[[nodiscard]] Result<Record> record(const ViewSnapshot& snapshot, const ManagerId& manager,
                                    const AsOf& as_of);

}  // namespace ledger::qualification
