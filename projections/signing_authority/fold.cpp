#include "projections/signing_authority/fold.h"
namespace ledger::signing_authority {

void Fold::apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch) {
  // A ground without end and limit: nothing can be beyond it.
  if (event.authority && !event.authority_valid_to && !event.authority_limit) return;
  contribute(batch.edit<DayRow>(format_date(event.signed_on)).contracts, meta,
             {meta.position, {}, event});
}

}  // namespace ledger::signing_authority
