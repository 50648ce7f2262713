#include "producers/email/pushed_mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "platform/limits.h"
#include "platform/utf8.h"
#include "producers/email/message/authentication.h"
#include "producers/email/message/mime_message.h"

namespace ledger::mail {

namespace {

using webhook::Fields;

constexpr std::size_t kRawBytesMax = 4096;     // of what a person is shown
constexpr std::size_t kReasonBytesMax = 1000;  // an answer of a mail server has some lines
constexpr int kFractionDigits = 6;

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Of a fraction's digits the first six, as microseconds.
std::int64_t microseconds_of(std::string_view digits) {
  std::int64_t value = 0;
  for (int i = 0; i < kFractionDigits; ++i) {
    const auto at = static_cast<std::size_t>(i);
    value = value * 10 + (at < digits.size() ? digits[at] - '0' : 0);
  }
  return value;
}

// "…:10.2735393-04:00" with at most six digits behind the point.
std::string with_short_fraction(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return std::string(text);
  const std::size_t end = std::min(text.find_first_not_of("0123456789", point + 1), text.size());
  const std::size_t kept = std::min(end, point + 1 + kFractionDigits);
  return std::string(text.substr(0, kept)) + std::string(text.substr(end));
}

}  // namespace

Result<Timestamp> epoch_of(const Fields& fields, std::string_view field) {
  LEDGER_TRY(const std::string text, fields.text(field));
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = std::string_view(text).substr(0, point);
  const std::string_view fraction = std::string_view(text).substr(std::min(point + 1, text.size()));
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
  const bool ends = end == whole.data() + whole.size();
  if (!is_digits(whole) || (point < text.size() && !is_digits(fraction)) ||
      (error == std::errc() && !ends)) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is no number of seconds since 1970", excerpt(text)),
                std::string(field));
  }
  constexpr std::int64_t kFirst = 631'152'000;     // 1990-01-01
  constexpr std::int64_t kBehind = 4'133'980'800;  // 2101-01-01
  if (error != std::errc() || seconds < kFirst || seconds >= kBehind) {
    return fail(ErrorCode::kOutOfRange,
                fmt::format("{} seconds since 1970 lie outside the years {} to {}", excerpt(text),
                            limits::kEarliestYear, limits::kLatestYear),
                std::string(field));
  }
  return Timestamp{std::chrono::seconds(seconds)} +
         std::chrono::microseconds(microseconds_of(fraction));
}

Result<Timestamp> instant_of(const Fields& fields, std::string_view field) {
  LEDGER_TRY(const std::string text, fields.text(field));
  auto time = parse_timestamp(with_short_fraction(text));
  if (time) return time;
  return fail(time.error().code, time.error().message, std::string(field));
}

Result<Email> address_of(const Fields& fields, std::string_view field) {
  LEDGER_TRY(const std::string text, fields.text(field));
  auto address = Email::parse(text);
  if (address) return address;
  return fail(address.error().code, address.error().message, std::string(field));
}

bool speaks_for(std::string_view said, const Email& sender) {
  return is_near_domain(said, sender.domain());
}

std::string message_id_of(std::string_view text) {
  std::string line = one_line(text);
  if (line.starts_with('<') || line.find('@') == std::string::npos) return line;
  return fmt::format("<{}>", line);
}

std::optional<std::string> reason_of(std::initializer_list<std::string_view> words) {
  std::string all;
  for (const std::string_view word : words) {
    const std::string line = one_line(word);
    if (!line.empty()) all += (all.empty() ? "" : ": ") + line;
  }
  if (all.empty()) return std::nullopt;
  return std::string(excerpt(all, kReasonBytesMax));
}

OneFact fact(std::string id, std::string source, Timestamp time, OfferDeliveryChanged data) {
  return {Submission{std::move(id), std::move(source), time, {}, EventData(std::move(data))}, {}};
}

OneFact no_fact(std::string reason) { return {std::nullopt, std::move(reason)}; }

void add(Mapped& mapped, std::string where, std::string_view raw, Result<OneFact> one) {
  if (!one) {
    mapped.refused.push_back(
        {std::move(where), std::string(excerpt(raw, kRawBytesMax)), std::move(one).error()});
  } else if (one->event) {
    mapped.events.push_back(*std::move(one->event));
  } else {
    mapped.skipped.push_back({std::move(where), std::move(one->skipped)});
  }
}

Mapped mapped_one(std::string_view raw, Result<OneFact> one) {
  Mapped mapped;
  add(mapped, "delivery", raw, std::move(one));
  return mapped;
}

Error unsubscribed(std::string field) {
  return {ErrorCode::kInvalidField,
          "the recipient wants no more letters: note it among the consents on his card, then "
          "dismiss this",
          std::move(field)};
}

Error unknown_word(std::string_view word, std::string field) {
  return {ErrorCode::kInvalidField,
          fmt::format("'{}' is no word that is known here", excerpt(word)), std::move(field)};
}

}  // namespace ledger::mail
