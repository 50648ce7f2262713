#include "projections/obligations/reconciliation.h"

#include <algorithm>

#include "projections/receivables/movements.h"

namespace ledger::obligations {

namespace {

using client_card::DealingsRow;
using receivables::AsOf;

constexpr unsigned kDueDay = 10;

Date due_day(Date month) {
  return (month.year() / month.month() + std::chrono::months(1)) / kDueDay;
}

// Whether anything that changes what is owed is booked in the month; what only says which money
// pays which invoice does not.
bool has_turnover(const receivables::AccountRow& account, Date month, Date day) {
  const auto all = receivables::movements(account, AsOf{day, std::nullopt});
  return std::any_of(all.begin(), all.end(), [&](const receivables::Movement& movement) {
    const bool allocates = std::holds_alternative<const Said<PaymentAllocated>*>(movement.entry) ||
                           std::holds_alternative<const Said<CreditNoteApplied>*>(movement.entry);
    return !allocates && first_of_month(movement.on) == month;
  });
}

bool has_contract(const DealingsRow& all, Date from, Date to) {
  return std::any_of(all.contracts.begin(), all.contracts.end(), [&](const auto& told) {
    const ContractSigned& contract = told.data;
    if (contract.signed_on > to || (contract.valid_to && *contract.valid_to < from)) return false;
    return std::none_of(all.terminated.begin(), all.terminated.end(), [&](const auto& end) {
      return end.data.contract_id == contract.contract_id && end.data.terminated_on < from;
    });
  });
}

Result<ActNeed> need(const ClientBook& book, Date month) {
  const Date end = std::min(last_of_month(month), book.day);
  LEDGER_TRY(const auto books, receivables::statements(book.account, AsOf{end, std::nullopt}));
  const bool owes = std::any_of(books.begin(), books.end(),
                                [](const auto& entry) { return entry.second.balance_minor != 0; });
  if (owes) return ActNeed::kBalance;
  if (has_turnover(book.account, month, end)) return ActNeed::kTurnover;
  if (has_contract(book.card.dealings, month, end)) return ActNeed::kContract;
  return ActNeed::kNone;
}

// The first day on which an answer of one kind came to an act.
template <class E>
std::optional<Date> first_day(const std::vector<Told<E>>& answers, const ActId& act) {
  for (const auto& told : answers) {  // by day
    if (told.data.act_id == act) return told.day;
  }
  return std::nullopt;
}

struct Act {
  ActProgress progress = ActProgress::kDrafted;
  std::optional<Date> answered_on;
};

Act act_of(const DealingsRow& all, const ActId& act) {
  const auto sent = first_day(all.acts_sent, act);
  const auto disagreed = first_day(all.acts_disagreed, act);
  const auto confirmed = first_day(all.acts_confirmed, act);
  const auto is_signed = first_day(all.acts_signed, act);
  Act found;
  if (sent) found.progress = ActProgress::kSent;
  if (disagreed) found.progress = ActProgress::kDisagreed;
  if (confirmed) found.progress = ActProgress::kConfirmed;
  if (is_signed) found.progress = ActProgress::kSigned;
  for (const auto& day : {disagreed, confirmed, is_signed}) {
    if (day && (!found.answered_on || *day < *found.answered_on)) found.answered_on = day;
  }
  return found;
}

}  // namespace

Result<Coverage> coverage(const ClientBook& book, Date month) {
  Coverage result{month, due_day(month), ActNeed::kNone, ActProgress::kNone, {}, {}, {}};
  LEDGER_TRY(result.need, need(book, month));
  for (const auto& told : book.card.dealings.acts) {
    if (first_of_month(told.data.to) != month) continue;
    const Act act = act_of(book.card.dealings, told.data.act_id);
    if (act.answered_on && (!result.answered_on || *act.answered_on < *result.answered_on)) {
      result.answered_on = act.answered_on;
    }
    if (act.progress < result.progress) continue;
    result.progress = act.progress;
    result.act_id = told.data.act_id.text();
    result.position = told.position;
  }
  return result;
}

}  // namespace ledger::obligations
