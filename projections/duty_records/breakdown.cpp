#include "projections/duty_records/breakdown.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "events/money.h"

namespace ledger::duty_records {

namespace {

using duties::Breakdown;

using Words = std::vector<std::string>;  // what lines are told apart and sorted by

// What an entry says for one member of the key, item by item; one "not said" where it says nothing.
std::vector<std::optional<Member>> said(const Entry& entry, std::string_view name) {
  std::vector<std::optional<Member>> values;
  const auto own = [&](const std::string& id) {
    if (!id.empty()) values.push_back(Member{std::string(name), id, false});
  };
  if (name == "client_id") {
    own(entry.client_id);
  } else if (name == "manager_id") {
    own(entry.manager_id);
  } else if (name == "month") {
    own(format_month(entry.day));
  } else {
    for (const auto& member : entry.members) {
      if (member.name == name) values.push_back(member);
    }
  }
  if (values.empty()) values.emplace_back();
  return values;
}

// One key for each item of the longest list; what is said once holds for all of them.
std::vector<Key> keys_of(const Breakdown& breakdown, const Entry& entry) {
  std::vector<std::vector<std::optional<Member>>> columns;
  std::size_t items = 1;
  for (const auto name : breakdown.key) {
    columns.push_back(said(entry, name));
    items = std::max(items, columns.back().size());
  }
  std::vector<Key> keys(items);
  for (std::size_t item = 0; item < items; ++item) {
    for (const auto& column : columns) {
      keys[item].push_back(column[std::min(item, column.size() - 1)]);
    }
  }
  return keys;
}

Words words_of(const Key& key) {
  Words words;
  for (const auto& cell : key) {
    words.push_back(cell ? "=" + cell->value : "");  // not said is no empty text
  }
  return words;
}

bool is_counted(const Breakdown& breakdown, const Entry& entry) {
  if (entry.type != breakdown.event || entry.duplicate_of) return false;
  return breakdown.where.member.empty() ||
         entry.text(breakdown.where.member) == breakdown.where.value;
}

bool tells(const Entry& entry, std::string_view member) {
  const auto value = entry.text(member);
  return !value.empty() && value != "false";
}

Status add_money(Line& line, const Entry& entry, std::string_view member) {
  const std::string path(member);
  const auto currency = entry.text(path + ".currency");
  if (currency.empty()) return {};
  auto& sum = line.sums_minor[std::string(currency)];
  LEDGER_TRY(sum, add_checked(sum, entry.number(path + ".amount_minor")));
  return {};
}

Status add(std::map<Words, Line>& lines, const Breakdown& breakdown, const Entry& entry) {
  for (auto& key : keys_of(breakdown, entry)) {
    Words words = words_of(key);
    auto [at, is_new] = lines.try_emplace(std::move(words));
    Line& line = at->second;
    if (is_new) {
      line.key = std::move(key);
      line.first_on = line.last_on = entry.day;
    }
    ++line.count;
    line.first_on = std::min(line.first_on, entry.day);
    line.last_on = std::max(line.last_on, entry.day);
    if (!breakdown.with.empty() && tells(entry, breakdown.with)) ++line.with;
    if (!breakdown.money.empty()) LEDGER_CHECK(add_money(line, entry, breakdown.money));
  }
  return {};
}

}  // namespace

Result<std::vector<Line>> table(const Breakdown& breakdown, std::span<const Entry> entries) {
  std::map<Words, Line> lines;
  for (const auto& entry : entries) {
    if (is_counted(breakdown, entry)) LEDGER_CHECK(add(lines, breakdown, entry));
  }
  std::map<std::tuple<bool, std::int64_t, Words>, Line> in_order;  // a total order
  for (auto& [words, line] : lines) {
    const bool says_nothing =
        std::ranges::none_of(line.key, [](const auto& cell) { return cell.has_value(); });
    in_order.emplace(std::tuple(says_nothing, -line.count, words), std::move(line));
  }
  std::vector<Line> result;
  for (auto& [place, line] : in_order) result.push_back(std::move(line));
  return result;
}

}  // namespace ledger::duty_records
