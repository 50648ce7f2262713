#include "projections/acts/fold.h"

namespace ledger::acts {

namespace {

template <class E>
void take(std::vector<Told<E>> ActRow::* steps, const E& event, const EventMeta& meta,
          ViewBatch& batch) {
  contribute(batch.edit<ActRow>(event.act_id.text()).*steps, meta,
             {meta.position, {}, meta.time, meta.local_day, event});
}

}  // namespace

void Fold::apply(const ReconciliationDrafted& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ActRow::drafted, event, meta, batch);
  contribute(batch.edit<ClientActsRow>(event.client_id.text()).acts, meta,
             {meta.position, {}, event.act_id, event.to});
}

void Fold::apply(const ReconciliationSent& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ActRow::sent, event, meta, batch);
}

void Fold::apply(const ReconciliationConfirmed& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ActRow::confirmed, event, meta, batch);
}

void Fold::apply(const ReconciliationDisagreed& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ActRow::disagreed, event, meta, batch);
}

void Fold::apply(const ReconciliationSigned& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ActRow::signed_by_both, event, meta, batch);
}

}  // namespace ledger::acts
