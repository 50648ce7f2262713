#pragma once

#include <cstdint>
#include <iterator>
#include <string_view>

// What the demo house's goods cost, in kopiykas of the unit of the trade; the products are those of
// product_name().
namespace ledger::demo {

inline constexpr std::string_view kWholesale = "гурт-1";
inline constexpr std::string_view kLargeWholesale = "гурт-2";

inline constexpr std::int64_t kLeastPrices[] = {
    165'00,   940'00,   1'250'00, 380'00, 210'00,   3'900'00, 460'00, 58'00,    395'00, 520'00,
    4'800'00, 6'200'00, 3'400'00, 690'00, 2'900'00, 120'00,   85'00,  1'150'00, 34'00,  270'00};
inline constexpr std::int64_t kPricedProducts = std::size(kLeastPrices);

[[nodiscard]] constexpr std::int64_t least_price_minor(std::int64_t product) {
  return kLeastPrices[product % kPricedProducts];
}
// The large wholesale list is a tenth nearer to the least price.
[[nodiscard]] constexpr std::int64_t list_price_minor(std::int64_t product,
                                                      std::string_view price_type) {
  return least_price_minor(product) / 100 * (price_type == kWholesale ? 125 : 115);
}
// As on the client's card.
[[nodiscard]] constexpr std::string_view price_type_of(std::int64_t client) {
  return client % 3 == 0 ? kLargeWholesale : kWholesale;
}

}  // namespace ledger::demo
