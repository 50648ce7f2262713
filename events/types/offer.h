#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/money.h"

namespace ledger {

// SHA-256 in lower-case hex.
[[nodiscard]] inline Status check_digest(std::string_view digest, std::string field) {
  if (digest.size() == 64 && digest.find_first_not_of("0123456789abcdef") == std::string::npos) {
    return {};
  }
  return fail(ErrorCode::kInvalidField, "must be 64 lower-case hex digits", std::move(field));
}

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
    return check_digest(sha256, "sha256");
  }
  bool operator==(const MailAttachment&) const = default;
};

// The headers by which a program that writes letters says of one that it is an offer, of which
// template, or of which campaign. What they hold is kept with the letter, and no other header's.
inline constexpr std::array<std::string_view, 3> kOfferHeaders{"X-Offer", "X-Template",
                                                               "X-Campaign"};
// Marks by which a rule knows an offer: one of these, or all that one says ("X-Template: spring").
[[nodiscard]] inline Status check_header_marks(const std::vector<std::string>& marks,
                                               std::string field) {
  for (const std::string_view mark : marks) {
    const std::string_view name = mark.substr(0, mark.find(':'));
    if (std::find(kOfferHeaders.begin(), kOfferHeaders.end(), name) != kOfferHeaders.end())
      continue;
    return fail(ErrorCode::kInvalidField,
                "is none of the headers that are kept of a letter: X-Offer, X-Template, X-Campaign",
                std::move(field));
  }
  return {};
}

// A commercial offer went by mail to one company (job description 3.1). A letter to three companies
// is three events with one message_id; people of one company are recipients of one event.
struct OfferEmailed {
  static constexpr std::string_view kName = "offer.emailed";
  static constexpr int kVersion = 1;
  static constexpr bool kComesInCopies = true;

  std::string message_id;  // RFC 5322, with its angle brackets
  Email sender;
  std::vector<Email> recipients;
  std::optional<std::string> subject;
  std::optional<std::string> in_reply_to;
  std::vector<MailAttachment> attachments;
  std::optional<ClientId> client_id;
  std::optional<ManagerId> manager_id;
  // Addresses of the house in To and Cc: a rule may know an offer by them (rule_parameters.h).
  std::vector<Email> house_recipients = {};
  // The letter had no Message-ID: message_id is a digest of what it says.
  std::optional<bool> weak_id = {};
  // The Date header as written, where it is far from when the gateway took the letter.
  std::optional<std::string> sender_date = {};
  // Digest of the text, so that another letter under the same id is told apart.
  std::optional<std::string> text_sha256 = {};
  // Why our gateway does not believe the sender's address; nobody's norm counts such a letter.
  std::optional<std::string> authentication_failure = {};
  // What kOfferHeaders said, "X-Offer: 17": a rule may know an offer by it (rule_parameters.h).
  std::vector<std::string> offer_headers = {};

  static void fields(auto&& field) {
    field("message_id", &OfferEmailed::message_id);
    field("sender", &OfferEmailed::sender, personal);
    field("recipients", &OfferEmailed::recipients, personal);
    field("subject", &OfferEmailed::subject, personal);
    field("in_reply_to", &OfferEmailed::in_reply_to);
    field("attachments", &OfferEmailed::attachments);
    field("client_id", &OfferEmailed::client_id);
    field("manager_id", &OfferEmailed::manager_id);
    field("house_recipients", &OfferEmailed::house_recipients, personal);
    field("weak_id", &OfferEmailed::weak_id);
    field("sender_date", &OfferEmailed::sender_date, of_copy);
    field("text_sha256", &OfferEmailed::text_sha256);
    field("authentication_failure", &OfferEmailed::authentication_failure);
    field("offer_headers", &OfferEmailed::offer_headers, of_copy);
  }
  [[nodiscard]] Status validate() const {
    if (recipients.empty()) {
      return fail(ErrorCode::kMissingField, "an offer has at least one recipient", "recipients");
    }
    if (text_sha256) return check_digest(*text_sha256, "text_sha256");
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
