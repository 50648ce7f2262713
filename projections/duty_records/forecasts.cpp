#include <set>

#include "projections/client_card/queries.h"
#include "projections/client_card/standing.h"
#include "projections/duty_records/answer.h"
#include "projections/receivables/queries.h"

namespace ledger::duty_records {

namespace {

Status count_client(Tally& tally, const ViewSnapshot& snapshot, const Question& question,
                    const std::string& client) {
  LEDGER_TRY(const auto card, client_card::card(snapshot, client, question.as_of));
  if (!card) return {};
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, card->client));
  LEDGER_TRY(const auto books, receivables::statements(account, question.as_of));
  const auto forecasts = client_card::judge_forecasts(*card, question.as_of.day, books);
  for (const auto& one : forecasts.each) {
    if (one.ended_on < question.from || one.ended_on > question.to) continue;
    const auto grade = name_of(one.grade);
    tally.add(one.manager_id.text(), grade, "judged");
    if (one.held) tally.add(one.manager_id.text(), grade, "came_true");
  }
  return {};
}

}  // namespace

Result<Tally> count_forecasts(const ViewSnapshot& snapshot, const Question& question) {
  LEDGER_TRY(const auto assessed,
             read(snapshot, {"reliability.assessed"},
                  {std::nullopt, question.as_of.day, question.as_of.known_at}));
  std::set<std::string> clients;
  for (const auto& entry : assessed.entries) {
    if (question.shows) {
      LEDGER_TRY(const bool shows, question.shows(entry));
      if (!shows) continue;
    }
    if (!question.client || entry.client_id == *question.client) clients.insert(entry.client_id);
  }
  Tally tally(question.manager);
  for (const auto& client : clients) {
    LEDGER_CHECK(count_client(tally, snapshot, question, client));
  }
  return tally;
}

}  // namespace ledger::duty_records
