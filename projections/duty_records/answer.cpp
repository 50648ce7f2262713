#include "projections/duty_records/answer.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "events/types/contract.h"
#include "events/types/report.h"
#include "projections/duty_records/client_facts.h"

namespace ledger::duty_records {

namespace {

// A record of no client's may still answer one that is: it stays for rules, and is counted by none.
bool may_concern(const Question& question, const Entry& entry) {
  return !question.client || entry.client_id.empty() || entry.client_id == *question.client;
}

bool is_asked(const Question& question, const Entry& entry) {
  return (!question.manager || entry.manager_id == *question.manager) &&
         (!question.client || entry.client_id == *question.client);
}

// Before anything is counted.
Status leave_out_hidden(const Question& question, std::vector<Entry>& entries) {
  if (!question.shows) return {};
  std::vector<Entry> shown;
  for (auto& entry : entries) {
    LEDGER_TRY(const bool shows, question.shows(entry));
    if (shows) shown.push_back(std::move(entry));
  }
  entries = std::move(shown);
  return {};
}

Result<Ratio> count(const ViewSnapshot& snapshot, const Question& question, const Rule& rule,
                    const BusinessZone& zone) {
  if (rule.count == nullptr) {
    LEDGER_TRY(auto tally, count_forecasts(snapshot, question));
    return Ratio{&rule, std::move(tally)};
  }
  const std::vector<std::string_view> types(rule.reads.begin(), rule.reads.end());
  LEDGER_TRY(auto found,
             read(snapshot, types, {std::nullopt, question.as_of.day, question.as_of.known_at}));
  std::erase_if(found.entries, [&](const Entry& entry) { return !may_concern(question, entry); });
  LEDGER_CHECK(leave_out_hidden(question, found.entries));
  Ratio ratio{&rule, Tally(question.manager)};
  rule.count(
      Book(found.entries, {question.from, question.to, question.as_of.day, question.client}, zone),
      ratio.tally);
  return ratio;
}

// What one thing in the house is known by, where several events tell of it, and which of them is
// it.
struct ToldTwice {
  std::string_view type;
  std::string_view member;  // beside whose it is
  bool by_client = false;   // else by manager
  bool last = false;        // else the first
};
constexpr std::array kToldTwice{
    // Told by two systems it is one contract, as it was told last.
    ToldTwice{ContractSigned::kName, "contract_id", /*by_client=*/true, /*last=*/true},
    // Sent back and handed in again it is one report, as timely as it was at first.
    ToldTwice{ReportSubmitted::kName, "month", /*by_client=*/false, /*last=*/false},
};

Status mark_doubles(std::vector<Entry>& entries, const ViewSnapshot& snapshot,
                    const Question& question, const ToldTwice& what) {
  if (std::ranges::none_of(entries, [&](const Entry& entry) { return entry.type == what.type; })) {
    return {};
  }
  LEDGER_TRY(const auto all, read(snapshot, {what.type},
                                  {std::nullopt, question.as_of.day, question.as_of.known_at}));
  const auto identity = [&](const Entry& entry) {
    return std::pair(what.by_client ? entry.client_id : entry.manager_id,
                     std::string(entry.text(what.member)));
  };
  std::map<std::pair<std::string, std::string>, Position> standing;
  for (const auto& entry : all.entries) {  // by time
    auto& position = standing.emplace(identity(entry), entry.position).first->second;
    if (what.last) position = std::max(position, entry.position);
  }
  for (auto& entry : entries) {
    if (entry.type != what.type) continue;
    const auto told = standing.find(identity(entry));
    if (told != standing.end() && told->second != entry.position) {
      entry.duplicate_of = told->second;
    }
  }
  return {};
}

void sum_up(Answer& result) {
  std::set<std::string_view> clients;
  for (const auto& entry : result.entries) {
    if (entry.duplicate_of) {
      ++result.doubles;
      continue;
    }
    ++result.by_manager[entry.manager_id];
    if (entry.client_id.empty()) {
      ++result.without_client;
    } else {
      clients.insert(entry.client_id);
    }
  }
  result.clients = static_cast<std::int64_t>(clients.size());
}

}  // namespace

Result<Answer> answer(const ViewSnapshot& snapshot, const Question& question,
                      const BusinessZone& zone) {
  const duties::Duty& duty = *question.duty;
  const std::vector<std::string_view> types(duty.events.begin(), duty.events.end());
  const Date last = std::min(question.to, question.as_of.day);
  LEDGER_TRY(auto found, read(snapshot, types, {question.from, last, question.as_of.known_at}));
  Answer result;
  result.entries = std::move(found.entries);
  std::erase_if(result.entries, [&](const Entry& entry) { return !is_asked(question, entry); });
  LEDGER_CHECK(leave_out_hidden(question, result.entries));
  LEDGER_CHECK(leave_out_hidden(question, found.taken_back));
  result.taken_back = std::count_if(found.taken_back.begin(), found.taken_back.end(),
                                    [&](const Entry& entry) { return is_asked(question, entry); });
  for (const auto& what : kToldTwice) {
    LEDGER_CHECK(mark_doubles(result.entries, snapshot, question, what));
  }
  sum_up(result);
  const auto breakdowns = duties::breakdowns_of(duty.id);
  LEDGER_CHECK(add_client_facts(snapshot, question.as_of, breakdowns, result.entries));
  for (const auto& breakdown : breakdowns) {
    LEDGER_TRY(auto lines, table(breakdown, result.entries));
    result.tables.push_back({breakdown, std::move(lines)});
  }
  std::reverse(result.entries.begin(), result.entries.end());
  if (const Rule* rule = rule_of(duty.id)) {
    LEDGER_TRY(result.ratio, count(snapshot, question, *rule, zone));
  }
  return result;
}

}  // namespace ledger::duty_records
