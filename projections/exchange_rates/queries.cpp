#include "projections/exchange_rates/queries.h"

#include <algorithm>
#include <limits>

#include "projections/store/view_batch.h"

namespace ledger::exchange_rates {

namespace {

constexpr int kHryvniaDigits = 2;
constexpr std::int64_t kRateUnit = 1'000'000;

}  // namespace

Result<std::optional<FxRatePublished>> rate_on(const ViewSnapshot& snapshot,
                                               const Currency& currency, Date day,
                                               const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  std::optional<FxRatePublished> found;
  const auto visit = [&](std::string_view, const RateRow& row) {
    const Said<FxRatePublished>* last = nullptr;
    for (const auto& said : row.published) {
      if (!said.known.at(known_at)) continue;
      if (last == nullptr || last->known.recorded <= said.known.recorded) last = &said;
    }
    if (last != nullptr) found = last->data;
    return !found;
  };
  LEDGER_CHECK(
      scan_rows<RateRow>(snapshot, family, currency.text() + '|', rate_key(currency, day), visit));
  return found;
}

Result<std::int64_t> in_hryvnias(std::int64_t minor, const FxRatePublished& rate) {
  __extension__ using Wide = __int128;
  Wide value = static_cast<Wide>(minor) * rate.rate_e6;
  Wide divisor = kRateUnit;
  for (int digits = rate.currency.exponent(); digits > kHryvniaDigits; --digits) divisor *= 10;
  for (int digits = rate.currency.exponent(); digits < kHryvniaDigits; ++digits) value *= 10;
  const Wide half = divisor / 2;
  const Wide rounded = (value + (value < 0 ? -half : half)) / divisor;
  if (rounded > std::numeric_limits<std::int64_t>::max() ||
      rounded < std::numeric_limits<std::int64_t>::min()) {
    return fail(ErrorCode::kOutOfRange, "in hryvnias the sum does not fit");
  }
  return static_cast<std::int64_t>(rounded);
}

}  // namespace ledger::exchange_rates
