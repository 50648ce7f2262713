#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/phone.h"

namespace ledger {

enum class PersonRole { kDecisionMaker, kInfluencer, kUser, kAccountant, kOther };
constexpr auto names(PersonRole) {
  return words("decision_maker", "influencer", "user", "accountant", "other");
}

// Somebody at a client's, with what is known of him; setting him again replaces all of it.
struct ContactPersonSet {
  static constexpr std::string_view kName = "contact_person.set";
  static constexpr int kVersion = 1;

  ClientId client_id;                     // The client
  std::optional<ManagerId> manager_id;    // The manager who did it
  PersonId person_id;                     // The contact person
  std::string name;                       // As he is addressed
  std::optional<std::string> position;    // His post
  PersonRole role{};                      // His part in decisions
  std::vector<Phone> phones;              // His own numbers
  std::vector<Email> emails;              // His own addresses
  std::optional<std::string> birthday;    // --MM-DD, or YYYY-MM-DD where the year is known
  std::optional<std::string> language;    // Language to speak, BCP 47
  std::optional<bool> do_not_contact;     // He asked to be left alone
  std::optional<std::string> profession;  // Whose professional holiday is his
  std::optional<std::string> hours = {};  // When he may be called, house time, HH:MM-HH:MM

  static void fields(auto&& field) {
    field("client_id", &ContactPersonSet::client_id);
    field("manager_id", &ContactPersonSet::manager_id);
    field("person_id", &ContactPersonSet::person_id);
    field("name", &ContactPersonSet::name, personal);
    field("position", &ContactPersonSet::position);
    field("role", &ContactPersonSet::role);
    field("phones", &ContactPersonSet::phones, personal);
    field("emails", &ContactPersonSet::emails, personal);
    field("birthday", &ContactPersonSet::birthday, personal);
    field("language", &ContactPersonSet::language);
    field("do_not_contact", &ContactPersonSet::do_not_contact);
    field("profession", &ContactPersonSet::profession);
    field("hours", &ContactPersonSet::hours);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(birthday ? check_birthday(*birthday, "birthday") : Status());
    return hours ? parse_hours(*hours, "hours").map([](const auto&) {}) : Status();
  }
  bool operator==(const ContactPersonSet&) const = default;
};

// Somebody is no longer at the client's.
struct ContactPersonRemoved {
  static constexpr std::string_view kName = "contact_person.removed";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  PersonId person_id;                   // The contact person
  std::optional<std::string> reason;    // Why, in words

  static void fields(auto&& field) {
    field("client_id", &ContactPersonRemoved::client_id);
    field("manager_id", &ContactPersonRemoved::manager_id);
    field("person_id", &ContactPersonRemoved::person_id);
    field("reason", &ContactPersonRemoved::reason);
  }
  bool operator==(const ContactPersonRemoved&) const = default;
};

enum class GreetingOccasion { kBirthday, kProfessionalHoliday, kAnniversary, kOther };
constexpr auto names(GreetingOccasion) {
  return words("birthday", "professional_holiday", "anniversary", "other");
}

// A client was congratulated (job description 3.2).
struct GreetingSent {
  static constexpr std::string_view kName = "greeting.sent";
  static constexpr int kVersion = 1;

  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  GreetingOccasion occasion{};        // On what
  std::optional<PersonId> person_id;  // The contact person
  std::optional<std::string> note;    // What else is worth keeping

  static void fields(auto&& field) {
    field("client_id", &GreetingSent::client_id);
    field("manager_id", &GreetingSent::manager_id);
    field("occasion", &GreetingSent::occasion);
    field("person_id", &GreetingSent::person_id);
    field("note", &GreetingSent::note);
  }
  bool operator==(const GreetingSent&) const = default;
};

}  // namespace ledger
