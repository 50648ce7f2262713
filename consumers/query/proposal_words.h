#pragma once

#include <string_view>

#include "platform/json_writer.h"

namespace ledger {

// What the reasons of proposals mean, in words, and how much each counts for of a hundred: once for
// an answer, under "reasons", so that a score can be added up by hand.

// Of whose a fact could be (unmatched::Reason).
void write_match_reasons(JsonWriter& json);
// For what facts wait (unmatched::Cause), under "causes".
void write_causes(JsonWriter& json);
// Of what money could pay (receivables::PayReason).
void write_pay_reasons(JsonWriter& json);
// What is no client's: money (MoneyNature) under "natures", everything else (InteractionNature)
// under "interaction_natures".
void write_natures(JsonWriter& json);

}  // namespace ledger
