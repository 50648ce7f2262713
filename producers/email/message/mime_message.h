#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/offer.h"

namespace ledger::mail {

// Far more than any letter has: Postfix keeps 100 KiB of headers, and 36 MiB of base64 have 490,000
// lines.
inline constexpr std::size_t kHeaderBytesMax = std::size_t{256} * 1024;
inline constexpr std::size_t kLinesMax = 1'000'000;
inline constexpr std::size_t kBoundaryLinesMax = 10'000;

struct Header {
  std::string name;   // as spelled
  std::string value;  // undecoded, without the line end
};

// The parts of a report about a letter (RFC 3464, RFC 6533).
struct DeliveryReport {
  std::string status;           // the fields of message/delivery-status, decoded
  std::string original_header;  // of the letter that it is about, as far as it came back; or empty
};

// An RFC 5322 message, read by gmime; no GObject leaves mime_message.cpp.
struct MimeMessage {
  std::vector<Header> headers;  // of the message itself, in order
  std::string media_type;       // of the whole: "multipart/mixed"; lower case
  std::string subject;          // decoded, one line, valid UTF-8; empty where there is none
  std::vector<MailAttachment> attachments;
  // Of all text that is no attachment, decoded, whatever its line ends and the space behind it;
  // nullopt: there is none.
  std::optional<std::string> text_sha256;
  std::optional<DeliveryReport> report;
  // "REQUEST", "REPLY": of a meeting that the letter invites to or answers (RFC 6047); else empty.
  std::string calendar_method;

  // Values of every header of the name, in order; letters' case is ignored.
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
};

// Attachments: parts with a file name or marked as attachment, and forwarded letters whole; but no
// picture that the text shows (one with a Content-ID, and not marked), such as a signature's. Size
// and digest are those of the decoded content, which is never held in memory. Text that is neither
// encoded nor UTF-8 is taken for windows-1251, which is what such senders here mean. A leading mbox
// line ("From …") is passed over. `bytes` are read where they lie. kMalformed: no headers at all.
[[nodiscard]] Result<MimeMessage> read_mime_message(std::string_view bytes);

// The fields of a block of headers, unfolded; of several blocks with an empty line between them.
[[nodiscard]] std::vector<std::vector<Header>> read_header_blocks(std::string_view text);

// Spaces for control characters, trimmed; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace ledger::mail
