#include "platform/http/response_head.h"

#include <algorithm>

namespace ledger::http {

namespace {

void add_field(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  const std::size_t at = head.size();
  head += value;
  std::replace_if(
      head.begin() + static_cast<std::ptrdiff_t>(at), head.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  head += "\r\n";
}

}  // namespace

std::string response_head(const Response& response, std::string_view reason, bool http_1_1,
                          bool keep_alive, BodyEnd end) {
  std::string head;
  head.reserve(256);
  head += http_1_1 ? "HTTP/1.1 " : "HTTP/1.0 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason;
  head += "\r\n";
  add_field(head, "Content-Type", response.content_type);
  add_field(head, "X-Content-Type-Options", "nosniff");
  // Answers are about people and money: nobody on the way keeps them, unless the route says so.
  const bool kept = std::any_of(response.headers.begin(), response.headers.end(),
                                [](const auto& field) { return field.first == "Cache-Control"; });
  if (!kept) add_field(head, "Cache-Control", "no-store");
  add_field(head, "Referrer-Policy", "no-referrer");
  for (const auto& [name, value] : response.headers) add_field(head, name, value);
  if (http_1_1 != keep_alive) add_field(head, "Connection", keep_alive ? "keep-alive" : "close");
  // Of these the length would be that of another answer's body (RFC 9110 8.6).
  const bool has_no_body = response.status == 204 || response.status == 304;
  if (end == BodyEnd::kLength && !has_no_body) {
    add_field(head, "Content-Length", std::to_string(response.body.size()));
  } else if (end == BodyEnd::kChunked) {
    add_field(head, "Transfer-Encoding", "chunked");
  }
  head += "\r\n";
  return head;
}

}  // namespace ledger::http
