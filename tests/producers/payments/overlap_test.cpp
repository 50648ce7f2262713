// Goal: however a bank's statements are split into files, overlap and come in whatever order, the
// ledger comes out the same: these payments, these totals. Method: rapidcheck makes accounts with
// days of entries (equal ones among them, with and without references) and deals the statements out
// into files; what the files tell is recorded as the ledger does.
#include <rapidcheck.h>

#include "producers/payments/camt/mapping.h"
#include "producers/payments/mt940/mapping.h"
#include "tests/producers/payments/bank_days.h"
#include "tests/producers/payments/camt_message.h"
#include "tests/producers/payments/mt940_message.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

std::int64_t received(const std::vector<Day>& days) {
  std::int64_t sum = 0;
  for (const auto& day : days) {
    for (const auto& entry : day) sum += std::max(entry.amount_minor, 0);
  }
  return sum;
}
// Every statement into one file or several, and these in any order.
std::vector<std::vector<std::size_t>> some_files(std::size_t statements) {
  std::vector<std::size_t> dealt;
  for (std::size_t i = 0; i < statements; ++i) {
    const auto times = *rc::gen::element(1, 1, 2, 3);
    dealt.insert(dealt.end(), static_cast<std::size_t>(times), i);
  }
  std::vector<std::vector<std::size_t>> files(1);
  while (!dealt.empty()) {
    const auto at = *rc::gen::inRange<std::size_t>(0, dealt.size());
    if (!files.back().empty() && *rc::gen::arbitrary<bool>()) files.emplace_back();
    files.back().push_back(dealt[at]);
    dealt.erase(dealt.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return files;
}

std::string with_comma(std::int64_t minor) {
  std::string text = decimal(minor);
  text.replace(text.find('.'), 1, ",");
  return text;
}

std::vector<std::string> mt940_blocks(const std::vector<Day>& days) {
  std::vector<std::string> blocks;
  std::int64_t balance = 1'000'000'000;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const std::string day = fmt::format("2611{:02}", i + 2);
    Mt940Statement statement;
    statement.number = std::to_string(i + 1);
    statement.opening = fmt::format("C2611{:02}UAH{}", i + 1, with_comma(balance));
    for (const auto& entry : days[i]) {
      balance += entry.amount_minor;
      statement.lines +=
          fmt::format(":61:{}{}{}NTRFNONREF{}\n:86:за товар\n", day,
                      entry.amount_minor < 0 ? 'D' : 'C', with_comma(std::abs(entry.amount_minor)),
                      entry.reference == 0 ? "" : fmt::format("//B{}", entry.reference));
    }
    statement.closing = fmt::format("C{}UAH{}", day, with_comma(balance));
    blocks.push_back(mt940_block(statement));
  }
  return blocks;
}

// A reference of a bank is one booking of the account, so that each has a number of its own.
std::string camt_entries(const Day& day, std::size_t number, bool say_who) {
  std::string entries;
  for (std::size_t i = 0; i < day.size(); ++i) {
    CamtEntry entry{.amount = decimal(std::abs(day[i].amount_minor)),
                    .side = day[i].amount_minor < 0 ? "DBIT" : "CRDT"};
    entry.day = fmt::format("2026-11-{:02}", number + 1);
    if (day[i].reference != 0) {
      entry.more += fmt::format("<AcctSvcrRef>B{}-{}</AcctSvcrRef>", number, i);
    }
    if (say_who) {
      entry.more +=
          "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Ромашка</Nm></Dbtr></RltdPties></TxDtls>"
          "</NtryDtls>";
    }
    entries += camt_entry(entry);
  }
  return entries;
}

std::vector<std::string> camt_parts(const std::vector<Day>& days) {
  std::vector<std::string> parts;
  std::int64_t balance = 1'000'000'000;
  for (std::size_t i = 0; i < days.size(); ++i) {
    CamtStatement statement;
    statement.id = fmt::format("S{}", i);
    statement.opening = decimal(balance);
    statement.entries = camt_entries(days[i], i, /*say_who=*/true);
    for (const auto& entry : days[i]) balance += entry.amount_minor;
    statement.closing = decimal(balance);
    parts.push_back(camt_part(statement));
  }
  return parts;
}

// What the bank said within the days, before the statements said it more fully.
std::string camt_report(const std::vector<Day>& days) {
  CamtStatement report;
  report.opening = report.closing = "";
  for (std::size_t i = 0; i < days.size(); ++i) {
    report.entries += camt_entries(days[i], i, /*say_who=*/false);
  }
  return camt_message(camt_part(report, "Rpt"), "052.001.08");
}

template <class Whole>
std::string file_of(const std::vector<std::string>& statements,
                    const std::vector<std::size_t>& chosen, Whole whole) {
  std::string text;
  for (const auto i : chosen) text += statements[i];
  return whole(text);
}

void check_ledger(const Ledger& ledger, const Ledger& at_once, const std::vector<Day>& days) {
  RC_ASSERT(ledger == at_once);
  RC_ASSERT(ledger.statements.size() == days.size());
  RC_ASSERT(ledger.payments.size() == count_received(days));
}

std::int64_t total_of(const Mapped& mapped) {
  std::int64_t sum = 0;
  for (const auto& event : mapped.events)
    sum += event.data.get_if<PaymentReceived>()->amount.amount_minor;
  return sum;
}

// An export as a person asks for it: from a day on to some entry of a later one, under a number of
// its own.
struct Export {
  std::size_t first = 0;
  std::size_t last = 0;     // day, included
  std::size_t entries = 0;  // of the last day
  int number = 0;
};

std::int64_t balance_before(const std::vector<Day>& days, std::size_t day) {
  std::int64_t balance = 1'000'000'000;
  for (std::size_t i = 0; i < day; ++i) {
    for (const auto& entry : days[i]) balance += entry.amount_minor;
  }
  return balance;
}

// A cut that leaves the balance as it was at the beginning of the day is none that a statement of
// the whole day could be told from; a whole day is such a cut too (day_counts.h).
bool is_cut_seen(const Day& day, std::size_t entries) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < entries; ++i) sum += day[i].amount_minor;
  return entries == 0 || sum != 0;
}

std::vector<Export> some_exports(const std::vector<Day>& days) {
  std::vector<Export> exports;
  const auto count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    Export one;
    one.first = *rc::gen::inRange<std::size_t>(0, days.size());
    one.last = *rc::gen::inRange(one.first, days.size());
    one.entries = *rc::gen::inRange<std::size_t>(0, days[one.last].size() + 1);
    const Day& day = days[one.last];
    if (!is_cut_seen(day, one.entries)) one.entries = is_cut_seen(day, day.size()) ? day.size() : 0;
    one.number = 100 + i;
    exports.push_back(one);
  }
  return exports;
}

struct Line {
  std::size_t day;
  std::size_t place;
  Entry entry;
};
std::vector<Line> lines_of(const std::vector<Day>& days, const Export& one) {
  std::vector<Line> lines;
  for (std::size_t day = one.first; day <= one.last; ++day) {
    const std::size_t entries = day == one.last ? one.entries : days[day].size();
    for (std::size_t i = 0; i < entries; ++i) lines.push_back({day, i, days[day][i]});
  }
  return lines;
}

// Each line that any of them tells, once.
std::int64_t told_by(const std::vector<Day>& days, const std::vector<Export>& exports,
                     std::size_t& count) {
  std::map<std::pair<std::size_t, std::size_t>, int> told;
  for (const auto& one : exports) {
    for (const auto& line : lines_of(days, one)) {
      told[{line.day, line.place}] = std::max(line.entry.amount_minor, 0);
    }
  }
  std::int64_t sum = 0;
  count = 0;
  for (const auto& [place, amount] : told) {
    sum += amount;
    count += amount > 0 ? 1 : 0;
  }
  return sum;
}

// In one page or two, cut anywhere.
std::string mt940_export(const std::vector<Day>& days, const Export& one) {
  const auto lines = lines_of(days, one);
  const std::size_t cut = *rc::gen::inRange<std::size_t>(0, lines.size() + 1);
  std::int64_t balance = balance_before(days, one.first);
  std::string day = fmt::format("2611{:02}", one.first + 1);
  std::string text =
      fmt::format(":20:S\n:25:1\n:28C:{}/1\n:60F:C{}UAH{}\n", one.number, day, with_comma(balance));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == cut && cut > 0) {
      text += fmt::format(":62M:C{}UAH{}\n-\n:20:S\n:25:1\n:28C:{}/2\n:60M:C{}UAH{}\n", day,
                          with_comma(balance), one.number, day, with_comma(balance));
    }
    const auto& entry = lines[i].entry;
    day = fmt::format("2611{:02}", lines[i].day + 2);
    balance += entry.amount_minor;
    text += fmt::format(":61:{}{}{}NTRFNONREF{}\n", day, entry.amount_minor < 0 ? 'D' : 'C',
                        with_comma(std::abs(entry.amount_minor)),
                        entry.reference == 0 ? "" : fmt::format("//B{}", entry.reference));
  }
  return text + fmt::format(":62F:C2611{:02}UAH{}\n-\n", one.last + 2, with_comma(balance));
}

std::string camt_export(const std::vector<Day>& days, const Export& one) {
  CamtStatement statement;
  statement.id = fmt::format("S{}", one.number);
  std::int64_t balance = balance_before(days, one.first);
  statement.opening = decimal(balance);
  for (std::size_t day = one.first; day <= one.last; ++day) {
    Day told = days[day];
    if (day == one.last) told.resize(one.entries);
    for (const auto& entry : told) balance += entry.amount_minor;
    statement.entries += camt_entries(told, day, /*say_who=*/true);
  }
  statement.closing = decimal(balance);
  statement.opening_day = fmt::format("2026-11-{:02}", one.first + 1);
  statement.closing_day = fmt::format("2026-11-{:02}", one.last + 1);
  return camt_part(statement);
}

template <class Map>
void check_exports(const std::vector<Day>& days, const std::vector<Export>& exports,
                   const std::vector<std::string>& parts, Map map) {
  Ledger ledger;
  std::int64_t sum = 0;
  for (const auto& file : some_files(parts.size())) {
    const Mapped mapped = map(file);
    for (const auto& event : mapped.events) {
      if (!ledger.payments.contains(event.id)) {
        sum += event.data.get_if<PaymentReceived>()->amount.amount_minor;
      }
    }
    ledger.read(mapped);
  }
  std::size_t count = 0;
  RC_ASSERT(sum == told_by(days, exports, count));
  RC_ASSERT(ledger.payments.size() == count);
}

}  // namespace

TEST_CASE("mt940: any split, overlap and order of files gives the same ledger",
          "[producers][payments]") {
  const mt940::Settings settings{.bank = {.zone = kyiv()}};
  CHECK(rc::check([&] {
    const auto days = some_days();
    const auto blocks = mt940_blocks(days);
    std::vector<std::size_t> all(blocks.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    const auto as_is = [](const std::string& text) { return text; };
    Ledger at_once;
    const auto whole = mt940::map_statements(file_of(blocks, all, as_is), settings);
    RC_ASSERT(total_of(whole) == received(days));
    at_once.read(whole);
    Ledger ledger;
    for (const auto& file : some_files(blocks.size())) {
      ledger.read(mt940::map_statements(file_of(blocks, file, as_is), settings));
    }
    check_ledger(ledger, at_once, days);
  }));
}

TEST_CASE("camt: any split, overlap and order of files gives the same ledger, reports among them",
          "[producers][payments]") {
  const camt::Settings settings{.zone = kyiv()};
  CHECK(rc::check([&] {
    const auto days = some_days();
    const auto parts = camt_parts(days);
    std::vector<std::size_t> all(parts.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    const auto message = [](const std::string& text) { return camt_message(text); };
    Ledger at_once;
    const auto whole = camt::map_statements(file_of(parts, all, message), settings);
    RC_ASSERT(total_of(whole) == received(days));
    at_once.read(whole);
    Ledger ledger;
    for (const auto& file : some_files(parts.size())) {
      if (*rc::gen::arbitrary<bool>()) {
        ledger.read(camt::map_statements(camt_report(days), settings));
      }
      ledger.read(camt::map_statements(file_of(parts, file, message), settings));
    }
    check_ledger(ledger, at_once, days);
  }));
}

TEST_CASE("mt940: exports that cut days, overlap and number statements anew count nothing twice",
          "[producers][payments]") {
  const mt940::Settings settings{.bank = {.zone = kyiv()}};
  CHECK(rc::check([&] {
    const auto days = some_days();
    const auto exports = some_exports(days);
    std::vector<std::string> parts;
    for (const auto& one : exports) parts.push_back(mt940_export(days, one));
    check_exports(days, exports, parts, [&](const std::vector<std::size_t>& file) {
      const auto as_is = [](const std::string& text) { return text; };
      return mt940::map_statements(file_of(parts, file, as_is), settings);
    });
  }));
}

TEST_CASE("camt: exports that cut days, overlap and name statements anew count nothing twice",
          "[producers][payments]") {
  const camt::Settings settings{.zone = kyiv()};
  CHECK(rc::check([&] {
    const auto days = some_days();
    const auto exports = some_exports(days);
    std::vector<std::string> parts;
    for (const auto& one : exports) parts.push_back(camt_export(days, one));
    check_exports(days, exports, parts, [&](const std::vector<std::size_t>& file) {
      const auto message = [](const std::string& text) { return camt_message(text); };
      return camt::map_statements(file_of(parts, file, message), settings);
    });
  }));
}
