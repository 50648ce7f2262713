#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"

namespace ledger {

// What an offer says (article: as many technical characteristics, prices and terms of purchase as
// can be; a complex offer; no dumping).
struct OfferDescribed {
  static constexpr std::string_view kName = "offer.described";
  static constexpr int kVersion = 1;

  ClientId client_id;                // The client
  ManagerId manager_id;              // The manager who did it
  std::string offer_ref;             // The letter or the call in which it was made
  bool characteristics = false;      // Whether it gives technical characteristics
  bool price_range = false;          // Whether it gives prices
  bool purchase_terms = false;       // Whether it gives terms of purchase
  std::vector<std::string> bundle;   // What is offered beside the goods: warranty, delivery
  std::optional<Money> price;        // The price that was offered
  std::optional<Money> least_price;  // The least that may be offered without approval

  static void fields(auto&& field) {
    field("client_id", &OfferDescribed::client_id);
    field("manager_id", &OfferDescribed::manager_id);
    field("offer_ref", &OfferDescribed::offer_ref);
    field("characteristics", &OfferDescribed::characteristics);
    field("price_range", &OfferDescribed::price_range);
    field("purchase_terms", &OfferDescribed::purchase_terms);
    field("bundle", &OfferDescribed::bundle);
    field("price", &OfferDescribed::price);
    field("least_price", &OfferDescribed::least_price);
  }
  [[nodiscard]] Status validate() const {
    if (price) LEDGER_CHECK(check_positive(*price, "price.amount_minor"));
    if (!least_price) return {};
    LEDGER_CHECK(check_positive(*least_price, "least_price.amount_minor"));
    if (!price || price->currency == least_price->currency) return {};
    return fail(ErrorCode::kInvalidField, "is not the currency of the price",
                "least_price.currency");
  }
  bool operator==(const OfferDescribed&) const = default;
};

}  // namespace ledger
