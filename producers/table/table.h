#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "producers/table/profile.h"

namespace ledger::table {

// One record, its cells without the spaces around them.
class Row {
 public:
  Row(std::size_t line, std::string_view raw, std::vector<std::string> cells,
      const std::map<Column, std::size_t>& places)
      : line_(line), raw_(raw), cells_(std::move(cells)), places_(&places) {}

  // Empty where the row is too short for it. The column must be one of those that were asked for.
  [[nodiscard]] std::string_view at(const Column& column) const;
  [[nodiscard]] std::string_view at(const std::optional<Column>& column) const {
    return column ? at(*column) : std::string_view();
  }
  [[nodiscard]] std::size_t line() const { return line_; }
  [[nodiscard]] std::string_view raw() const { return raw_; }

 private:
  std::size_t line_;
  std::string_view raw_;
  std::vector<std::string> cells_;
  const std::map<Column, std::size_t>* places_;
};

// What becomes of the records of a table.
struct Visitor {
  std::function<void(const Row&)> row;
  std::function<void(std::size_t line, std::string_view raw, Error)> refused;
  std::function<void(std::size_t line, std::string reason)> skipped;
};

inline constexpr std::size_t kTableBytesMax = 64 * 1024 * 1024;

// Reads a table by its layout. Where columns have names, the first line that has all of them is the
// header, and what stands above it (whose account, which days) is no record; names are compared
// without regard to case and spaces. A row with more filled cells than the header has columns is
// refused: a delimiter inside of a text would shift all that stands behind it. Rows of nothing are
// passed over; rows that begin with one of `total_rows` are skipped.
//
// Errors, of the whole table: text that is not of the encoding or could be of several (kMalformed,
// "encoding"), no header (kMissingField, naming what is missing in the line that comes closest),
// a header that has a name twice (kInvalidField), too large (kTooLarge).
[[nodiscard]] Status read(std::string_view bytes, const Layout& layout,
                          const std::vector<Column>& wanted, const Visitor& visitor);

}  // namespace ledger::table
