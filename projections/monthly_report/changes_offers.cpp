#include "platform/calendar_month.h"
#include "projections/client_card/letters.h"
#include "projections/client_card/rows.h"
#include "projections/client_card/timeline.h"
#include "projections/monthly_report/changes.h"
#include "projections/monthly_report/contracts.h"
#include "projections/monthly_report/plan.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/view_batch.h"

// Of which changes a figure may be the sum, and what lies behind those of calls and offers.
namespace ledger::monthly_report {

namespace {

namespace quota = quota_compliance;

constexpr auto kAll = [](const auto&) { return true; };

}  // namespace

std::vector<Changes::Kind> Changes::kinds_of(std::string_view figure) {
  using enum Kind;
  const auto begins = [&](std::string_view text) { return figure.starts_with(text); };
  if (begins("days.") || begins("stand_ins.")) return {kTime};
  if (begins("calls.")) return {kCalls, kTime, kPolicies};
  if (begins("email_offers.")) return {kMailed, kTime, kPolicies};
  if (begins("phone_offers.")) return {kPhoned, kCalls, kTime, kPolicies};
  if (begins("database.")) return {kBase, kTime, kPolicies};
  if (begins("contracts.")) return {kContracts, kTime, kPolicies};
  if (figure == "offers.made") return {kMailed, kPhoned, kCalls, kTime, kPolicies};
  if (figure == "offers.answered") return {kMailed, kReplies, kTime, kPolicies};
  if (figure == "offers.contracts") return {kContracts, kOffered, kTime, kPolicies};
  if (begins("clients.")) return {kCards};
  if (begins("acts.")) return {kActs, kMoney};
  if (begins("turnover.")) return {kMoney};
  if (begins("debts.promises_")) return {kPromises, kKept, kAnswered};
  if (begins("debts.promises")) return {kPromises, kAnswered};
  if (begins("debts.actions")) return {kActions, kAnswered};
  if (begins("debts.reminders")) return {kReminders, kAnswered};
  if (begins("debts.")) return {kDebts, kAnswered};
  if (begins(kNextPlan)) return {kNextPlanSet};
  if (begins("plan.") && figure.ends_with(".target")) return {kPlan};
  if (begins("plan.calls")) return {kCalls, kTime, kPolicies};
  if (begins("plan.email_offers")) return {kMailed, kTime, kPolicies};
  if (begins("plan.phone_offers")) return {kPhoned, kCalls, kTime, kPolicies};
  if (begins("plan.new_client_contracts")) return {kContracts, kTime, kPolicies};
  if (begins("plan.turnover")) return {kMoney};
  if (figure == "breaches.found") return {kCards, kCalls, kMailed, kPhoned, kContracts};
  if (begins("breaches.")) return {kBreaches};
  return {};
}

Result<std::vector<Position>> Changes::days(Kind kind, Date from) const {
  static const std::string family = family_of(quota::kName, quota::kVersion);
  Positions found;
  for (Date day = from; day <= last_of_month(month_); day = add_days(day, 1)) {
    LEDGER_TRY(const auto row,
               read_row<quota::DayRow>(*snapshot_, family,
                                       quota::day_key(day, manager_.manager_id.text())));
    if (!row) continue;
    if (kind == Kind::kCalls) take(found, row->calls, kAll);
    if (kind == Kind::kPhoned) take(found, row->phoned, kAll);
    if (kind == Kind::kBase) take(found, row->changes, kAll);
    if (kind != Kind::kMailed) continue;
    take(found, row->mailed, kAll);
    for (const auto& offer : row->mailed) {
      for (const auto& recipient : offer.letter.recipients) {
        LEDGER_TRY(
            const auto delivery,
            read_row<quota::DeliveryRow>(*snapshot_, family,
                                         quota::delivery_key(offer.letter.message_id, recipient)));
        if (delivery) take(found, delivery->changes, kAll);
      }
    }
  }
  return found;
}

Result<std::vector<Position>> Changes::offered() const {
  Positions found;
  for (const Kind kind : {Kind::kMailed, Kind::kPhoned, Kind::kCalls}) {
    LEDGER_TRY(const auto some, days(kind, add_days(month_, -kOfferDays)));
    found.insert(found.end(), some.begin(), some.end());
  }
  return found;
}

// On every card of the clients to whom the letters went.
Result<std::vector<Position>> Changes::replies() const {
  static const std::string family = family_of(quota::kName, quota::kVersion);
  Positions found;
  for (Date day = month_; day <= last_of_month(month_); day = add_days(day, 1)) {
    LEDGER_TRY(const auto row,
               read_row<quota::DayRow>(*snapshot_, family,
                                       quota::day_key(day, manager_.manager_id.text())));
    if (!row) continue;
    for (const auto& offer : row->mailed) {
      if (offer.client_id.empty()) continue;
      LEDGER_TRY(const auto client, directory::one_client(*snapshot_, offer.client_id, now_));
      LEDGER_TRY(const auto answers,
                 client_card::answers_to(*snapshot_, client, offer.letter.message_id));
      take(found, answers, kAll);
    }
  }
  return found;
}

}  // namespace ledger::monthly_report
