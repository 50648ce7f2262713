#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/position.h"
#include "events/types/client.h"
#include "platform/clock.h"

// By what the directory knows whose a number is.
namespace ledger::directory {

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
