#pragma once

#include <string_view>
#include <vector>

#include "consumers/query/context.h"
#include "projections/acts/act.h"
#include "projections/acts/limitation.h"
#include "projections/acts/queries.h"

// The parts of an act, each written into the open object of the answer.
namespace ledger::act_json {

inline constexpr std::string_view kDuty = "reconciliation.monthly";

// Opening, debit, credit and closing.
void write_sums(JsonWriter& json, const acts::Act& act);
// Period, contract, currency, parties, sums and our half's lines.
void write_act(JsonWriter& json, const acts::Act& act);
void write_changes(JsonWriter& json, std::string_view name,
                   const std::vector<acts::Change>& changes);
// What a list shows of an act: ids, number, period, closing, state.
void write_listed(JsonWriter& json, const acts::Standing& standing);
// Every step in the order of time, with what was told.
void write_history(JsonWriter& json, const acts::Standing& standing);
// "limitation":{…}: until when each debt can be claimed, roughly.
void write_limitations(JsonWriter& json, const std::vector<acts::Limitation>& all);
// The data of reconciliation.drafted; an empty manager is left out.
void write_draft(JsonWriter& json, const ReconciliationDrafted& draft);

// GET /v1/acts: by month with coverage, or all acts of a client (act_lists.cpp).
[[nodiscard]] Result<http::Response> get_acts(const QueryContext& context, const Query& query);

}  // namespace ledger::act_json
