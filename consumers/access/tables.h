#pragma once

#include <map>
#include <optional>
#include <string>

#include "consumers/access/rows.h"

namespace ledger::access {

template <class Row>
using Table = std::map<std::string, Row, std::less<>>;

// All that is known of who may ask: hundreds of rows, so that a question is answered from memory.
struct Tables {
  Table<PrincipalRow> principals;  // by id
  Table<KeyRow> keys;              // by id
  Table<AccountRow> accounts;      // by principal
  Table<OneTimeRow> one_time;      // by digest
  Table<SessionRow> sessions;      // by digest
  Table<NoticeRow> notices;        // by the event's id

  // Calls f(name, member) for each: the one list of them.
  static void for_each(auto&& f) {
    f("principals", &Tables::principals);
    f("keys", &Tables::keys);
    f("accounts", &Tables::accounts);
    f("one_time", &Tables::one_time);
    f("sessions", &Tables::sessions);
    f("notices", &Tables::notices);
  }
};

// What is to become of some rows, all at once: nullopt erases.
template <class Row>
using Puts = std::map<std::string, std::optional<Row>, std::less<>>;

struct Change {
  Puts<PrincipalRow> principals;
  Puts<KeyRow> keys;
  Puts<AccountRow> accounts;
  Puts<OneTimeRow> one_time;
  Puts<SessionRow> sessions;
  Puts<NoticeRow> notices;

  static void for_each(auto&& f) {
    f("principals", &Change::principals, &Tables::principals);
    f("keys", &Change::keys, &Tables::keys);
    f("accounts", &Change::accounts, &Tables::accounts);
    f("one_time", &Change::one_time, &Tables::one_time);
    f("sessions", &Change::sessions, &Tables::sessions);
    f("notices", &Change::notices, &Tables::notices);
  }

  void apply_to(Tables& tables) const {
    for_each([&](const char*, auto puts, auto table) {
      for (const auto& [key, row] : this->*puts) {
        if (row) {
          (tables.*table).insert_or_assign(key, *row);
        } else {
          (tables.*table).erase(key);
        }
      }
    });
  }
};

template <class Row>
[[nodiscard]] const Row* find(const Table<Row>& table, std::string_view key) {
  const auto found = table.find(key);
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace ledger::access
