#pragma once

#include <string>

#include "consumers/query/context.h"
#include "consumers/query/print/form.h"
#include "projections/offer_checks/queries.h"

namespace ledger {

// A finding as a sentence.
[[nodiscard]] std::string sentence_of(const offer_checks::Finding& finding,
                                      print::Language language);
// The members of a finding, into an open object: its check, rule and duty, what was expected and
// found, and both sentences.
void write_finding(JsonWriter& json, const offer_checks::Finding& finding);
// The members of its offer, beside them: whose, when, which.
[[nodiscard]] Status write_checked_offer(JsonWriter& json, const Query& query,
                                         const offer_checks::Offer& offer);

}  // namespace ledger
