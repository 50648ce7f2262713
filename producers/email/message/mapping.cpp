#include "producers/email/message/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/words.h"
#include "producers/email/message/letter.h"
#include "producers/email/message/mime_message.h"
#include "producers/email/message/received.h"
#include "producers/email/message/report.h"
#include "producers/email/message/sent.h"

namespace ledger::mail {

namespace {

constexpr std::size_t kRawBytesMax = 4096;

// What out-of-office programs put into headers besides those that RFC 3834 knows, and the words
// with which they begin a subject.
std::optional<std::string> automatic_answer(const MimeMessage& message) {
  for (const auto header :
       {"X-Autoreply", "X-Autorespond", "X-Autoreply-From", "X-Mail-Autoreply"}) {
    const auto values = message.all(header);
    if (!values.empty() && keyword(values.front()) != "no") {
      return fmt::format("an automatic answer ({})", header);
    }
  }
  static constexpr std::array<std::string_view, 7> kBeginnings{
      "automatic reply:",      "auto-reply:",           "autoreply:", "out of office",
      "автоматична відповідь", "автоматический ответ:", "поза офісом"};
  const std::string subject = fold_words(message.subject);
  for (const auto beginning : kBeginnings) {
    if (subject.starts_with(beginning)) return "an automatic answer (Subject)";
  }
  return std::nullopt;
}

bool is_of_robot(const MimeMessage& message) {
  const auto values = message.all("Auto-Submitted");
  return std::any_of(values.begin(), values.end(),
                     [](std::string_view value) { return keyword(value) != "no"; });
}

// A notice of delivery in no form that a program reads, as qmail and old Exim write them: they name
// the recipient in words, or by the return path of ours to which they come. What an out-of-office
// program writes comes there too, and is none.
Status check_notice(const MimeMessage& message, const Settings& settings) {
  const bool is_exims = !message.all("X-Failed-Recipients").empty();
  const auto paths = message.all("Return-Path");
  const bool from_nobody = std::any_of(paths.begin(), paths.end(),
                                       [](std::string_view path) { return trimmed(path) == "<>"; });
  const bool is_notice = is_exims || (from_nobody && !is_of_robot(message));
  if (!is_notice || message.media_type == "multipart/report" || automatic_answer(message)) {
    return {};
  }
  const auto recipient = recipient_by_return_path(message, settings);
  if (!recipient) return {};
  return fail(ErrorCode::kMissingField,
              fmt::format("is told by this notice about {} in no form that a program reads",
                          recipient->text()),
              "action");
}

std::optional<std::string> reason_to_skip(const MimeMessage& message) {
  if (is_of_robot(message)) return "an automatic letter (Auto-Submitted)";
  for (const auto value : message.all("Precedence")) {
    const std::string word = keyword(value);
    if (word == "bulk" || word == "junk" || word == "list") {
      return fmt::format("a letter to a list (Precedence: {})", word);
    }
    if (word == "auto_reply") return "an automatic letter (Precedence: auto_reply)";
  }
  if (!message.all("List-Id").empty()) return "a letter to a list (List-Id)";
  if (auto reason = automatic_answer(message)) return reason;
  if (!message.calendar_method.empty()) {
    return fmt::format("of a calendar (METHOD:{})", message.calendar_method);
  }
  for (const auto value : message.all("Return-Path")) {
    if (trimmed(value) == "<>") return "a delivery report (empty Return-Path)";
  }
  // A receipt of who opened a letter (RFC 8098), a complaint of who called it spam (RFC 5965).
  if (message.media_type == "multipart/report") return "a report that tells of no delivery";
  return std::nullopt;
}

Status map_into(std::string_view bytes, const Settings& settings, Mapped& mapped) {
  if (bytes.size() > kMessageBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("a message has at most {} bytes", kMessageBytesMax));
  }
  LEDGER_TRY(const MimeMessage message, read_mime_message(bytes));
  if (message.report) return map_report(message, settings, mapped);
  LEDGER_CHECK(check_notice(message, settings));
  if (auto reason = reason_to_skip(message)) {
    mapped.skipped.push_back({"message", *std::move(reason)});
    return {};
  }
  LEDGER_TRY(const Email sender, read_sender(message));
  const bool received = !settings.own_domains.empty() && !is_ours(sender, settings);
  return received ? map_received(message, sender, settings, mapped)
                  : map_sent(message, sender, settings, mapped);
}

}  // namespace

Mapped map_message(std::string_view message, const Settings& settings) {
  Mapped mapped;
  auto status = map_into(message, settings, mapped);
  if (status) return mapped;
  // What stops the letter stops it whole.
  Mapped refused;
  refused.refused.push_back(
      {"message", std::string(message.substr(0, kRawBytesMax)), std::move(status).error()});
  return refused;
}

}  // namespace ledger::mail
