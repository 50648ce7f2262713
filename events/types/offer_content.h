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
// can be; a complex offer; no dumping). One event a product; said again, the later word holds.
struct OfferDescribed {
  static constexpr std::string_view kName = "offer.described";
  static constexpr int kVersion = 1;

  ClientId client_id;                        // The client
  ManagerId manager_id;                      // The manager who did it
  std::string offer_ref;                     // The letter or the call in which it was made
  bool characteristics = false;              // Whether it gives technical characteristics
  bool price_range = false;                  // Whether it gives prices
  bool purchase_terms = false;               // Whether it gives terms of purchase
  std::vector<std::string> bundle;           // What is offered beside the goods: warranty, delivery
  std::optional<Money> price;                // The price that was offered
  std::optional<Money> least_price;          // The least that may be offered without approval
  std::optional<ProductId> product_id = {};  // The product that the prices are of
  std::optional<std::string> price_type = {};   // By which price list
  std::optional<Money> list_price = {};         // What that list says
  std::optional<bool> prepaid = {};             // Whether it is to be paid before shipping
  std::optional<std::string> approved_by = {};  // Who allowed a price below the least one
  std::optional<bool> individual = {};          // Made for this client, after talks with him
  std::optional<NeedId> need_id = {};           // The recorded need that it answers

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
    field("product_id", &OfferDescribed::product_id);
    field("price_type", &OfferDescribed::price_type);
    field("list_price", &OfferDescribed::list_price);
    field("prepaid", &OfferDescribed::prepaid);
    field("approved_by", &OfferDescribed::approved_by);
    field("individual", &OfferDescribed::individual);
    field("need_id", &OfferDescribed::need_id);
  }
  [[nodiscard]] Status validate() const {
    if (price) LEDGER_CHECK(check_positive(*price, "price.amount_minor"));
    LEDGER_CHECK(check_beside_price(least_price, "least_price"));
    return check_beside_price(list_price, "list_price");
  }
  bool operator==(const OfferDescribed&) const = default;

 private:
  [[nodiscard]] Status check_beside_price(const std::optional<Money>& other,
                                          std::string_view name) const {
    if (!other) return {};
    LEDGER_CHECK(check_positive(*other, std::string(name) + ".amount_minor"));
    if (!price || price->currency == other->currency) return {};
    return fail(ErrorCode::kInvalidField, "is not the currency of the price",
                std::string(name) + ".currency");
  }
};

}  // namespace ledger
