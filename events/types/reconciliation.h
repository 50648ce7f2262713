#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// A side of an act as the paper names it. Kept in the event: a card may change, the paper does not.
struct ActParty {
  std::string name;                      // By its documents
  std::optional<TaxCode> tax_code;       // ЄДРПОУ or РНОКПП
  std::optional<std::string> address;    // In one line
  std::optional<Iban> iban;              // The account to be paid to
  std::optional<std::string> signatory;  // Who is to sign
  std::optional<std::string> post;       // Of the signatory
  std::optional<std::string> authority;  // On what ground: charter, power of attorney

  static void fields(auto&& field) {
    field("name", &ActParty::name, personal);
    field("tax_code", &ActParty::tax_code, personal);
    field("address", &ActParty::address, personal);
    field("iban", &ActParty::iban, personal);
    field("signatory", &ActParty::signatory, personal);
    field("post", &ActParty::post);
    field("authority", &ActParty::authority);
  }
  bool operator==(const ActParty&) const = default;
};

// How the paper of an act looks. A form that acts were made with never changes: they are printed
// again to the byte.
enum class ActForm {
  kFirst,   // the other half is the mirror of ours
  kSecond,  // the other half is blank, to be filled in by its side; heading on each page
};
constexpr auto names(ActForm) { return words("act.v1", "act.v2"); }

// An act of reconciliation (акт звірки) was made for a period. Position and digest prove its
// figures: it can be printed again to the byte.
struct ReconciliationDrafted {
  static constexpr std::string_view kName = "reconciliation.drafted";
  static constexpr int kVersion = 1;

  ActId act_id;          // Of the act
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it
  Date from;             // The first day
  Date to;               // The last day, included
  Money closing;         // What the client owes us at the end by our books; negative: we owe
  std::string position;  // Position of the log at which it was made
  std::string digest;    // SHA-256 of its canonical JSON, lower-case hex
  std::optional<std::string> number;       // On the paper
  std::optional<ContractId> contract_id;   // Absent: all contracts
  std::optional<Timestamp> known_at = {};  // Instant of the knowledge by which the figures stand
  std::optional<ActParty> ours = {};       // We
  std::optional<ActParty> theirs = {};     // The client
  std::optional<std::string> contract_title = {};  // Number and date of the contract
  std::optional<std::string> place = {};           // Where it is made
  std::optional<ActForm> form = {};  // Of the paper on which it is printed; absent: the first

  static void fields(auto&& field) {
    field("act_id", &ReconciliationDrafted::act_id);
    field("client_id", &ReconciliationDrafted::client_id);
    field("manager_id", &ReconciliationDrafted::manager_id);
    field("from", &ReconciliationDrafted::from);
    field("to", &ReconciliationDrafted::to);
    field("closing", &ReconciliationDrafted::closing);
    field("position", &ReconciliationDrafted::position);
    field("digest", &ReconciliationDrafted::digest);
    field("number", &ReconciliationDrafted::number);
    field("contract_id", &ReconciliationDrafted::contract_id);
    field("known_at", &ReconciliationDrafted::known_at);
    field("ours", &ReconciliationDrafted::ours);
    field("theirs", &ReconciliationDrafted::theirs);
    field("contract_title", &ReconciliationDrafted::contract_title);
    field("place", &ReconciliationDrafted::place);
    field("form", &ReconciliationDrafted::form);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_not_before(to, from, "to"));
    return check_sha256(digest, "digest");
  }
  bool operator==(const ReconciliationDrafted&) const = default;
};

enum class ActChannel { kLetter, kEmail, kCourier, kPortal };
constexpr auto names(ActChannel) { return words("letter", "email", "courier", "portal"); }

// An act went to the client.
struct ReconciliationSent {
  static constexpr std::string_view kName = "reconciliation.sent";
  static constexpr int kVersion = 1;

  ActId act_id;          // Of the act
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it
  Date sent_on;          // The day
  ActChannel channel{};  // How

  static void fields(auto&& field) {
    field("act_id", &ReconciliationSent::act_id);
    field("client_id", &ReconciliationSent::client_id);
    field("manager_id", &ReconciliationSent::manager_id);
    field("sent_on", &ReconciliationSent::sent_on);
    field("channel", &ReconciliationSent::channel);
  }
  bool operator==(const ReconciliationSent&) const = default;
};

}  // namespace ledger
