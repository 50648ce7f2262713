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
#include "platform/clock.h"

namespace ledger {

enum class PersonRole { kDecisionMaker, kInfluencer, kUser, kAccountant, kOther };
constexpr auto names(PersonRole) {
  return words("decision_maker", "influencer", "user", "accountant", "other");
}

enum class ConsentChannel { kAll, kPhone, kEmail, kMessenger, kPost };
constexpr auto names(ConsentChannel) { return words("all", "phone", "email", "messenger", "post"); }

// What a person said about being written to or called.
struct ContactConsent {
  ConsentChannel channel{};               // Which way, or all of them
  bool given = false;                     // False: he takes it back
  Date on;                                // The day of his word
  std::optional<std::string> basis = {};  // How he said it: a form, a letter, a talk

  static void fields(auto&& field) {
    field("channel", &ContactConsent::channel);
    field("given", &ContactConsent::given);
    field("on", &ContactConsent::on);
    field("basis", &ContactConsent::basis);
  }
  bool operator==(const ContactConsent&) const = default;
};

// Nobody could tell which of two words of one day holds.
[[nodiscard]] inline Status check_consents(const std::vector<ContactConsent>& consents) {
  for (auto one = consents.begin(); one != consents.end(); ++one) {
    for (auto other = one + 1; other != consents.end(); ++other) {
      if (one->channel != other->channel || one->on != other->on) continue;
      return fail(ErrorCode::kInvalidField, "two words about one channel on one day", "consents");
    }
  }
  return {};
}

// Somebody at a client's, with what is known of him; setting him again replaces all of it.
struct ContactPersonSet {
  static constexpr std::string_view kName = "contact_person.set";
  static constexpr int kVersion = 1;

  ClientId client_id;                         // The client
  std::optional<ManagerId> manager_id;        // The manager who did it
  PersonId person_id;                         // The contact person
  std::string name;                           // As he is addressed
  std::optional<std::string> position;        // His post
  PersonRole role{};                          // His part in decisions
  std::vector<Phone> phones;                  // His own numbers
  std::vector<Email> emails;                  // His own addresses
  std::optional<std::string> birthday;        // --MM-DD, or YYYY-MM-DD where the year is known
  std::optional<std::string> language;        // Language to speak, BCP 47
  std::optional<bool> do_not_contact;         // He asked to be left alone
  std::optional<std::string> profession;      // Whose professional holiday is his
  std::optional<std::string> hours = {};      // When he may be called, house time, HH:MM-HH:MM
  std::vector<ContactConsent> consents = {};  // What he allowed and forbade since, way by way

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
    field("consents", &ContactPersonSet::consents);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(birthday ? check_birthday(*birthday, "birthday") : Status());
    LEDGER_CHECK(check_consents(consents));
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
