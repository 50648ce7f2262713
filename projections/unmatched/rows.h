#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/money.h"
#include "events/position.h"
#include "platform/clock.h"
#include "projections/directory/event_keys.h"
#include "projections/known.h"

// Interactions and payments that wait for a person (or a later rule) to name their client. Rows
// keep what was said and when it was recorded: what waits is found for the day and the knowledge
// that are asked for.
namespace ledger::unmatched {

inline constexpr std::string_view kName = "unmatched";
inline constexpr int kVersion = 4;

// What a payer wrote, and how much he sent: what else could tell whose a payment is.
struct Remittance {
  std::string payer_name;
  std::string purpose;
  Money amount;

  static void fields(auto&& field) {
    field("payer_name", &Remittance::payer_name);
    field("purpose", &Remittance::purpose);
    field("amount", &Remittance::amount);
  }
};

// A fact without a client as it was told; a correction tells it anew.
struct Wait {
  Position position;
  Known known;
  Timestamp time;
  Date day;
  std::string key;            // the number, address or account that nobody owns, or several do
  directory::KeyLevels keys;  // all that could name its client
  std::optional<Remittance> remittance;  // of a payment

  static void fields(auto&& field) {
    field("position", &Wait::position);
    field("known", &Wait::known);
    field("time", &Wait::time);
    field("day", &Wait::day);
    field("key", &Wait::key);
    field("keys", &Wait::keys);
    field("remittance", &Wait::remittance);
  }
};

// Key: source, a zero byte, id.
struct WaitingRow {
  static constexpr char kTable = 'w';
  std::string type;
  std::string source;
  std::string id;
  std::vector<Wait> waits;

  static void fields(auto&& field) {
    field("type", &WaitingRow::type);
    field("source", &WaitingRow::source);
    field("id", &WaitingRow::id);
    field("waits", &WaitingRow::waits);
  }
  [[nodiscard]] bool empty() const { return waits.empty(); }
};

// Key: a key of the directory, a zero byte, the key above: what waits for that number or address. A
// row for each, since there is no end to what one unknown number may call.
struct KeyWaitsRow {
  static constexpr char kTable = 'k';
  bool waits = false;
  static void fields(auto&& field) { field("waits", &KeyWaitsRow::waits); }
  [[nodiscard]] bool empty() const { return !waits; }
};

// Somebody said whose the fact is, or whose it is not.
enum class Verdict { kMatched, kRejected };
constexpr auto names(Verdict) { return words("matched", "rejected"); }
struct Answer {
  Position position;
  Known known;
  Verdict verdict{};
  std::string client_id;
  std::string reason;

  static void fields(auto&& field) {
    field("position", &Answer::position);
    field("known", &Answer::known);
    field("verdict", &Answer::verdict);
    field("client_id", &Answer::client_id);
    field("reason", &Answer::reason);
  }
};

// Key: as of WaitingRow. A row of its own, because an answer lies in the partition of its client,
// another than the fact's, and either may be read first.
struct AnswersRow {
  static constexpr char kTable = 's';
  std::vector<Answer> answers;
  static void fields(auto&& field) { field("answers", &AnswersRow::answers); }
  [[nodiscard]] bool empty() const { return answers.empty(); }
};

// What the keys of all rows that wait for one key begin with.
[[nodiscard]] inline std::string waits_key(std::string directory_key) {
  directory_key += '\0';
  return directory_key;
}

}  // namespace ledger::unmatched
