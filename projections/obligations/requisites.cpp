// Codes whose check digit is wrong: kept as they were told, and for a supervisor to see to.
#include <algorithm>
#include <tuple>
#include <vector>

#include "projections/obligations/reckoning.h"

namespace ledger::obligations {

namespace {

struct SaidCode {
  Date day;
  Timestamp time;
  Position position;
  TaxCode code;
  std::optional<ManagerId> manager;
};

// In the order in which they were told.
std::vector<SaidCode> codes_of(const client_card::CardRow& facts) {
  std::vector<SaidCode> codes;
  const auto add_all = [&](const auto& list) {
    for (const auto& told : list) {
      if (!told.data.tax_code) continue;
      codes.push_back(
          {told.day, told.time, told.position, *told.data.tax_code, told.data.manager_id});
    }
  };
  add_all(facts.registered);
  add_all(facts.updated);
  std::sort(codes.begin(), codes.end(), [](const auto& left, const auto& right) {
    return std::tie(left.day, left.time, left.position) <
           std::tie(right.day, right.time, right.position);
  });
  return codes;
}

}  // namespace

void add_requisites(Reckoning& owed) {
  const auto codes = codes_of(owed.book().card.facts);
  const SaidCode* wrong = nullptr;  // the first to tell the last wrong one
  const SaidCode* right = nullptr;  // what came after it
  for (const auto& said : codes) {
    if (said.code.check_digit_ok()) {
      if (right == nullptr) right = &said;
    } else {
      if (wrong == nullptr || right != nullptr || wrong->code != said.code) wrong = &said;
      right = nullptr;
    }
  }
  if (wrong == nullptr) return;
  const auto& holds = owed.book().card.details.tax_code;
  const bool is_wrong = holds && !holds->check_digit_ok();
  // Of an absorbed card whose code does not hold.
  if (!is_wrong && right == nullptr) return;
  auto one = owed.about(Kind::kRequisites, "tax_code", wrong->position);
  one.text = wrong->code.text();
  one.progress = is_wrong ? "check_digit_wrong" : "corrected";
  if (!is_wrong) one.done_on = right->day;
  owed.add_of_head(std::move(one), wrong->manager);
}

}  // namespace ledger::obligations
