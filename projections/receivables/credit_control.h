#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/directory/working_time.h"
#include "projections/receivables/credit_rule.h"
#include "projections/receivables/statement.h"

// What follows from a debt: whether the client keeps his word, and what is to be sent next
// (domain-semantics.md 4b), by the rules of the day (credit_rule.h): a promise is judged by the one
// of its own day.
namespace ledger::receivables {

// kPart: something came, less than was promised, and the time is over.
enum class PromiseState { kOpen, kKept, kPart, kBroken };
constexpr auto names(PromiseState) { return words("open", "kept", "part", "broken"); }

// A calendar that is asked for days of grace knows so many days behind the promised one: none is
// off for a month.
inline constexpr int kGraceSearchDays = 31;
// The last day on which a promise is kept: the rule's working days after the promised one.
[[nodiscard]] Date grace_until(Date due_on, const directory::Calendar& calendar,
                               const PromiseRule& rule);

struct PromiseStanding {
  PromiseToPayMade promise;
  PromiseState state = PromiseState::kOpen;
  Date grace_until;
  std::string rule_version;
  std::int64_t paid_minor = 0;
};
// The newest promise made by the date; it replaces the earlier ones. Paid is what was booked from
// its day until grace_until, allocated or not, unless it was reversed, paid back, or pays invoices
// that were not promised. kOutOfRange beyond int64.
[[nodiscard]] Result<std::optional<PromiseStanding>> promise_of(
    const AccountRow& account, const AsOf& as_of, const directory::Calendar& calendar);
// Each promise whose day lies in those days, both included, by day: one of the same items made
// before its end (grace_until) replaces it, unless it was kept by then; one made later leaves it
// kept or broken. Paid as in promise_of(), by what is seen as of the date.
[[nodiscard]] Result<std::vector<PromiseStanding>> promises_due(
    const AccountRow& account, Date from, Date to, const AsOf& as_of,
    const directory::Calendar& calendar);

struct DunningStep {
  InvoiceId invoice_id;
  int level = 0;                           // as in dunning.sent
  std::optional<std::int64_t> instalment;  // of an invoice in parts
  std::string rule_version;
};
// The step that is due and was not taken: for the oldest item that is not disputed whole, if the
// client owes on balance. The newest promise for that item suspends it up to the promised day,
// until it is kept; only the first promises do. Days of grace put off what comes after the notice.
[[nodiscard]] Result<std::optional<DunningStep>> next_dunning(const AccountRow& account,
                                                              const Statement& statement,
                                                              const AsOf& as_of);

// The step that comes next, and when: the one of next_dunning(), or of the days to come the first
// that is not reached. A promise that suspends puts it off to the day after the promised one.
struct NextReminder {
  DunningStep step;
  Date on;
  bool is_due = false;  // as next_dunning() says
};
// nullopt: nothing is owed, or all levels were sent.
[[nodiscard]] Result<std::optional<NextReminder>> next_reminder(const AccountRow& account,
                                                                const Statement& statement,
                                                                const AsOf& as_of);

// The reminders that were sent by a day and did not come back by then (domain-semantics.md 4b):
// each level once for an item or a part of it, the last word of what became of it holds. A word is
// about the reminder that had gone out last by then, by day and time; of just its part of the
// invoice, else of one that was for all, or of all parts where it names none.
[[nodiscard]] std::vector<const Told<DunningSent>*> reminders(const AccountRow& account,
                                                              const AsOf& as_of);
// The highest level that was sent for an item, and did not come back; -1: none. What names no
// instalment is for all.
[[nodiscard]] std::int64_t level_sent(const AccountRow& account, const Item& item,
                                      const AsOf& as_of);

// Days past due, less the days of grace; never less than 0 because of them.
[[nodiscard]] int days_after_grace(const Item& item);

}  // namespace ledger::receivables
