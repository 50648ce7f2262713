#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/phone.h"
#include "platform/clock.h"

namespace ledger {

// Job description, art.: corporate or retail, government apart (tenders). Wholesale (1.1) is on the
// corporate side unless the house decided otherwise (rule "segments").
enum class Segment { kCorporate, kRetail, kGovernment, kWholesale };
constexpr auto names(Segment) { return words("corporate", "retail", "government", "wholesale"); }

enum class ClientStatus { kPotential, kMain };
constexpr auto names(ClientStatus) { return words("potential", "main"); }

// A client card was opened (job description 3.1, "оформляти картку клієнта").
struct ClientRegistered {
  static constexpr std::string_view kName = "client.registered";
  static constexpr int kVersion = 1;

  ClientId client_id;
  std::string name;
  std::optional<TaxCode> tax_code;
  std::optional<Segment> segment;
  std::optional<ClientStatus> status;
  std::vector<Phone> phones;
  std::vector<Email> emails;
  std::vector<Iban> ibans;
  std::optional<std::string> address;
  std::optional<std::string> price_type;
  std::optional<ManagerId> manager_id;         // who opened the card
  std::optional<std::string> vat_number = {};  // 12 digits
  std::optional<std::string> director = {};
  std::optional<std::string> industry = {};  // КВЕД
  std::optional<std::string> short_name = {};
  std::optional<std::string> actual_address = {};      // where it differs from the legal one
  std::optional<std::string> director_authority = {};  // by what he signs: statute, power

  static void fields(auto&& field) {
    field("client_id", &ClientRegistered::client_id);
    field("name", &ClientRegistered::name, personal);
    field("tax_code", &ClientRegistered::tax_code, personal);
    field("segment", &ClientRegistered::segment);
    field("status", &ClientRegistered::status);
    field("phones", &ClientRegistered::phones, personal);
    field("emails", &ClientRegistered::emails, personal);
    field("ibans", &ClientRegistered::ibans, personal);
    field("address", &ClientRegistered::address, personal);
    field("price_type", &ClientRegistered::price_type);
    field("manager_id", &ClientRegistered::manager_id);
    field("vat_number", &ClientRegistered::vat_number);
    field("director", &ClientRegistered::director, personal);
    field("industry", &ClientRegistered::industry);
    field("short_name", &ClientRegistered::short_name, personal);
    field("actual_address", &ClientRegistered::actual_address, personal);
    field("director_authority", &ClientRegistered::director_authority);
  }
  bool operator==(const ClientRegistered&) const = default;
};

// Details of a card changed: what is present replaces, what is absent stays. A list is replaced
// whole; an empty list given as [] is absent, so the last phone is taken away by a new list.
struct ClientUpdated {
  static constexpr std::string_view kName = "client.updated";
  static constexpr int kVersion = 1;

  ClientId client_id;
  std::optional<std::string> name;
  std::optional<TaxCode> tax_code;
  std::optional<Segment> segment;
  std::optional<ClientStatus> status;
  std::vector<Phone> phones;
  std::vector<Email> emails;
  std::vector<Iban> ibans;
  std::optional<std::string> address;
  std::optional<std::string> price_type;
  std::optional<ManagerId> manager_id;         // who changed it
  std::optional<std::string> vat_number = {};  // 12 digits
  std::optional<std::string> director = {};
  std::optional<std::string> industry = {};  // КВЕД
  std::optional<std::string> short_name = {};
  std::optional<std::string> actual_address = {};      // where it differs from the legal one
  std::optional<std::string> director_authority = {};  // by what he signs: statute, power

  static void fields(auto&& field) {
    field("client_id", &ClientUpdated::client_id);
    field("name", &ClientUpdated::name, personal);
    field("tax_code", &ClientUpdated::tax_code, personal);
    field("segment", &ClientUpdated::segment);
    field("status", &ClientUpdated::status);
    field("phones", &ClientUpdated::phones, personal);
    field("emails", &ClientUpdated::emails, personal);
    field("ibans", &ClientUpdated::ibans, personal);
    field("address", &ClientUpdated::address, personal);
    field("price_type", &ClientUpdated::price_type);
    field("manager_id", &ClientUpdated::manager_id);
    field("vat_number", &ClientUpdated::vat_number);
    field("director", &ClientUpdated::director, personal);
    field("industry", &ClientUpdated::industry);
    field("short_name", &ClientUpdated::short_name, personal);
    field("actual_address", &ClientUpdated::actual_address, personal);
    field("director_authority", &ClientUpdated::director_authority);
  }
  bool operator==(const ClientUpdated&) const = default;
};

// A manager answers for the client from a day on.
struct ClientAssigned {
  static constexpr std::string_view kName = "client.assigned";
  static constexpr int kVersion = 1;

  ClientId client_id;
  ManagerId manager_id;
  Date effective_from;
  std::optional<std::string> reason;

  static void fields(auto&& field) {
    field("client_id", &ClientAssigned::client_id);
    field("manager_id", &ClientAssigned::manager_id);
    field("effective_from", &ClientAssigned::effective_from);
    field("reason", &ClientAssigned::reason);
  }
  bool operator==(const ClientAssigned&) const = default;
};

}  // namespace ledger
