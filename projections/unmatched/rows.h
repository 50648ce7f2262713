#pragma once

#include <string>

#include "events/position.h"
#include "platform/clock.h"

// Interactions and payments that wait for a person (or a later rule) to name their client.
namespace ledger::unmatched {

inline constexpr std::string_view kName = "unmatched";
inline constexpr int kVersion = 1;

// Key: source, a zero byte, id.
struct WaitingRow {
  static constexpr char kTable = 'w';
  Position position;
  std::string type;
  std::string source;
  std::string id;
  Timestamp time;
  std::string key;  // the number, address or account that nobody owns, or several do

  static void fields(auto&& field) {
    field("position", &WaitingRow::position);
    field("type", &WaitingRow::type);
    field("source", &WaitingRow::source);
    field("id", &WaitingRow::id);
    field("time", &WaitingRow::time);
    field("key", &WaitingRow::key);
  }
  [[nodiscard]] bool empty() const { return id.empty(); }
};

// Key: as above, of an interaction that was matched. A row of its own, because the match lies in
// another partition than the interaction and either may be read first.
struct SettledRow {
  static constexpr char kTable = 's';
  std::string client_id;
  static void fields(auto&& field) { field("client_id", &SettledRow::client_id); }
  [[nodiscard]] bool empty() const { return client_id.empty(); }
};

}  // namespace ledger::unmatched
