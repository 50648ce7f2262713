#include "producers/house/calendar/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "events/types/calendar.h"
#include "platform/csv_reader.h"
#include "platform/sha256.h"

namespace ledger::calendar {

namespace {

constexpr CsvReader::Limits kLimits{.columns_min = 4, .columns_max = 7, .record_bytes_max = 2000};
constexpr std::string_view kColumns[] = {"calendar", "date",     "kind",  "minutes",
                                         "reason",   "order_no", "set_on"};
constexpr std::string_view kWanted[] = {"calendar", "date", "kind", "set_on"};
constexpr auto kNoon = std::chrono::hours(12);

// Where each column stands.
using Columns = std::map<std::string_view, std::size_t>;

Result<Columns> columns_of(const std::vector<std::string>& names) {
  Columns columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto* const known = std::find(std::begin(kColumns), std::end(kColumns), names[i]);
    if (known == std::end(kColumns)) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("'{}' is no column of a calendar; those are {}", names[i],
                              fmt::join(kColumns, ", ")),
                  "columns");
    }
    if (!columns.emplace(*known, i).second) {
      return fail(ErrorCode::kInvalidField, fmt::format("column '{}' stands twice", names[i]),
                  "columns");
    }
  }
  for (const auto wanted : kWanted) {
    if (!columns.contains(wanted)) {
      return fail(ErrorCode::kMissingField, fmt::format("column '{}' is missing", wanted),
                  "columns");
    }
  }
  return columns;
}

class Record {
 public:
  Record(const Columns& columns, const std::vector<std::string>& fields)
      : columns_(columns), fields_(fields) {}

  [[nodiscard]] std::string_view operator[](std::string_view column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() || found->second >= fields_.size()
               ? std::string_view()
               : std::string_view(fields_[found->second]);
  }
  [[nodiscard]] std::optional<std::string> text(std::string_view column) const {
    const auto value = (*this)[column];
    return value.empty() ? std::nullopt : std::optional<std::string>(value);
  }
  template <class Word>
  [[nodiscard]] Result<Word> word(std::string_view column) const {
    const auto value = (*this)[column];
    constexpr auto kWords = names(Word{});
    const auto found = std::find(kWords.begin(), kWords.end(), value);
    if (found == kWords.end()) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("'{}' is none of {}", value, fmt::join(kWords, ", ")),
                  std::string(column));
    }
    return static_cast<Word>(found - kWords.begin());
  }
  [[nodiscard]] Result<Date> date(std::string_view column) const {
    auto date = parse_date((*this)[column]);
    if (!date) return fail(date.error().code, date.error().message, std::string(column));
    return date;
  }
  [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view column) const {
    const auto value = (*this)[column];
    if (value.empty()) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, bad] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (bad != std::errc() || end != value.data() + value.size()) {
      return fail(ErrorCode::kInvalidField, fmt::format("'{}' is not a whole number", value),
                  std::string(column));
    }
    return number;
  }

 private:
  const Columns& columns_;
  const std::vector<std::string>& fields_;
};

struct Day {
  CalendarDaySet event;
  Date set_on;
};

Result<Day> read_day(const Record& record) {
  Day day;
  LEDGER_TRY(day.event.calendar, record.word<CalendarKind>("calendar"));
  LEDGER_TRY(day.event.date, record.date("date"));
  LEDGER_TRY(day.event.kind, record.word<DayKind>("kind"));
  LEDGER_TRY(day.event.minutes, record.number("minutes"));
  day.event.reason = record.text("reason");
  day.event.order_no = record.text("order_no");
  LEDGER_TRY(day.set_on, record.date("set_on"));
  LEDGER_CHECK(day.event.validate());
  return day;
}

}  // namespace

Mapped map_calendar(std::string_view csv, const Settings& settings) {
  Mapped mapped;
  const std::string edition = to_hex(sha256(csv)).substr(0, 16);
  CsvReader reader(csv, kLimits);
  std::optional<Columns> columns;
  while (const auto row = reader.next()) {
    if (row->raw.starts_with('#')) continue;
    const auto refuse = [&](const Error& error) {
      mapped.refused.push_back({fmt::format("line {}", row->line),
                                std::string(row->raw.substr(0, kLimits.record_bytes_max)), error});
    };
    if (!row->fields) {
      refuse(row->fields.error());
      continue;
    }
    if (!columns) {
      auto named = columns_of(*row->fields);
      if (!named) {
        refuse(named.error());
        return mapped;  // what the other lines say cannot be known
      }
      columns = *std::move(named);
      continue;
    }
    if (row->fields->size() != columns->size()) {
      refuse({ErrorCode::kMalformed, fmt::format("{} columns, where the first line names {}",
                                                 row->fields->size(), columns->size())});
      continue;
    }
    auto day = read_day(Record(*columns, *row->fields));
    if (!day) {
      refuse(day.error());
      continue;
    }
    const auto id = fmt::format("{}:{}:{}", name_of(day->event.calendar),
                                format_date(day->event.date), edition);
    const Timestamp when = settings.zone.to_instant(day->set_on, kNoon);
    mapped.events.push_back(
        {id, settings.source, when, std::nullopt, EventData(std::move(day->event))});
  }
  return mapped;
}

}  // namespace ledger::calendar
