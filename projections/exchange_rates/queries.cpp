#include "projections/exchange_rates/queries.h"

#include <algorithm>
#include <limits>

#include "projections/store/view_batch.h"

namespace ledger::exchange_rates {

namespace {

constexpr int kHryvniaDigits = 2;
constexpr std::int64_t kRateUnit = 1'000'000;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// nullptr: nothing of it was known.
template <class E>
const E* recorded_last(const std::vector<Said<E>>& published,
                       const std::optional<Timestamp>& known_at) {
  const Said<E>* last = nullptr;
  for (const auto& said : published) {
    if (!said.known.at(known_at)) continue;
    if (last == nullptr || last->known.recorded <= said.known.recorded) last = &said;
  }
  return last == nullptr ? nullptr : &last->data;
}

template <class Row>
Result<std::map<Date, std::int64_t>> table(const ViewSnapshot& snapshot, const AsOf& as_of,
                                           auto day, auto value) {
  std::map<Date, std::int64_t> found;
  const auto visit = [&](std::string_view, const Row& row) {
    const auto* last = recorded_last(row.published, as_of.known_at);
    if (last != nullptr && last->*day <= as_of.day) found.emplace(last->*day, last->*value);
    return true;
  };
  LEDGER_CHECK(scan_rows<Row>(snapshot, family(), "", "", visit));
  return found;
}

}  // namespace

Result<std::optional<FxRatePublished>> rate_on(const ViewSnapshot& snapshot,
                                               const Currency& currency, Date day,
                                               const std::optional<Timestamp>& known_at) {
  std::optional<FxRatePublished> found;
  const auto visit = [&](std::string_view, const RateRow& row) {
    const auto* last = recorded_last(row.published, known_at);
    if (last != nullptr) found = *last;
    return !found;
  };
  LEDGER_CHECK(scan_rows<RateRow>(snapshot, family(), currency.text() + '|',
                                  rate_key(currency, day), visit));
  return found;
}

Result<std::map<Date, std::int64_t>> price_indices_e4(const ViewSnapshot& snapshot,
                                                      const AsOf& as_of) {
  return table<PriceIndexRow>(snapshot, as_of, &PriceIndexPublished::month,
                              &PriceIndexPublished::index_e4);
}

Result<std::map<Date, std::int64_t>> key_rates_bp(const ViewSnapshot& snapshot, const AsOf& as_of) {
  return table<KeyRateRow>(snapshot, as_of, &KeyRatePublished::valid_from,
                           &KeyRatePublished::rate_bp);
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
