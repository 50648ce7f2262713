#include "projections/monthly_report/moved_money.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>

namespace ledger::monthly_report {

namespace {

using IsMeant = std::function<bool(const InvoiceIssued&)>;

// One movement of the books, as it is compared between two knowledges.
using Movement = std::tuple<Position, std::string, Date, std::int64_t, std::int64_t>;

std::multiset<Movement> movements(const receivables::Settlement& settled, const IsMeant& is_meant) {
  std::multiset<Movement> found;
  for (const auto& posting : settled.postings) {
    std::string invoice;
    if (posting.item != receivables::Settlement::Posting::kNone) {
      const auto& item = settled.items[posting.item].invoice;
      if (!is_meant(item)) continue;
      invoice = item.invoice_id.text();
    }
    found.emplace(posting.position, invoice, posting.on, posting.balance_minor, posting.open_minor);
  }
  return found;
}

}  // namespace

Status add_moved_money(std::vector<Position>& found, const receivables::AccountRow& account,
                       const AsOf& before, const AsOf& after, const IsMeant& is_meant) {
  LEDGER_TRY(const auto then, receivables::settle(account, before));
  LEDGER_TRY(const auto now, receivables::settle(account, after));
  const auto were = movements(then, is_meant);
  const auto are = movements(now, is_meant);
  std::vector<Movement> differ;
  std::set_symmetric_difference(were.begin(), were.end(), are.begin(), are.end(),
                                std::back_inserter(differ));
  for (const auto& movement : differ) found.push_back(std::get<Position>(movement));
  return {};
}

}  // namespace ledger::monthly_report
