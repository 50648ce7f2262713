#include "projections/contact_plan/house_steps.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "projections/receivables/credit_control.h"

namespace ledger::contact_plan {

namespace {

using client_card::DealingsRow;
using obligations::ClientBook;

template <class E>
bool names_contract(const std::vector<Told<E>>& list, const ContractId& id) {
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& told) { return told.data.contract_id == id; });
}

bool is_over(const DealingsRow& all, const ContractId& id) {
  return names_contract(all.contracts, id) || names_contract(all.terminated, id);
}

bool is_resolved(const DealingsRow& all, const Told<ContractDisagreementRaised>& raised) {
  return std::any_of(
      all.disagreements_resolved.begin(), all.disagreements_resolved.end(), [&](const auto& end) {
        return end.data.contract_id == raised.data.contract_id &&
               end.data.clause == raised.data.clause &&
               std::tie(end.time, end.position) > std::tie(raised.time, raised.position);
      });
}

// One for each contract: what he disagrees with longest. Which contracts it was about.
std::set<ContractId> add_disagreements(std::vector<Due>& found, const ClientBook& book) {
  const DealingsRow& all = book.card.dealings;
  std::set<ContractId> open;
  for (const auto& raised : all.disagreements) {
    const ContractId& id = raised.data.contract_id;
    if (is_over(all, id) || is_resolved(all, raised) || !open.insert(id).second) continue;
    Reason reason = about(Why::kDisagreement, id.text(), raised.day, book.as_of.day);
    reason.text = raised.data.text;
    reason.position = raised.position;
    found.push_back({std::move(reason), std::nullopt});
  }
  return open;
}

// The last draft of a contract is the one that waits.
void add_drafts(std::vector<Due>& found, const Known& known,
                const std::set<ContractId>& disagreed) {
  const Date day = known.book.as_of.day;
  const DealingsRow& all = known.book.card.dealings;
  std::set<ContractId> seen = disagreed;
  for (auto draft = all.drafts.rbegin(); draft != all.drafts.rend(); ++draft) {
    const ContractId& id = draft->data.contract_id;
    if (!seen.insert(id).second || is_over(all, id)) continue;
    const Date sent = draft->data.sent_on;
    if (sent > day || days_between(sent, day) > kDraftDaysMax) continue;
    if (working_days(known.calendar, sent, day) < kDraftWorkingDays) continue;
    Reason reason = about(Why::kDraftWaiting, id.text(), sent, day);
    reason.text = draft->data.number.value_or("");
    reason.position = draft->position;
    found.push_back({std::move(reason), std::nullopt});
  }
}

bool is_contract(const ContractSigned& contract) {
  const auto kind = contract.kind.value_or(ContractKind::kContract);
  return kind == ContractKind::kContract || kind == ContractKind::kProlongation;
}

bool holds_longer(const Told<ContractSigned>& later, const Told<ContractSigned>& ending) {
  const auto signed_at = [](const auto& told) {
    return std::tuple(told.data.signed_on, told.position);
  };
  if (!is_contract(later.data) || signed_at(later) <= signed_at(ending)) return false;
  return !later.data.valid_to || *later.data.valid_to > *ending.data.valid_to;
}

void add_ends(std::vector<Due>& found, const ClientBook& book) {
  const Date day = book.as_of.day;
  const DealingsRow& all = book.card.dealings;
  for (const auto& told : all.contracts) {
    const ContractSigned& contract = told.data;
    if (!is_contract(contract) || !contract.valid_to) continue;
    const int left = days_between(day, *contract.valid_to);
    if (left < 0 || left > kContractEndDays) continue;
    if (names_contract(all.terminated, contract.contract_id)) continue;
    if (std::any_of(all.contracts.begin(), all.contracts.end(),
                    [&](const auto& later) { return holds_longer(later, told); })) {
      continue;
    }
    Reason reason = about(Why::kContractEnds, contract.contract_id.text(), *contract.valid_to, day);
    reason.days = left;
    reason.text = contract.number;
    reason.position = told.position;
    found.push_back({std::move(reason), std::nullopt});
  }
}

}  // namespace

Status add_dunning(std::vector<Due>& found, const ClientBook& book) {
  for (const auto& [code, statement] : book.books) {
    LEDGER_TRY(const auto next, receivables::next_reminder(book.account, statement, book.as_of));
    if (!next || !next->is_due) continue;
    Reason reason = about(Why::kDunningDue, next->step.invoice_id.text(), next->on, book.as_of.day);
    LEDGER_TRY(const auto currency, Currency::parse(code));
    reason.amounts.push_back({statement.balance_minor, currency});
    found.push_back({std::move(reason), std::nullopt});
  }
  return {};
}

void add_contracts(std::vector<Due>& found, const Known& known) {
  const auto disagreed = add_disagreements(found, known.book);
  add_drafts(found, known, disagreed);
  add_ends(found, known.book);
}

}  // namespace ledger::contact_plan
