#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"

namespace ledger {

enum class DeliveryStatus {
  kDelivered,
  kDelayed,      // still being tried
  kBouncedSoft,  // given up, for a reason that may pass: a full box, a server that did not answer
  kBouncedHard,
  kComplained,
  kRelayed,   // handed to a system that reports nothing further
  kExpanded,  // delivered to a list
};
constexpr auto names(DeliveryStatus) {
  return words("delivered", "delayed", "bounced_soft", "bounced_hard", "complained", "relayed",
               "expanded");
}

// What became of a letter at one recipient's (RFC 3464). A hard bounce of all takes the offer back
// on its own day.
struct OfferDeliveryChanged {
  static constexpr std::string_view kName = "offer.delivery_changed";
  static constexpr int kVersion = 1;
  static constexpr bool kComesInCopies = true;

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

// A client answered a letter that we sent. Whether that was an offer is judged where it is asked
// (rule email_offer), like of the letter itself.
struct OfferAnswered {
  static constexpr std::string_view kName = "offer.answered";
  static constexpr int kVersion = 1;
  static constexpr bool kComesInCopies = true;

  std::string message_id;               // Of the answer
  std::string in_reply_to;              // Of the offer
  Email sender;                         // Who answered
  std::optional<ClientId> client_id;    // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  std::optional<std::string> subject;   // As written
  // The other letters of the thread, the oldest first, the offer perhaps among them.
  std::vector<std::string> references = {};
  std::optional<Email> own_address = {};        // Whom it went to; names the manager
  std::optional<bool> weak_id = {};             // message_id is a digest: the letter had none
  std::optional<std::string> sender_date = {};  // Date as written, if far from it
  // Why our gateway does not believe the sender's address; such an answer settles nothing.
  std::optional<std::string> authentication_failure = {};

  static void fields(auto&& field) {
    field("message_id", &OfferAnswered::message_id);
    field("in_reply_to", &OfferAnswered::in_reply_to);
    field("sender", &OfferAnswered::sender, personal);
    field("client_id", &OfferAnswered::client_id);
    field("manager_id", &OfferAnswered::manager_id);
    field("subject", &OfferAnswered::subject, personal);
    field("references", &OfferAnswered::references);
    field("own_address", &OfferAnswered::own_address, personal);
    field("weak_id", &OfferAnswered::weak_id);
    field("sender_date", &OfferAnswered::sender_date, of_copy);
    field("authentication_failure", &OfferAnswered::authentication_failure);
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
