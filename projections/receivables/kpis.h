#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "projections/receivables/settlement.h"

// Figures of how a debt turns over (domain-semantics.md 4b, KPIs).
namespace ledger::receivables {

inline constexpr int kSalesDays = 90;

// The parts of the figures, in one currency, of one client or of all; the parts add up, the figures
// do not.
struct Kpis {
  std::int64_t balance_minor = 0;
  std::int64_t invoiced_minor = 0;      // in the last kSalesDays days, less what was cancelled
  std::int64_t fallen_due_minor = 0;    // before the date, less what credit notes took off
  std::int64_t paid_on_time_minor = 0;  // of that: by payments allocated up to the due date

  // Days of sales outstanding, rounded; 0 for a client in credit, absent without sales.
  [[nodiscard]] std::optional<std::int64_t> dso_days() const;
  // Rounded; absent if nothing has fallen due.
  [[nodiscard]] std::optional<std::int64_t> on_time_percent() const;
};
// kOutOfRange beyond int64.
[[nodiscard]] Result<std::map<Currency, Kpis>> kpis(const Settlement& settled, Date as_of);
[[nodiscard]] Status add_to(Kpis& total, const Kpis& part);

}  // namespace ledger::receivables
