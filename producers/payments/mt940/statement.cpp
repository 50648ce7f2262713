#include "producers/payments/mt940/statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "producers/payments/booking.h"

namespace ledger::mt940 {

namespace {

const Field* find(const Block& block, std::initializer_list<std::string_view> tags) {
  for (const auto& field : block.fields) {
    for (const auto tag : tags) {
      if (field.tag == tag) return &field;
    }
  }
  return nullptr;
}

Error at_line(Error error, const Field& field) {
  error.message = fmt::format("line {}: {}", field.line, error.message);
  if (error.field.empty()) error.field = field.tag;
  return error;
}

Result<const Field*> required(const Block& block, std::initializer_list<std::string_view> tags,
                              std::string_view why) {
  const auto* field = find(block, tags);
  if (field != nullptr && !field->lines.front().empty()) return field;
  const std::size_t line = block.fields.front().line;
  return fail(ErrorCode::kMissingField,
              fmt::format("the statement from line {} on has none{}", line, why),
              std::string(*tags.begin()));
}

Result<Balance> balance(const Block& block, std::initializer_list<std::string_view> tags,
                        const std::optional<Currency>& currency) {
  LEDGER_TRY(
      const Field* field,
      required(block, tags,
               ", as interim reports (MT942) have none; export the day's statement (MT940)"));
  auto read = parse_balance(field->lines.front(), currency);
  if (read) return read;
  return tl::unexpected(at_line(std::move(read).error(), *field));
}

// The entries, each with the field that follows it.
Result<std::vector<Line>> read_lines(const Block& block, const Currency& currency) {
  std::vector<Line> lines;
  bool open = false;  // a field of details may follow
  for (const auto& field : block.fields) {
    if (field.tag == "61") {
      auto entry = parse_entry(field.lines.front(), currency);
      if (!entry) return tl::unexpected(at_line(std::move(entry).error(), field));
      lines.push_back({*std::move(entry), field.lines.front(), field.line, {}});
      open = true;
    } else if (open && (field.tag == "86" || field.tag == "NS")) {
      lines.back().details = details_of(field);
      open = false;
    } else {
      open = false;
    }
  }
  return lines;
}

Result<std::int64_t> sum_of(const std::vector<Line>& lines) {
  std::int64_t sum = 0;
  for (const auto& line : lines) {
    LEDGER_TRY(sum, add_checked(sum, line.entry.booked()));
  }
  return sum;
}

}  // namespace

Result<Statement> read_statement(const Block& block) {
  Statement statement;
  auto& received = statement.received;
  LEDGER_TRY(const Balance opening, balance(block, {"60F", "60M"}, std::nullopt));
  LEDGER_TRY(const Balance closing, balance(block, {"62F", "62M"}, opening.amount.currency));
  LEDGER_TRY(const Field* account, required(block, {"25", "25P"}, ": the account is not known"));
  LEDGER_TRY(const Field* id, required(block, {"28C", "28"}, ": the statement has no number"));
  LEDGER_TRY(statement.lines, read_lines(block, opening.amount.currency));
  LEDGER_TRY(const std::int64_t sum, sum_of(statement.lines));
  LEDGER_CHECK(bank::check_sums(opening.amount, sum, closing.amount));
  received.account = account_of(account->lines.front(), opening.amount.currency);
  if (received.account.empty()) {
    return fail(ErrorCode::kMissingField, "the account is not known", "25");
  }
  received.format = StatementFormat::kMt940;
  received.statement_id = id->lines.front();
  const Number number = number_of(received.statement_id);
  received.sequence = number.sequence;
  received.page = number.page;
  // As camt, where banks swap the two days.
  received.from = std::min(opening.day, closing.day);
  received.to = std::max(opening.day, closing.day);
  received.opening = opening.amount;
  received.closing = closing.amount;
  received.entries = static_cast<std::int64_t>(statement.lines.size());
  statement.continues = find(block, {"60F"}) == nullptr;
  return statement;
}

}  // namespace ledger::mt940
