#include "platform/csv_reader.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>

namespace ledger {

namespace {

enum class Parsed { kRecord, kOpenQuote, kBroken };

struct Fields {
  std::vector<std::string> values;
  int records = 0;
};

// libcsv is C: an exception could not pass through it. A record has an upper limit, so
// running out of memory here is nothing that could be handled.
void take_field(void* field, std::size_t size, void* target) noexcept {
  static_cast<Fields*>(target)->values.emplace_back(static_cast<const char*>(field), size);
}
void take_record(int, void* target) noexcept { ++static_cast<Fields*>(target)->records; }

class Parser {
 public:
  explicit Parser(CsvReader::Dialect dialect) {
    ready_ = csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) == 0;
    csv_set_delim(&parser_, static_cast<unsigned char>(dialect.delimiter));
    // A text has no NUL: nothing quotes then.
    if (!dialect.quotes) csv_set_quote(&parser_, 0);
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  Parsed parse(std::string_view record, Fields& out) {
    if (!ready_ || csv_parse(&parser_, record.data(), record.size(), take_field, take_record,
                             &out) != record.size()) {
      return Parsed::kBroken;
    }
    if (csv_fini(&parser_, take_field, take_record, &out) != 0) return Parsed::kOpenQuote;
    // A lone CR also ends a record for libcsv.
    return out.records == 1 ? Parsed::kRecord : Parsed::kBroken;
  }

 private:
  csv_parser parser_{};
  bool ready_ = false;
};

}  // namespace

CsvReader::CsvReader(std::string_view text, const Limits& limits, Dialect dialect)
    : text_(text), limits_(limits), dialect_(dialect) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

void CsvReader::expect_columns(std::size_t min, std::size_t max) {
  limits_.columns_min = min;
  limits_.columns_max = max;
}

std::size_t CsvReader::line_end(std::size_t from) const {
  return std::min(text_.find('\n', from), text_.size());
}

std::string_view CsvReader::record(std::size_t end) const {
  std::string_view whole = text_.substr(at_, end - at_);
  if (whole.ends_with('\r')) whole.remove_suffix(1);
  return whole;
}

void CsvReader::move_behind(std::size_t end) {
  const auto passed = text_.substr(at_, end - at_);
  line_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n')) + 1;
  at_ = end + 1;
}

std::optional<CsvRow> CsvReader::next() {
  while (at_ < text_.size() && record(line_end(at_)).empty()) move_behind(line_end(at_));
  if (at_ >= text_.size()) return std::nullopt;

  const std::size_t first_end = line_end(at_);
  const auto fault = [&](ErrorCode code, std::string message) {
    CsvRow row{line_, record(first_end), fail(code, std::move(message), "record")};
    move_behind(first_end);
    return row;
  };
  std::size_t end = first_end;
  while (true) {
    const std::string_view whole = record(end);
    if (whole.size() > limits_.record_bytes_max) {
      if (end != first_end) break;
      return fault(ErrorCode::kTooLarge,
                   fmt::format("a record has at most {} bytes", limits_.record_bytes_max));
    }
    Fields fields;
    const Parsed parsed = Parser(dialect_).parse(whole, fields);
    const std::size_t columns = fields.values.size();
    if (parsed == Parsed::kRecord &&
        (end == first_end || (columns >= limits_.columns_min && columns <= limits_.columns_max))) {
      CsvRow row{line_, whole, std::move(fields.values)};
      move_behind(end);
      return row;
    }
    if (parsed == Parsed::kBroken && end == first_end) {
      return fault(ErrorCode::kMalformed, "a quote stands where CSV has none");
    }
    if (parsed != Parsed::kOpenQuote || end == text_.size()) break;
    end = line_end(end + 1);
  }
  return fault(ErrorCode::kMalformed, "a quote is opened and never closed");
}

}  // namespace ledger
