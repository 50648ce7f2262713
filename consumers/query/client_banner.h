#pragma once

#include <map>
#include <string>
#include <vector>

#include "consumers/query/context.h"
#include "projections/client_card/queries.h"
#include "projections/receivables/queries.h"
#include "projections/receivables/stop.h"

// What a manager has to know before he calls or offers (domain-semantics.md 1.2, rows 16 and 17).
namespace ledger {

// Money of which somebody named what is left an advance.
struct FreeAdvance {
  std::int64_t free_minor = 0;
  receivables::Advance named;
};

// What a client owes on the day, read once for all parts of his card.
struct ClientDebt {
  std::map<std::string, receivables::Ageing> ageings;  // by currency
  std::map<std::string, receivables::Exposure> exposures;
  receivables::ShipmentStop stop;
  std::map<std::string, std::vector<FreeAdvance>> advances;  // by currency
};
[[nodiscard]] Result<ClientDebt> read_debt(const Query& query, const client_card::Card& card);

// Past due, whatever was paid in advance.
[[nodiscard]] std::int64_t overdue_minor(const receivables::Ageing& ageing);

// Special terms are announced so many days before their last.
inline constexpr int kTermsEndDays = 7;

// "banner": sentences with their codes, the gravest first; the figures behind them are members of
// the card.
void write_banner(JsonWriter& json, const client_card::Card& card, const ClientDebt& debt,
                  Date day);

}  // namespace ledger
