#include "projections/store/view_batch.h"

#include "platform/limits.h"

namespace ledger {

void ViewBatch::collect(ViewTransaction& transaction) {
  std::size_t kept = 0;
  for (auto& table : tables_) {
    if (!table) continue;
    table->collect(family_, transaction);
    kept += table->rows();
  }
  dirty_ = 0;
  if (kept > limits::kCachedRowsMax) discard();
}

void ViewBatch::discard() {
  for (auto& table : tables_) table.reset();
  dirty_ = 0;
}

}  // namespace ledger
