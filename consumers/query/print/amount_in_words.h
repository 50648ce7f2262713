#pragma once

#include <cstdint>
#include <string>

#include "consumers/query/print/form.h"
#include "events/money.h"

namespace ledger::print {

// An amount as a signed paper writes it beside its figures: whole units in words, parts in digits.
// "одна тисяча двадцять дві гривні 05 копійок", "minus one US dollar 01 cent". Hryvnia, US dollar
// and euro by name, any other currency by its code. For the whole range of int64.
[[nodiscard]] std::string amount_in_words(const Money& amount, Language language);

}  // namespace ledger::print
