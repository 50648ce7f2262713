#include "producers/table/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/csv_reader.h"
#include "platform/utf8.h"
#include "platform/words.h"
#include "producers/table/cells.h"

namespace ledger::table {

namespace {

constexpr CsvReader::Limits kLimits{
    .columns_min = 1, .columns_max = 500, .record_bytes_max = 32 * 1024};
constexpr std::size_t kHeaderWithinLines = 200;

Result<std::string> text_of(std::string_view bytes, const Layout& layout) {
  if (bytes.size() > kTableBytesMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("the file has {} bytes, at most {} are read",
                                                  bytes.size(), kTableBytesMax));
  }
  auto text = layout.encoding ? decode(bytes, *layout.encoding) : decode_detected(bytes);
  if (!text) {
    return fail(text.error().code,
                layout.encoding ? text.error().message + " that the profile names"
                                : "the text could be of several character sets; the profile is to "
                                  "say which",
                "encoding");
  }
  // No CSV has it, and libcsv would take it for a quote where there are none.
  if (text->find('\0') != std::string::npos) {
    return fail(ErrorCode::kMalformed, "the file holds a zero byte: it is no text of that encoding",
                "encoding");
  }
  return text;
}

using Places = std::map<Column, std::size_t>;

// Where the wanted columns stand in a line, as far as it has them.
struct Header {
  Places places;
  std::vector<std::string> missing;
  std::string doubled;
};
Header header_in(const std::vector<std::string>& cells, const std::vector<Column>& wanted) {
  std::map<std::string, std::size_t> by_name;
  std::map<std::string, int> times;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string name = fold_words(cells[i]);
    by_name.try_emplace(name, i);
    ++times[name];
  }
  Header header;
  for (const auto& column : wanted) {
    if (column.number != 0) {
      header.places[column] = column.number - 1;
      continue;
    }
    const std::string name = fold_words(column.name);
    const auto found = by_name.find(name);
    if (found == by_name.end()) {
      const std::string said = text_of(column);  // one column may serve as several things
      if (std::find(header.missing.begin(), header.missing.end(), said) == header.missing.end()) {
        header.missing.push_back(said);
      }
    } else {
      header.places[column] = found->second;
      if (times[name] > 1) header.doubled = text_of(column);
    }
  }
  return header;
}

// A line inside of a quoted cell ends as the file's lines do.
std::string cell_of(const std::string& field) {
  std::string cell(trimmed(field));
  std::erase(cell, '\r');
  return cell;
}

// No event takes them; tabs and line ends are text.
bool has_control(const std::string& cell) {
  return std::any_of(cell.begin(), cell.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  });
}

class Reader {
 public:
  Reader(std::string_view text, const Layout& layout, const std::vector<Column>& wanted,
         const Visitor& visitor)
      : reader_(text, kLimits, {.delimiter = layout.delimiter, .quotes = layout.quotes}),
        layout_(layout),
        wanted_(wanted),
        visitor_(visitor) {}

  Status read() {
    LEDGER_CHECK(find_header());
    while (auto row = reader_.next()) {
      if (columns_ == 0 && row->line < layout_.first_row) continue;
      take(*row);
    }
    return {};
  }

 private:
  Status find_header() {
    const bool named = std::any_of(wanted_.begin(), wanted_.end(),
                                   [](const Column& column) { return column.number == 0; });
    if (!named) {
      places_ = header_in({}, wanted_).places;
      return {};
    }
    std::optional<Header> closest;
    std::size_t closest_line = 0;
    for (std::size_t lines = 0; lines < kHeaderWithinLines; ++lines) {
      const auto row = reader_.next();
      if (!row) break;
      if (!row->fields) continue;  // above the header anything may stand
      Header header = header_in(*row->fields, wanted_);
      if (header.missing.empty()) return begin(std::move(header), *row);
      if (closest && closest->missing.size() <= header.missing.size()) continue;
      closest = std::move(header);
      closest_line = row->line;
    }
    if (!closest) return fail(ErrorCode::kMissingField, "the file holds no line", "header");
    return fail(ErrorCode::kMissingField,
                fmt::format("no line names all the columns of the profile; line {} comes closest, "
                            "without {}. Is it this bank's export, and the right delimiter?",
                            closest_line, fmt::join(closest->missing, ", ")),
                "header");
  }

  Status begin(Header header, const CsvRow& row) {
    if (!header.doubled.empty()) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("line {} names {} twice; say its number in the profile", row.line,
                              header.doubled),
                  "header");
    }
    places_ = std::move(header.places);
    columns_ = row.fields->size();
    // Many programs end each record with a delimiter, but not the header, or the other way round.
    reader_.expect_columns(columns_ > 1 ? columns_ - 1 : 1, columns_ + 1);
    return {};
  }

  void take(CsvRow& row) {
    if (!row.fields) return visitor_.refused(row.line, row.raw, row.fields.error());
    std::vector<std::string> cells;
    for (const auto& field : *row.fields) cells.push_back(cell_of(field));
    while (!cells.empty() && cells.back().empty()) cells.pop_back();
    const auto first = std::find_if(cells.begin(), cells.end(),
                                    [](const std::string& cell) { return !cell.empty(); });
    if (first == cells.end()) return;
    const std::string beginning = fold_words(*first);
    for (const auto& word : layout_.total_rows) {
      if (!beginning.starts_with(fold_words(word))) continue;
      return visitor_.skipped(row.line, "sums up other rows");
    }
    if (columns_ != 0 && cells.size() > columns_) {
      return visitor_.refused(
          row.line, row.raw,
          {ErrorCode::kMalformed,
           fmt::format("{} columns, where the header has {}: a delimiter stands inside of a text",
                       cells.size(), columns_),
           "record"});
    }
    const auto control = std::find_if(cells.begin(), cells.end(), has_control);
    if (control != cells.end()) {
      return visitor_.refused(
          row.line, row.raw,
          {ErrorCode::kMalformed,
           fmt::format("column {} holds a control character", control - cells.begin() + 1),
           "record"});
    }
    visitor_.row(Row(row.line, row.raw, std::move(cells), places_));
  }

  CsvReader reader_;
  const Layout& layout_;
  const std::vector<Column>& wanted_;
  const Visitor& visitor_;
  Places places_;
  std::size_t columns_ = 0;  // of the header; 0: there is none
};

}  // namespace

std::string_view Row::at(const Column& column) const {
  const auto place = places_->find(column);
  if (place == places_->end() || place->second >= cells_.size()) return {};
  return cells_[place->second];
}

Status read(std::string_view bytes, const Layout& layout, const std::vector<Column>& wanted,
            const Visitor& visitor) {
  LEDGER_TRY(const std::string text, text_of(bytes, layout));
  return Reader(text, layout, wanted, visitor).read();
}

}  // namespace ledger::table
