#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/money.h"
#include "projections/responsibility/responsibility.h"

// Whom to contact next, and why (job description 3.1: the list of clients to talk to soon;
// domain-semantics.md 4d). Nothing is folded for it: it is a function of what other views hold.
namespace ledger::contact_plan {

// Strict: a reason of an earlier tier goes before all reasons of later ones.
enum class Tier {
  kPromised,   // today or before: a call back, an arrival; or the client broke his word
  kComplaint,  // past its day
  kDebt,       // overdue, and nobody did anything for seven days
  kAct,        // none, and the month ends within five working days
  kPlanned,    // for today or before, by a person or by the house's rules (decision 0033)
  kGreeting,
  kOffer,      // without an answer for two to five working days
  kSilence,    // longer than the client's kind may be left alone
  kUntouched,  // a prospect to whom nobody ever talked
};

enum class Why {
  kMissedCall,
  kInquiry,
  kCallBack,
  kArrival,
  kPromiseBroken,
  kComplaint,
  kDebtUntouched,
  kActMissing,
  kFollowUp,
  kCallResult,
  kMeeting,
  kDunningDue,
  kDraftWaiting,
  kDisagreement,
  kContractEnds,
  kBirthday,
  kProfessionalHoliday,
  kOfferUnanswered,
  kSilence,
  kUntouched,
};
constexpr auto names(Why) {
  return words("missed_call", "inquiry", "callback", "arrival", "promise_broken", "complaint_late",
               "debt_untouched", "act_missing", "follow_up", "call_result", "meeting",
               "dunning_due", "draft_waiting", "disagreement", "contract_ends", "birthday",
               "professional_holiday", "offer_unanswered", "silence", "untouched");
}
[[nodiscard]] Tier tier_of(Why why);
// The sentence of the job description behind a reason.
[[nodiscard]] std::string_view duty_of(Why why);

struct Reason {
  Why why{};
  std::string id;                    // of what it is about; may be empty
  std::optional<Date> on;            // when it was due, happened, or will be
  std::int64_t days = 0;             // the figure: late, silent, or working days that are left
  std::int64_t overdue_days = 0;     // what is compared within a tier
  std::vector<Money> amounts;        // at stake, by currency
  std::string text;                  // in the words of who recorded it
  std::optional<Position> position;  // of the event behind it
};

// One client.
struct Row {
  std::string client_id;
  std::string name;
  Answering who;
  std::vector<Reason> reasons;  // the first one ranks the row; never empty
  // Paid in the twelve months up to the day, in hryvnias: amounts of other currencies are never
  // added to them, and do not rank.
  std::int64_t paid_12_months_minor = 0;
  std::optional<Date> last_contact_on;
  bool payment_only = false;  // shipping is stopped: talk of nothing but payment
};

struct Question {
  ManagerId manager;
  AsOf as_of;
  Timestamp now;              // what was said later on that day is not known yet
  bool at_that_hour = false;  // hide who may not be called at that instant
};
// His own clients and those for whose owner he stands in; the same order whenever it is asked: by
// tier, overdue days, what was paid, client id. Hidden are clients who were talked to that day,
// unless they called in vain since; whose people all asked to be left alone, forbade every way of
// reaching them, or are to be called at another hour; and greetings, offers and silence of those
// whose contact was postponed to a later day. kNotFound: nobody of that id.
[[nodiscard]] Result<std::vector<Row>> contact_plan(const ViewSnapshot& snapshot,
                                                    const Question& question,
                                                    const BusinessZone& zone);

}  // namespace ledger::contact_plan
