#include "projections/directory/rules.h"

#include <string_view>
#include <tuple>

#include "platform/calendar_month.h"
#include "platform/words.h"
#include "projections/directory/queries.h"
#include "projections/directory/working_time.h"

namespace ledger::directory {

namespace {

using KnownAt = std::optional<Timestamp>;

// Longer than any row of days off; behind them it is due on the last one all the same.
constexpr int kDaysOffMax = 31;

// The version of a rule that is in force on a day; nullptr: nobody published any.
const RulePublished* version_of(const PoliciesRow& row, std::string_view rule, Date day,
                                const KnownAt& known_at) {
  const Said<RulePublished>* best = nullptr;
  const auto rank = [](const Said<RulePublished>& said) {
    return std::tie(said.data.valid_from, said.known.recorded, said.position);
  };
  for (const auto& said : row.rules) {
    if (said.data.rule != rule || said.data.valid_from > day || !said.known.at(known_at)) continue;
    if (best == nullptr || rank(*best) < rank(said)) best = &said;
  }
  return best == nullptr ? nullptr : &best->data;
}

// Reads one rule of the day: what its version does not say stays the default.
template <class Rule>
class Reading {
 public:
  Reading(Rule& rule, const RulePublished* published) : published_(published) {
    if (published == nullptr) return;
    rule.version = published->version;
    rule.valid_from = published->valid_from;
  }
  template <class T>
  void take(T& value, std::optional<T> RuleParameters::* parameter) const {
    if (published_ == nullptr || !published_->parameters) return;
    const auto& said = (*published_->parameters).*parameter;
    if (said) value = *said;
  }
  void take(std::vector<std::string>& value,
            std::vector<std::string> RuleParameters::* parameter) const {
    if (published_ == nullptr || !published_->parameters) return;
    for (const auto& text : (*published_->parameters).*parameter) value.push_back(fold_words(text));
  }
  void take(std::vector<std::string>& value, std::vector<Email> RuleParameters::* parameter) const {
    if (published_ == nullptr || !published_->parameters) return;
    for (const auto& address : (*published_->parameters).*parameter) {
      value.push_back(address.text());
    }
  }

 private:
  const RulePublished* published_;
};

}  // namespace

Rules rules_of(const PoliciesRow& row, Date day, const KnownAt& known_at) {
  using P = RuleParameters;
  const auto published = [&](std::string_view rule) {
    return version_of(row, rule, day, known_at);
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
