#include "consumers/query/duty_records_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>
#include <string>

#include "consumers/query/print/form.h"
#include "projections/duties/duties.h"

namespace ledger {

using namespace duty_records;

http::Response duty_records_csv(const Question& question, const Answer& found) {
  std::set<std::string> columns;
  for (const auto& entry : found.entries) {
    for (const auto& member : entry.members) columns.insert(member.name);
  }
  print::Csv csv;
  for (const auto name :
       {"duty_id", "type", "day", "time", "manager_id", "client_id", "position"}) {
    csv.cell(name);
  }
  if (found.doubles > 0) csv.cell("duplicate_of");
  for (const auto& name : columns) csv.cell(name);
  csv.end_row();
  for (const auto& entry : found.entries) {
    csv.cell(question.duty->id).cell(entry.type).cell(format_date(entry.day));
    csv.cell(format_timestamp(entry.time)).cell(entry.manager_id).cell(entry.client_id);
    csv.cell(to_string(entry.position));
    if (found.doubles > 0) {
      csv.cell(entry.duplicate_of ? to_string(*entry.duplicate_of) : "");
    }
    for (const auto& name : columns) {
      std::string all;
      for (const auto& member : entry.members) {
        if (member.name == name) all += (all.empty() ? "" : "; ") + member.value;
      }
      csv.cell(all);
    }
    csv.end_row();
  }
  return print::answer_csv(
      csv.take(), fmt::format("{}-{}-{}.csv", question.duty->id, format_date(question.from),
                              format_date(question.to)));
}

namespace {

constexpr std::string_view kMinor = ".amount_minor";

// "price", of the column "price.amount_minor" that has its "price.currency" beside it: written as a
// number of that currency, not of its minor units. Empty for any other column.
std::string_view amount_of(const duties::Breakdown& breakdown, std::string_view column) {
  if (!column.ends_with(kMinor)) return {};
  const auto amount = column.substr(0, column.size() - kMinor.size());
  const std::string currency = std::string(amount) + ".currency";
  const bool beside =
      std::find(breakdown.key.begin(), breakdown.key.end(), currency) != breakdown.key.end();
  return beside ? amount : std::string_view();
}

std::int64_t whole(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void add_key_cell(print::Csv& csv, const duties::Breakdown& breakdown, const Line& line,
                  std::size_t column) {
  const auto& cell = line.key[column];
  if (!cell) {
    csv.cell("");
    return;
  }
  const std::string_view name = *(breakdown.key.begin() + column);
  if (name == breakdown.hryvnias) {
    csv.money(whole(cell->value), "UAH");
    return;
  }
  const auto amount = amount_of(breakdown, name);
  if (!amount.empty()) {
    const std::string wanted = std::string(amount) + ".currency";
    const auto at = std::find(breakdown.key.begin(), breakdown.key.end(), wanted);
    const auto& currency = line.key[static_cast<std::size_t>(at - breakdown.key.begin())];
    if (currency) {
      csv.money(whole(cell->value), currency->value);
      return;
    }
  }
  csv.cell(cell->value);
}

}  // namespace

http::Response duty_table_csv(const Question& question, const Table& table, std::size_t number) {
  const auto& breakdown = table.breakdown;
  std::set<std::string> currencies;
  for (const auto& line : table.lines) {
    for (const auto& [currency, sum] : line.sums_minor) currencies.insert(currency);
  }
  print::Csv csv;
  csv.cell("duty_id").cell("event");
  for (const auto name : breakdown.key) {
    const auto amount = amount_of(breakdown, name);
    csv.cell(name == breakdown.hryvnias ? fmt::format("{}_UAH", name)
                                        : std::string(amount.empty() ? name : amount));
  }
  csv.cell("count");
  if (!breakdown.with.empty()) csv.cell(fmt::format("with_{}", breakdown.with));
  for (const auto& currency : currencies) csv.cell(fmt::format("sum_{}", currency));
  csv.cell("first_on").cell("last_on");
  csv.end_row();
  for (const auto& line : table.lines) {
    csv.cell(question.duty->id).cell(breakdown.event);
    for (std::size_t column = 0; column < line.key.size(); ++column) {
      add_key_cell(csv, breakdown, line, column);
    }
    csv.cell(line.count);
    if (!breakdown.with.empty()) csv.cell(line.with);
    for (const auto& currency : currencies) {
      const auto sum = line.sums_minor.find(currency);
      if (sum == line.sums_minor.end()) {
        csv.cell("");
      } else {
        csv.money(sum->second, currency);
      }
    }
    csv.cell(format_date(line.first_on)).cell(format_date(line.last_on));
    csv.end_row();
  }
  return print::answer_csv(csv.take(),
                           fmt::format("{}-table-{}-{}-{}.csv", question.duty->id, number,
                                       format_date(question.from), format_date(question.to)));
}

}  // namespace ledger
