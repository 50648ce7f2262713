#include "producers/email/message/mime_message.h"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>

#include "platform/sha256.h"

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

// What a person would save: the part's content without its transfer encoding.
void write_content(GMimeObject* object, GMimeStream* target) {
  if (GMIME_IS_MESSAGE_PART(object)) {
    GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    if (inner != nullptr) g_mime_object_write_to_stream(GMIME_OBJECT(inner), nullptr, target);
    return;
  }
  GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(object));
  if (content != nullptr) g_mime_data_wrapper_write_to_stream(content, target);
}

MailAttachment to_attachment(GMimeObject* object) {
  const Owned<GMimeStream> content(g_mime_stream_mem_new());
  write_content(object, content.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(content.get()));
  const std::string_view view(reinterpret_cast<const char*>(bytes->data), bytes->len);
  std::string name = name_of(object);
  if (name.empty()) name = "unnamed";
  return {std::move(name), media_type_of(object), static_cast<std::int64_t>(view.size()),
          to_hex(sha256(view))};
}

// Depth first, in the order of the letter. A stack of our own: nesting is up to the sender.
std::vector<MailAttachment> attachments_of(GMimeObject* root) {
  std::vector<MailAttachment> found;
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
    } else if (GMIME_IS_MESSAGE_PART(object) ||
               (GMIME_IS_PART(object) &&
                (is_marked_as_attachment(object) || !name_of(object).empty()))) {
      found.push_back(to_attachment(object));
    }
  }
  return found;
}

// gmime makes an object of every header and part, and knows no limit for them: without these, 25
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

std::string one_line(std::string_view text) {
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

  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
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
  result.attachments = attachments_of(root);
  return result;
}

}  // namespace ledger::mail
