#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/notice.h"
#include "events/types/offer_content.h"
#include "projections/breaches/severity.h"
#include "projections/client_card/queries.h"
#include "projections/receivables/stop.h"

// The rules that an offer has to keep, as a pure function: offer_checks.v1.
namespace ledger::offer_checks {

inline constexpr std::string_view kRule = "offer_checks.v1";

enum class Channel { kEmail, kPhone, kDescribed };  // the last: known by its description alone
constexpr auto names(Channel) { return words("email", "phone", "described"); }

struct Offer {
  std::string client_id;  // the surviving card
  std::string told_on;    // the card on which it was recorded
  std::string name;       // of the letter or the call, as name_of_offer has it
  Channel channel{};
  Date day;            // on which it was made; of several events the earliest
  Timestamp recorded;  // when the ledger heard of it first
  std::optional<ManagerId> manager_id;
  std::vector<Position> positions;       // of all that tells of it
  std::vector<OfferDescribed> products;  // the last word on each; none: nobody said what it says
};

enum class Check {
  kPriceType,  // by another price list than the client's (row 17)
  kStopped,    // on credit to whom nothing is shipped (row 17)
  kFloor,      // below the least price without approval (row 55)
  kDiscount,   // below the list's less what the client's terms allow, without approval (row 55)
  kCurrency,   // in another currency than the product's least price: nobody can compare them
  kContent,    // without specifications, prices or terms (row 56)
  kNeed,       // individual, and answers no recorded need (row 40)
  kCriteria,   // says nothing of what the client decides by (row 22)
};
constexpr auto names(Check) {
  return words("price_type", "stopped_client", "price_floor", "discount_limit", "price_currency",
               "content", "need", "criteria");
}
[[nodiscard]] std::string_view duty_of(Check check);

struct Finding {
  Check check{};
  breaches::Severity severity{};
  // Prices for the checks of prices, else words: a price type, "prepaid" and why it is stopped, the
  // members that have to be true and those that are, a need, the criteria that the offer says
  // nothing of with their weights ("price:80 term:100").
  std::string expected;
  std::string found;
  std::optional<Money> expected_price;
  std::optional<Money> found_price;
  std::optional<ProductId> product_id;
  // Whether the ledger knew it when it heard of the offer. What came to be known later is no
  // breach: nobody could have heeded it.
  bool known_then = true;
};

// What stood about the client and the goods on the offer's day.
struct Facts {
  client_card::Card card;  // of an offer that was described
  receivables::ShipmentStop stop;
  std::vector<ProductRegistered> products;  // the last word on the least price of each
};

// By the order of Check. Terms that nobody approved, other than standard ones, allow no discount. A
// client without a price type, and an offer that does not name one, are not compared.
[[nodiscard]] std::vector<Finding> check(const Offer& offer, const Facts& facts);

}  // namespace ledger::offer_checks
