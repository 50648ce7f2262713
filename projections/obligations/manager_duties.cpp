// What a manager owes by himself.
#include <algorithm>

#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/directory/last_words.h"
#include "projections/directory/queries.h"
#include "projections/directory/rules.h"
#include "projections/obligations/obligation.h"
#include "projections/obligations/queries.h"
#include "projections/obligations/reckoning.h"
#include "projections/qualification/queries.h"
#include "projections/reports/queries.h"
#include "projections/sources/history.h"

namespace ledger::obligations {

namespace {

constexpr int kUntoldDays = 7;  // how long what calls came to is asked for (ours)

class Own {
 public:
  Own(const ManagerId& manager, const AsOf& as_of, Responsibility& responsibility)
      : manager_(manager), as_of_(as_of), responsibility_(responsibility) {}

  [[nodiscard]] const ManagerId& manager() const { return manager_; }
  [[nodiscard]] const AsOf& as_of() const { return as_of_; }
  [[nodiscard]] Date day() const { return as_of_.day; }
  [[nodiscard]] const BusinessZone& zone() const { return responsibility_.zone(); }

  [[nodiscard]] Result<const ManagerHired*> employed_last(Date from, Date to) {
    return responsibility_.employed_last(manager_, from, to);
  }

  void add(Kind kind, std::string id, std::optional<Position> position, Obligation one) {
    add_of(responsibility_.of_himself(manager_, as_of_.day), kind, std::move(id), position,
           std::move(one));
  }
  // The head of his department is to do it.
  void add_of_head(Kind kind, std::string id, std::optional<Position> position, Obligation one) {
    add_of(responsibility_.of_head_over(manager_, as_of_.day), kind, std::move(id), position,
           std::move(one));
  }

  [[nodiscard]] Result<std::vector<Obligation>> take() && {
    if (!status_) return tl::unexpected(std::move(status_).error());
    return std::move(found_);
  }

 private:
  void add_of(Result<Answering> who, Kind kind, std::string id, std::optional<Position> position,
              Obligation one) {
    one.kind = kind;
    one.id = std::move(id);
    one.position = position;
    if (!who) {
      status_ = tl::unexpected(std::move(who).error());
      return;
    }
    one.who = *std::move(who);
    found_.push_back(std::move(one));
  }

  const ManagerId& manager_;
  AsOf as_of_;
  Responsibility& responsibility_;
  Status status_;
  std::vector<Obligation> found_;
};

void add_errands(Own& own, const Cases<ErrandRow>& errands) {
  for (const auto& [id, row] : errands) {
    const auto& told = row.asked.back();
    if (told.data.manager_id != own.manager()) continue;  // given to another since
    Obligation one;
    one.due_on = told.data.due_on;
    one.text = told.data.text;
    one.progress = "assigned";
    if (!row.refused.empty()) {
      one.done_on = row.refused.front().day;
      one.progress = "refused";
    }
    if (!row.done.empty()) {
      one.done_on = row.done.front().day;
      one.progress = "done";
    }
    own.add(Kind::kErrand, id, told.position, std::move(one));
  }
}

// The other service owes it; he waits, and asks again.
void add_information(Own& own, const Cases<InformationRow>& requests) {
  for (const auto& [id, row] : requests) {
    const auto& told = row.asked.back();
    Obligation one;
    one.due_on = told.data.due_on;
    one.text = told.data.question;
    one.progress = row.done.empty() ? "requested" : "supplied";
    if (!row.done.empty()) one.done_on = row.done.front().day;
    own.add(Kind::kInformation, id, told.position, std::move(one));
  }
}

// Open until it is decided, whoever decided; nobody named a day (job description 4, 3.2).
void add_approvals(Own& own, const Cases<ApprovalRow>& requests) {
  for (const auto& [id, row] : requests) {
    const auto& told = row.asked.back();
    Obligation one;
    if (told.data.client_id) one.client_id = told.data.client_id->text();
    one.text = told.data.subject;
    if (told.data.amount) one.amounts.push_back(*told.data.amount);
    one.progress = "requested";
    if (!row.done.empty()) {
      one.done_on = row.done.front().day;
      one.progress = row.done.back().data.granted ? "granted" : "denied";
    }
    own.add_of_head(Kind::kApproval, id, told.position, std::move(one));
  }
}

// Those about a client are found with the client.
void add_supplies(Own& own, const Cases<SupplyRow>& supplies) {
  for (const auto& [id, row] : supplies) {
    if (row.asked.back().data.client_id) continue;
    Obligation one;
    describe_supply(one, row);
    own.add(Kind::kSupply, id, row.asked.back().position, std::move(one));
  }
}

void add_notices(Own& own, const Cases<NoticeRow>& notices) {
  for (const auto& [id, row] : notices) {
    if (row.asked.back().data.client_id) continue;
    Obligation one;
    describe_notice(one, row);
    own.add(Kind::kNotice, id, row.asked.back().position, std::move(one));
  }
}

void add_explanations(Own& own, const Cases<BreachRow>& breaches) {
  for (const auto& [id, row] : breaches) {
    const auto& told = row.asked.back();
    Obligation one;
    one.text = told.data.text;
    one.progress = "recorded";
    if (!row.closed.empty()) {
      one.done_on = row.closed.front().day;
      one.progress = "closed";
    }
    if (!row.done.empty()) {
      one.done_on = row.done.front().day;
      one.progress = "explained";
    }
    own.add(Kind::kExplanation, id, told.position, std::move(one));
  }
}

template <class E>
void forget_later(std::vector<Told<E>>& steps, Date day) {
  std::erase_if(steps, [&](const auto& step) { return step.day > day; });
}

// Of a month in which he was there, and no head of department at its end.
Status add_report(Own& own, const ViewSnapshot& snapshot, int months_ago) {
  const Date month = month_start(own.day(), -months_ago);
  LEDGER_TRY(const auto* as, own.employed_last(month, last_of_month(month)));
  if (as == nullptr || directory::is_head(*as)) return {};
  LEDGER_TRY(auto standing,
             reports::standing(snapshot, own.manager().text(), month, own.as_of().known_at));
  forget_later(standing.submitted, own.day());
  forget_later(standing.returned, own.day());
  forget_later(standing.accepted, own.day());
  if (months_ago > 1 && !standing.submitted.empty()) return {};
  if (standing.progress() == reports::Progress::kNotOwed) return {};
  Obligation one;
  one.due_on = standing.due_on;
  one.progress = name_of(standing.progress());
  std::optional<Position> position;
  if (!standing.submitted.empty()) {
    one.done_on = standing.submitted.front().day;
    position = standing.submitted.front().position;
  }
  own.add(Kind::kReport, format_month(month), position, std::move(one));
  return {};
}

// Of the month before, and of the earlier ones that he still owes.
Status add_reports(Own& own, const ViewSnapshot& snapshot) {
  for (int months_ago = kOverdueMonths; months_ago > 0; --months_ago) {
    LEDGER_CHECK(add_report(own, snapshot, months_ago));
  }
  return {};
}

// By the end of the day of the calls.
Status add_untold_results(Own& own, const ViewSnapshot& snapshot) {
  const Date from = add_days(own.day(), 1 - kUntoldDays);
  LEDGER_TRY(const auto days, untold_calls(snapshot, own.manager(), from, own.as_of(), own.zone()));
  for (const auto& untold : days) {
    Obligation one;
    one.due_on = untold.day;
    one.progress = "missing";
    one.count = untold.calls;
    own.add(Kind::kUntoldResults, format_date(untold.day), std::nullopt, std::move(one));
  }
  return {};
}

// The first day from `day` on that lies in no absence of whole days: one may begin where another
// ends.
Date back_from(Date day, const directory::LeaveRow& leave,
               const std::optional<Timestamp>& known_at) {
  const auto covers = [&](const AbsenceRecorded* absence) {
    return !absence->minutes_per_day && absence->from <= day && day <= absence->to;
  };
  const auto all = directory::last_words(leave.absences, &AbsenceRecorded::absence_id, known_at);
  for (auto away = std::find_if(all.begin(), all.end(), covers); away != all.end();
       away = std::find_if(all.begin(), all.end(), covers)) {
    day = add_days((*away)->to, 1);
  }
  return day;
}

// Who would be due while he is away is due some days after he is back (thirty, by default); if he
// is away again then, as many after that.
Date after_absence(Date due, const directory::LeaveRow& leave,
                   const std::optional<Timestamp>& known_at, std::int64_t days) {
  for (Date back = back_from(due, leave, known_at); back != due;
       back = back_from(due, leave, known_at)) {
    due = add_days(back, static_cast<int>(days));
  }
  return due;
}

// Counted from the last one; before any, since he has been a client manager, but not since before
// the ledger was kept: it cannot know of one that was held then, and an old invoice that is
// imported tells nothing of it.
Status add_attestations(Own& own, const ViewSnapshot& snapshot, const directory::LeaveRow& leave) {
  const auto& known_at = own.as_of().known_at;
  LEDGER_TRY(const auto* as, own.employed_last(own.day(), own.day()));
  if (as == nullptr || directory::is_head(*as)) return {};
  LEDGER_TRY(const auto hires, directory::hires(snapshot, own.manager()));
  const auto since = directory::client_manager_since(hires, leave, own.day(), known_at);
  LEDGER_TRY(const auto begins, sources::kept_since(snapshot, known_at));
  LEDGER_TRY(const auto record, qualification::record(snapshot, own.manager(), own.as_of()));
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  const auto due_after = [&](Date day) {
    const auto rule = directory::attestation_rule(policies, day, known_at);
    const Date due = add_months(day, static_cast<int>(rule.interval_months));
    return after_absence(due, leave, known_at, rule.after_return_days);
  };
  Obligation one;
  one.progress = "due";
  one.due_on = due_after(std::max(*since, begins.value_or(*since)));
  for (const auto& data : record.attestations) {  // in the order of their days
    if (data.held_on < *since) continue;
    Obligation held;
    held.due_on = one.due_on;
    held.done_on = data.held_on;
    held.progress = name_of(data.result);
    const std::string due = format_date(*held.due_on);
    own.add(Kind::kAttestation, due, std::nullopt, std::move(held));
    one.due_on = due_after(data.held_on);
  }
  const std::string id = format_date(*one.due_on);
  own.add(Kind::kAttestation, id, std::nullopt, std::move(one));
  return {};
}

}  // namespace

Result<std::vector<Obligation>> owed_by(const ViewSnapshot& snapshot, const ManagerId& manager,
                                        const AsOf& as_of, Responsibility& responsibility) {
  Own own(manager, as_of, responsibility);
  LEDGER_TRY(const auto errands, cases_of_manager<ErrandRow>(snapshot, manager, as_of));
  add_errands(own, errands);
  LEDGER_TRY(const auto requests, cases_of_manager<InformationRow>(snapshot, manager, as_of));
  add_information(own, requests);
  LEDGER_TRY(const auto approvals, cases_of_manager<ApprovalRow>(snapshot, manager, as_of));
  add_approvals(own, approvals);
  LEDGER_TRY(const auto supplies, cases_of_manager<SupplyRow>(snapshot, manager, as_of));
  add_supplies(own, supplies);
  LEDGER_TRY(const auto notices, cases_of_manager<NoticeRow>(snapshot, manager, as_of));
  add_notices(own, notices);
  LEDGER_TRY(const auto breaches, cases_of_manager<BreachRow>(snapshot, manager, as_of));
  add_explanations(own, breaches);
  // No norm, report or attestation of a client manager is the head of department's.
  LEDGER_CHECK(add_reports(own, snapshot));
  LEDGER_CHECK(add_untold_results(own, snapshot));
  LEDGER_TRY(const auto leave, directory::leave(snapshot, manager));
  LEDGER_CHECK(add_attestations(own, snapshot, leave));
  return std::move(own).take();
}

}  // namespace ledger::obligations
