#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/client.h"
#include "events/types/manager.h"
#include "events/types/quota_policy.h"
#include "events/types/rule.h"
#include "projections/said.h"

// The directory: who is who. It answers the door's question "whose number is this?" and the
// queries' "who worked here on that day, by which norm?".
namespace ledger::directory {

inline constexpr std::string_view kName = "directory";
inline constexpr int kVersion = 5;

// Key: manager id.
struct ManagerRow {
  static constexpr char kTable = 'm';
  struct Hired {
    Position position;
    Known known;
    Date told_on;
    ManagerHired data;
    static void fields(auto&& field) {
      field("position", &Hired::position);
      field("known", &Hired::known);
      field("told_on", &Hired::told_on);
      field("data", &Hired::data);
    }
  };
  std::vector<Hired> hired;  // which of them holds on a day, hire_on() says

  static void fields(auto&& field) { field("hired", &ManagerRow::hired); }
  [[nodiscard]] bool empty() const { return hired.empty(); }
};

// Key: client id. What the client has been known by; the last list of each kind holds, and what was
// said last of each of his people.
struct ClientKeysRow {
  static constexpr char kTable = 'c';
  struct Given {
    Position position;
    std::optional<TaxCode> tax_code;
    std::vector<Phone> phones;
    std::vector<Email> emails;
    std::vector<Iban> ibans;
    std::optional<std::string> director = {};
    Timestamp recorded = {};
    static void fields(auto&& field) {
      field("position", &Given::position);
      field("tax_code", &Given::tax_code);
      field("phones", &Given::phones);
      field("emails", &Given::emails);
      field("ibans", &Given::ibans);
      field("director", &Given::director);
      field("recorded", &Given::recorded);
    }
  };
  // A contact person as he was set, or removed.
  struct Person {
    Position position;
    std::string person_id;
    bool removed = false;
    std::vector<Phone> phones = {};
    std::vector<Email> emails = {};
    Timestamp time = {};
    Timestamp recorded = {};
    static void fields(auto&& field) {
      field("position", &Person::position);
      field("person_id", &Person::person_id);
      field("removed", &Person::removed);
      field("phones", &Person::phones);
      field("emails", &Person::emails);
      field("time", &Person::time);
      field("recorded", &Person::recorded);
    }
  };
  std::vector<Given> given;
  std::vector<Person> people;

  static void fields(auto&& field) {
    field("given", &ClientKeysRow::given);
    field("people", &ClientKeysRow::people);
  }
  [[nodiscard]] bool empty() const { return given.empty() && people.empty(); }
};

// Key: kind of key and the key ("phone|+380501234567"). Sorted ids, so that the row is the same
// whatever order the partitions were read in. Several owners are a conflict for a person to settle.
struct KeyRow {
  static constexpr char kTable = 'k';
  std::vector<std::string> owners;

  static void fields(auto&& field) { field("owners", &KeyRow::owners); }
  [[nodiscard]] bool empty() const { return owners.empty(); }
};

// Key: client id. When its card was opened, as often as somebody said so.
struct CardOpenedRow {
  static constexpr char kTable = 'e';
  struct Opened {
    Position position;
    Known known;
    Date day;
    static void fields(auto&& field) {
      field("position", &Opened::position);
      field("known", &Opened::known);
      field("day", &Opened::day);
    }
  };
  std::vector<Opened> opened;

  static void fields(auto&& field) { field("opened", &CardOpenedRow::opened); }
  [[nodiscard]] bool empty() const { return opened.empty(); }
};

// Key: empty; one row for the house: its norms, and the rules by which it counts. Sorted by
// position.
struct PoliciesRow {
  static constexpr char kTable = 'q';
  struct Set {
    Position position;
    Known known;
    QuotaPolicySet data;
    static void fields(auto&& field) {
      field("position", &Set::position);
      field("known", &Set::known);
      field("data", &Set::data);
    }
  };
  std::vector<Set> policies;
  std::vector<Said<RulePublished>> rules;

  static void fields(auto&& field) {
    field("policies", &PoliciesRow::policies);
    field("rules", &PoliciesRow::rules);
  }
  [[nodiscard]] bool empty() const { return policies.empty() && rules.empty(); }
};

// A director is no key by which anybody is matched: two firms may have one.
enum class KeyKind {
  kPhone,
  kEmail,
  kMailDomain,
  kIban,
  kTaxCode,
  kExtension,
  kManagerEmail,
  kDirector
};
constexpr auto names(KeyKind) {
  return words("phone", "email", "domain", "iban", "tax", "extension", "manager-email", "director");
}
[[nodiscard]] std::string key_of(KeyKind kind, std::string_view value);

}  // namespace ledger::directory
