#include "producers/email/message/address_list.h"

#include <optional>
#include <utility>

#include "platform/utf8.h"

namespace ledger::mail {

namespace {

constexpr std::size_t kRawBytesMax = 200;

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

// What stands between two separators.
struct Piece {
  std::string raw;
  std::string bare;                  // without comments and angle address
  std::optional<std::string> angle;  // of <…>

  [[nodiscard]] bool is_phrase() const { return !angle && bare.find('@') == std::string::npos; }

  [[nodiscard]] Mailbox to_mailbox() const {
    std::string_view address = trim(angle ? *angle : bare);
    // <@relay,@relay:user@firm.ua>, a source route, which RFC 5321 says to ignore.
    if (address.starts_with('@') && address.find(':') != std::string_view::npos) {
      address.remove_prefix(address.find(':') + 1);
    }
    auto email = is_valid_utf8(address)
                     ? Email::parse(address)
                     : Result<Email>(fail(ErrorCode::kMalformed, "the address is not UTF-8"));
    return {std::string(trim(raw).substr(0, kRawBytesMax)), std::move(email)};
  }
};

class ListReader {
 public:
  std::vector<Mailbox> read(std::string_view header) {
    for (const char c : header) take(c);
    finish(';');
    return std::move(mailboxes_);
  }

 private:
  void take(char c) {
    if (escaped_ || quoted_) return take_quoted(c);
    if (comments_ > 0 || c == '(') return take_comment(c);
    if (in_angle_) {
      piece_.raw += c;
      in_angle_ = c != '>';
      if (in_angle_) *piece_.angle += c;
      return;
    }
    if (c == ',' || c == ';') return finish(c);
    piece_.raw += c;
    if (c == ':') {  // what came before was the name of a group
      piece_ = {};
      phrase_ = {};
    } else if (c == '<') {
      in_angle_ = true;
      piece_.angle.emplace();
    } else {
      quoted_ = c == '"';
      piece_.bare += c;
    }
  }

  void take_quoted(char c) {
    piece_.raw += c;
    if (comments_ == 0) piece_.bare += c;
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else {
      quoted_ = c != '"';
    }
  }

  void take_comment(char c) {
    piece_.raw += c;
    if (c == '\\') escaped_ = true;
    if (c == '(') ++comments_;
    if (c == ')') --comments_;
  }

  void finish(char separator) {
    Piece piece = std::exchange(piece_, {});
    in_angle_ = false;
    if (piece.angle && !phrase_.raw.empty()) {
      piece.raw.insert(0, phrase_.raw + ",");  // Петренко, Іван <ivan@firm.ua>
      phrase_ = {};
    }
    if (!trim(phrase_.raw).empty()) mailboxes_.push_back(phrase_.to_mailbox());
    phrase_ = {};
    if (trim(piece.raw).empty()) return;
    if (separator == ',' && piece.is_phrase()) {
      phrase_ = std::move(piece);
    } else {
      mailboxes_.push_back(piece.to_mailbox());
    }
  }

  std::vector<Mailbox> mailboxes_;
  Piece piece_;
  Piece phrase_;  // without an address so far: perhaps the first half of a display name
  bool quoted_ = false;
  bool escaped_ = false;
  bool in_angle_ = false;
  int comments_ = 0;
};

}  // namespace

std::vector<Mailbox> read_address_list(std::string_view header) {
  return ListReader().read(header);
}

}  // namespace ledger::mail
