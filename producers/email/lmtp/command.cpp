#include "producers/email/lmtp/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "platform/utf8.h"

namespace ledger::lmtp {

namespace {

constexpr std::size_t kTextBytesMax = 400;  // a line of an answer has 512 bytes

template <class T>
using Parsed = tl::expected<T, Reply>;

tl::unexpected<Reply> wrong(int code, std::string_view status, std::string text) {
  return tl::unexpected(Reply{code, status, std::move(text)});
}

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

std::string_view trim(std::string_view text) {
  const std::size_t from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Of "<...>", where a quoted local part may hold a bracket.
std::size_t end_of_path(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted && text[i] == '\\') ++i;
    if (!quoted && text[i] == '<') return std::string_view::npos;
    if (!quoted && text[i] == '>') return i;
  }
  return std::string_view::npos;
}

struct Path {
  std::string address;
  std::vector<std::string_view> parameters;
};

// "FROM:<address> KEY=VALUE …"; many write a space behind the colon.
Parsed<Path> parse_path(std::string_view argument, std::string_view word) {
  const auto syntax = [&] { return wrong(501, "5.5.4", fmt::format("say {}<address>", word)); };
  if (upper_case(argument.substr(0, word.size())) != word) return syntax();
  const std::string_view rest = trim(argument.substr(word.size()));
  if (!rest.starts_with('<')) return syntax();
  const std::size_t end = end_of_path(rest);
  if (end == std::string_view::npos) return syntax();
  Path path{std::string(rest.substr(1, end - 1)), {}};
  if (path.address.size() > kAddressBytesMax || !is_valid_utf8(path.address)) {
    return wrong(501, "5.1.3", "this is no address");
  }
  std::string_view more = rest.substr(end + 1);
  if (!more.empty() && more.front() != ' ') return syntax();
  for (more = trim(more); !more.empty();) {
    const std::size_t space = std::min(more.find(' '), more.size());
    path.parameters.push_back(more.substr(0, space));
    more = trim(more.substr(space));
  }
  return path;
}

Reply unknown_parameter(std::string_view parameter) {
  return {555, "5.5.4", fmt::format("{} is not offered here", parameter)};
}

Parsed<std::uint64_t> parse_size(std::string_view digits) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
    return wrong(501, "5.5.4", "SIZE is a number of bytes");
  }
  return size;
}

}  // namespace

std::string to_line(const Reply& reply) {
  std::string text = reply.text.substr(0, kTextBytesMax);
  for (char& c : text) c = c >= 0x20 && c < 0x7f ? c : '?';
  return fmt::format("{} {} {}\r\n", reply.code, reply.status, text);
}

Command parse_command(std::string_view line) {
  const std::size_t space = std::min(line.find(' '), line.size());
  return {upper_case(line.substr(0, space)), trim(line.substr(space))};
}

tl::expected<MailArgument, Reply> parse_mail(std::string_view argument) {
  auto path = parse_path(argument, "FROM:");
  if (!path) return tl::unexpected(std::move(path).error());
  MailArgument mail{std::move(path->address)};
  std::vector<std::string> seen;
  for (const std::string_view parameter : path->parameters) {
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    std::string key = upper_case(parameter.substr(0, equals));
    const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
      return wrong(501, "5.5.4", fmt::format("{} stands there twice", key));
    }
    if (key == "SIZE") {
      auto size = parse_size(value);
      if (!size) return tl::unexpected(std::move(size).error());
      mail.size = *size;
    } else if (key == "BODY") {
      const std::string body = upper_case(value);
      if (body != "7BIT" && body != "8BITMIME") return tl::unexpected(unknown_parameter(parameter));
    } else if (key == "SMTPUTF8" && equals == parameter.size()) {
      mail.smtputf8 = true;
    } else {
      return tl::unexpected(unknown_parameter(parameter));
    }
    seen.push_back(std::move(key));
  }
  if (!mail.smtputf8 && !is_ascii(mail.address)) {
    return wrong(553, "5.6.7", "an address with such letters needs SMTPUTF8");
  }
  return mail;
}

tl::expected<std::string, Reply> parse_recipient(std::string_view argument, bool smtputf8) {
  auto path = parse_path(argument, "TO:");
  if (!path) return tl::unexpected(std::move(path).error());
  if (path->address.empty()) return wrong(501, "5.1.3", "a recipient has an address");
  if (!path->parameters.empty()) {
    return tl::unexpected(unknown_parameter(path->parameters.front()));
  }
  if (!smtputf8 && !is_ascii(path->address)) {
    return wrong(553, "5.6.7", "an address with such letters needs SMTPUTF8");
  }
  return std::move(path->address);
}

}  // namespace ledger::lmtp
