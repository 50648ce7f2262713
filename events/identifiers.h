#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

// Identifiers that the outside world assigns: mail addresses, bank accounts, tax codes.
namespace ledger {

// An addr-spec (RFC 5321), kept in lower case: providers do not tell letters' case apart. Its
// domain is kept in letters (domain_name.h): a card says "ромашка.укр", and a letter
// "xn--80aa3agjl3d.…".
class Email {
 public:
  Email() = default;
  [[nodiscard]] static Result<Email> parse(std::string_view text);
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view domain() const;
  auto operator<=>(const Email&) const = default;

 private:
  std::string text_;
};

// ISO 13616, without spaces, in upper case; the check digits must be right.
class Iban {
 public:
  Iban() = default;
  [[nodiscard]] static Result<Iban> parse(std::string_view text);
  [[nodiscard]] const std::string& text() const { return text_; }
  auto operator<=>(const Iban&) const = default;

 private:
  std::string text_;
};

// EDRPOU (8 digits, a company) or RNOKPP (10 digits, a person). The length is checked here; a wrong
// check digit is a warning for a supervisor, not a refusal (domain-semantics.md 4c).
class TaxCode {
 public:
  TaxCode() = default;
  [[nodiscard]] static Result<TaxCode> parse(std::string_view text);
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool check_digit_ok() const;
  auto operator<=>(const TaxCode&) const = default;

 private:
  std::string text_;
};

}  // namespace ledger
