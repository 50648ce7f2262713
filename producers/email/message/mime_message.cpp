#include "producers/email/message/mime_message.h"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace ledger::mail {

namespace {

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
struct FreeOptions {
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;
using ParserOptions = std::unique_ptr<GMimeParserOptions, FreeOptions>;

std::string or_empty(const char* text) { return text == nullptr ? std::string() : text; }

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), g_ascii_tolower);
  return text;
}

std::string media_type_of(GMimeObject* object) {
  GMimeContentType* type = g_mime_object_get_content_type(object);
  if (type == nullptr) return "text/plain";
  return one_line(lower(or_empty(g_mime_content_type_get_media_type(type)) + "/" +
                        or_empty(g_mime_content_type_get_media_subtype(type))));
}

std::string name_of(GMimeObject* object) {
  // Both decode RFC 2231 and, as mail programs write it, RFC 2047.
  const char* name = g_mime_object_get_content_disposition_parameter(object, "filename");
  if (name == nullptr) name = g_mime_object_get_content_type_parameter(object, "name");
  return one_line(or_empty(name));
}

bool is_marked_as_attachment(GMimeObject* object) {
  const char* disposition = g_mime_object_get_disposition(object);
  return disposition != nullptr && g_ascii_strcasecmp(disposition, "attachment") == 0;
}

// A digest of what comes in pieces.
class Digest {
 public:
  void add(std::string_view bytes) {
    g_checksum_update(checksum_.get(), reinterpret_cast<const guchar*>(bytes.data()),
                      static_cast<gssize>(bytes.size()));
    size_ += static_cast<std::int64_t>(bytes.size());
  }
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] std::string hex() const {
    const std::unique_ptr<GChecksum, decltype(&g_checksum_free)> copy(
        g_checksum_copy(checksum_.get()), &g_checksum_free);
    return g_checksum_get_string(copy.get());
  }

 private:
  std::unique_ptr<GChecksum, decltype(&g_checksum_free)> checksum_{
      g_checksum_new(G_CHECKSUM_SHA256), &g_checksum_free};
  std::int64_t size_ = 0;
};

// The part's content without its transfer encoding, piece by piece; false from `take` ends it.
template <class Take>
void read_content(GMimePart* part, Take&& take) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return;
  GMimeStream* encoded = g_mime_data_wrapper_get_stream(content);
  g_mime_stream_reset(encoded);
  const Owned<GMimeStream> decoded(g_mime_stream_filter_new(encoded));
  const Owned<GMimeFilter> decoder(
      g_mime_filter_basic_new(g_mime_data_wrapper_get_encoding(content), FALSE));
  g_mime_stream_filter_add(GMIME_STREAM_FILTER(decoded.get()), decoder.get());
  std::array<char, 16384> buffer{};
  for (;;) {
    const gssize read = g_mime_stream_read(decoded.get(), buffer.data(), buffer.size());
    if (read <= 0 || !take(std::string_view(buffer.data(), static_cast<std::size_t>(read)))) return;
  }
}

struct Measured {
  std::int64_t size_bytes = 0;
  std::string sha256;
};

// A letter inside the letter, as it would be written again.
Measured measure_inner(GMimeObject* object) {
  GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
  if (inner == nullptr) return {0, Digest().hex()};
  const Owned<GMimeStream> nowhere(g_mime_stream_null_new());
  const Owned<GMimeStream> stream(g_mime_stream_filter_new(nowhere.get()));
  const Owned<GMimeFilter> checksum(g_mime_filter_checksum_new(G_CHECKSUM_SHA256));
  g_mime_stream_filter_add(GMIME_STREAM_FILTER(stream.get()), checksum.get());
  g_mime_object_write_to_stream(GMIME_OBJECT(inner), nullptr, stream.get());
  g_mime_stream_flush(stream.get());
  const std::unique_ptr<char, decltype(&g_free)> hex(
      g_mime_filter_checksum_get_string(GMIME_FILTER_CHECKSUM(checksum.get())), &g_free);
  return {static_cast<std::int64_t>(GMIME_STREAM_NULL(nowhere.get())->written), hex.get()};
}

Measured measure(GMimeObject* object) {
  if (GMIME_IS_MESSAGE_PART(object)) return measure_inner(object);
  Digest digest;
  read_content(GMIME_PART(object), [&](std::string_view bytes) {
    digest.add(bytes);
    return true;
  });
  return {digest.size(), digest.hex()};
}

MailAttachment to_attachment(GMimeObject* object) {
  std::string name = name_of(object);
  if (name.empty()) name = "unnamed";
  Measured content = measure(object);
  return {std::move(name), media_type_of(object), content.size_bytes, std::move(content.sha256)};
}

// Every part that is none of several, in the order of the letter, depth first. A stack of our own:
// nesting is up to the sender.
template <class Visit>
void for_each_part(GMimeObject* root, Visit&& visit) {
  std::vector<GMimeObject*> waiting;
  if (root != nullptr) waiting.push_back(root);
  while (!waiting.empty()) {
    GMimeObject* object = waiting.back();
    waiting.pop_back();
    if (GMIME_IS_MULTIPART(object)) {
      GMimeMultipart* parts = GMIME_MULTIPART(object);
      for (int i = g_mime_multipart_get_count(parts) - 1; i >= 0; --i) {
        waiting.push_back(g_mime_multipart_get_part(parts, i));
      }
    } else {
      visit(object);
    }
  }
}

// What is written for a reader. Line ends and the space at the end differ between copies that one
// system keeps as a file and another in a mailbox.
class Text {
 public:
  void add(GMimePart* part) {
    any_ = true;
    read_content(part, [&](std::string_view bytes) {
      for (const char c : bytes) take(c);
      digest_.add(std::exchange(ready_, {}));
      return true;
    });
    waiting_.clear();
    digest_.add(std::string_view("\0", 1));
  }
  [[nodiscard]] std::optional<std::string> digest() const {
    return any_ ? std::optional(digest_.hex()) : std::nullopt;
  }

 private:
  void take(char c) {
    if (c == '\r') return;
    if (c == ' ' || c == '\n' || c == '\t') {
      if (waiting_.size() < kSpaceMax) waiting_ += c;
      return;
    }
    ready_ += std::exchange(waiting_, {});
    ready_ += c;
  }

  static constexpr std::size_t kSpaceMax = 65536;
  Digest digest_;
  std::string ready_;
  std::string waiting_;  // space that is kept if something follows
  bool any_ = false;
};

// A logo under the signature, a picture within the text.
bool is_shown_in_text(GMimeObject* object) {
  const char* id = g_mime_object_get_content_id(object);
  return id != nullptr && *id != '\0' && !is_marked_as_attachment(object) &&
         media_type_of(object).starts_with("image/");
}

bool is_attachment(GMimeObject* object) {
  if (GMIME_IS_MESSAGE_PART(object)) return true;
  if (!GMIME_IS_PART(object) || is_shown_in_text(object)) return false;
  return is_marked_as_attachment(object) || !name_of(object).empty();
}

std::string calendar_method_of(GMimeObject* object) {
  if (!GMIME_IS_PART(object) || is_marked_as_attachment(object) ||
      media_type_of(object) != "text/calendar") {
    return {};
  }
  return one_line(or_empty(g_mime_object_get_content_type_parameter(object, "method")));
}

void read_parts(GMimeObject* root, MimeMessage& message) {
  Text text;
  for_each_part(root, [&](GMimeObject* object) {
    if (message.calendar_method.empty()) message.calendar_method = calendar_method_of(object);
    if (is_attachment(object)) {
      message.attachments.push_back(to_attachment(object));
    } else if (GMIME_IS_PART(object) && media_type_of(object).starts_with("text/")) {
      text.add(GMIME_PART(object));
    }
  });
  message.text_sha256 = text.digest();
}

// The beginning of a part, as much as headers may take.
std::string beginning_of(GMimePart* part) {
  std::string text;
  read_content(part, [&](std::string_view bytes) {
    text += bytes.substr(0, kHeaderBytesMax - text.size());
    return text.size() < kHeaderBytesMax;
  });
  return text;
}

std::string header_of(GMimeObject* object) {
  if (GMIME_IS_PART(object)) return beginning_of(GMIME_PART(object));
  if (!GMIME_IS_MESSAGE_PART(object)) return {};
  GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
  if (inner == nullptr) return {};
  const std::unique_ptr<char, decltype(&g_free)> headers(
      g_mime_object_get_headers(GMIME_OBJECT(inner), nullptr), &g_free);
  return or_empty(headers.get()).substr(0, kHeaderBytesMax);
}

// nullopt: it tells of no delivery.
std::optional<DeliveryReport> report_of(GMimeObject* root) {
  if (!GMIME_IS_MULTIPART(root) || media_type_of(root) != "multipart/report") return std::nullopt;
  std::optional<DeliveryReport> report;
  std::string original;
  for_each_part(root, [&](GMimeObject* object) {
    const std::string type = media_type_of(object);
    const bool is_status =
        type == "message/delivery-status" || type == "message/global-delivery-status";
    if (is_status && !report && GMIME_IS_PART(object)) {
      report.emplace().status = beginning_of(GMIME_PART(object));
    } else if (original.empty() && (type == "message/rfc822" || type == "text/rfc822-headers" ||
                                    type == "message/rfc822-headers" || type == "message/global" ||
                                    type == "message/global-headers")) {
      original = header_of(object);
    }
  });
  if (report) report->original_header = std::move(original);
  return report;
}

// gmime makes an object of every header and part, and knows no limit for them: without these, 36
// MiB of "a:" lines would take gigabytes.
Status check_shape(std::string_view bytes) {
  const std::size_t header_end = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
  if (std::min(header_end, bytes.size()) > kHeaderBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("the headers of a message have at most {} bytes", kHeaderBytesMax));
  }
  std::size_t lines = 0;
  std::size_t dashed = 0;
  for (auto at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    ++lines;
    if (bytes.substr(at + 1, 2) == "--") ++dashed;
  }
  if (lines > kLinesMax || dashed > kBoundaryLinesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("a message has at most {} lines, {} of them beginning with --",
                            kLinesMax, kBoundaryLinesMax));
  }
  return {};
}

std::vector<Header> headers_of(GMimeObject* message) {
  GMimeHeaderList* list = g_mime_object_get_header_list(message);
  std::vector<Header> headers;
  for (int i = 0; i < g_mime_header_list_get_count(list); ++i) {
    GMimeHeader* header = g_mime_header_list_get_header_at(list, i);
    std::string value = or_empty(g_mime_header_get_raw_value(header));
    while (value.ends_with('\n') || value.ends_with('\r')) value.pop_back();
    headers.push_back({or_empty(g_mime_header_get_name(header)), std::move(value)});
  }
  return headers;
}

}  // namespace

std::vector<std::string_view> MimeMessage::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Header& header : headers) {
    if (lower(header.name) == lower(std::string(name))) values.emplace_back(header.value);
  }
  return values;
}

std::vector<std::vector<Header>> read_header_blocks(std::string_view text) {
  std::vector<std::vector<Header>> blocks;
  bool begun = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      begun = false;
    } else if ((line[0] == ' ' || line[0] == '\t') && begun) {
      if (!blocks.back().empty()) blocks.back().back().value += line;
    } else if (colon != std::string_view::npos) {
      if (!std::exchange(begun, true)) blocks.emplace_back();
      std::string name(line.substr(0, colon));
      name.resize(name.find_last_not_of(" \t") + 1);
      blocks.back().push_back({std::move(name), std::string(line.substr(colon + 1))});
    }
  }
  return blocks;
}

std::string one_line(std::string_view text) {
  if (text.empty()) return {};
  const std::unique_ptr<char, decltype(&g_free)> valid(
      g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), &g_free);
  std::string line = valid.get();
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  const std::size_t from = line.find_first_not_of(' ');
  if (from == std::string::npos) return {};
  return line.substr(from, line.find_last_not_of(' ') - from + 1);
}

Result<MimeMessage> read_mime_message(std::string_view bytes) {
  LEDGER_CHECK(check_shape(bytes));
  [[maybe_unused]] static const bool ready = (g_mime_init(), true);
  const ParserOptions options(g_mime_parser_options_new());
  std::array<const char*, 3> charsets{"utf-8", "windows-1251", nullptr};
  g_mime_parser_options_set_fallback_charsets(options.get(), charsets.data());

  // Read where it lies: the stream neither changes nor frees an array that it does not own.
  GByteArray lying{reinterpret_cast<guint8*>(const_cast<char*>(bytes.data())),
                   static_cast<guint>(bytes.size())};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream.get()), &lying);
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options.get()));
  if (message == nullptr || g_mime_object_get_header_list(GMIME_OBJECT(message.get())) == nullptr) {
    return fail(ErrorCode::kMalformed, "is not a mail message: it has no headers");
  }
  MimeMessage result;
  result.headers = headers_of(GMIME_OBJECT(message.get()));
  GMimeObject* root = g_mime_message_get_mime_part(message.get());
  if (root != nullptr) result.media_type = media_type_of(root);
  result.subject = one_line(or_empty(g_mime_message_get_subject(message.get())));
  read_parts(root, result);
  if (root != nullptr) result.report = report_of(root);
  return result;
}

}  // namespace ledger::mail
