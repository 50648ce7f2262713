#include "projections/contact_plan/plan.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <tuple>

#include "projections/contact_plan/candidate.h"
#include "projections/directory/hires.h"
#include "projections/obligations/portfolio.h"
#include "projections/obligations/queries.h"
#include "projections/store/kept.h"

namespace ledger::contact_plan {

namespace {

// What a candidate is kept under.
std::string key_of(std::string_view id, const AsOf& as_of) {
  return as_of.known_at ? "" : format_date(as_of.day) + ' ' + std::string(id);
}

// Of the whole day; what is said later on a day than the question's instant is not known to it,
// and seldom there.
Result<std::shared_ptr<const Candidate>> candidate_of(
    const ViewSnapshot& snapshot, const Question& question, const std::string& id,
    const SharedReads& shared, Responsibility& responsibility, const BusinessZone& zone) {
  const AsOf& as_of = question.as_of;
  const auto read_until = [&](Timestamp until) {
    return [&, until](const ViewSnapshot& noted) {
      return read_candidate(noted, id, as_of, until, responsibility, zone);
    };
  };
  const Timestamp end = zone.to_instant(add_days(as_of.day, 1), std::chrono::seconds(0));
  constexpr std::string_view kKind = "contact plan of a client";
  LEDGER_TRY(auto whole,
             kept<Candidate>(snapshot, kKind, key_of(id, as_of), read_until(end), &shared));
  if (!whole->newest || *whole->newest <= question.now) return whole;
  return kept<Candidate>(snapshot, kKind, "", read_until(question.now));
}

}  // namespace

std::string_view duty_of(Why why) {
  switch (why) {
    case Why::kMissedCall:
    case Why::kInquiry:
      return "inquiries.answered";
    case Why::kCallBack:
    case Why::kFollowUp:
      return "contacts.planned";
    case Why::kArrival:
      return "stock_promises.kept";
    case Why::kPromiseBroken:
    case Why::kDebtUntouched:
    case Why::kDunningDue:
      return "receivables.collected";
    case Why::kComplaint:
      return "complaints.resolved";
    case Why::kActMissing:
      return "reconciliation.monthly";
    case Why::kCallResult:
      return "calls.results";
    case Why::kMeeting:
      return "meetings.held";
    case Why::kDraftWaiting:
    case Why::kDisagreement:
      return "contracts.drafts";
    case Why::kContractEnds:
      return "terms.observed";
    case Why::kBirthday:
    case Why::kProfessionalHoliday:
      return "greetings.sent";
    case Why::kOfferUnanswered:
    case Why::kSilence:
      return "contacts.regular";
    case Why::kUntouched:
      return "leads.channels";
  }
  return "";
}

Result<std::vector<Row>> contact_plan(const ViewSnapshot& snapshot, const Question& question,
                                      const BusinessZone& zone) {
  LEDGER_TRY(const bool hired,
             directory::was_hired(snapshot, question.manager, question.as_of.known_at));
  if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
  const Date day = question.as_of.day;
  const auto& known_at = question.as_of.known_at;
  const SharedReads shared(snapshot);
  LEDGER_TRY(auto responsibility,
             Responsibility::read(shared.snapshot(), add_days(day, -obligations::kCalendarDays),
                                  add_days(day, obligations::kCalendarDays), known_at, zone));
  LEDGER_TRY(const auto managers, responsibility.stands_for(question.manager, day, day));
  LEDGER_TRY(const auto clients, obligations::clients_of(snapshot, managers, known_at));
  std::vector<Row> rows;
  for (const auto& id : clients) {
    LEDGER_TRY(const auto candidate,
               candidate_of(snapshot, question, id, shared, responsibility, zone));
    auto row = row_for(*candidate, question, zone);
    if (row) rows.push_back(*std::move(row));
  }
  const auto rank = [](const Row& row) {
    const Reason& first = row.reasons.front();
    return std::tuple(tier_of(first.why), -first.overdue_days, -row.paid_12_months_minor,
                      std::string_view(row.client_id));
  };
  std::sort(rows.begin(), rows.end(),
            [&](const Row& left, const Row& right) { return rank(left) < rank(right); });
  return rows;
}

}  // namespace ledger::contact_plan
