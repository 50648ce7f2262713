#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "projections/directory/queries.h"
#include "projections/quota_compliance/rows.h"

// What stands behind a figure: every event of the day, and why it counted or did not. A figure is
// the sum of these and is counted nowhere else, so that the two cannot say different things.
namespace ledger::quota_compliance {

enum class Verdict {
  kCounted,
  kNoClient,      // waits for somebody to say whose it is
  kNotAnswered,   // no answer, busy, cancelled, or unknown to the exchange
  kTooShort,      // talked for less than the rule asks for
  kInbound,       // the client called
  kInternal,      // between colleagues
  kRedial,        // the same number again within the redial time
  kSelfReported,  // entered by hand
  kDouble,        // the same call of the same system, told by two events
  kNoCardYet,     // the client's card was opened on a later day
  kCardVoided,    // the client's card was a test, or a mistake: it was taken back
  kSameOffer,     // the same document to the same company again that day
  kSameCompany,   // the same company again that day
  kLetter,        // an answer without a document, or what is passed on, is no offer
  kUnmarked,      // carries none of the marks by which the rule knows an offer
  kUnverified,    // our gateway does not believe the sender's address
  kBounced,       // reached nobody
  kNoCall,        // no counted call with the company behind a phoned offer
  kNotNew,        // the company has signed a contract before
  kReturned,      // so it has, but long ago
  kSameContract,  // told again since, by another event: that one counts
  kTerminated,    // ended before anything was delivered
  kNoContract,    // an amendment, specification or prolongation
  kLate,          // a report after its day
  kSameReport,    // a report that was handed in again
  kPhoneOffer,    // the call behind a phoned offer, where it is to count once
  kStoodIn,       // to a client of who is away, where such calls stand apart
  kTakenBack,     // voided, or corrected into another day, manager or client
};
constexpr auto names(Verdict) {
  return words("counted", "no_client", "not_answered", "too_short", "inbound", "internal", "redial",
               "self_reported", "double", "no_card_yet", "card_voided", "same_offer",
               "same_company", "letter", "unmarked", "unverified", "bounced", "no_call", "not_new",
               "returned", "same_contract", "terminated", "no_contract", "late", "same_report",
               "phone_offer", "stood_in", "taken_back");
}

struct Item {
  Position position;
  Known known;
  Verdict verdict = Verdict::kCounted;
  std::optional<Timestamp> time;  // absent: it has a date alone
  std::optional<Date> on;
  std::string client_id;  // the surviving card; empty: nobody's yet, or about no client
  std::string id;         // of the call, letter or contract
  std::string party;      // of a call: its number; of a withheld one the client
  std::optional<std::int64_t> talk_s;
  // The event beside which it does not count: the first of two, of a contract the last; of a phoned
  // offer, the call behind it.
  std::optional<Position> beside;
  bool attempt = false;       // counts among the attempts
  bool answered = false;      // and was answered; of a phoned offer: a call stands behind it
  bool inbound_talk = false;  // an answered call of the client's
  bool mass = false;          // a letter to many companies
  bool returned = false;      // a contract with a client of long ago
  // Counts as new, but shares these keys with clients who signed before: the head of department
  // decides whether they are one (domain-semantics.md 4a, contract).
  std::vector<directory::Sharing> supervisor_decides;
};

// Everything that the verdicts on a manager's day depend on.
struct DayFacts {
  Date day;
  DayRow row;                          // clients named by merges and splits
  std::map<std::string, Date> opened;  // by client: when its first card was opened
  std::set<std::string> voided;        // clients whose every card was opened and taken back
  std::set<Position> bounced;          // offers that reached nobody
  std::optional<Timestamp> known_at;
};

// Rule call: outbound, to a client whose card was opened by that day, answered, at least min_talk_s
// of talk; a redial to the same number within the redial time counts once, and so does one call of
// a system that two events tell of: the one that was recorded first. In the order of time.
[[nodiscard]] std::vector<Item> judge_calls(const DayFacts& facts, const directory::Norm& norm);

// Rule email_offer: one for each (company, document) of the day. What is no offer waits for nobody
// to say whose it is.
[[nodiscard]] std::vector<Item> judge_mailed(const DayFacts& facts, const directory::Norm& norm);

// Rule phone_offer: distinct companies; `calls` are the day's, judged: behind an offer stands a
// counted one with the company, or a redial of it, of at least verifying_talk_s.
[[nodiscard]] std::vector<Item> judge_phoned(const DayFacts& facts, const directory::Norm& norm,
                                             const std::vector<Item>& calls);

// Where the rule keeps calls and phoned offers apart: the calls behind `phoned` count as those
// alone.
void set_phoned_apart(std::vector<Item>& calls, const std::vector<Item>& phoned);
// Where calls in another's stead stand apart: those to clients whom he answers for as a stand-in.
void set_stood_in_apart(std::vector<Item>& calls, const std::set<std::string>& stood_in_for);

// Rule database_change: changes of the client base by the manager himself.
[[nodiscard]] std::vector<Item> judge_changes(const DayFacts& facts);

}  // namespace ledger::quota_compliance
