#pragma once

#include <cstddef>

#include "platform/http/message.h"
#include "projections/duty_records/answer.h"

// The records of a duty for a spreadsheet: the records themselves, or one of the tables over them.
namespace ledger {

// A column for each member that any of the records tells, by name, and one for doubles if there
// are.
[[nodiscard]] http::Response duty_records_csv(const duty_records::Question& question,
                                              const duty_records::Answer& found);

// A column for each word of the table's key, for what it counts apart, and for the sum in each
// currency. `number`: which of the duty's tables it is, from 1.
[[nodiscard]] http::Response duty_table_csv(const duty_records::Question& question,
                                            const duty_records::Table& table, std::size_t number);

}  // namespace ledger
