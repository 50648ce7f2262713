#include "platform/http/form.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/utf8.h"

namespace ledger::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decode(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  std::string decoded = percent_decode(spaced);
  if (!is_valid_utf8(decoded)) {
    return fail(ErrorCode::kMalformed, "a form field is not UTF-8 text");
  }
  return decoded;
}

}  // namespace

std::string percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::string url_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool unreserved = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                            (c >= 'A' && c <= 'Z') ||
                            std::string_view("-._~").find(c) != std::string_view::npos;
    if (unreserved) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[static_cast<unsigned char>(c) >> 4];
      encoded += kHex[static_cast<unsigned char>(c) & 0xf];
    }
  }
  return encoded;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view body) {
  std::vector<std::pair<std::string, std::string>> fields;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('&'), body.size());
    const std::string_view field = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (field.empty()) continue;
    if (fields.size() == kFormFieldsMax) {
      return fail(ErrorCode::kTooLarge,
                  fmt::format("a form has at most {} fields", kFormFieldsMax));
    }
    const std::size_t equals = std::min(field.find('='), field.size());
    LEDGER_TRY(std::string name, decode(field.substr(0, equals)));
    LEDGER_TRY(std::string value, decode(field.substr(std::min(equals + 1, field.size()))));
    fields.emplace_back(std::move(name), std::move(value));
  }
  return fields;
}

}  // namespace ledger::http
