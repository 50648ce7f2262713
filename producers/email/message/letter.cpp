#include "producers/email/message/letter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/domain_name.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "producers/email/message/header_date.h"

namespace ledger::mail {

namespace {

// What the door adds to a line: stamps and the schema's name.
constexpr std::size_t kStampBytesMax = 1024;
constexpr std::size_t kSenderDateBytesMax = 200;

bool is_id(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return c > 0x20 && c < 0x7f && c != '<' && c != '>';
  });
}

// nullopt: said not at all, as no id, or in two ways.
std::optional<std::string> said_message_id(const MimeMessage& message) {
  std::optional<std::string> found;
  for (const auto header : message.all("Message-ID")) {
    const std::string_view value = trimmed(header);
    const std::size_t open = value.find('<');
    const std::size_t close = value.find('>', std::min(open, value.size()));
    const bool bracketed = open != std::string_view::npos && close != std::string_view::npos;
    const std::string_view id = bracketed ? value.substr(open + 1, close - open - 1) : value;
    if (!is_id(id)) return std::nullopt;
    const std::string text = fmt::format("<{}>", id);
    if (found && *found != text) return std::nullopt;
    found = text;
  }
  return found;
}

// Every piece with its length before it, so that no two letters read the same.
void add_piece(std::string& text, std::string_view piece) {
  text += fmt::format("{}:", piece.size());
  text += piece;
}

std::string digest_of(const MimeMessage& message) {
  std::string text;
  for (const auto header : {"From", "Date", "Subject"}) {
    std::string all;
    for (const auto value : message.all(header)) add_piece(all, one_line(value));
    add_piece(text, all);
  }
  std::vector<std::string> recipients;
  for (const auto header : {"To", "Cc", "Bcc"}) {
    for (const auto& mailbox : mailboxes_of(message, header)) {
      recipients.push_back(mailbox.address ? mailbox.address->text() : one_line(mailbox.raw));
    }
  }
  std::sort(recipients.begin(), recipients.end());
  for (const auto& recipient : recipients) add_piece(text, recipient);
  add_piece(text, message.text_sha256.value_or(""));
  return to_hex(sha256(text));
}

// Of the Date header; several are none.
Result<Timestamp> read_date(const MimeMessage& message) {
  const auto values = message.all("Date");
  const auto present = [](std::string_view value) { return !trimmed(value).empty(); };
  if (std::none_of(values.begin(), values.end(), present)) {
    return fail(ErrorCode::kMissingField, "the message has no Date", "date");
  }
  if (values.size() > 1) {
    return fail(ErrorCode::kInvalidField, "the message has several Date", "date");
  }
  return parse_header_date(one_line(values.front()));
}

// RFC 5321 4.4: the time stands behind the last semicolon.
std::optional<Timestamp> read_received(const MimeMessage& message) {
  const auto values = message.all("Received");
  if (values.empty()) return std::nullopt;
  const std::string line = one_line(values.front());
  const std::size_t semicolon = line.rfind(';');
  if (semicolon == std::string::npos) return std::nullopt;
  const auto time = parse_header_date(line.substr(semicolon + 1));
  return time ? std::optional(*time) : std::nullopt;
}

std::string date_as_written(const MimeMessage& message) {
  std::string text;
  for (const auto value : message.all("Date")) {
    const std::string line = one_line(value);
    if (!line.empty()) text += (text.empty() ? "" : " | ") + line;
  }
  if (text.empty()) return "(none)";
  return one_line(std::string_view(text).substr(0, kSenderDateBytesMax));
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

std::string keyword(std::string_view value) {
  std::string word(trimmed(value));
  word.resize(std::min(word.find_first_of(" \t\r\n;("), word.size()));
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

LetterId read_message_id(const MimeMessage& message) {
  if (auto said = said_message_id(message)) return {*std::move(said), false};
  // A name that RFC 2606 keeps from being anybody's.
  return {fmt::format("<{}@weak.invalid>", digest_of(message)), true};
}

std::vector<std::string> message_ids_in(std::string_view header) {
  std::vector<std::string> ids;
  for (std::size_t at = header.find('<'); at != std::string_view::npos;
       at = header.find('<', at + 1)) {
    const std::size_t close = header.find('>', at);
    if (close == std::string_view::npos) break;
    const std::string_view id = header.substr(at, close - at + 1);
    if (id.size() <= limits::kIdBytesMax && is_id(id.substr(1, id.size() - 2)))
      ids.emplace_back(id);
  }
  return ids;
}

Result<LetterTime> read_time(const MimeMessage& message, const Settings& settings) {
  const auto date = read_date(message);
  const auto taken = settings.received_at ? settings.received_at : read_received(message);
  if (!taken) {
    if (!date) return tl::unexpected(date.error());
    return LetterTime{*date, {}};
  }
  if (date && std::chrono::abs(*taken - *date) <= kDateDifferenceMax) return LetterTime{*taken, {}};
  return LetterTime{*taken, date_as_written(message)};
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

bool is_ours(const Email& address, const Settings& settings) {
  const std::string_view domain = address.domain();
  const auto has = [&](const std::string& given) {
    const std::string own = domain_in_letters(given);
    return domain == own ||
           (domain.ends_with(own) && domain[domain.size() - own.size() - 1] == '.');
  };
  return std::any_of(settings.own_domains.begin(), settings.own_domains.end(), has) ||
         std::any_of(settings.own_addresses.begin(), settings.own_addresses.end(),
                     [&](const std::string& own) {
                       const auto read = Email::parse(own);
                       return read && *read == address;
                     });
}

bool is_read_by_nobody(const Email& address) {
  // With hyphens or without: "no_reply", "No-Reply.2", "noreply+tag".
  std::string local = address.text().substr(0, address.text().rfind('@'));
  std::erase_if(local, [](char c) { return c == '-' || c == '_' || c == '.'; });
  return local.starts_with("noreply") || local.starts_with("donotreply") ||
         local.starts_with("mailerdaemon") || local == "postmaster";
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

Result<Submission> to_submission(std::string id, const Settings& settings, Timestamp occurred_at,
                                 EventData data) {
  Submission submission{std::move(id), settings.source, occurred_at, {}, std::move(data)};
  if (submission.id.size() > limits::kIdBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("is too long: with what stands behind it an id takes at most {} bytes",
                            limits::kIdBytesMax),
                "message_id");
  }
  if (encode_submission(submission).size() + kStampBytesMax > limits::kEventBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("an event takes at most {} bytes", limits::kEventBytesMax));
  }
  return submission;
}

}  // namespace ledger::mail
