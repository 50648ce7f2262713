#include "events/types/rule.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "events/checks.h"
#include "events/types/offer.h"

namespace ledger {

namespace {

// Which rule a parameter is of.
struct ParameterOfRule {
  std::string_view parameter;
  std::string_view rule;
};
constexpr std::array<ParameterOfRule, 51> kParametersOfRules{{
    {"min_talk_s", "call"},
    {"redial_s", "call"},
    {"count_unanswered", "call"},
    {"count_inbound", "call"},
    {"distinct_clients", "email_offer"},
    {"mass_companies", "email_offer"},
    {"subject_marks", "email_offer"},
    {"attachment_marks", "email_offer"},
    {"address_marks", "email_offer"},
    {"count_replies", "email_offer"},
    {"subject_words", "email_offer"},
    {"header_marks", "email_offer"},
    {"verifying_talk_s", "phone_offer"},
    {"count_unverified", "phone_offer"},
    {"returned_months", "new_client_contract"},
    {"count_returned", "new_client_contract"},
    {"due_day", "report"},
    {"inclusive", "report"},
    {"move_to_working_day", "report"},
    {"separate_calls", "phone_offer"},
    {"sent_is_enough", "reconciliation"},
    {"answer_day", "reconciliation"},
    {"part_day", "part_day"},
    {"count_stood_in", "stand_in"},
    {"government_is_corporate", "segments"},
    {"wholesale_apart", "segments"},
    {"known_at", "ageing"},
    {"bounce_hours", "email_offer"},
    {"notice_days", "dunning"},
    {"reminder_days", "dunning"},
    {"letter_days", "dunning"},
    {"claim_days", "dunning"},
    {"lawyer_days", "dunning"},
    {"suspending_promises", "dunning"},
    {"grace_working_days", "promise_to_pay"},
    {"stop_days_past_due", "shipment_stop"},
    {"stop_level", "shipment_stop"},
    {"dispute_days", "dispute"},
    {"action_days", "collection"},
    {"key_account_days", "contact_plan"},
    {"large_days", "contact_plan"},
    {"medium_days", "contact_plan"},
    {"small_days", "contact_plan"},
    {"prospect_days", "contact_plan"},
    {"act_working_days", "contact_plan"},
    {"offer_from_days", "contact_plan"},
    {"offer_until_days", "contact_plan"},
    {"interval_months", "attestation"},
    {"after_return_days", "attestation"},
    {"required_papers", "deal_papers"},
    {"papers_days", "deal_papers"},
}};

// Both included. What is not said is within them.
struct Limits {
  std::string_view name;
  std::optional<std::int64_t> RuleParameters::* parameter;
  std::int64_t min;
  std::int64_t max;
};
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kYear = 366;
constexpr std::array<Limits, 29> kLimits{{
    {"min_talk_s", &RuleParameters::min_talk_s, 0, kHour},
    {"redial_s", &RuleParameters::redial_s, 0, kDay},
    {"mass_companies", &RuleParameters::mass_companies, 2, 1000},
    {"bounce_hours", &RuleParameters::bounce_hours, 1, 30 * 24},
    {"verifying_talk_s", &RuleParameters::verifying_talk_s, 0, kHour},
    {"returned_months", &RuleParameters::returned_months, 1, 600},
    {"answer_day", &RuleParameters::answer_day, 1, 28},
    {"notice_days", &RuleParameters::notice_days, -kYear, 0},
    {"reminder_days", &RuleParameters::reminder_days, 1, kYear},
    {"letter_days", &RuleParameters::letter_days, 1, kYear},
    {"claim_days", &RuleParameters::claim_days, 1, kYear},
    {"lawyer_days", &RuleParameters::lawyer_days, 1, 3 * kYear},
    {"suspending_promises", &RuleParameters::suspending_promises, 0, 100},
    {"grace_working_days", &RuleParameters::grace_working_days, 0, 10},
    {"stop_days_past_due", &RuleParameters::stop_days_past_due, 1, 3 * kYear},
    {"stop_level", &RuleParameters::stop_level, 1, 4},
    {"dispute_days", &RuleParameters::dispute_days, 1, kYear},
    {"action_days", &RuleParameters::action_days, 1, kYear},
    {"key_account_days", &RuleParameters::key_account_days, 1, kYear},
    {"large_days", &RuleParameters::large_days, 1, kYear},
    {"medium_days", &RuleParameters::medium_days, 1, kYear},
    {"small_days", &RuleParameters::small_days, 1, kYear},
    {"prospect_days", &RuleParameters::prospect_days, 1, kYear},
    {"act_working_days", &RuleParameters::act_working_days, 0, 23},
    {"offer_from_days", &RuleParameters::offer_from_days, 1, 60},
    {"offer_until_days", &RuleParameters::offer_until_days, 1, 60},
    {"interval_months", &RuleParameters::interval_months, 1, 60},
    {"after_return_days", &RuleParameters::after_return_days, 0, kYear},
    {"papers_days", &RuleParameters::papers_days, 0, kYear},
}};

// An empty mark would be found in every letter.
Status check_marks(const std::vector<std::string>& marks, std::string field) {
  for (const auto& mark : marks) {
    if (mark.find_first_not_of(" \t\n") == std::string::npos) {
      return fail(ErrorCode::kInvalidField, "a mark is not blank", std::move(field));
    }
  }
  return {};
}

// Each behind the one before: what a version leaves out is the default again, and has to fit too.
Status check_levels(const RuleParameters& said) {
  using Level = std::pair<std::string_view, const std::optional<std::int64_t>&>;
  const std::array<Level, kDunningDays.size()> levels{{{"notice_days", said.notice_days},
                                                       {"reminder_days", said.reminder_days},
                                                       {"letter_days", said.letter_days},
                                                       {"claim_days", said.claim_days},
                                                       {"lawyer_days", said.lawyer_days}}};
  std::int64_t before = levels.front().second.value_or(kDunningDays.front());
  for (std::size_t i = 1; i < levels.size(); ++i) {
    const auto& [name, value] = levels[i];
    const std::int64_t days = value.value_or(kDunningDays[i]);
    if (days <= before) {
      return fail(
          ErrorCode::kInvalidField,
          fmt::format("is {}, and has to be more than the {} of the level before", days, before),
          std::string(name));
    }
    before = days;
  }
  return {};
}

Status check_offer_days(const RuleParameters& said) {
  const std::int64_t from = said.offer_from_days.value_or(kOfferFromDays);
  const std::int64_t until = said.offer_until_days.value_or(kOfferUntilDays);
  if (from <= until) return {};
  return fail(ErrorCode::kInvalidField,
              fmt::format("is {}, before the first of these days, {}", until, from),
              "offer_until_days");
}

}  // namespace

std::vector<std::string_view> rules_with_parameters() {
  std::set<std::string_view> rules;
  for (const auto& one : kParametersOfRules) rules.insert(one.rule);
  return {rules.begin(), rules.end()};
}

Status RuleParameters::validate() const {
  for (const auto& [name, parameter, min, max] : kLimits) {
    LEDGER_CHECK(check_within((this->*parameter).value_or(min), min, max, name));
  }
  LEDGER_CHECK(check_marks(subject_marks, "subject_marks"));
  LEDGER_CHECK(check_marks(attachment_marks, "attachment_marks"));
  LEDGER_CHECK(check_marks(subject_words, "subject_words"));
  LEDGER_CHECK(check_header_marks(header_marks, "header_marks"));
  LEDGER_CHECK(check_levels(*this));
  LEDGER_CHECK(check_offer_days(*this));
  // The last day before the 1st would be one on which the month is not over.
  const std::int64_t first = inclusive.value_or(true) ? 1 : 2;
  return check_within(due_day.value_or(first), first, 28, "due_day");
}

Status RulePublished::validate() const {
  if (!parameters) return {};
  const auto is_known = [&](const ParameterOfRule& one) { return one.rule == rule; };
  if (std::none_of(kParametersOfRules.begin(), kParametersOfRules.end(), is_known)) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("has no parameters; these have some: {}",
                            fmt::join(rules_with_parameters(), ", ")),
                "rule");
  }
  Status status;
  RuleParameters::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    if (!status || !is_said((*parameters).*member)) return;
    const auto mine = [&](const ParameterOfRule& one) {
      return one.rule == rule && one.parameter == name;
    };
    if (std::any_of(kParametersOfRules.begin(), kParametersOfRules.end(), mine)) return;
    status = fail(ErrorCode::kInvalidField, fmt::format("rule '{}' has no such parameter", rule),
                  "parameters." + std::string(name));
  });
  return status;
}

}  // namespace ledger
