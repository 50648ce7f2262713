#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"
#include "projections/directory/event_keys.h"
#include "projections/known.h"
#include "projections/unmatched/remittance.h"

// Interactions and payments that wait for a person (or a later rule) to name their client, and
// calls and letters that wait for their manager: of an extension or an address that nobody is known
// by (domain-semantics.md 4a: "unknown extension or number"; decisions/0031). Rows keep what was
// said and when it was recorded: what waits is found for the day and the knowledge that are asked
// for.
namespace ledger::unmatched {

inline constexpr std::string_view kName = "unmatched";
inline constexpr int kVersion = 9;

// A fact without a client or a manager as it was told, corrected, or matched to a client alone.
struct Wait {
  Position position;
  Known known;
  Timestamp time;
  Date day;
  std::string key;            // the number, address or account that nobody owns, or several do
  directory::KeyLevels keys;  // all that could name its client
  std::optional<Remittance> remittance;   // of a payment
  std::string client_id = {};             // whose it is, where only its manager is missing
  directory::KeyLevel manager_keys = {};  // what could name its manager, where nobody is known

  static void fields(auto&& field) {
    field("position", &Wait::position);
    field("known", &Wait::known);
    field("time", &Wait::time);
    field("day", &Wait::day);
    field("key", &Wait::key);
    field("keys", &Wait::keys);
    field("remittance", &Wait::remittance);
    field("client_id", &Wait::client_id);
    field("manager_keys", &Wait::manager_keys);
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

// Somebody said whose the fact is, whose it is not, or that it is no client's at all.
enum class Verdict { kMatched, kRejected, kRuledOut };
constexpr auto names(Verdict) { return words("matched", "rejected", "ruled_out"); }
struct Answer {
  Position position;
  Known known;
  Verdict verdict{};
  std::string client_id;  // empty: no client's
  std::string reason;
  std::string manager_id;  // who said so; empty: nobody is named
  std::string nature;      // of what is no client's: "own_transfer"
  std::string source;      // of the answer itself, by which it is voided
  std::string id;          // likewise

  static void fields(auto&& field) {
    field("position", &Answer::position);
    field("known", &Answer::known);
    field("verdict", &Answer::verdict);
    field("client_id", &Answer::client_id);
    field("reason", &Answer::reason);
    field("manager_id", &Answer::manager_id);
    field("nature", &Answer::nature);
    field("source", &Answer::source);
    field("id", &Answer::id);
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

// Key: as of WaitingRow; there while the fact waits by all that is recorded, and no longer. So that
// what waits can be listed and counted at the cost of what waits, and not of all that ever did.
struct OpenRow {
  static constexpr char kTable = 'o';
  std::string type;  // empty: it does not wait
  Date day;
  Date since;  // from which its age is counted: of a payment its booking, else `day`

  static void fields(auto&& field) {
    field("type", &OpenRow::type);
    field("day", &OpenRow::day);
    field("since", &OpenRow::since);
  }
  [[nodiscard]] bool empty() const { return type.empty(); }
};

// The day from which the age of a fact is counted: a payment's booking, else the fact's own.
[[nodiscard]] inline Date waits_since(const Wait& wait) {
  return wait.remittance ? wait.remittance->booked_on : wait.day;
}

// Which of the waits that stand tells what the fact is: the one without a client, which the event
// itself told, and else the one told last. nullptr: none stands.
template <class Stands>
[[nodiscard]] const Wait* telling(const std::vector<Wait>& waits, Stands&& stands) {
  const Wait* last = nullptr;
  for (const auto& wait : waits) {
    if (stands(wait) && (last == nullptr || wait.client_id.empty() || !last->client_id.empty())) {
      last = &wait;
    }
  }
  return last;
}

// What the keys of all rows that wait for one key begin with.
[[nodiscard]] inline std::string waits_key(std::string directory_key) {
  directory_key += '\0';
  return directory_key;
}

}  // namespace ledger::unmatched
