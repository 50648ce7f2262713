#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/money.h"
#include "events/types/manager.h"
#include "projections/obligations/book.h"
#include "projections/responsibility/responsibility.h"

namespace ledger::obligations {

enum class Kind {
  kComplaint,
  kArrival,  // a promise that goods will be there
  kSupply,
  kConsultation,
  kErrand,
  kInformation,
  kNotice,
  kFollowUp,
  kCallBack,       // what a call's result said is to follow
  kUntoldResults,  // counted calls of a day without a result
  kInquiry,
  kMeeting,
  kTender,
  kTerms,  // special ones that end
  kDocument,
  kCollection,  // an overdue debt that nobody does anything about
  kGreeting,
  kReconciliation,
  kReport,
  kAttestation,
  kExplanation,  // of a breach
  kApproval,     // that a manager asked for, and the head of his department decides
  kDispute,      // about an invoice, that nobody closed
  kRequisites,   // a code whose check digit is wrong, for the head of department to see to
  kPaper,        // that goes with a delivery and was not issued
};
constexpr auto names(Kind) {
  return words("complaint", "arrival", "supply", "consultation", "errand", "information", "notice",
               "follow_up", "call_result", "calls_without_result", "inquiry", "meeting", "tender",
               "terms", "document", "collection", "greeting", "reconciliation", "report",
               "attestation", "explanation", "approval", "dispute", "requisites", "paper");
}
// The sentence of the job description behind a kind.
[[nodiscard]] std::string_view duty_of(Kind kind);

enum class State { kOpen, kOverdue, kDone };
constexpr auto names(State) { return words("open", "overdue", "done"); }

// Something owed, and who answers for it.
struct Obligation {
  Kind kind{};
  std::string id;                     // of the case; with the kind and whose it is, it stands once
  std::string client_id;              // empty: not about a client
  std::optional<Date> due_on;         // that day included; absent: nobody named one
  std::optional<Date> done_on;        // the day on which it was settled
  std::string progress;               // how far it has come, in a machine word
  std::string text;                   // in the words of who recorded it, else in Ukrainian
  std::string need;                   // of what the calendar asks for, why, in a machine word
  std::string text_en;                // the text in English, where it is ours
  std::optional<std::int64_t> count;  // of what there are several of
  std::vector<Money> amounts;         // at stake, by currency
  std::optional<Position> position;   // of the event that made it owed; absent: the calendar did
  Answering who;

  [[nodiscard]] State state(Date day) const {
    if (done_on) return State::kDone;
    return due_on && *due_on < day ? State::kOverdue : State::kOpen;
  }
  // Past its day, when it was settled or, as long as it is not, on `day`.
  [[nodiscard]] std::int64_t days_late(Date day) const {
    return due_on ? std::max(days_between(*due_on, done_on.value_or(day)), 0) : 0;
  }
};

// All that is owed to one client, or concerns him. What was said after `until` is not heard yet.
[[nodiscard]] Result<std::vector<Obligation>> owed_to(const ClientBook& book,
                                                      const ViewSnapshot& snapshot,
                                                      Responsibility& responsibility,
                                                      const BusinessZone& zone, Timestamp until);
// What a manager owes by himself: errands, the report, the attestation and so on. As what he was
// employed, each day and month says by itself (projections/directory/hires.h).
[[nodiscard]] Result<std::vector<Obligation>> owed_by(const ViewSnapshot& snapshot,
                                                      const ManagerId& manager, const AsOf& as_of,
                                                      Responsibility& responsibility);

// Since when nobody has done anything about the client's overdue debt: the day of the last
// reminder, promise or other action, or on which the oldest undisputed item fell due. Nothing is
// owed while a promise runs, or by who is in credit.
struct Neglect {
  Date since;
  int days_past_due = 0;       // of the oldest item
  Date act_by;                 // from when on it counts as left alone, by the rule of `since`
  std::vector<Money> overdue;  // undisputed, by currency
};
[[nodiscard]] std::optional<Neglect> neglect(const ClientBook& book);

// A birthday of a contact person that is near or past. An off day is announced on the last working
// day before it; done is a greeting within three days of it (domain-semantics.md 4c).
struct Birthday {
  const Told<ContactPersonSet>* person = nullptr;
  Date day;
  Date announce_on;
  std::optional<Date> greeted_on;
};
inline constexpr int kGreetingDays = 3;
[[nodiscard]] std::vector<Birthday> birthdays(const ClientBook& book,
                                              const directory::Calendar& calendar);

}  // namespace ledger::obligations
