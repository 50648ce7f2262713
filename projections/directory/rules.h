#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "projections/directory/letter_kind.h"
#include "projections/directory/rows.h"
#include "projections/store/view_store.h"

// What the job description leaves open is decided by versioned rules (domain-semantics.md 6):
// `rule.published` changes them from a day on. Whoever counts reads them here, by the day that is
// counted; nothing else holds such a number.
namespace ledger::directory {

// The rules of one day. The values below are the defaults, and their versions; `valid_from` is
// absent where nobody published another.
struct Rules {
  struct Calls {
    std::string version = "call.v1";
    std::optional<Date> valid_from = {};
    std::int64_t min_talk_s = 10;
    std::int64_t redial_s = 300;
    bool count_unanswered = false;
    bool count_inbound = false;
  };
  struct MailedOffers {
    std::string version = "email_offer.v1";
    std::optional<Date> valid_from = {};
    bool distinct_clients = false;     // else one for each company and document
    std::int64_t mass_companies = 10;  // a letter to so many is a mass one
    std::int64_t bounce_hours = 72;    // within which hard bounces of all take it back
    LetterMarks marks;                 // none: default_marks (letter_kind.h)
  };
  struct PhonedOffers {
    std::string version = "phone_offer.v1";
    std::optional<Date> valid_from = {};
    std::int64_t verifying_talk_s = 30;
    bool count_unverified = true;
    bool separate_calls = false;  // the call behind an offer counts as no call
  };
  struct NewClientContracts {
    std::string version = "new_client_contract.v1";
    std::optional<Date> valid_from = {};
    std::int64_t returned_months = 36;
    bool count_returned = false;
  };
  struct Reports {
    std::string version = "report.v1";
    std::optional<Date> valid_from = {};
    std::int64_t due_day = 3;  // of the next month
    bool inclusive = true;
    bool move_to_working_day = false;
  };
  // By the last day of the month.
  struct Reconciliations {
    std::string version = "reconciliation.v1";
    std::optional<Date> valid_from = {};
    bool sent_is_enough = false;
    std::int64_t answer_day = 10;  // of the next month, included
  };
  struct PartDays {
    std::string version = "part_day.v1";
    std::optional<Date> valid_from = {};
    PartDayNorm norm = PartDayNorm::kProportional;
  };
  struct StandIns {
    std::string version = "stand_in.v1";
    std::optional<Date> valid_from = {};
    bool count_stood_in = true;  // calls in another's stead count in one's own norm
  };
  struct Segments {
    std::string version = "segments.v1";
    std::optional<Date> valid_from = {};
    bool government_is_corporate = false;
    bool wholesale_apart = false;
  };
  struct Ageing {
    std::string version = "ageing.v1";
    std::optional<Date> valid_from = {};
    AgeingKnowledge known_at = AgeingKnowledge::kHead;  // of a printed register
  };
  Calls calls;
  MailedOffers mailed;
  PhonedOffers phoned;
  NewClientContracts contracts;
  Reports reports;
  Reconciliations reconciliations;
  PartDays part_days;
  StandIns stand_ins;
  Segments segments;
  Ageing ageing;
};
[[nodiscard]] Rules rules_of(const PoliciesRow& row, Date day,
                             const std::optional<Timestamp>& known_at);

// When clients are to be contacted again (domain-semantics.md 4d): by the day that is asked for.
struct ContactRule {
  std::string version = "contact_plan.v1";
  std::optional<Date> valid_from = {};
  // Days of silence.
  std::int64_t key_account_days = 14;
  std::int64_t large_days = 21;
  std::int64_t medium_days = 30;
  std::int64_t small_days = 60;
  std::int64_t prospect_days = 7;
  std::int64_t act_working_days = 5;  // to the end of the month
  std::int64_t offer_from_days = kOfferFromDays;
  std::int64_t offer_until_days = kOfferUntilDays;
};
[[nodiscard]] ContactRule contact_rule(const PoliciesRow& row, Date day,
                                       const std::optional<Timestamp>& known_at);

// When the next attestation is due (job description 1.8, domain-semantics.md 4a): by the day of the
// last one, or from which it is counted.
struct AttestationRule {
  std::string version = "attestation.v1";
  std::optional<Date> valid_from = {};
  std::int64_t interval_months = 6;
  std::int64_t after_return_days = 30;  // where it would fall into an absence
};
[[nodiscard]] AttestationRule attestation_rule(const PoliciesRow& row, Date day,
                                               const std::optional<Timestamp>& known_at);

// The side on which a segment is kept apart from the other (domain-semantics.md 1.2, row 26):
// corporate or retail. nullopt: on neither, it may be anybody's.
[[nodiscard]] std::optional<Segment> side_of(std::optional<Segment> segment,
                                             const Rules::Segments& rule);

// The last day on which the report of a month is in time, and the version of the rule that says so:
// the one in force on the first day of the next month.
struct ReportDue {
  Date on;
  std::string rule_version;
};
[[nodiscard]] Result<ReportDue> report_due(const ViewSnapshot& snapshot, Date month,
                                           const std::optional<Timestamp>& known_at);

}  // namespace ledger::directory
