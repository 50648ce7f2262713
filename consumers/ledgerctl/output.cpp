#include "consumers/ledgerctl/output.h"

#include <fmt/format.h>

#include <algorithm>

#include "events/money.h"

namespace ledger::cli {

namespace {

// Code points, as an approximation of columns that holds for Latin and Cyrillic.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789 .-") == std::string_view::npos;
}

}  // namespace

Table::Table(std::vector<std::string> header) { rows_.push_back(std::move(header)); }

void Table::add(std::vector<std::string> row) {
  for (auto& cell : row) {
    cell = printable(cell);
    std::replace(cell.begin(), cell.end(), '\n', ' ');
  }
  rows_.push_back(std::move(row));
}

std::string printable(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xc2 && i + 1 < text.size() &&
                    static_cast<unsigned char>(text[i + 1]) < 0xa0;  // U+0080 to U+009F
    if (c1) ++i;
    const bool control = c1 || (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
    safe += control ? '.' : text[i];
  }
  return safe;
}

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows_[r].size(); ++i) {
      const std::string& cell = rows_[r][i];
      const std::string padding(widths[i] - width_of(cell), ' ');
      line += (i == 0 ? "" : "  ") + (is_number(cell) ? padding + cell : cell + padding);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r == 0) {
      for (std::size_t i = 0; i < widths.size(); ++i) {
        out += (i == 0 ? "" : "  ") + std::string(widths[i], '-');
      }
      out += "\n";
    }
  }
  return out;
}

std::string money_text(std::int64_t minor, std::string_view currency) {
  const auto known = Currency::parse(currency);
  std::string text = known ? format_decimal({minor, *known}) : std::to_string(minor);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > first + 3; at -= 3) text.insert(at - 3, " ");
  return text;
}

}  // namespace ledger::cli
