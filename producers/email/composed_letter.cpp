#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "platform/base64.h"
#include "platform/http/form.h"
#include "producers/email/message/mime_message.h"
#include "producers/email/pushed_mail.h"

namespace ledger::mail {

namespace {

constexpr std::string_view kBoundary = "=_ledger";  // no line of base64 can look so
constexpr std::size_t kLineBytes = 76;

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return c > 0x20 && c < 0x7f && c != ':'; });
}

// Those that say how the body is written: it is written anew here.
bool is_of_body(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower == "mime-version" || lower.starts_with("content-");
}

bool is_media_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  const bool plain = std::all_of(type.begin(), type.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/.+-_").find(c) != std::string_view::npos;
  });
  return plain && slash != std::string_view::npos && slash > 0 && slash + 1 < type.size() &&
         type.find('/', slash + 1) == std::string_view::npos;
}

void append_base64(std::string& message, std::string_view bytes) {
  const std::string content = base64_encode(bytes);
  for (std::size_t at = 0; at < content.size(); at += kLineBytes) {
    message += content.substr(at, kLineBytes) + "\r\n";
  }
}

void append_part(std::string& message, const Letter::Attachment& attachment) {
  // Without its parameters; a letter or a form of parts would be read as one.
  const std::string_view type =
      std::string_view(attachment.media_type).substr(0, attachment.media_type.find(';'));
  const bool usable =
      is_media_type(type) && !type.starts_with("message/") && !type.starts_with("multipart/");
  message += fmt::format(
      "--{}\r\nContent-Type: {}\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment; filename*=UTF-8''{}\r\n\r\n",
      kBoundary, usable ? type : "application/octet-stream",
      http::url_encode(one_line(attachment.name)));
  append_base64(message, attachment.content);
}

// The words of the letter: of them comes nothing into an event but what tells two letters apart.
std::string words_of(const Letter& letter) {
  const bool plain = !letter.text.empty() || letter.html.empty();
  std::string part = fmt::format(
      "Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
      plain ? "plain" : "html");
  append_base64(part, plain ? letter.text : letter.html);
  return part;
}

}  // namespace

std::string compose(const Letter& letter) {
  std::string message;
  for (const auto& [name, value] : letter.headers) {
    if (!is_header_name(name) || is_of_body(name)) continue;
    message += fmt::format("{}: {}\r\n", name, one_line(value));
  }
  message += "MIME-Version: 1.0\r\n";
  if (letter.attachments.empty()) return message + words_of(letter);
  message += fmt::format("Content-Type: multipart/mixed; boundary=\"{0}\"\r\n\r\n--{0}\r\n{1}",
                         kBoundary, words_of(letter));
  for (const auto& attachment : letter.attachments) append_part(message, attachment);
  return message + fmt::format("--{}--\r\n", kBoundary);
}

std::string header_date(Timestamp time) {
  static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format(
      "{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays.at(std::chrono::weekday(day).c_encoding()),
      static_cast<unsigned>(date.day()), kMonths.at(static_cast<unsigned>(date.month()) - 1),
      static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
      clock.seconds().count());
}

}  // namespace ledger::mail
