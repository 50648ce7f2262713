#include "producers/email/sendgrid/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "platform/base64.h"
#include "platform/limits.h"
#include "producers/email/pushed_mail.h"

namespace ledger::sendgrid {

namespace {

using mail::OneFact;
using webhook::Fields;

struct Word {
  std::string_view event;
  std::optional<DeliveryStatus> status;
  std::string_view skipped;
};
constexpr std::array kWords{
    Word{"delivered", DeliveryStatus::kDelivered, {}},
    Word{"deferred", DeliveryStatus::kDelayed, {}},
    Word{"bounce", DeliveryStatus::kBouncedHard, {}},
    Word{"dropped", DeliveryStatus::kBouncedHard, {}},
    Word{"spamreport", DeliveryStatus::kComplained, {}},
    Word{"processed", {}, "SendGrid took the letter, which says nothing of its delivery"},
    Word{"open", {}, "what a reader does is nobody's business"},
    Word{"click", {}, "what a reader does is nobody's business"},
    Word{"group_resubscribe", {}, "a reader takes letters again"},
};

// The id that SendGrid gave the letter: what it appends for its own machines is left out.
std::string_view base_id(std::string_view sg_message_id) {
  const std::size_t end = std::min(sg_message_id.find(".filter"), sg_message_id.find(".recvd"));
  return sg_message_id.substr(0, end);
}

Result<std::string> read_message_id(const Fields& row) {
  if (const auto id = row.find("smtp-id")) return mail::message_id_of(*id);
  LEDGER_TRY(const std::string id, row.text("sg_message_id"));
  return mail::message_id_of(base_id(id));
}

Result<std::string> read_event_id(const Fields& row, std::string_view event) {
  if (const auto id = row.find("sg_event_id")) return fmt::format("{}|{}", *id, event);
  LEDGER_TRY(const std::string message, row.text("sg_message_id"));
  LEDGER_TRY(const std::string time, row.text("timestamp"));
  LEDGER_TRY(const std::string email, row.text("email"));
  return fmt::format("{}|{}|{}|{}", message, event, time, email);
}

DeliveryStatus status_of(const Fields& row, DeliveryStatus status) {
  if (row.find("event") != "bounce") return status;
  const bool soft =
      row.find("type") == "blocked" || row.find("status").value_or("").starts_with("4.");
  return soft ? DeliveryStatus::kBouncedSoft : status;
}

Result<OneFact> read_row(const Fields& row, const Settings& settings) {
  LEDGER_TRY(const std::string event, row.text("event"));
  if (event == "unsubscribe" || event == "group_unsubscribe") {
    return tl::unexpected(mail::unsubscribed("event"));
  }
  const auto* word = std::find_if(kWords.begin(), kWords.end(),
                                  [&](const Word& one) { return one.event == event; });
  if (word == kWords.end()) return tl::unexpected(mail::unknown_word(event, "event"));
  if (!word->status) return mail::no_fact(std::string(word->skipped));
  OfferDeliveryChanged data;
  LEDGER_TRY(std::string id, read_event_id(row, event));
  LEDGER_TRY(data.message_id, read_message_id(row));
  LEDGER_TRY(data.recipient, mail::address_of(row, "email"));
  LEDGER_TRY(const Timestamp time, mail::epoch_of(row, "timestamp"));
  data.status = status_of(row, *word->status);
  const std::string_view dropped = event == "dropped" ? "not sent" : "";
  data.reason = mail::reason_of(
      {dropped, row.find("reason").value_or(""), row.find("response").value_or("")});
  return mail::fact(std::move(id), settings.source, time, std::move(data));
}

std::optional<std::string> reason_to_call_it_old(std::string_view timestamp,
                                                 const Settings& settings) {
  if (!settings.age_max) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] =
      std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
  const auto now = std::chrono::floor<std::chrono::seconds>(settings.now().time_since_epoch());
  const bool read =
      error == std::errc() && end == timestamp.data() + timestamp.size() && seconds >= 0;
  if (read && now - std::chrono::seconds(seconds) <= *settings.age_max) return std::nullopt;
  return fmt::format("it was signed more than {} hours ago", settings.age_max->count());
}

}  // namespace

Mapped map_delivery(const http::Request& request, const Settings& settings) {
  const auto rows = Fields::rows_of(request);
  if (!rows) return mail::mapped_one(request.body, tl::unexpected(rows.error()));
  Mapped mapped;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto& row = (*rows)[i];
    auto one = row ? read_row(*row, settings) : Result<OneFact>(tl::unexpected(row.error()));
    if (!one) one = tl::unexpected(webhook::within_row(i, one.error()));
    mail::add(mapped, fmt::format("event {}", i), {}, std::move(one));
  }
  return mapped;
}

std::optional<std::string> forged(const http::Request& request, const Settings& settings) {
  const auto signature = base64_decode(request.header("x-twilio-email-event-webhook-signature"));
  const std::string_view timestamp = request.header("x-twilio-email-event-webhook-timestamp");
  if (!signature || timestamp.empty() ||
      !settings.key.verifies(SignatureHash::kSha256, *signature, timestamp, request.body)) {
    return "X-Twilio-Email-Event-Webhook-Signature does not fit the setting sendgrid-key";
  }
  return reason_to_call_it_old(timestamp, settings);
}

Webhook webhook(Settings settings) {
  Webhook webhook;
  webhook.name = "sendgrid";
  webhook.body_bytes_max = limits::kHttpBodyBytesMax;
  webhook.run_on = http::RunOn::kWorker;
  webhook.forged = [settings](const http::Request& request) { return forged(request, settings); };
  webhook.map = [settings = std::move(settings)](const http::Request& request) {
    return map_delivery(request, settings);
  };
  return webhook;
}

}  // namespace ledger::sendgrid
