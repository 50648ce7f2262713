#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/types/statement.h"
#include "platform/result.h"
#include "producers/payments/mt940/details.h"
#include "producers/payments/mt940/entry.h"
#include "producers/payments/mt940/fields.h"

namespace ledger::mt940 {

struct Line {
  Entry entry;
  std::string text;        // of :61:, its first line
  std::size_t number = 0;  // of the file's lines
  Details details;
};

struct Statement {
  StatementReceived received;  // its payments and what was taken back are still to be counted
  std::vector<Line> lines;
  bool continues = false;  // its opening balance is one in between: a page goes before it
};

// One block of a file, checked: opening + entries = closing. Errors name the tag and the line.
[[nodiscard]] Result<Statement> read_statement(const Block& block);

}  // namespace ledger::mt940
