#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

// The words of LMTP (RFC 2033), which are those of SMTP (RFC 5321) but for its greeting.
namespace ledger::lmtp {

// RFC 5321 asks for 512, and its extensions for some more.
inline constexpr std::size_t kCommandBytesMax = 2048;
inline constexpr std::size_t kAddressBytesMax = 512;

// An answer: "451 4.3.0 the log is away". Whatever the text holds, it becomes one line of printable
// ASCII, 400 bytes at most.
struct Reply {
  int code = 250;
  std::string_view status = "2.0.0";  // RFC 3463; a literal
  std::string text = {};
  bool operator==(const Reply&) const = default;
};
[[nodiscard]] std::string to_line(const Reply& reply);

struct Command {
  std::string verb;           // upper case, "" for an empty line
  std::string_view argument;  // behind the verb, without the spaces around it
};
// `line` without its end must outlive the result.
[[nodiscard]] Command parse_command(std::string_view line);

// What MAIL and RCPT say. An address is what stands between the angle brackets, not looked into: it
// has no control character, and is ASCII unless SMTPUTF8 was given.
struct MailArgument {
  std::string address;  // empty: a report of delivery
  bool smtputf8 = false;
  std::optional<std::uint64_t> size = {};
};
[[nodiscard]] tl::expected<MailArgument, Reply> parse_mail(std::string_view argument);
[[nodiscard]] tl::expected<std::string, Reply> parse_recipient(std::string_view argument,
                                                               bool smtputf8);

}  // namespace ledger::lmtp
