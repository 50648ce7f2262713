#include "projections/qualification/fold.h"

namespace ledger::qualification {

namespace {

template <class E>
void keep(std::vector<Said<E>> ManagerRow::* list, const E& event, const EventMeta& meta,
          ViewBatch& batch) {
  auto& row = batch.edit<ManagerRow>(event.manager_id.text());
  contribute(row.*list, meta, {meta.position, {}, event});
}

}  // namespace

void Fold::apply(const QualificationRecorded& event, const EventMeta& meta, ViewBatch& batch) {
  keep(&ManagerRow::qualifications, event, meta, batch);
}

void Fold::apply(const AttestationHeld& event, const EventMeta& meta, ViewBatch& batch) {
  keep(&ManagerRow::attestations, event, meta, batch);
}

void Fold::apply(const TrainingCompleted& event, const EventMeta& meta, ViewBatch& batch) {
  keep(&ManagerRow::trainings, event, meta, batch);
}

void Fold::apply(const SecrecyAcknowledged& event, const EventMeta& meta, ViewBatch& batch) {
  keep(&ManagerRow::secrecy, event, meta, batch);
}

void Fold::apply(const CriteriaAcknowledged& event, const EventMeta& meta, ViewBatch& batch) {
  keep(&ManagerRow::criteria, event, meta, batch);
}

}  // namespace ledger::qualification
