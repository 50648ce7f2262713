#include "producers/email/message/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "events/free_mail.h"
#include "events/types/offer.h"
#include "platform/limits.h"
#include "producers/email/message/address_list.h"
#include "producers/email/message/header_date.h"
#include "producers/email/message/mime_message.h"

namespace ledger::mail {

namespace {

constexpr std::size_t kRawBytesMax = 4096;
// What the door adds to a line: stamps and the schema's name.
constexpr std::size_t kStampBytesMax = 1024;

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

// The first word of a header in lower case: "auto-replied" of "Auto-Replied; owner=x".
std::string keyword(std::string_view value) {
  std::string word(trim(value));
  word.resize(std::min(word.find_first_of(" \t\r\n;("), word.size()));
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

std::optional<std::string> reason_to_skip(const MimeMessage& message) {
  for (const auto value : message.all("Auto-Submitted")) {
    if (keyword(value) != "no") return "an automatic letter (Auto-Submitted)";
  }
  for (const auto value : message.all("Precedence")) {
    const std::string word = keyword(value);
    if (word == "bulk" || word == "junk" || word == "list") {
      return fmt::format("a letter to a list (Precedence: {})", word);
    }
  }
  if (!message.all("List-Id").empty()) return "a letter to a list (List-Id)";
  for (const auto value : message.all("Return-Path")) {
    if (trim(value) == "<>") return "a delivery report (empty Return-Path)";
  }
  if (message.media_type == "multipart/report") return "a delivery report (multipart/report)";
  return std::nullopt;
}

// The value of a header that a message has once.
Result<std::string_view> only(const MimeMessage& message, std::string_view header,
                              std::string_view field) {
  const auto values = message.all(header);
  const auto present = [](std::string_view value) { return !trim(value).empty(); };
  if (std::none_of(values.begin(), values.end(), present)) {
    return fail(ErrorCode::kMissingField, fmt::format("the message has no {}", header),
                std::string(field));
  }
  if (values.size() > 1) {
    return fail(ErrorCode::kInvalidField, fmt::format("the message has several {}", header),
                std::string(field));
  }
  return trim(values.front());
}

Result<std::string> read_message_id(const MimeMessage& message) {
  LEDGER_TRY(const std::string_view value, only(message, "Message-ID", "message_id"));
  const std::size_t open = value.find('<');
  const std::size_t close = value.find('>', std::min(open, value.size()));
  const bool bracketed = open != std::string_view::npos && close != std::string_view::npos;
  const std::string_view id = bracketed ? value.substr(open + 1, close - open - 1) : value;
  const bool printable = std::all_of(
      id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '<' && c != '>'; });
  if (id.empty() || !printable) {
    return fail(ErrorCode::kInvalidField, "is not an id such as <abc@mail.firm.ua>", "message_id");
  }
  return fmt::format("<{}>", id);
}

Result<Timestamp> read_time(const MimeMessage& message, const Settings& settings) {
  LEDGER_TRY(const std::string_view header, only(message, "Date", "date"));
  LEDGER_TRY(const Timestamp date, parse_header_date(one_line(header)));
  if (!settings.received_at) return date;
  const auto difference = std::chrono::abs(*settings.received_at - date);
  return difference > kClockDifferenceMax ? *settings.received_at : date;
}

std::vector<Mailbox> mailboxes_of(const MimeMessage& message, std::string_view header) {
  std::vector<Mailbox> all;
  for (const auto value : message.all(header)) {
    auto some = read_address_list(value);
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

Result<Email> read_sender(const MimeMessage& message) {
  std::vector<Mailbox> from = mailboxes_of(message, "From");
  if (from.empty()) return fail(ErrorCode::kMissingField, "the message has no From", "from");
  std::string field = "from";
  if (from.size() > 1) {
    from = mailboxes_of(message, "Sender");
    field = "sender";
    if (from.size() != 1) {
      return fail(ErrorCode::kInvalidField,
                  "From names several people, and no Sender says who of them wrote", "from");
    }
  }
  auto email = std::move(from.front().address);
  if (!email) return fail(email.error().code, email.error().message, field);
  return email;
}

bool is_own_domain(std::string_view domain, const Email& sender, const Settings& settings) {
  if (settings.own_domains.empty()) {
    return domain == sender.domain() && !is_free_mail_domain(domain);
  }
  return std::any_of(
      settings.own_domains.begin(), settings.own_domains.end(), [&](const std::string& own) {
        return domain == own ||
               (domain.ends_with(own) && domain[domain.size() - own.size() - 1] == '.');
      });
}

bool is_read_by_nobody(const Email& address) {
  static constexpr std::array<std::string_view, 6> kNobody{
      "noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster"};
  const auto local = std::string_view(address.text()).substr(0, address.text().rfind('@'));
  return std::find(kNobody.begin(), kNobody.end(), local) != kNobody.end();
}

struct Company {
  std::string key;  // its domain, or the address at a free provider
  std::vector<Email> recipients;
};

// Recipients by company; those that are no address go to `refused`.
Result<std::vector<Company>> read_companies(const MimeMessage& message, const Email& sender,
                                            const Settings& settings,
                                            std::vector<Mapped::Refused>& refused) {
  std::vector<Company> companies;
  std::size_t count = 0;
  for (const std::string_view header : {"To", "Cc", "Bcc"}) {
    for (Mailbox& mailbox : mailboxes_of(message, header)) {
      if (++count > kRecipientsMax) {
        return fail(ErrorCode::kTooLarge,
                    fmt::format("a letter has at most {} recipients", kRecipientsMax),
                    "recipients");
      }
      if (!mailbox.address) {
        Error error = std::move(mailbox.address).error();
        error.field = "recipients";
        refused.push_back({fmt::format("recipient {} ({})", count, header), mailbox.raw, error});
        continue;
      }
      const Email& address = *mailbox.address;
      if (address == sender || is_own_domain(address.domain(), sender, settings) ||
          is_read_by_nobody(address)) {
        continue;
      }
      std::string key(is_free_mail_domain(address.domain()) ? address.text() : address.domain());
      auto company = std::find_if(companies.begin(), companies.end(),
                                  [&](const Company& known) { return known.key == key; });
      if (company == companies.end()) {
        company = companies.insert(company, Company{std::move(key), {}});
      }
      auto& list = company->recipients;
      if (std::find(list.begin(), list.end(), address) == list.end()) list.push_back(address);
    }
  }
  if (count == 0) {
    return fail(ErrorCode::kMissingField, "the message has no recipients", "recipients");
  }
  return companies;
}

std::optional<std::string> read_in_reply_to(const MimeMessage& message) {
  const auto values = message.all("In-Reply-To");
  if (values.empty()) return std::nullopt;
  std::string line = one_line(values.front());
  // Old programs wrote a sentence around the id.
  const std::size_t open = line.find('<');
  const std::size_t close = line.find('>', std::min(open, line.size()));
  if (close != std::string::npos) return line.substr(open, close - open + 1);
  if (line.empty()) return std::nullopt;
  return line;
}

Status check_text_size(std::string_view text, std::string field) {
  if (text.size() <= limits::kTextBytesMax) return {};
  return fail(ErrorCode::kTooLarge,
              fmt::format("has {} bytes, at most {} are kept", text.size(), limits::kTextBytesMax),
              std::move(field));
}

Status check_list_size(std::size_t count, std::string field) {
  if (count <= limits::kListItemsMax) return {};
  return fail(ErrorCode::kTooLarge, fmt::format("has more than {} items", limits::kListItemsMax),
              std::move(field));
}

// Everything that the events of one letter have in common.
struct Letter {
  OfferEmailed event;
  Timestamp occurred_at;
};

Result<Letter> read_letter(const MimeMessage& message, const Settings& settings) {
  Letter letter;
  LEDGER_TRY(letter.event.message_id, read_message_id(message));
  LEDGER_TRY(letter.occurred_at, read_time(message, settings));
  LEDGER_TRY(letter.event.sender, read_sender(message));
  if (!message.subject.empty()) letter.event.subject = message.subject;
  letter.event.in_reply_to = read_in_reply_to(message);
  letter.event.attachments = message.attachments;
  LEDGER_CHECK(check_text_size(message.subject, "subject"));
  LEDGER_CHECK(check_text_size(letter.event.in_reply_to.value_or(""), "in_reply_to"));
  LEDGER_CHECK(check_list_size(message.attachments.size(), "attachments"));
  for (const MailAttachment& attachment : message.attachments) {
    LEDGER_CHECK(check_text_size(attachment.name, "attachments.name"));
    LEDGER_CHECK(check_text_size(attachment.media_type, "attachments.media_type"));
  }
  return letter;
}

Result<Submission> to_submission(const Letter& letter, Company company, const Settings& settings) {
  LEDGER_CHECK(check_list_size(company.recipients.size(), "recipients"));
  OfferEmailed event = letter.event;
  event.recipients = std::move(company.recipients);
  Submission submission{event.message_id + "|" + company.key,
                        settings.source,
                        letter.occurred_at,
                        {},
                        std::move(event)};
  if (submission.id.size() > limits::kIdBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("is too long: with the company's domain an id takes at most {} bytes",
                            limits::kIdBytesMax),
                "message_id");
  }
  if (encode_submission(submission).size() + kStampBytesMax > limits::kEventBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("an event takes at most {} bytes", limits::kEventBytesMax));
  }
  return submission;
}

Status map_into(std::string_view bytes, const Settings& settings, Mapped& mapped) {
  if (bytes.size() > kMessageBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("a message has at most {} bytes", kMessageBytesMax));
  }
  LEDGER_TRY(const MimeMessage message, read_mime_message(bytes));
  if (auto reason = reason_to_skip(message)) {
    mapped.skipped.push_back({"message", *std::move(reason)});
    return {};
  }
  LEDGER_TRY(const Letter letter, read_letter(message, settings));
  LEDGER_TRY(const auto companies,
             read_companies(message, letter.event.sender, settings, mapped.refused));
  for (const Company& company : companies) {
    auto submission = to_submission(letter, company, settings);
    if (submission) {
      mapped.events.push_back(*std::move(submission));
    } else {
      mapped.refused.push_back({fmt::format("company {}", company.key),
                                std::string(bytes.substr(0, kRawBytesMax)),
                                std::move(submission).error()});
    }
  }
  if (companies.empty() && mapped.refused.empty()) {
    mapped.skipped.push_back({"message", "no recipient outside the house"});
  }
  return {};
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
