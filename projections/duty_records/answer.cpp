#include "projections/duty_records/answer.h"

#include <algorithm>
#include <set>

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

void sum_up(Answer& result) {
  std::set<std::string_view> clients;
  for (const auto& entry : result.entries) {
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
