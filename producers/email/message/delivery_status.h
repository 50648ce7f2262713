#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/offer_response.h"
#include "producers/email/message/mime_message.h"

namespace ledger::mail {

// The fields of one recipient in a delivery report (RFC 3464 2.3), undecoded; empty: not said.
struct RecipientStatus {
  std::string original_recipient;  // "rfc822; buyer@firm.ua"
  std::string final_recipient;
  std::string action;  // "failed"
  std::string status;  // "5.1.1"
  std::string diagnostic;
};
struct DeliveryFields {
  std::string original_envelope_id;
  std::vector<RecipientStatus> recipients;  // in order
};

// Reads message/delivery-status and message/global-delivery-status. Fields that it does not know
// are passed over, and so is an order of blocks that the standard does not allow: what names a
// recipient or an action is one of a recipient.
[[nodiscard]] DeliveryFields read_delivery_status(std::string_view text);

// The address of a field such as "rfc822; Buyer <buyer@firm.ua>" or "utf-8; \x{431}@firm.ua" (RFC
// 6533 3); nullopt: of another kind of address, or none.
[[nodiscard]] std::optional<Email> address_of(std::string_view field);

// What an action and a code say; nullopt: an action that RFC 3464 does not know, or none but with a
// code of class 5, which is a failure by itself (RFC 3463 2). A failure is soft where its code, or
// that of the diagnostic, begins with 4: it may pass.
[[nodiscard]] std::optional<DeliveryStatus> status_of(const RecipientStatus& recipient);

// The recipient that our own variable envelope sender names (VERP): firm.ua's buyer of
// "manager+buyer=firm.ua@house.ua"; nullopt: it names none.
[[nodiscard]] std::optional<Email> recipient_in_return_path(const Email& address);

}  // namespace ledger::mail
