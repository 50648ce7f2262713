#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace ledger {

// One record of a CSV text, or what stands where one should be.
struct CsvRow {
  std::size_t line = 0;  // of its first byte, from 1
  std::string_view raw;  // as it came, without the line end; lives as long as the text
  // kMalformed: a quote that is never closed, or one in the middle of a field. kTooLarge: over
  // the bytes that a record may have.
  Result<std::vector<std::string>> fields;
};

// Pulls the records out of a CSV text (libcsv, strict): commas or another delimiter, fields quoted
// where they need it, quotes doubled, LF or CRLF. Lines of nothing are passed over. A last line
// without its line end is a record like any other.
//
// A quoted field may hold line ends. But an unclosed quote looks the same, and would swallow the
// rest of the file: so a record is continued over lines only if that gives a record of the wanted
// number of columns. Otherwise its first line alone is the fault, and reading goes on behind it.
//
// Borrows the text, which must outlive the reader and its rows. One thread.
class CsvReader {
 public:
  struct Limits {
    std::size_t columns_min;  // of a record that goes over several lines
    std::size_t columns_max;
    std::size_t record_bytes_max;
  };
  struct Dialect {
    char delimiter = ',';
    bool quotes = true;  // false: a quote is a character like any other, and a line is a record
  };
  CsvReader(std::string_view text, const Limits& limits) : CsvReader(text, limits, Dialect()) {}
  CsvReader(std::string_view text, const Limits& limits, Dialect dialect);

  // The next record; nullopt at the end.
  [[nodiscard]] std::optional<CsvRow> next();
  // How many columns a record over several lines has, once a line that names them was read.
  void expect_columns(std::size_t min, std::size_t max);

 private:
  [[nodiscard]] std::size_t line_end(std::size_t from) const;
  [[nodiscard]] std::string_view record(std::size_t end) const;
  void move_behind(std::size_t end);

  std::string_view text_;
  Limits limits_;
  Dialect dialect_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

}  // namespace ledger
