#pragma once

#include <rapidcheck.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "events/business_zone.h"
#include "producers/mapping.h"
#include "tests/producers/payments/told.h"

// Accounts made up by chance, and what a ledger makes of the files about them.
namespace ledger::testing {

struct Entry {
  int amount_minor;  // below zero: outgoing
  int reference;     // 0: none
};
using Day = std::vector<Entry>;

// A few amounts, so that equal lines are many.
inline rc::Gen<Entry> some_entry() {
  return rc::gen::construct<Entry>(rc::gen::element(100, 100, 250, -100, 99'999),
                                   rc::gen::element(0, 0, 1, 2));
}
inline std::vector<Day> some_days() {
  const auto day = rc::gen::resize(6, rc::gen::container<Day>(some_entry()));
  return *rc::gen::resize(8, rc::gen::nonEmpty(rc::gen::container<std::vector<Day>>(day)));
}

// What a ledger holds after the files: the last word on each payment, and which statements came.
struct Ledger {
  std::map<std::string, std::string> payments;  // body by id
  std::set<std::string> statements;

  void read(Mapped mapped) {
    RC_ASSERT(mapped.refused.empty());
    for (const auto& event : mapped.events) {
      payments[event.id] = body_of(event.time, event.data);
    }
    for (const auto& event : mapped.provisional) {
      if (const auto* statement = event.data.get_if<StatementReceived>()) {
        statements.insert(statement->account + '|' + statement->statement_id);
      } else {
        payments.try_emplace(event.id, body_of(event.time, event.data));
      }
    }
  }
  bool operator==(const Ledger&) const = default;
};

inline std::size_t count_received(const std::vector<Day>& days) {
  std::size_t count = 0;
  for (const auto& day : days) {
    for (const auto& entry : day) count += entry.amount_minor > 0 ? 1 : 0;
  }
  return count;
}

inline std::string decimal(std::int64_t minor) { return format_decimal({minor, Currency()}); }

inline BusinessZone kyiv() { return BusinessZone::named("Europe/Kyiv").value(); }

}  // namespace ledger::testing
