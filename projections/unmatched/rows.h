#pragma once

#include <string>

#include "events/position.h"
#include "platform/clock.h"
#include "projections/directory/event_keys.h"

// Interactions and payments that wait for a person (or a later rule) to name their client.
namespace ledger::unmatched {

inline constexpr std::string_view kName = "unmatched";
inline constexpr int kVersion = 2;

// Key: source, a zero byte, id.
struct WaitingRow {
  static constexpr char kTable = 'w';
  Position position;
  std::string type;
  std::string source;
  std::string id;
  Timestamp time;
  std::string key;            // the number, address or account that nobody owns, or several do
  directory::KeyLevels keys;  // all that could name its client

  static void fields(auto&& field) {
    field("position", &WaitingRow::position);
    field("type", &WaitingRow::type);
    field("source", &WaitingRow::source);
    field("id", &WaitingRow::id);
    field("time", &WaitingRow::time);
    field("key", &WaitingRow::key);
    field("keys", &WaitingRow::keys);
  }
  [[nodiscard]] bool empty() const { return id.empty(); }
};

// Key: a key of the directory, a zero byte, the key above: what waits for that number or address. A
// row for each, since there is no end to what one unknown number may call.
struct KeyWaitsRow {
  static constexpr char kTable = 'k';
  bool waits = false;
  static void fields(auto&& field) { field("waits", &KeyWaitsRow::waits); }
  [[nodiscard]] bool empty() const { return !waits; }
};

// Key: as of WaitingRow, of an interaction that was matched. A row of its own, because the match
// lies in another partition than the interaction and either may be read first.
struct SettledRow {
  static constexpr char kTable = 's';
  std::string client_id;
  static void fields(auto&& field) { field("client_id", &SettledRow::client_id); }
  [[nodiscard]] bool empty() const { return client_id.empty(); }
};

// What the keys of all rows that wait for one key begin with.
[[nodiscard]] inline std::string waits_key(std::string directory_key) {
  directory_key += '\0';
  return directory_key;
}

}  // namespace ledger::unmatched
