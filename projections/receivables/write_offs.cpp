#include "projections/receivables/write_offs.h"

#include <algorithm>
#include <tuple>

namespace ledger::receivables {

namespace {

WriteOff* written_at(std::vector<WriteOff>& all, const Position& position) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const WriteOff& one) { return one.position == position; });
  return found == all.end() ? nullptr : &*found;
}

// What the invoice was paid after all, the oldest first.
void take_back(std::vector<WriteOff>& all, const InvoiceId& invoice, std::int64_t minor) {
  for (auto& one : all) {
    if (one.data.invoice_id != invoice) continue;
    const std::int64_t taken = std::min(minor, one.rest_minor());
    one.paid_minor += taken;
    minor -= taken;
  }
}

}  // namespace

Result<std::vector<WriteOff>> write_offs(const AccountRow& account, const AsOf& as_of) {
  std::vector<WriteOff> all;
  for (const auto& said : account.written_off) {
    if (!as_of.sees(said.known, said.data.written_off_on)) continue;
    all.push_back({said.data, said.position, {}});
  }
  if (all.empty()) return all;
  std::sort(all.begin(), all.end(), [](const WriteOff& one, const WriteOff& other) {
    return std::tie(one.data.written_off_on, one.position) <
           std::tie(other.data.written_off_on, other.position);
  });
  LEDGER_TRY(const Settlement settled, settle(account, as_of));
  for (const auto& posting : settled.postings) {
    if (posting.item == Settlement::Posting::kNone) continue;
    const auto& item = settled.items[posting.item];
    if (item.cancelled || item.kind != ItemKind::kInvoice) continue;
    if (posting.type == InvoiceWrittenOff::kName) {
      auto* one = written_at(all, posting.position);
      if (one == nullptr) continue;
      one->number = item.invoice.number;
      one->written_off_minor -= posting.open_minor;
    } else if (posting.credit != Settlement::Posting::kNone && posting.balance_minor > 0) {
      // Only what was written off comes into the balance by being paid.
      take_back(all, item.invoice.invoice_id, posting.balance_minor);
    }
  }
  std::erase_if(all, [](const WriteOff& one) { return one.written_off_minor == 0; });
  return all;
}

}  // namespace ledger::receivables
