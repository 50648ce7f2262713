// The price list, and what offers say: characteristics, prices, terms, what goes with the goods; a
// few below what may be offered.
#include <fmt/format.h>

#include "events/types/need.h"
#include "events/types/notice.h"
#include "events/types/offer_content.h"
#include "events/types/offer_response.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"
#include "producers/house/demo/price_list.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";
constexpr std::string_view kBundles[] = {"доставка на об'єкт", "колірування",
                                         "гарантія 24 місяці", "консультація технолога",
                                         "розвантаження",      "повернення залишків"};
constexpr std::string_view kRequirements[] = {"сертифікат відповідності", "паспорт партії",
                                              "поставка за 3 дні",        "оплата після приймання",
                                              "тара не більше 15 кг",     "електронні накладні"};

Money hryvnias(std::int64_t minor) { return {minor, Currency::parse("UAH").value()}; }

ProductId product_id(std::int64_t product) {
  return ProductId(fmt::format("prod-{:02}", product + 1));
}

}  // namespace

// All at the beginning; then, every second month, the least price of one is said again.
void Besides::keep_price_list(Date day) {
  const auto n = nth_begins(day, 0, 61);
  if (!n) return;
  for (std::int64_t product = 0; product < kPricedProducts; ++product) {
    if (*n > 0 && product != *n * 7 % kPricedProducts) continue;
    ProductRegistered card;
    card.product_id = product_id(product);
    card.name = product_name(product);
    card.least_price = hryvnias(least_price_minor(product));
    house_.say(kHouse, fmt::format("product-{}-{}", card.product_id.text(), *n), day,
               8 * 3600 + 1800, EventData(card));
  }
}

void Besides::on_offer(const Client& client, const Manager& manager, const Offer& offer,
                       std::int64_t described_per_mille) {
  if (!chance_.per_mille(described_per_mille)) return;
  const std::string_view price_type = price_type_of(client.number);
  const std::int64_t list = list_price_minor(offer.product, price_type);
  const std::int64_t least = least_price_minor(offer.product);
  OfferDescribed said;
  said.client_id = client.id;
  said.manager_id = manager.id;
  said.offer_ref = offer.ref;
  said.characteristics = chance_.per_mille(920);
  said.price_range = chance_.per_mille(960);
  said.purchase_terms = chance_.per_mille(900);
  if (chance_.per_mille(350)) said.bundle = {std::string(chance_.one_of(kBundles))};
  if (said.price_range) {
    said.price = hryvnias(list);
    said.list_price = hryvnias(list);
    said.least_price = hryvnias(least);
    said.product_id = product_id(offer.product);
    said.price_type = price_type;
    const std::int64_t kind = chance_.below(1000);
    if (kind < 60) {  // a discount that somebody allowed
      said.price = hryvnias(list / 100 * 94);
      said.approved_by = "керівник відділу";
    } else if (kind < 72) {  // dumping
      said.price = hryvnias(least / 100 * chance_.between(90, 98));
    } else if (kind < 80) {  // another client's list
      said.price_type = price_type == kWholesale ? kLargeWholesale : kWholesale;
    }
    if (chance_.per_mille(250)) said.prepaid = true;
  }
  if (offer.need) {
    said.individual = true;
    said.need_id = offer.need;
  }
  house_.say(kHouse, id("described"), offer.day, offer.second, EventData(said));
  if (chance_.per_mille(25)) match_offer(client, manager, offer);
}

// Which of the client's requirements the offer satisfies.
void Besides::match_offer(const Client& client, const Manager& manager, const Offer& offer) {
  RequirementsRecorded matrix;
  matrix.client_id = client.id;
  matrix.manager_id = manager.id;
  OfferMatched matched;
  matched.client_id = client.id;
  matched.manager_id = manager.id;
  matched.offer_ref = offer.ref;
  for (const auto requirement : kRequirements) {
    if (!chance_.per_mille(600) && !matrix.requirements.empty()) continue;
    matrix.requirements.emplace_back(requirement);
    auto& list = chance_.per_mille(800) ? matched.met : matched.missed;
    list.emplace_back(requirement);
  }
  house_.say(kHouse, id("matrix"), offer.day, 9 * 3600, EventData(matrix));
  house_.say(kHouse, id("matched"), offer.day, 18 * 3600 + 60, EventData(matched));
}

}  // namespace ledger::demo
