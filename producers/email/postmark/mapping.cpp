#include "producers/email/postmark/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "platform/limits.h"
#include "producers/email/postmark/inbound.h"
#include "producers/email/pushed_mail.h"
#include "producers/webhook/credentials.h"

namespace ledger::postmark {

namespace {

using mail::OneFact;
using webhook::Fields;

struct BounceType {
  std::string_view type;
  std::optional<DeliveryStatus> status;  // nullopt: the letter arrived, or nobody was to get it
};
constexpr std::array kBounceTypes{
    BounceType{"HardBounce", DeliveryStatus::kBouncedHard},
    BounceType{"BadEmailAddress", DeliveryStatus::kBouncedHard},
    BounceType{"ManuallyDeactivated", DeliveryStatus::kBouncedHard},
    BounceType{"Unconfirmed", DeliveryStatus::kBouncedHard},
    BounceType{"SoftBounce", DeliveryStatus::kBouncedSoft},
    BounceType{"Blocked", DeliveryStatus::kBouncedSoft},
    BounceType{"DMARCPolicy", DeliveryStatus::kBouncedSoft},
    BounceType{"VirusNotification", DeliveryStatus::kBouncedSoft},
    BounceType{"Transient", DeliveryStatus::kDelayed},
    BounceType{"DnsError", DeliveryStatus::kDelayed},
    BounceType{"SpamNotification", DeliveryStatus::kComplained},
    BounceType{"SpamComplaint", DeliveryStatus::kComplained},
    BounceType{"AutoResponder", {}},
    BounceType{"AddressChange", {}},
    BounceType{"ChallengeVerification", {}},
    BounceType{"OpenRelayTest", {}},
    BounceType{"Subscribe", {}},
};

std::string_view text(const Fields& fields, std::string_view name) {
  return fields.find(name).value_or("");
}

// The house's own id where it gave Postmark one along; Postmark writes a new one into the letter.
Result<std::string> read_message_id(const Fields& fields) {
  for (const std::string_view name : {"Metadata.message-id", "Metadata.Message-ID"}) {
    if (const auto id = fields.find(name)) return mail::message_id_of(*id);
  }
  LEDGER_TRY(const std::string id, fields.text("MessageID"));
  if (id.find('@') != std::string::npos) return mail::message_id_of(id);
  return fmt::format("<{}@mtasv.net>", id);
}

Result<OneFact> read_bounce(const Fields& fields, const Settings& settings) {
  LEDGER_TRY(const std::string type, fields.text("Type"));
  if (type == "Unsubscribe" || type == "ManualSuppression") {
    return tl::unexpected(mail::unsubscribed("Type"));
  }
  const auto* known = std::find_if(kBounceTypes.begin(), kBounceTypes.end(),
                                   [&](const BounceType& one) { return one.type == type; });
  if (known == kBounceTypes.end()) return tl::unexpected(mail::unknown_word(type, "Type"));
  if (!known->status) return mail::no_fact(fmt::format("'{}' is no bounce", type));
  OfferDeliveryChanged data;
  LEDGER_TRY(const std::string id, fields.text("ID"));
  LEDGER_TRY(data.message_id, read_message_id(fields));
  LEDGER_TRY(data.recipient, mail::address_of(fields, "Email"));
  LEDGER_TRY(const Timestamp time, mail::instant_of(fields, "BouncedAt"));
  data.status = *known->status;
  data.reason = mail::reason_of({text(fields, "Name"), text(fields, "Details")});
  return mail::fact(fmt::format("{}|{}", id, type), settings.source, time, std::move(data));
}

Result<OneFact> read_delivered(const Fields& fields, const Settings& settings) {
  OfferDeliveryChanged data;
  LEDGER_TRY(const std::string id, fields.text("MessageID"));
  LEDGER_TRY(data.message_id, read_message_id(fields));
  LEDGER_TRY(data.recipient, mail::address_of(fields, "Recipient"));
  LEDGER_TRY(const Timestamp time, mail::instant_of(fields, "DeliveredAt"));
  data.status = DeliveryStatus::kDelivered;
  data.reason = mail::reason_of({text(fields, "Details")});
  std::string event_id = fmt::format("{}|Delivery|{}", id, data.recipient.text());
  return mail::fact(std::move(event_id), settings.source, time, std::move(data));
}

Result<OneFact> read_subscription(const Fields& fields) {
  LEDGER_TRY(const std::string suppressed, fields.text("SuppressSending"));
  if (suppressed != "true") return mail::no_fact("a reader takes letters again");
  // What a bounce or a complaint has caused was told by itself.
  if (text(fields, "SuppressionReason") != "ManualSuppression") {
    return mail::no_fact("the bounce or complaint behind it is a record of its own");
  }
  return tl::unexpected(mail::unsubscribed("SuppressionReason"));
}

Result<OneFact> read_record(const Fields& fields, const Settings& settings) {
  LEDGER_TRY(const std::string type, fields.text("RecordType"));
  if (type == "Delivery") return read_delivered(fields, settings);
  if (type == "Bounce" || type == "SpamComplaint") return read_bounce(fields, settings);
  if (type == "SubscriptionChange") return read_subscription(fields);
  if (type == "Open" || type == "Click") {
    return mail::no_fact("what a reader does is nobody's business");
  }
  return tl::unexpected(mail::unknown_word(type, "RecordType"));
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  const auto fields = Fields::of_json(request.body);
  if (!fields) return mail::mapped_one(request.body, tl::unexpected(fields.error()));
  if (is_inbound(*fields)) return map_inbound(*fields, settings);
  return mail::mapped_one(request.body, read_record(*fields, settings));
}

Webhook webhook(Settings settings) {
  Webhook webhook;
  webhook.name = "postmark";
  webhook.body_bytes_max = limits::kHttpBodyBytesMax;  // a letter with what is attached to it
  webhook.run_on = http::RunOn::kWorker;
  // Another letter under a Message-ID that is known is a forgery, or of a program that uses ids
  // twice.
  webhook.restates = false;
  webhook.forged = [credentials = settings.credentials](
                       const http::Request& request) -> std::optional<std::string> {
    if (webhook::has_credentials(request, credentials)) return std::nullopt;
    return "the credentials are not those of postmark-user and postmark-password";
  };
  webhook.map = [settings = std::move(settings)](const http::Request& request) {
    return map_delivery(request, settings);
  };
  return webhook;
}

}  // namespace ledger::postmark
