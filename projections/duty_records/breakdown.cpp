#include "projections/duty_records/breakdown.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>
#include <utility>

#include "events/money.h"

namespace ledger::duty_records {

namespace {

using duties::Breakdown;

using Words = std::vector<std::string>;  // what lines are told apart and sorted by

// Of "items.text" the text of each item, "not said" where an item has none: a name that comes again
// begins the next item.
std::vector<std::optional<Member>> said_of_items(const Entry& entry, std::string_view name) {
  const std::string_view list = name.substr(0, name.rfind('.') + 1);
  std::vector<std::optional<Member>> values;
  std::set<std::string_view> of_item;
  for (const auto& member : entry.members) {
    if (!member.name.starts_with(list)) continue;
    if (values.empty() || !of_item.insert(member.name).second) {
      values.emplace_back();
      of_item = {member.name};
    }
    if (member.name == name) values.back() = member;
  }
  return values;
}

// What an entry says for one member of the key, item by item; one "not said" where it says nothing.
std::vector<std::optional<Member>> said(const Breakdown& breakdown, const Entry& entry,
                                        std::string_view name) {
  std::vector<std::optional<Member>> values;
  const auto own = [&](const std::string& id) {
    if (!id.empty()) values.push_back(Member{std::string(name), id, false});
  };
  if (name == "client_id") {
    own(entry.client_id);
  } else if (name == "manager_id") {
    own(entry.manager_id);
  } else if (name == "client_segment") {
    own(entry.client_segment);
  } else if (name == "owner_id") {
    own(entry.owner_id);
  } else if (name == "month") {
    own(format_month(entry.day));
  } else if (name == "about_month") {
    if (const auto first = entry.date("month")) own(format_month(*first));
  } else if (name.find('.') != std::string_view::npos) {
    values = said_of_items(entry, name);
  } else {
    for (const auto& member : entry.members) {
      if (member.name == name) values.push_back(member);
    }
  }
  if (values.empty() && name == breakdown.unsaid.member) own(std::string(breakdown.unsaid.value));
  if (values.empty()) values.emplace_back();
  return values;
}

// One key for each item of the longest list; what is said once holds for all of them.
std::vector<Key> keys_of(const Breakdown& breakdown, const Entry& entry) {
  std::vector<std::vector<std::optional<Member>>> columns;
  std::size_t items = 1;
  for (const auto name : breakdown.key) {
    columns.push_back(said(breakdown, entry, name));
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

bool is_such(const duties::Where& where, const std::optional<std::string_view>& told) {
  if (where.value.empty()) return told.has_value();
  return (told == where.value) != where.other;
}

std::optional<std::size_t> place_in_key(const Breakdown& breakdown, std::string_view member) {
  const auto at = std::find(breakdown.key.begin(), breakdown.key.end(), member);
  if (member.empty() || at == breakdown.key.end()) return std::nullopt;
  return static_cast<std::size_t>(at - breakdown.key.begin());
}

// A member of the key is judged item by item, in `is_counted` of the key.
bool is_counted(const Breakdown& breakdown, const Entry& entry) {
  if (entry.type != breakdown.event || entry.duplicate_of || entry.is_no_payment) return false;
  const auto& where = breakdown.where;
  if (where.member.empty() || place_in_key(breakdown, where.member)) return true;
  const auto told = entry.text(where.member);
  return is_such(where, told.empty() ? std::nullopt : std::optional(told));
}

bool is_counted(const Breakdown& breakdown, const Key& key) {
  const auto place = place_in_key(breakdown, breakdown.where.member);
  if (!place) return true;
  const auto& cell = key[*place];
  return is_such(breakdown.where, cell ? std::optional<std::string_view>(cell->value)
                                       : std::optional<std::string_view>());
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

// So much of the item of that place in the list.
Status add_money_of_item(Line& line, const Breakdown& breakdown, const Entry& entry,
                         std::size_t item) {
  const auto currency = entry.text(std::string(breakdown.money) + ".currency");
  const auto amounts = said_of_items(entry, breakdown.of_item);
  if (currency.empty() || item >= amounts.size() || !amounts[item]) return {};
  std::int64_t amount = 0;
  const std::string& digits = amounts[item]->value;
  std::from_chars(digits.data(), digits.data() + digits.size(), amount);
  auto& sum = line.sums_minor[std::string(currency)];
  LEDGER_TRY(sum, add_checked(sum, amount));
  return {};
}

Status add(std::map<Words, Line>& lines, const Breakdown& breakdown, const Entry& entry) {
  auto keys = keys_of(breakdown, entry);
  for (std::size_t item = 0; item < keys.size(); ++item) {
    auto& key = keys[item];
    if (!is_counted(breakdown, key)) continue;
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
    if (breakdown.money.empty()) continue;
    LEDGER_CHECK(breakdown.of_item.empty() ? add_money(line, entry, breakdown.money)
                                           : add_money_of_item(line, breakdown, entry, item));
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
  result.reserve(in_order.size());
  for (auto& [place, line] : in_order) result.push_back(std::move(line));
  return result;
}

}  // namespace ledger::duty_records
