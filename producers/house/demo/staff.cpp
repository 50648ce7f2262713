// Who is away, what does not work, and what the head of department asks for.
#include <fmt/format.h>

#include <algorithm>

#include "events/types/attestation.h"
#include "events/types/calendar.h"
#include "events/types/fx.h"
#include "events/types/plan.h"
#include "events/types/staff.h"
#include "platform/calendar_month.h"
#include "producers/house/demo/house.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kStaff = "house/staff";
constexpr std::int64_t kVacationDays = 14;
constexpr std::int64_t kHalfYears = 10;  // of absences planned, whatever the last day is

}  // namespace

// Two weeks of vacation each half year, and now and then a few days of illness.
void House::plan_absences() {
  for (std::size_t m = 0; m < managers_.size(); ++m) {
    for (std::int64_t half = 0; half < kHalfYears; ++half) {
      const Date from = add_days(first_, static_cast<int>(half * 182 + chance_.between(20, 150)));
      absences_.push_back({m, from, add_days(from, kVacationDays - 1), false});
      if (chance_.per_mille(700)) {
        const Date ill = add_days(first_, static_cast<int>(half * 182 + chance_.between(5, 170)));
        absences_.push_back({m, ill, add_days(ill, static_cast<int>(chance_.between(1, 6))), true});
      }
    }
  }
}

void House::tell_absences(Date day) {
  for (std::size_t i = 0; i < absences_.size(); ++i) {
    const Absence& away = absences_[i];
    if (away.from != day) continue;
    const Manager& manager = managers_[away.manager];
    if (day < manager.hired || (manager.dismissed && day > *manager.dismissed)) continue;
    AbsenceRecorded absence;
    absence.absence_id = AbsenceId(fmt::format("absence-{}", i + 1));
    absence.manager_id = manager.id;
    absence.kind = away.sick ? AbsenceKind::kSickLeave : AbsenceKind::kVacation;
    absence.from = away.from;
    absence.to = away.to;
    absence.order_no = fmt::format("{}-к", 40 + i);
    // A sick note comes when its owner is back.
    say(kStaff, absence.absence_id.text(), day, 8 * 3600, EventData(absence), away.sick ? 3 : 0);
    if (away.sick) continue;
    for (std::size_t k = 1; k < managers_.size(); ++k) {
      const Manager& other = managers_[(away.manager + k) % managers_.size()];
      if (other.segment != manager.segment || !is_present(other, day)) continue;
      StandInAppointed appointed;
      appointed.appointment_id = AppointmentId(fmt::format("stand-in-{}", i + 1));
      appointed.absent_manager_id = manager.id;
      appointed.stand_in_id = other.id;
      appointed.from = away.from;
      appointed.to = away.to;
      appointed.order_no = fmt::format("{}-к", 40 + i);
      say(kStaff, appointed.appointment_id.text(), day, 8 * 3600 + 60, EventData(appointed));
      break;
    }
  }
}

// Some days the telephones are dead from morning to evening.
void House::tell_outages(Date day) {
  telephony_is_down_ = is_working(day) && chance_.per_mille(8);
  if (!telephony_is_down_) return;
  OutageRecorded outage;
  outage.outage_id = OutageId(id("outage"));
  outage.system = OutageSystem::kTelephony;
  outage.from = settings_.zone.to_instant(day, std::chrono::hours(9));
  outage.to = settings_.zone.to_instant(day, std::chrono::hours(18));
  outage.reason = "аварія в оператора";
  say(kStaff, outage.outage_id.text(), day, 18 * 3600, EventData(outage));
}

void House::set_tasks(const Manager& manager, Date day) {
  if (!chance_.per_mille(25)) return;
  constexpr std::string_view kTexts[] = {"Підготувати прайс до виставки", "Звірити умови договорів",
                                         "Оновити картки десяти клієнтів",
                                         "Зібрати ціни конкурентів"};
  TaskAssigned task;
  task.task_id = TaskId(id("task"));
  task.manager_id = manager.id;
  task.assigned_by = chance_.per_mille(800) ? "керівник відділу" : "директор";
  task.due_on = working_day(add_days(day, static_cast<int>(chance_.between(2, 9))));
  task.text = chance_.one_of(kTexts);
  if (chance_.per_mille(850)) {
    TaskDone done{task.task_id, manager.id, std::nullopt};
    const auto days = chance_.between(1, days_between(day, task.due_on) + 1);
    const Date done_on = working_day(add_days(day, static_cast<int>(days)));
    say(kStaff, task.task_id.text() + "-done", done_on, 16 * 3600, EventData(done), 0);
  }
  say(kStaff, task.task_id.text(), day, 9 * 3600 + 300, EventData(task));
}

// On the first day at the desk in a month, what he wants to reach in it.
void House::set_plan(const Manager& manager, Date day) {
  for (Date before = first_of_month(day); before < day; before = add_days(before, 1)) {
    if (before >= manager.hired && is_working(before) && is_present(manager, before)) return;
  }
  PlanSet plan;
  plan.plan_id = PlanId(fmt::format("plan-{}-{}", manager.id.text(), format_month(day)));
  plan.manager_id = manager.id;
  plan.month = first_of_month(day);
  plan.items = {{PlanMetric::kCalls, chance_.between(52, 66) * 10, std::nullopt},
                {PlanMetric::kNewClients, chance_.between(4, 14), std::nullopt},
                {PlanMetric::kMeetings, chance_.between(4, 12), std::nullopt},
                {PlanMetric::kTurnover, chance_.around(60, 240) * 10'000'00, std::nullopt}};
  say(kStaff, plan.plan_id.text(), day, 9 * 3600 + 600, EventData(plan));
}

// Now and then a training; half a year after he came, and each half year from then, an attestation
// on the first day at the desk that comes.
void House::train_and_attest(const Manager& manager, Date day) {
  constexpr std::string_view kTopics[] = {"Переговори та заперечення", "Новий асортимент фарб",
                                          "Договірна робота", "Етика ділового спілкування"};
  constexpr int kHalfYearDays = 182;
  if (chance_.per_mille(6)) {
    TrainingCompleted training;
    training.manager_id = manager.id;
    training.topic = chance_.one_of(kTopics);
    training.completed_on = day;
    training.score = chance_.around(55, 100);
    say(kStaff, id("training"), day, 17 * 3600, EventData(training));
  }
  const int since = days_between(manager.hired, day);
  if (since < kHalfYearDays || since % kHalfYearDays > 20) return;
  for (int back = since % kHalfYearDays; back > 0; --back) {
    const Date before = add_days(day, -back);
    if (is_working(before) && is_present(manager, before)) return;
  }
  AttestationHeld held;
  held.manager_id = manager.id;
  held.held_on = day;
  held.score = chance_.around(50, 100);
  held.result = *held.score >= 70   ? AttestationResult::kPassed
                : *held.score >= 55 ? AttestationResult::kConditional
                                    : AttestationResult::kFailed;
  if (held.result == AttestationResult::kConditional) held.conditions = "повторний іспит за місяць";
  held.order_no = fmt::format("{}-а", since / kHalfYearDays);
  say(kStaff, id("attestation"), day, 15 * 3600, EventData(held));
}

// The rate of the National Bank, on each of our working days: close enough to its own.
void House::publish_rate(Date day) {
  if (!is_working(day)) return;
  FxRatePublished rate;
  rate.currency = Currency::parse("USD").value();
  rate.date = day;
  rate.rate_e6 = 41'500'000 + days_between(first_, day) * 900 + chance_.between(-60'000, 60'000);
  say("nbu", "usd-" + format_date(day), day, 8 * 3600, EventData(rate));
}

// By what late payment is reckoned: the key rate, lower every few months, and on the 10th how
// prices grew in the month before; both are on the National Bank's pages.
void House::publish_late_tables(Date day) {
  constexpr int kRateDays = 120;
  const int since = days_between(first_, day);
  if (since % kRateDays == 0) {
    KeyRatePublished rate;
    rate.valid_from = day;
    rate.rate_bp = std::max(1'550 - since / kRateDays * 50, 600);
    say("nbu", "key-rate-" + format_date(day), day, 8 * 3600, EventData(rate));
  }
  if (day.day() != std::chrono::day(10)) return;
  PriceIndexPublished index;
  index.month = month_start(day, -1);
  index.index_e4 = 10'020 + static_cast<int>(unsigned(index.month.month())) * 37 % 11 * 10;
  say("nbu", "prices-" + format_month(index.month), day, 16 * 3600, EventData(index));
}

}  // namespace ledger::demo
