#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "events/types/offer_response.h"
#include "platform/clock.h"

namespace ledger {

// A client promised to pay; a newer promise replaces it.
struct PromiseToPayMade {
  static constexpr std::string_view kName = "promise_to_pay.made";
  static constexpr int kVersion = 1;

  PromiseId promise_id;                // Of the promise
  ClientId client_id;                  // The client
  ManagerId manager_id;                // The manager who did it
  Date made_on;                        // The day
  Date due_on;                         // The day by which it is due, included
  Money amount;                        // How much
  std::vector<InvoiceId> invoice_ids;  // For what; none: for any
  std::optional<CallId> call_id;       // The call in which it was said
  std::optional<PersonId> person_id;   // Who promised

  static void fields(auto&& field) {
    field("promise_id", &PromiseToPayMade::promise_id);
    field("client_id", &PromiseToPayMade::client_id);
    field("manager_id", &PromiseToPayMade::manager_id);
    field("made_on", &PromiseToPayMade::made_on);
    field("due_on", &PromiseToPayMade::due_on);
    field("amount", &PromiseToPayMade::amount);
    field("invoice_ids", &PromiseToPayMade::invoice_ids);
    field("call_id", &PromiseToPayMade::call_id);
    field("person_id", &PromiseToPayMade::person_id);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_positive(amount, "amount.amount_minor"));
    return check_not_before(due_on, made_on, "due_on");
  }
  bool operator==(const PromiseToPayMade&) const = default;
};

enum class DunningChannel { kLetter, kEmail, kPhone };
constexpr auto names(DunningChannel) { return words("letter", "email", "phone"); }

// A reminder of a level went out; each level once for an invoice.
struct DunningSent {
  static constexpr std::string_view kName = "dunning.sent";
  static constexpr int kVersion = 1;

  ClientId client_id;                           // The client
  InvoiceId invoice_id;                         // The invoice
  std::int64_t level = 0;                       // 0 notice, 1 reminder, 2 letter, 3 claim, 4 lawyer
  DunningChannel channel{};                     // How
  Date sent_on;                                 // The day
  std::optional<ManagerId> manager_id;          // The manager who did it
  std::optional<std::int64_t> instalment = {};  // Which part of the invoice, from 1; absent: all

  static void fields(auto&& field) {
    field("client_id", &DunningSent::client_id);
    field("invoice_id", &DunningSent::invoice_id);
    field("level", &DunningSent::level);
    field("channel", &DunningSent::channel);
    field("sent_on", &DunningSent::sent_on);
    field("manager_id", &DunningSent::manager_id);
    field("instalment", &DunningSent::instalment);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(instalment ? check_at_least(*instalment, 1, "instalment") : Status());
    return check_within(level, 0, 4, "level");
  }
  bool operator==(const DunningSent&) const = default;
};

// What became of a reminder at the client's: a letter came back, or reached him after all. What is
// told last of a level holds for the last reminder of it that was sent by that day. One that came
// back was not sent: the level is due again.
struct DunningDeliveryChanged {
  static constexpr std::string_view kName = "dunning.delivery_changed";
  static constexpr int kVersion = 1;

  ClientId client_id;                      // The client
  InvoiceId invoice_id;                    // The invoice
  std::int64_t level = 0;                  // As in dunning.sent
  std::optional<std::int64_t> instalment;  // As in dunning.sent
  DeliveryStatus status{};                 // What became of it; bounced_hard: it came back
  Date changed_on;                         // The day
  std::optional<std::string> reason;       // As the post or the mail system said it
  std::optional<ManagerId> manager_id;     // Who told it; absent: a machine

  static void fields(auto&& field) {
    field("client_id", &DunningDeliveryChanged::client_id);
    field("invoice_id", &DunningDeliveryChanged::invoice_id);
    field("level", &DunningDeliveryChanged::level);
    field("instalment", &DunningDeliveryChanged::instalment);
    field("status", &DunningDeliveryChanged::status);
    field("changed_on", &DunningDeliveryChanged::changed_on);
    field("reason", &DunningDeliveryChanged::reason);
    field("manager_id", &DunningDeliveryChanged::manager_id);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(instalment ? check_at_least(*instalment, 1, "instalment") : Status());
    return check_within(level, 0, 4, "level");
  }
  bool operator==(const DunningDeliveryChanged&) const = default;
};

enum class CollectionAction { kCall, kLetter, kVisit, kClaim, kOther };
constexpr auto names(CollectionAction) {
  return words("call", "letter", "visit", "claim", "other");
}

// Something was done to get a debt paid (job description 3.1).
struct CollectionActionTaken {
  static constexpr std::string_view kName = "collection.action_taken";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // The client
  ManagerId manager_id;                 // The manager who did it
  CollectionAction action{};            // What
  std::optional<InvoiceId> invoice_id;  // The invoice
  std::optional<std::string> note;      // What else is worth keeping

  static void fields(auto&& field) {
    field("client_id", &CollectionActionTaken::client_id);
    field("manager_id", &CollectionActionTaken::manager_id);
    field("action", &CollectionActionTaken::action);
    field("invoice_id", &CollectionActionTaken::invoice_id);
    field("note", &CollectionActionTaken::note);
  }
  bool operator==(const CollectionActionTaken&) const = default;
};

}  // namespace ledger
