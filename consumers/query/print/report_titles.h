#pragma once

#include <string>
#include <string_view>

#include "consumers/query/print/form.h"
#include "projections/monthly_report/report.h"

namespace ledger::print {

// What the form calls a part and a figure. A figure without a title of its own is called by its id.
[[nodiscard]] std::string_view title_of(monthly_report::Section section, Language language);
[[nodiscard]] std::string title_of(std::string_view line_id, Language language);
// With the currency of a share of money, where several may stand in one list.
[[nodiscard]] std::string whole_title_of(std::string_view line_id, Language language);
// The same where it stands alone: "Дзвінки: днів, у які норму виконано".
[[nodiscard]] std::string full_title_of(std::string_view line_id, Language language);

}  // namespace ledger::print
