#include "events/identifiers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "platform/domain_name.h"
#include "platform/limits.h"
#include "platform/utf8.h"

namespace ledger {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// ISO 7064 MOD 97-10 over the account with its first four characters moved to the end.
int iban_remainder(std::string_view iban) {
  int remainder = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    remainder =
        is_digit(c) ? (remainder * 10 + (c - '0')) % 97 : (remainder * 100 + (c - 'A' + 10)) % 97;
  }
  return remainder;
}

int weighted_sum(std::string_view digits, std::span<const int> weights, int shift) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * (weights[i] + shift);
  return sum;
}

int edrpou_check(std::string_view digits) {
  static constexpr std::array kOuter{1, 2, 3, 4, 5, 6, 7};
  static constexpr std::array kMiddle{7, 1, 2, 3, 4, 5, 6};
  const bool middle = digits[0] >= '3' && digits[0] <= '5';
  const std::span<const int> weights = middle ? kMiddle : kOuter;
  const int first = weighted_sum(digits, weights, 0) % 11;
  return first < 10 ? first : weighted_sum(digits, weights, 2) % 11 % 10;
}

int rnokpp_check(std::string_view digits) {
  static constexpr std::array kWeights{-1, 5, 7, 9, 4, 6, 10, 5, 7};
  // The sum may be negative, where C++'s % would be too.
  return (weighted_sum(digits, kWeights, 0) % 11 + 11) % 11 % 10;
}

}  // namespace

Result<Email> Email::parse(std::string_view text) {
  const std::size_t at = text.rfind('@');
  const auto ordinary = [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f &&
           std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
  };
  const bool shaped = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                      text.size() <= limits::kIdBytesMax && text.find('@') == at &&
                      std::all_of(text.begin(), text.end(), ordinary);
  if (!shaped) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not a mail address such as buyer@firm.ua", excerpt(text, 80)));
  }
  Email email;
  email.text_.resize(text.size());
  std::transform(text.begin(), text.end(), email.text_.begin(), lower);
  const std::string domain = domain_in_letters(email.domain());
  const bool fits = at + 1 + domain.size() <= limits::kIdBytesMax &&
                    std::all_of(domain.begin(), domain.end(), ordinary);
  if (fits) email.text_.replace(at + 1, std::string::npos, domain);
  return email;
}

std::string_view Email::domain() const {
  return std::string_view(text_).substr(text_.rfind('@') + 1);
}

Result<Iban> Iban::parse(std::string_view text) {
  Iban iban;
  for (const char c : text) {
    if (c != ' ') iban.text_ += upper(c);
  }
  const std::string& whole = iban.text_;
  const auto wrong = [&](std::string_view why) {
    return fail(ErrorCode::kInvalidField, fmt::format("IBAN '{}' {}", excerpt(whole), why));
  };
  const auto allowed = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); };
  if (whole.size() < 15 || whole.size() > 34 || !std::all_of(whole.begin(), whole.end(), allowed)) {
    return wrong("is not 15 to 34 letters and digits");
  }
  if (is_digit(whole[0]) || is_digit(whole[1])) return wrong("does not begin with a country");
  if (!is_digit(whole[2]) || !is_digit(whole[3])) return wrong("has no check digits");
  if (whole.starts_with("UA") && whole.size() != 29) {
    return wrong("has not the 29 characters of a Ukrainian account");
  }
  if (iban_remainder(whole) != 1) return wrong("has wrong check digits");
  return iban;
}

Result<TaxCode> TaxCode::parse(std::string_view text) {
  const bool digits = std::all_of(text.begin(), text.end(), is_digit);
  if (!digits || (text.size() != 8 && text.size() != 10)) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("tax code '{}' is neither an EDRPOU of 8 digits nor a RNOKPP of 10",
                            excerpt(text)));
  }
  TaxCode code;
  code.text_ = text;
  return code;
}

bool TaxCode::check_digit_ok() const {
  const std::string_view digits = text_;
  const int check = digits.size() == 8 ? edrpou_check(digits) : rnokpp_check(digits);
  return check == digits.back() - '0';
}

}  // namespace ledger
