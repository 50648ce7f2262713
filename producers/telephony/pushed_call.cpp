#include "producers/telephony/pushed_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "platform/limits.h"
#include "platform/utf8.h"
#include "producers/telephony/country_codes.h"

namespace ledger::telephony {

namespace {

constexpr std::size_t kRawBytesMax = 4096;  // of what a person is shown

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<LocalTime> local_time(std::string_view text, const BusinessZone& zone) {
  // Read as if it were UTC by the strict reader, then moved by the zone.
  std::string utc(text);
  if (utc.size() == 19) {
    for (const std::size_t at : {std::size_t{4}, std::size_t{7}}) {
      if (utc[at] == '/') utc[at] = '-';
    }
    if (utc[10] == ' ') utc[10] = 'T';
  }
  const auto wall = parse_timestamp(utc + "Z");
  if (!wall || utc.size() != 19) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not a time such as 2026-11-24 08:00:00", excerpt(text)));
  }
  const auto midnight = std::chrono::floor<std::chrono::days>(*wall);
  const Date day{midnight};
  const auto since = std::chrono::duration_cast<std::chrono::seconds>(*wall - midnight);
  return LocalTime{zone.to_instant(day, since), zone.is_missing(day, since)};
}

Result<Timestamp> epoch_time(std::int64_t seconds) {
  constexpr std::int64_t kFirst = 631'152'000;     // 1990-01-01
  constexpr std::int64_t kBehind = 4'133'980'800;  // 2101-01-01
  if (seconds < kFirst || seconds >= kBehind) {
    return fail(ErrorCode::kOutOfRange,
                fmt::format("{} seconds since 1970 lie outside the years {} to {}", seconds,
                            limits::kEarliestYear, limits::kLatestYear));
  }
  return Timestamp{std::chrono::seconds(seconds)};
}

void set_outcome(CallCompleted& call, std::span<const OutcomeWord> words, std::string_view word) {
  const std::string folded = fold_case(word);
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const auto& one) { return fold_case(one.word) == folded; });
  call.outcome = found == words.end() ? CallOutcome::kUnknown : found->outcome;
  if (found == words.end()) call.outcome_raw = std::string(word);
}

void set_client_number(CallCompleted& call, std::string_view raw) {
  if (raw.empty()) return;
  call.client_phone_raw = std::string(raw);
  call.client_phone = normalise_phone(raw);
}

void set_client_number_without_plus(CallCompleted& call, std::string_view raw) {
  set_client_number(call, raw);
  constexpr std::size_t kDigitsMin = 11;
  if (call.client_phone || !is_digits(raw) || raw.size() < kDigitsMin) return;
  if (!is_plausibly_international(raw)) return;
  if (auto phone = Phone::parse(fmt::format("+{}", raw))) call.client_phone = *std::move(phone);
}

Mapped mapped_one(Result<OneCall> one, std::string_view raw) {
  Mapped mapped;
  if (!one) {
    mapped.refused.push_back(
        {"delivery", std::string(excerpt(raw, kRawBytesMax)), std::move(one).error()});
  } else if (one->call) {
    mapped.events.push_back(*std::move(one->call));
  } else {
    mapped.skipped.push_back({"delivery", std::move(one->skipped)});
  }
  return mapped;
}

Webhook webhook_of(std::string name, std::string secret, ReadDelivery read) {
  Webhook webhook;
  webhook.name = std::move(name);
  webhook.secret = std::move(secret);
  webhook.map = [read = std::move(read)](const http::Request& request) {
    return mapped_one(read(request), request.body);
  };
  return webhook;
}

}  // namespace ledger::telephony
