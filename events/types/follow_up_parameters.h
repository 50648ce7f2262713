#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "events/fields.h"

namespace ledger {

// The defaults that limit what a version may say beside them (domain-semantics.md 4b and 4d): days
// past due of the levels of dunning, and working days after an offer in which it is asked about.
inline constexpr std::array<std::int64_t, 5> kDunningDays{-3, 1, 10, 30, 60};
inline constexpr std::int64_t kOfferFromDays = 2;
inline constexpr std::int64_t kOfferUntilDays = 5;

// Of the parameters of rules (rule_parameters.h) those by which debts and clients are followed up.
// Absent: the default that projections/directory names.
struct FollowUpParameters {
  // "dunning": days past due from which each level is due; each behind the one before
  std::optional<std::int64_t> notice_days = {};          // Level 0; before the day: 0 or less
  std::optional<std::int64_t> reminder_days = {};        // Level 1
  std::optional<std::int64_t> letter_days = {};          // Level 2
  std::optional<std::int64_t> claim_days = {};           // Level 3
  std::optional<std::int64_t> lawyer_days = {};          // Level 4
  std::optional<std::int64_t> suspending_promises = {};  // Of an item: later ones suspend nothing
  // "promise_to_pay"
  std::optional<std::int64_t> grace_working_days = {};  // Behind the promised day
  // "shipment_stop"
  std::optional<std::int64_t> stop_days_past_due = {};  // From which nothing goes out on credit
  std::optional<std::int64_t> stop_level = {};          // Or from this level of dunning on
  // "dispute"
  std::optional<std::int64_t> dispute_days = {};  // Which one lasts that says no end
  // "collection"
  std::optional<std::int64_t> action_days = {};  // An overdue debt is left alone no longer
  // "contact_plan": days that a client may be left alone
  std::optional<std::int64_t> key_account_days = {};  // A key account
  std::optional<std::int64_t> large_days = {};        // A large one
  std::optional<std::int64_t> medium_days = {};       // A medium one, or of no known size
  std::optional<std::int64_t> small_days = {};        // A small one
  std::optional<std::int64_t> prospect_days = {};     // Who bought nothing yet
  std::optional<std::int64_t> act_working_days = {};  // Before the month's end: an act is missing
  std::optional<std::int64_t> offer_from_days = {};   // Working days after an offer: ask about it
  std::optional<std::int64_t> offer_until_days = {};  // The last of them

  // As members of the whole.
  template <class Whole>
  static void fields_of(auto&& field) {
    using Days = std::optional<std::int64_t> Whole::*;
    field("notice_days", Days(&FollowUpParameters::notice_days));
    field("reminder_days", Days(&FollowUpParameters::reminder_days));
    field("letter_days", Days(&FollowUpParameters::letter_days));
    field("claim_days", Days(&FollowUpParameters::claim_days));
    field("lawyer_days", Days(&FollowUpParameters::lawyer_days));
    field("suspending_promises", Days(&FollowUpParameters::suspending_promises));
    field("grace_working_days", Days(&FollowUpParameters::grace_working_days));
    field("stop_days_past_due", Days(&FollowUpParameters::stop_days_past_due));
    field("stop_level", Days(&FollowUpParameters::stop_level));
    field("dispute_days", Days(&FollowUpParameters::dispute_days));
    field("action_days", Days(&FollowUpParameters::action_days));
    field("key_account_days", Days(&FollowUpParameters::key_account_days));
    field("large_days", Days(&FollowUpParameters::large_days));
    field("medium_days", Days(&FollowUpParameters::medium_days));
    field("small_days", Days(&FollowUpParameters::small_days));
    field("prospect_days", Days(&FollowUpParameters::prospect_days));
    field("act_working_days", Days(&FollowUpParameters::act_working_days));
    field("offer_from_days", Days(&FollowUpParameters::offer_from_days));
    field("offer_until_days", Days(&FollowUpParameters::offer_until_days));
  }
  bool operator==(const FollowUpParameters&) const = default;
};

}  // namespace ledger
