#include "projections/duty_records/answer.h"

#include <algorithm>
#include <map>
#include <set>

#include "events/types/contract.h"

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
  Ratio ratio{&rule, Tally(question.manager)};
  rule.count(
      Book(found.entries, {question.from, question.to, question.as_of.day, question.client}, zone),
      ratio.tally);
  return ratio;
}

// A contract's id is the house's: told by two systems it is one contract, as it was told last.
Status mark_doubles(std::vector<Entry>& entries, const ViewSnapshot& snapshot,
                    const Question& question) {
  const std::string_view type = ContractSigned::kName;
  if (std::ranges::none_of(entries, [&](const Entry& entry) { return entry.type == type; })) {
    return {};
  }
  LEDGER_TRY(const auto all,
             read(snapshot, {type}, {std::nullopt, question.as_of.day, question.as_of.known_at}));
  const auto identity = [](const Entry& entry) {
    return std::pair(entry.client_id, std::string(entry.text("contract_id")));
  };
  std::map<std::pair<std::string, std::string>, Position> last;  // by client and contract
  for (const auto& entry : all.entries) {
    auto& position = last.emplace(identity(entry), entry.position).first->second;
    position = std::max(position, entry.position);
  }
  for (auto& entry : entries) {
    if (entry.type != type) continue;
    const auto told = last.find(identity(entry));
    if (told != last.end() && told->second != entry.position) entry.duplicate_of = told->second;
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
  result.taken_back = std::count_if(found.taken_back.begin(), found.taken_back.end(),
                                    [&](const Entry& entry) { return is_asked(question, entry); });
  LEDGER_CHECK(mark_doubles(result.entries, snapshot, question));
  sum_up(result);
  for (const auto& breakdown : duties::breakdowns_of(duty.id)) {
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
