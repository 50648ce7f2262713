#include "producers/email/ses/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "producers/email/pushed_mail.h"

namespace ledger::ses {

namespace {

using mail::OneFact;
using webhook::Fields;

std::string_view text(const Fields& fields, std::string_view name) {
  return fields.find(name).value_or("");
}

// A header of the letter as the house wrote it, where SES passes headers on.
std::optional<std::string> header(const Fields& fields, std::string_view lower_case_name) {
  for (std::size_t i = 0; i < fields.count("mail.headers"); ++i) {
    std::string name(text(fields, fmt::format("mail.headers.{}.name", i)));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (name == lower_case_name) {
      return std::string(text(fields, fmt::format("mail.headers.{}.value", i)));
    }
  }
  return std::nullopt;
}

// The domain of the ids that SES writes. Its topics are in the region of their letters.
std::string id_domain(std::string_view topic_arn) {
  std::string region(topic_arn);
  for (int i = 0; i < 3; ++i) region.erase(0, region.find(':') + 1);
  region.resize(std::min(region.find(':'), region.size()));
  return region == "us-east-1" ? "email.amazonses.com" : region + ".amazonses.com";
}

Result<std::string> read_message_id(const Fields& fields, std::string_view topic_arn) {
  const std::string own(header(fields, "message-id").value_or(""));
  // commonHeaders may hold SES's own id in its place.
  const auto common = text(fields, "mail.commonHeaders.messageId");
  for (const std::string_view id : {std::string_view(own), common}) {
    if (id.find('@') != std::string_view::npos) return mail::message_id_of(id);
  }
  LEDGER_TRY(const std::string id, fields.text("mail.messageId"));
  return fmt::format("<{}@{}>", id, id_domain(topic_arn));
}

// What a kind of notification says of each of its recipients.
struct Kind {
  std::string_view type;
  DeliveryStatus status;
  std::string_view time;  // fields
  std::string_view list;
  std::string_view address;  // of an item of the list; empty: the item is the address
};
constexpr std::array kKinds{
    Kind{"Delivery", DeliveryStatus::kDelivered, "delivery.timestamp", "delivery.recipients", {}},
    Kind{"DeliveryDelay", DeliveryStatus::kDelayed, "deliveryDelay.timestamp",
         "deliveryDelay.delayedRecipients", "emailAddress"},
    Kind{"Bounce", DeliveryStatus::kBouncedHard, "bounce.timestamp", "bounce.bouncedRecipients",
         "emailAddress"},
    Kind{"Complaint", DeliveryStatus::kComplained, "complaint.timestamp",
         "complaint.complainedRecipients", "emailAddress"},
    Kind{"Reject", DeliveryStatus::kBouncedHard, "mail.timestamp", "mail.destination", {}},
    Kind{"Rendering Failure",
         DeliveryStatus::kBouncedHard,
         "mail.timestamp",
         "mail.destination",
         {}},
};

struct Told {
  DeliveryStatus status;
  std::string type;  // of the id
};

Result<Told> told_by(const Fields& fields, const Kind& kind) {
  Told told{kind.status, std::string(kind.type)};
  if (kind.type == "Bounce") {
    LEDGER_TRY(const std::string type, fields.text("bounce.bounceType"));
    if (type != "Permanent") told.status = DeliveryStatus::kBouncedSoft;
    told.type += "." + type;
  }
  if (kind.type == "Complaint") {
    if (text(fields, "complaint.complaintSubType") == "OnAccountSuppressionList") {
      told.status = DeliveryStatus::kBouncedHard;
    } else if (fields.count(kind.list) > 1) {
      return fail(ErrorCode::kInvalidField,
                  "one of several recipients may have complained, and SES does not say who",
                  std::string(kind.list));
    }
  }
  return told;
}

std::optional<std::string> reason(const Fields& fields, const Kind& kind, std::string_view item) {
  if (kind.type == "Bounce") {
    return mail::reason_of({text(fields, "bounce.bounceType"), text(fields, "bounce.bounceSubType"),
                            text(fields, fmt::format("{}.status", item)),
                            text(fields, fmt::format("{}.diagnosticCode", item))});
  }
  if (kind.type == "Complaint") {
    return mail::reason_of({text(fields, "complaint.complaintSubType"),
                            text(fields, "complaint.complaintFeedbackType")});
  }
  if (kind.type == "DeliveryDelay") {
    return mail::reason_of({text(fields, "deliveryDelay.delayType"),
                            text(fields, fmt::format("{}.status", item)),
                            text(fields, fmt::format("{}.diagnosticCode", item))});
  }
  if (kind.type == "Delivery") return mail::reason_of({text(fields, "delivery.smtpResponse")});
  return mail::reason_of(
      {"not sent", text(fields, "reject.reason"), text(fields, "failure.errorMessage")});
}

Result<OneFact> read_recipient(const Fields& fields, const Kind& kind, const Told& told,
                               const std::string& item, const Settings& settings) {
  OfferDeliveryChanged data;
  const std::string field = kind.address.empty() ? item : fmt::format("{}.{}", item, kind.address);
  LEDGER_TRY(const std::string id, fields.text("mail.messageId"));
  LEDGER_TRY(data.message_id, read_message_id(fields, text(fields, "TopicArn")));
  LEDGER_TRY(const Timestamp time, mail::instant_of(fields, kind.time));
  LEDGER_TRY(data.recipient, mail::address_of(fields, field));
  data.status = told.status;
  data.reason = reason(fields, kind, item);
  std::string event_id = fmt::format("{}|{}|{}", id, data.recipient.text(), told.type);
  return mail::fact(std::move(event_id), settings.source, time, std::move(data));
}

Mapped read_kind(const Fields& fields, const Kind& kind, const Settings& settings) {
  Mapped mapped;
  if (text(fields, "complaint.complaintFeedbackType") == "not-spam") {
    mail::add(mapped, "complaint", {}, mail::no_fact("the reader says that it is no spam"));
    return mapped;
  }
  const auto told = told_by(fields, kind);
  const std::size_t count = fields.count(kind.list);
  if (!told || count == 0) {
    const Error none{ErrorCode::kMissingField, "names no recipient", std::string(kind.list)};
    return mail::mapped_one({}, tl::unexpected(told ? none : told.error()));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string item = fmt::format("{}.{}", kind.list, i);
    mail::add(mapped, item, {}, read_recipient(fields, kind, *told, item, settings));
  }
  return mapped;
}

bool has_tag(const Fields& fields, std::string_view value) {
  return !value.empty() &&
         std::any_of(fields.all().begin(), fields.all().end(), [&](const auto& one) {
           return one.second == value && one.first.starts_with("mail.tags.");
         });
}

Mapped read_send(const Fields& fields, const Settings& settings) {
  const auto one = [](Result<OneFact> result) { return mail::mapped_one({}, std::move(result)); };
  if (!has_tag(fields, settings.offer_category)) {
    return one(mail::no_fact("SES took a letter that is not marked as an offer"));
  }
  const auto message_id = read_message_id(fields, text(fields, "TopicArn"));
  if (!message_id) return one(tl::unexpected(message_id.error()));
  const auto time = mail::instant_of(fields, "mail.timestamp");
  if (!time) return one(tl::unexpected(time.error()));
  const auto from =
      header(fields, "from").value_or(std::string(text(fields, "mail.commonHeaders.from.0")));
  std::string recipients;
  for (std::size_t i = 0; i < fields.count("mail.destination"); ++i) {
    recipients +=
        (i == 0 ? "" : ", ") + std::string(text(fields, fmt::format("mail.destination.{}", i)));
  }
  mail::Letter letter{{{"Message-ID", *message_id},
                       {"From", from},
                       {"To", recipients},
                       {"Date", mail::header_date(*time)},
                       {"Subject", std::string(text(fields, "mail.commonHeaders.subject"))},
                       {"X-Offer", settings.offer_category}}};
  if (auto id = header(fields, "in-reply-to")) letter.headers.emplace_back("In-Reply-To", *id);
  return mail::map_message(mail::compose(letter), {.source = settings.source});
}

Mapped read_message(const Fields& fields, const Settings& settings) {
  const auto one = [](Result<OneFact> result) { return mail::mapped_one({}, std::move(result)); };
  const std::string_view field = fields.find("eventType") ? "eventType" : "notificationType";
  const auto type = fields.text(field);
  if (!type) return one(tl::unexpected(type.error()));
  const auto* kind = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const Kind& known) { return known.type == *type; });
  if (kind != kKinds.end()) return read_kind(fields, *kind, settings);
  if (*type == "Send") return read_send(fields, settings);
  if (*type == "Open" || *type == "Click") {
    return one(mail::no_fact("what a reader does is nobody's business"));
  }
  if (*type == "Subscription") return one(tl::unexpected(mail::unsubscribed(std::string(field))));
  return one(tl::unexpected(mail::unknown_word(*type, std::string(field))));
}

// What SES says, with the topic of the envelope beside it.
Result<Fields> message_of(const Fields& envelope) {
  LEDGER_TRY(const std::string message, envelope.text("Message"));
  LEDGER_TRY(const std::string topic, envelope.text("TopicArn"));
  LEDGER_TRY(Fields fields, Fields::of_json(message));
  LEDGER_CHECK(fields.set("TopicArn", topic));
  return fields;
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  const auto one = [&](Result<OneFact> result) {
    return mail::mapped_one(request.body, std::move(result));
  };
  const auto envelope = Fields::of_json(request.body);
  if (!envelope) return one(tl::unexpected(envelope.error()));
  const auto type = envelope->text("Type");
  if (!type) return one(tl::unexpected(type.error()));
  if (*type != "Notification") return one(mail::no_fact(*type + " tells of no letter"));
  if (text(*envelope, "Message").starts_with("Successfully validated SNS topic")) {
    return one(mail::no_fact("SES tries out its topic"));
  }
  const auto fields = message_of(*envelope);
  if (!fields) {
    Error error = fields.error();
    if (error.field.empty()) error.field = "Message";
    return one(tl::unexpected(std::move(error)));
  }
  return read_message(*fields, settings);
}

}  // namespace ledger::ses
