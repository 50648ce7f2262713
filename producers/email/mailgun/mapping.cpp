#include "producers/email/mailgun/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "producers/email/mailgun/signature.h"
#include "producers/email/pushed_mail.h"

namespace ledger::mailgun {

namespace {

using mail::OneFact;
using webhook::Fields;

struct Word {
  std::string_view event;
  std::optional<DeliveryStatus> status;
};
constexpr std::array kWords{
    Word{"delivered", DeliveryStatus::kDelivered},
    Word{"failed", DeliveryStatus::kBouncedHard},
    Word{"rejected", DeliveryStatus::kBouncedHard},
    Word{"complained", DeliveryStatus::kComplained},
    Word{"accepted", {}},
    Word{"opened", {}},
    Word{"clicked", {}},
    Word{"stored", {}},
};
constexpr std::array kLegacyWords{
    Word{"delivered", DeliveryStatus::kDelivered},
    Word{"bounced", DeliveryStatus::kBouncedHard},
    Word{"dropped", DeliveryStatus::kBouncedHard},
    Word{"complained", DeliveryStatus::kComplained},
    Word{"opened", {}},
    Word{"clicked", {}},
};

template <std::size_t N>
Result<std::optional<DeliveryStatus>> status_in(const std::array<Word, N>& words,
                                                std::string_view event, std::string field) {
  if (event == "unsubscribed") return tl::unexpected(mail::unsubscribed(std::move(field)));
  const auto* word =
      std::find_if(words.begin(), words.end(), [&](const Word& one) { return one.event == event; });
  if (word == words.end()) return tl::unexpected(mail::unknown_word(event, std::move(field)));
  return word->status;
}

std::string_view text(const Fields& fields, std::string_view name) {
  return fields.find(name).value_or("");
}

bool has_tag(const Fields& fields, std::string_view tag) {
  if (tag.empty()) return false;
  for (std::size_t i = 0; i < fields.count("event-data.tags"); ++i) {
    if (fields.find(fmt::format("event-data.tags.{}", i)) == tag) return true;
  }
  return false;
}

Result<std::string> read_event_id(const Fields& fields, Timestamp time) {
  LEDGER_TRY(const std::string id, fields.text("event-data.id"));
  return fmt::format("{}|{}", id, format_timestamp(time).substr(0, 10));
}

// The offer as any other letter is read, but told of one recipient: the rest of them have events
// of their own.
Result<OneFact> read_offer(const Fields& fields, Timestamp time, const Settings& settings) {
  if (!has_tag(fields, settings.offer_category)) {
    return mail::no_fact("Mailgun took a letter that is not marked as an offer");
  }
  LEDGER_TRY(const std::string id, fields.text("event-data.message.headers.message-id"));
  LEDGER_TRY(const std::string from, fields.text("event-data.message.headers.from"));
  LEDGER_TRY(const Email recipient, mail::address_of(fields, "event-data.recipient"));
  const mail::Letter letter{
      {{"Message-ID", mail::message_id_of(id)},
       {"From", from},
       {"To", recipient.text()},
       {"Date", mail::header_date(time)},
       {"Subject", std::string(text(fields, "event-data.message.headers.subject"))},
       {"X-Offer", settings.offer_category}}};
  Mapped mapped = mail::map_message(mail::compose(letter), {.source = settings.source});
  if (!mapped.refused.empty()) return tl::unexpected(mapped.refused.front().error);
  if (mapped.events.empty()) return mail::no_fact("its recipient is the house, or nobody");
  Submission offer = std::move(mapped.events.front());
  offer.id = fmt::format("{}|{}", mail::message_id_of(id), recipient.text());
  return OneFact{std::move(offer)};
}

// Of a rejected letter the recipient stands in its headers alone.
std::string_view recipient_field(const Fields& fields) {
  return fields.find("event-data.recipient") ? "event-data.recipient"
                                             : "event-data.message.headers.to";
}

Result<OneFact> read_event(const Fields& fields, const Settings& settings) {
  LEDGER_TRY(const std::string event, fields.text("event-data.event"));
  LEDGER_TRY(auto status, status_in(kWords, event, "event-data.event"));
  if (!status && event != "accepted") {
    return mail::no_fact(fmt::format("'{}' says nothing of a delivery", event));
  }
  LEDGER_TRY(const Timestamp time, mail::epoch_of(fields, "event-data.timestamp"));
  if (!status) return read_offer(fields, time, settings);
  if (event == "failed") {
    LEDGER_TRY(const std::string severity, fields.text("event-data.severity"));
    if (severity == "temporary") {
      status = DeliveryStatus::kDelayed;
    } else if (severity != "permanent") {
      return tl::unexpected(mail::unknown_word(severity, "event-data.severity"));
    }
  }
  OfferDeliveryChanged data;
  LEDGER_TRY(std::string id, read_event_id(fields, time));
  LEDGER_TRY(const std::string message_id, fields.text("event-data.message.headers.message-id"));
  LEDGER_TRY(data.recipient, mail::address_of(fields, recipient_field(fields)));
  data.message_id = mail::message_id_of(message_id);
  data.status = *status;
  data.reason = mail::reason_of(
      {event == "rejected" ? "not sent" : "", text(fields, "event-data.reason"),
       text(fields, "event-data.reject.reason"), text(fields, "event-data.delivery-status.code"),
       text(fields, "event-data.delivery-status.description"),
       text(fields, "event-data.delivery-status.message")});
  return mail::fact(std::move(id), settings.source, time, std::move(data));
}

Result<OneFact> read_legacy(const Fields& fields, const Settings& settings) {
  LEDGER_TRY(const std::string event, fields.text("event"));
  LEDGER_TRY(const auto status, status_in(kLegacyWords, event, "event"));
  if (!status) return mail::no_fact(fmt::format("'{}' says nothing of a delivery", event));
  OfferDeliveryChanged data;
  LEDGER_TRY(const Timestamp time, mail::epoch_of(fields, "timestamp"));
  LEDGER_TRY(std::string token, fields.text("token"));
  const std::string_view id_field = fields.find("message-id") ? "message-id" : "Message-Id";
  LEDGER_TRY(const std::string message_id, fields.text(id_field));
  LEDGER_TRY(data.recipient, mail::address_of(fields, "recipient"));
  data.message_id = mail::message_id_of(message_id);
  data.status = *status;
  data.reason =
      mail::reason_of({event == "dropped" ? "not sent" : "", text(fields, "reason"),
                       text(fields, "code"), text(fields, "error"), text(fields, "description")});
  return mail::fact(std::move(token), settings.source, time, std::move(data));
}

http::Response stopped(std::string_view detail) {
  return {406, "text/plain; charset=utf-8", fmt::format("{}\n", detail)};
}

std::optional<http::Response> refuse(const http::Request& request, const Settings& settings,
                                     Tokens& tokens) {
  const auto fields = fields_of(request);
  const auto signature =
      fields ? signature_of(*fields) : Result<Signature>(tl::unexpected(fields.error()));
  if (!signature || !fits(*signature, settings.signing_key)) {
    return http::forbidden("the signature does not fit the setting mailgun-signing-key");
  }
  if (is_older(*signature, settings.now(), settings.age_max)) {
    return stopped(fmt::format("it was signed more than {} hours ago", settings.age_max.count()));
  }
  if (!tokens.takes(signature->token, digest_of(*fields))) {
    return stopped("its token came with another event before");
  }
  return std::nullopt;
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  const auto fields = fields_of(request);
  if (!fields) return mail::mapped_one(request.body, tl::unexpected(fields.error()));
  return mail::mapped_one(request.body, is_legacy(*fields) ? read_legacy(*fields, settings)
                                                           : read_event(*fields, settings));
}

Webhook webhook(Settings settings) {
  Webhook webhook;
  webhook.name = "mailgun";
  // Shared by the copies of the function: a token is known to all of them.
  webhook.refuse = [settings, tokens = std::make_shared<Tokens>()](const http::Request& request) {
    return refuse(request, settings, *tokens);
  };
  webhook.map = [settings = std::move(settings)](const http::Request& request) {
    return map_delivery(request, settings);
  };
  return webhook;
}

}  // namespace ledger::mailgun
