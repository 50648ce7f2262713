#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/offer.h"

namespace ledger::mail {

// Far more than any letter has: Postfix keeps 100 KiB of headers, and 25 MiB of base64 have 350,000
// lines.
inline constexpr std::size_t kHeaderBytesMax = std::size_t{256} * 1024;
inline constexpr std::size_t kLinesMax = 1'000'000;
inline constexpr std::size_t kBoundaryLinesMax = 10'000;

struct Header {
  std::string name;   // as spelled
  std::string value;  // undecoded, without the line end
};

// An RFC 5322 message, read by gmime; no GObject leaves mime_message.cpp.
struct MimeMessage {
  std::vector<Header> headers;  // of the message itself, in order
  std::string media_type;       // of the whole: "multipart/mixed"; lower case
  std::string subject;          // decoded, one line, valid UTF-8; empty where there is none
  std::vector<MailAttachment> attachments;

  // Values of every header of the name, in order; letters' case is ignored.
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
};

// Attachments: parts with a file name or marked as attachment, and forwarded letters whole; size
// and digest are those of the decoded content. Text that is neither encoded nor UTF-8 is taken for
// windows-1251, which is what such senders here mean. A leading mbox line ("From …") is passed
// over. kMalformed: no headers at all.
[[nodiscard]] Result<MimeMessage> read_mime_message(std::string_view bytes);

// Spaces for control characters, trimmed; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace ledger::mail
