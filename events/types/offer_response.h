#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"

namespace ledger {

enum class DeliveryStatus { kDelivered, kDelayed, kBouncedSoft, kBouncedHard, kComplained };
constexpr auto names(DeliveryStatus) {
  return words("delivered", "delayed", "bounced_soft", "bounced_hard", "complained");
}

// What became of a letter at one recipient's (RFC 3464). A hard bounce of all takes the offer back
// on its own day.
struct OfferDeliveryChanged {
  static constexpr std::string_view kName = "offer.delivery_changed";
  static constexpr int kVersion = 1;

  std::string message_id;             // Of the offer
  Email recipient;                    // Whose box
  DeliveryStatus status{};            // What became of it
  std::optional<ClientId> client_id;  // The client
  std::optional<std::string> reason;  // As the mail system said it

  static void fields(auto&& field) {
    field("message_id", &OfferDeliveryChanged::message_id);
    field("recipient", &OfferDeliveryChanged::recipient, personal);
    field("status", &OfferDeliveryChanged::status);
    field("client_id", &OfferDeliveryChanged::client_id);
    field("reason", &OfferDeliveryChanged::reason);
  }
  bool operator==(const OfferDeliveryChanged&) const = default;
};

// A client answered an offer.
struct OfferAnswered {
  static constexpr std::string_view kName = "offer.answered";
  static constexpr int kVersion = 1;

  std::string message_id;               // Of the answer
  std::string in_reply_to;              // Of the offer
  Email sender;                         // Who answered
  std::optional<ClientId> client_id;    // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  std::optional<std::string> subject;   // As written

  static void fields(auto&& field) {
    field("message_id", &OfferAnswered::message_id);
    field("in_reply_to", &OfferAnswered::in_reply_to);
    field("sender", &OfferAnswered::sender, personal);
    field("client_id", &OfferAnswered::client_id);
    field("manager_id", &OfferAnswered::manager_id);
    field("subject", &OfferAnswered::subject, personal);
  }
  bool operator==(const OfferAnswered&) const = default;
};

// How far an offer satisfies the client's requirements.
struct OfferMatched {
  static constexpr std::string_view kName = "offer.matched";
  static constexpr int kVersion = 1;

  ClientId client_id;               // The client
  ManagerId manager_id;             // The manager who did it
  std::string offer_ref;            // Message-ID or call of the offer
  std::vector<std::string> met;     // Requirements that it satisfies
  std::vector<std::string> missed;  // Those that it does not

  static void fields(auto&& field) {
    field("client_id", &OfferMatched::client_id);
    field("manager_id", &OfferMatched::manager_id);
    field("offer_ref", &OfferMatched::offer_ref);
    field("met", &OfferMatched::met);
    field("missed", &OfferMatched::missed);
  }
  bool operator==(const OfferMatched&) const = default;
};

}  // namespace ledger
