#pragma once

#include <vector>

#include "events/types/attestation.h"
#include "events/types/qualification.h"
#include "projections/said.h"

// What managers can and know, and how they were judged (job description 1.4, 1.7, 1.8, 5.6).
namespace ledger::qualification {

inline constexpr std::string_view kName = "qualification";
inline constexpr int kVersion = 1;

// Key: manager id.
struct ManagerRow {
  static constexpr char kTable = 'm';
  std::vector<Said<QualificationRecorded>> qualifications;
  std::vector<Said<AttestationHeld>> attestations;
  std::vector<Said<TrainingCompleted>> trainings;
  std::vector<Said<SecrecyAcknowledged>> secrecy;
  std::vector<Said<CriteriaAcknowledged>> criteria;
  static void fields(auto&& field) {
    field("qualifications", &ManagerRow::qualifications);
    field("attestations", &ManagerRow::attestations);
    field("trainings", &ManagerRow::trainings);
    field("secrecy", &ManagerRow::secrecy);
    field("criteria", &ManagerRow::criteria);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

}  // namespace ledger::qualification
