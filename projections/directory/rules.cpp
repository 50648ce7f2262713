#include "projections/directory/rules.h"

#include <string_view>

#include "platform/calendar_month.h"
#include "projections/directory/queries.h"
#include "projections/directory/rule_versions.h"
#include "projections/directory/working_time.h"

namespace ledger::directory {

namespace {

using KnownAt = std::optional<Timestamp>;

// Longer than any row of days off; behind them it is due on the last one all the same.
constexpr int kDaysOffMax = 31;

}  // namespace

Rules rules_of(const PoliciesRow& row, Date day, const KnownAt& known_at) {
  using P = RuleParameters;
  const auto published = [&](std::string_view rule) {
    return version_of(row.rules, rule, day, known_at);
  };
  Rules rules;
  const Reading calls(rules.calls, published("call"));
  calls.take(rules.calls.min_talk_s, &P::min_talk_s);
  calls.take(rules.calls.redial_s, &P::redial_s);
  calls.take(rules.calls.count_unanswered, &P::count_unanswered);
  calls.take(rules.calls.count_inbound, &P::count_inbound);
  const Reading mailed(rules.mailed, published("email_offer"));
  mailed.take(rules.mailed.distinct_clients, &P::distinct_clients);
  mailed.take(rules.mailed.mass_companies, &P::mass_companies);
  mailed.take(rules.mailed.marks.subject, &P::subject_marks);
  mailed.take(rules.mailed.marks.attachments, &P::attachment_marks);
  mailed.take(rules.mailed.marks.addresses, &P::address_marks);
  mailed.take(rules.mailed.marks.subject_words, &P::subject_words);
  mailed.take(rules.mailed.marks.headers, &P::header_marks);
  mailed.take(rules.mailed.marks.count_replies, &P::count_replies);
  mailed.take(rules.mailed.bounce_hours, &P::bounce_hours);
  const Reading phoned(rules.phoned, published("phone_offer"));
  phoned.take(rules.phoned.verifying_talk_s, &P::verifying_talk_s);
  phoned.take(rules.phoned.count_unverified, &P::count_unverified);
  phoned.take(rules.phoned.separate_calls, &P::separate_calls);
  const Reading contracts(rules.contracts, published("new_client_contract"));
  contracts.take(rules.contracts.returned_months, &P::returned_months);
  contracts.take(rules.contracts.count_returned, &P::count_returned);
  const Reading reports(rules.reports, published("report"));
  reports.take(rules.reports.due_day, &P::due_day);
  reports.take(rules.reports.inclusive, &P::inclusive);
  reports.take(rules.reports.move_to_working_day, &P::move_to_working_day);
  const Reading acts(rules.reconciliations, published("reconciliation"));
  acts.take(rules.reconciliations.sent_is_enough, &P::sent_is_enough);
  acts.take(rules.reconciliations.answer_day, &P::answer_day);
  const Reading part_days(rules.part_days, published("part_day"));
  part_days.take(rules.part_days.norm, &P::part_day);
  const Reading stand_ins(rules.stand_ins, published("stand_in"));
  stand_ins.take(rules.stand_ins.count_stood_in, &P::count_stood_in);
  const Reading segments(rules.segments, published("segments"));
  segments.take(rules.segments.government_is_corporate, &P::government_is_corporate);
  segments.take(rules.segments.wholesale_apart, &P::wholesale_apart);
  const Reading ageing(rules.ageing, published("ageing"));
  ageing.take(rules.ageing.known_at, &P::known_at);
  return rules;
}

ContactRule contact_rule(const PoliciesRow& row, Date day, const KnownAt& known_at) {
  using P = FollowUpParameters;
  ContactRule rule;
  const Reading contacts(rule, version_of(row.rules, "contact_plan", day, known_at));
  contacts.take(rule.key_account_days, &P::key_account_days);
  contacts.take(rule.large_days, &P::large_days);
  contacts.take(rule.medium_days, &P::medium_days);
  contacts.take(rule.small_days, &P::small_days);
  contacts.take(rule.prospect_days, &P::prospect_days);
  contacts.take(rule.act_working_days, &P::act_working_days);
  contacts.take(rule.offer_from_days, &P::offer_from_days);
  contacts.take(rule.offer_until_days, &P::offer_until_days);
  return rule;
}

AttestationRule attestation_rule(const PoliciesRow& row, Date day, const KnownAt& known_at) {
  using P = RuleParameters;
  AttestationRule rule;
  const Reading attestations(rule, version_of(row.rules, "attestation", day, known_at));
  attestations.take(rule.interval_months, &P::interval_months);
  attestations.take(rule.after_return_days, &P::after_return_days);
  return rule;
}

std::optional<Segment> side_of(std::optional<Segment> segment, const Rules::Segments& rule) {
  if (!segment) return std::nullopt;
  switch (*segment) {
    case Segment::kCorporate:
    case Segment::kRetail:
      return segment;
    case Segment::kGovernment:
      if (rule.government_is_corporate) return Segment::kCorporate;
      break;
    case Segment::kWholesale:
      if (!rule.wholesale_apart) return Segment::kCorporate;
      break;
  }
  return std::nullopt;
}

Result<ReportDue> report_due(const ViewSnapshot& snapshot, Date month, const KnownAt& known_at) {
  LEDGER_TRY(const auto row, policies(snapshot));
  const Date next = month_start(month, 1);
  const auto rule = rules_of(row, next, known_at).reports;
  const auto last = static_cast<int>(rule.due_day) - (rule.inclusive ? 0 : 1);
  Date on = add_days(next, last - 1);
  if (rule.move_to_working_day) {
    LEDGER_TRY(const auto calendar, Calendar::read(snapshot, CalendarKind::kBusiness, on,
                                                   add_days(on, kDaysOffMax), known_at));
    const Date furthest = add_days(on, kDaysOffMax);
    while (calendar.minutes(on) == 0 && on < furthest) on = add_days(on, 1);
  }
  return ReportDue{on, rule.version};
}

}  // namespace ledger::directory
