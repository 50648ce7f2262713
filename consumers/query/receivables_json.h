#pragma once

#include "consumers/query/ageing_json.h"
#include "consumers/query/context.h"
#include "events/business_zone.h"
#include "projections/receivables/queries.h"

// The items and the money of one currency, as answers say them. Each is members of the open object.
namespace ledger {

// Row 62 of the duty table; what is to be paid soon is row 63 (domain-semantics.md 1.4).
inline constexpr std::string_view kCollected = "receivables.collected";
inline constexpr std::string_view kDueSoon = "receivables.due_soon";
// What stops a shipment has to be heeded with every offer: row 17.
inline constexpr std::string_view kTerms = "terms.observed";

// "open_items": instalments that are not settled. What late payment costs is shown by the rates'
// tables, where they were read.
[[nodiscard]] Status write_items(JsonWriter& json, const receivables::Statement& statement,
                                 const Rates& rates, const BusinessZone& zone);
// "unallocated", and where there are any "doubles" and "conflicts". Another client of whom a double
// was told is named to who sees him.
[[nodiscard]] Status write_credits(JsonWriter& json, const receivables::Statement& statement,
                                   const Query& query);
// Who it is, what he owes by age, and both of the above.
[[nodiscard]] Status write_account(JsonWriter& json, const Query& query, std::string_view client_id,
                                   const receivables::Ageing& ageing,
                                   const receivables::Statement& statement, const Rates& rates,
                                   const BusinessZone& zone);

}  // namespace ledger
