#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/types/follow_up_parameters.h"
#include "events/types/order.h"

namespace ledger {

// What is owed on a day of which somebody is there for a part, or that is short by the calendar: as
// much of the norm, the whole of it, or none.
enum class PartDayNorm { kProportional, kFull, kNone };
constexpr auto names(PartDayNorm) { return words("proportional", "full", "none"); }

// By what knowledge a printed register of debts stands that was not asked for another: all that is
// known now, or what was known at the end of the day it is of.
enum class AgeingKnowledge { kHead, kDayEnd };
constexpr auto names(AgeingKnowledge) { return words("head", "day_end"); }

// What the job description leaves open, or is ours, and a person may decide otherwise
// (domain-semantics.md 6, and what is marked [ours] in its section 4).
// Absent: the default that projections/directory/rules.h names.
struct RuleParameters : FollowUpParameters {
  // "call"
  std::optional<std::int64_t> min_talk_s = {};  // Seconds of talk from which a call counts
  std::optional<std::int64_t> redial_s = {};  // Calls to one number within so many seconds are one
  std::optional<bool> count_unanswered = {};  // Whether attempts count
  std::optional<bool> count_inbound = {};     // Whether the clients' calls count
  // "email_offer"
  std::optional<bool> distinct_clients = {};        // Whether companies count, and not documents
  std::optional<std::int64_t> mass_companies = {};  // Companies from which one letter is a mass one
  // What makes a letter an offer. Marks of a version stand in place of all that are the default.
  std::vector<std::string> subject_marks = {};     // Beginnings of words in the subject
  std::vector<std::string> attachment_marks = {};  // Ends of file names (".pdf"), or media types
  std::vector<Email> address_marks = {};           // Of the house, named in To or Cc
  std::optional<bool> count_replies = {};  // Whether replies without a document are judged, too
  std::vector<std::string> subject_words = {};  // Whole words in the subject
  std::vector<std::string> header_marks = {};   // Headers ("X-Offer"), or what one says in full
  // "phone_offer"
  std::optional<std::int64_t> verifying_talk_s = {};  // Seconds of the talk behind an offer
  std::optional<bool> count_unverified = {};          // Whether offers without such a talk count
  // "new_client_contract"
  std::optional<std::int64_t> returned_months = {};  // Silence after which an old client returned
  std::optional<bool> count_returned = {};           // Whether who returned counts as new
  // "report"
  std::optional<std::int64_t> due_day = {};  // Day of the next month
  std::optional<bool> inclusive = {};        // Whether that day is still in time
  std::optional<bool> move_to_working_day =
      {};  // Whether a day off moves it to the next working one
  // "phone_offer"
  std::optional<bool> separate_calls = {};  // Whether the call behind an offer counts as no call
  // "reconciliation"
  std::optional<bool> sent_is_enough = {};      // Whether an act that was sent is done
  std::optional<std::int64_t> answer_day = {};  // Day of the next month by which it is to be done
  // "part_day"
  std::optional<PartDayNorm> part_day = {};  // What a short day, or a part of one, owes
  // "stand_in"
  std::optional<bool> count_stood_in = {};  // Whether calls in another's stead count in one's norm
  // "segments"
  std::optional<bool> government_is_corporate = {};  // Whether government is on the corporate side
  std::optional<bool> wholesale_apart = {};          // Whether wholesale is a side of its own
  // "ageing"
  std::optional<AgeingKnowledge> known_at = {};  // By what knowledge debts by age are printed
  // "email_offer"
  std::optional<std::int64_t> bounce_hours = {};  // Within so many a hard bounce takes it back
  // "attestation"
  std::optional<std::int64_t> interval_months = {};    // From one to the next
  std::optional<std::int64_t> after_return_days = {};  // From the end of an absence on its day
  // "deal_papers"
  std::vector<DocumentKind> required_papers = {};  // That go with every delivery
  std::optional<std::int64_t> papers_days = {};    // After the delivery, until they are issued

  static void fields(auto&& field) {
    field("min_talk_s", &RuleParameters::min_talk_s);
    field("redial_s", &RuleParameters::redial_s);
    field("count_unanswered", &RuleParameters::count_unanswered);
    field("count_inbound", &RuleParameters::count_inbound);
    field("distinct_clients", &RuleParameters::distinct_clients);
    field("mass_companies", &RuleParameters::mass_companies);
    field("subject_marks", &RuleParameters::subject_marks);
    field("attachment_marks", &RuleParameters::attachment_marks);
    field("address_marks", &RuleParameters::address_marks);
    field("count_replies", &RuleParameters::count_replies);
    field("verifying_talk_s", &RuleParameters::verifying_talk_s);
    field("count_unverified", &RuleParameters::count_unverified);
    field("returned_months", &RuleParameters::returned_months);
    field("count_returned", &RuleParameters::count_returned);
    field("due_day", &RuleParameters::due_day);
    field("inclusive", &RuleParameters::inclusive);
    field("move_to_working_day", &RuleParameters::move_to_working_day);
    field("separate_calls", &RuleParameters::separate_calls);
    field("sent_is_enough", &RuleParameters::sent_is_enough);
    field("answer_day", &RuleParameters::answer_day);
    field("part_day", &RuleParameters::part_day);
    field("count_stood_in", &RuleParameters::count_stood_in);
    field("government_is_corporate", &RuleParameters::government_is_corporate);
    field("wholesale_apart", &RuleParameters::wholesale_apart);
    field("known_at", &RuleParameters::known_at);
    field("subject_words", &RuleParameters::subject_words);
    field("header_marks", &RuleParameters::header_marks);
    field("bounce_hours", &RuleParameters::bounce_hours);
    fields_of<RuleParameters>(field);
    field("interval_months", &RuleParameters::interval_months);
    field("after_return_days", &RuleParameters::after_return_days);
    field("required_papers", &RuleParameters::required_papers);
    field("papers_days", &RuleParameters::papers_days);
  }
  // Each within its limits (rule.cpp), and those that follow each other in their order.
  [[nodiscard]] Status validate() const;
  bool operator==(const RuleParameters&) const = default;
};

[[nodiscard]] inline bool is_said(const auto& parameter) {
  if constexpr (requires { parameter.has_value(); }) {
    return parameter.has_value();
  } else {
    return !parameter.empty();
  }
}

}  // namespace ledger
