#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/money.h"

namespace ledger {

struct MailAttachment {
  std::string name;
  std::string media_type;
  std::int64_t size_bytes = 0;
  std::string sha256;  // lower-case hex; the content itself is not kept

  static void fields(auto&& field) {
    field("name", &MailAttachment::name);
    field("media_type", &MailAttachment::media_type);
    field("size_bytes", &MailAttachment::size_bytes);
    field("sha256", &MailAttachment::sha256);
  }
  [[nodiscard]] Status validate() const {
    if (size_bytes < 0) return fail(ErrorCode::kOutOfRange, "a size is not negative", "size_bytes");
    if (sha256.size() != 64 || sha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
      return fail(ErrorCode::kInvalidField, "must be 64 lower-case hex digits", "sha256");
    }
    return {};
  }
  bool operator==(const MailAttachment&) const = default;
};

// A commercial offer went by mail to one company (job description 3.1). A letter to three companies
// is three events with one message_id; people of one company are recipients of one event.
struct OfferEmailed {
  static constexpr std::string_view kName = "offer.emailed";
  static constexpr int kVersion = 1;

  std::string message_id;  // RFC 5322, with its angle brackets
  Email sender;
  std::vector<Email> recipients;
  std::optional<std::string> subject;
  std::optional<std::string> in_reply_to;
  std::vector<MailAttachment> attachments;
  std::optional<ClientId> client_id;
  std::optional<ManagerId> manager_id;

  static void fields(auto&& field) {
    field("message_id", &OfferEmailed::message_id);
    field("sender", &OfferEmailed::sender, personal);
    field("recipients", &OfferEmailed::recipients, personal);
    field("subject", &OfferEmailed::subject, personal);
    field("in_reply_to", &OfferEmailed::in_reply_to);
    field("attachments", &OfferEmailed::attachments);
    field("client_id", &OfferEmailed::client_id);
    field("manager_id", &OfferEmailed::manager_id);
  }
  [[nodiscard]] Status validate() const {
    if (recipients.empty()) {
      return fail(ErrorCode::kMissingField, "an offer has at least one recipient", "recipients");
    }
    return {};
  }
  bool operator==(const OfferEmailed&) const = default;
};

// A commercial offer was made by telephone (job description 3.1: 20 companies a day).
struct OfferPhoned {
  static constexpr std::string_view kName = "offer.phoned";
  static constexpr int kVersion = 1;

  ClientId client_id;
  ManagerId manager_id;
  std::string subject;
  std::optional<CallId> call_id;  // the call in which it was made; without it: self-reported
  std::optional<Money> amount;

  static void fields(auto&& field) {
    field("client_id", &OfferPhoned::client_id);
    field("manager_id", &OfferPhoned::manager_id);
    field("subject", &OfferPhoned::subject);
    field("call_id", &OfferPhoned::call_id);
    field("amount", &OfferPhoned::amount);
  }
  bool operator==(const OfferPhoned&) const = default;
};

}  // namespace ledger
