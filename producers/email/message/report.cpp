#include "producers/email/message/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/limits.h"
#include "platform/utf8.h"
#include "producers/email/message/delivery_status.h"

namespace ledger::mail {

namespace {

constexpr std::size_t kReasonBytesMax = 1000;

Result<std::string> letter_of(const MimeMessage& message, const DeliveryFields& fields) {
  for (const auto& block : read_header_blocks(message.report->original_header)) {
    for (const auto& [name, value] : block) {
      if (keyword(name) != "message-id") continue;
      const auto ids = message_ids_in(value);
      if (!ids.empty()) return ids.front();
    }
  }
  for (const auto value : message.all("In-Reply-To")) {
    const auto ids = message_ids_in(value);
    if (!ids.empty()) return ids.front();
  }
  // Some systems send the message id as the envelope's.
  const auto ids = message_ids_in(fields.original_envelope_id);
  if (!ids.empty()) return ids.front();
  return fail(ErrorCode::kMissingField, "the report does not say which letter it is about",
              "message_id");
}

Result<Email> recipient_of(const RecipientStatus& recipient, const std::optional<Email>& by_path) {
  if (auto email = address_of(recipient.original_recipient)) return *std::move(email);
  if (by_path) return *by_path;
  if (auto email = address_of(recipient.final_recipient)) return *std::move(email);
  const bool said = !recipient.final_recipient.empty() || !recipient.original_recipient.empty();
  if (!said) {
    return fail(ErrorCode::kMissingField, "the report names no recipient", "recipient");
  }
  return fail(ErrorCode::kInvalidField, "the report names no mail address", "recipient");
}

std::optional<std::string> reason_of(const RecipientStatus& recipient) {
  std::string text = recipient.status;
  if (!recipient.diagnostic.empty()) text += (text.empty() ? "" : " ") + recipient.diagnostic;
  if (text.empty()) return std::nullopt;
  return one_line(excerpt(text, kReasonBytesMax));
}

Result<OfferDeliveryChanged> event_of(const RecipientStatus& recipient,
                                      const std::optional<Email>& by_path,
                                      const std::string& letter) {
  OfferDeliveryChanged event;
  event.message_id = letter;
  LEDGER_TRY(event.recipient, recipient_of(recipient, by_path));
  const auto status = status_of(recipient);
  if (!status) {
    if (recipient.action.empty()) {
      return fail(ErrorCode::kMissingField,
                  fmt::format("the report does not say what became of the letter to {}",
                              event.recipient.text()),
                  "action");
    }
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is none of failed, delayed, delivered, relayed, expanded",
                            excerpt(recipient.action, 60)),
                "action");
  }
  event.status = *status;
  event.reason = reason_of(recipient);
  return event;
}

}  // namespace

std::optional<Email> recipient_by_return_path(const MimeMessage& message,
                                              const Settings& settings) {
  for (const auto header : {"To", "X-Original-To", "Delivered-To"}) {
    for (const auto& mailbox : mailboxes_of(message, header)) {
      if (!mailbox.address) continue;
      if (!settings.own_domains.empty() && !is_ours(*mailbox.address, settings)) continue;
      if (auto email = recipient_in_return_path(*mailbox.address)) return email;
    }
  }
  return std::nullopt;
}

Status map_report(const MimeMessage& message, const Settings& settings, Mapped& mapped) {
  DeliveryFields fields = read_delivery_status(message.report->status);
  auto by_path = recipient_by_return_path(message, settings);
  // Without a block of it the recipient may be known all the same, though not what became of the
  // letter.
  if (fields.recipients.empty() && by_path) fields.recipients.emplace_back();
  if (fields.recipients.empty()) {
    return fail(ErrorCode::kMissingField, "the report names no recipient", "recipient");
  }
  if (fields.recipients.size() > kRecipientsMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("a report is about {} recipients at most", kRecipientsMax),
                "recipient");
  }
  LEDGER_TRY(const std::string letter, letter_of(message, fields));
  LEDGER_TRY(const LetterTime time, read_time(message, settings));
  const LetterId id = read_message_id(message);
  if (fields.recipients.size() > 1) by_path.reset();  // of which of them is not told
  const auto submission_of = [&](const RecipientStatus& recipient) -> Result<Submission> {
    LEDGER_TRY(auto event, event_of(recipient, by_path, letter));
    std::string event_id = id.text + "|" + event.recipient.text();
    return to_submission(std::move(event_id), settings, time.occurred_at,
                         EventData(std::move(event)));
  };
  std::size_t number = 0;
  for (const auto& recipient : fields.recipients) {
    ++number;
    auto submission = submission_of(recipient);
    if (submission) {
      mapped.events.push_back(*std::move(submission));
    } else {
      mapped.refused.push_back({fmt::format("recipient {} of the report", number),
                                recipient.final_recipient, std::move(submission).error()});
    }
  }
  return {};
}

}  // namespace ledger::mail
