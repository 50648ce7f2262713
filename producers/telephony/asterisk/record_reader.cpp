#include "producers/telephony/asterisk/record_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "events/flat_json.h"
#include "platform/utf8.h"
#include "producers/telephony/asterisk/leg.h"

namespace ledger::asterisk {

namespace {

// The members in cdr_csv's places; those of other names say nothing to us.
Result<std::vector<std::string>> read_json(std::string_view line, bool needs_linkedid) {
  if (line.size() > kRecordBytesMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("a record has at most {} bytes", kRecordBytesMax),
                "record");
  }
  // A caller's name in another encoding costs no call, as in cdr_csv; an id or a number would.
  const bool is_damaged = !is_valid_utf8(line);
  LEDGER_TRY(auto members,
             read_flat_object(is_damaged ? with_replaced_bytes(line) : std::string(line)));
  std::vector<std::string> fields(kColumnNames.size());
  std::vector<bool> given(kColumnNames.size());
  for (auto& [name, value] : members) {
    const auto column = std::find(kColumnNames.begin(), kColumnNames.end(), name);
    if (column == kColumnNames.end()) continue;
    const auto place = static_cast<std::size_t>(column - kColumnNames.begin());
    fields[place] = std::move(value);
    given[place] = true;
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    const bool needed = is_needed(i) || (needs_linkedid && kColumnNames[i] == "linkedid");
    if (needed && !given[i]) {
      return fail(ErrorCode::kMissingField, "is required", std::string(kColumnNames[i]));
    }
    const bool is_read = needed || kColumnNames[i] == "uniqueid" || kColumnNames[i] == "linkedid";
    if (is_damaged && is_read && fields[i].find(kReplacementCharacter) != std::string::npos) {
      return fail(ErrorCode::kMalformed, "is not UTF-8 (windows-1251 has to be converted first)",
                  std::string(kColumnNames[i]));
    }
  }
  return fields;
}

}  // namespace

RecordReader::RecordReader(std::string_view text, const Settings& settings)
    : json_(settings.json),
      needs_linkedid_(settings.columns && settings.columns->newcdrcolumns),
      csv_(text,
           settings.order.empty()
               ? CsvReader::Limits{kColumnsMin, kColumnsMax, kRecordBytesMax}
               : CsvReader::Limits{settings.order.size(), settings.order.size(), kRecordBytesMax}),
      rest_(text) {}

std::optional<CsvRow> RecordReader::next() { return json_ ? next_json() : csv_.next(); }

std::optional<CsvRow> RecordReader::next_json() {
  while (!rest_.empty()) {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    const std::size_t number = line_++;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) return CsvRow{number, line, read_json(line, needs_linkedid_)};
  }
  return std::nullopt;
}

}  // namespace ledger::asterisk
