#include "projections/offer_checks/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "platform/words.h"
#include "projections/client_card/standing.h"

namespace ledger::offer_checks {

namespace {

using breaches::Severity;

constexpr std::int64_t kWholeBp = 10'000;

Severity severity_of(Check check) {
  switch (check) {
    case Check::kPriceType:
    case Check::kStopped:
    case Check::kFloor:
    case Check::kDiscount:
      return Severity::kBreach;
    case Check::kCurrency:
    case Check::kContent:
    case Check::kNeed:
    case Check::kCriteria:
      return Severity::kWarning;
  }
  return Severity::kWarning;
}

Finding words_differ(Check check, std::string expected, std::string found) {
  Finding finding;
  finding.check = check;
  finding.severity = severity_of(check);
  finding.expected = std::move(expected);
  finding.found = std::move(found);
  return finding;
}

Finding prices_differ(Check check, const Money& expected, const OfferDescribed& product) {
  Finding finding;
  finding.check = check;
  finding.severity = severity_of(check);
  finding.expected_price = expected;
  finding.found_price = product.price;
  finding.product_id = product.product_id;
  return finding;
}

// Of a price of the list, rounded down; never overflows.
std::int64_t less_discount(std::int64_t list_minor, std::int64_t discount_bp) {
  const std::int64_t rest = kWholeBp - discount_bp;
  return list_minor / kWholeBp * rest + list_minor % kWholeBp * rest / kWholeBp;
}

std::int64_t allowed_discount_bp(const client_card::Terms& terms) {
  std::int64_t most = 0;
  for (const auto* told : terms.in_force) {
    const bool holds = told->data.kind == TermsKind::kStandard || told->data.approved_by;
    if (holds) most = std::max(most, told->data.discount_bp.value_or(0));
  }
  return most;
}

class Checker {
 public:
  Checker(const Offer& offer, const Facts& facts)
      : offer_(offer), facts_(facts), terms_(client_card::terms_on(facts.card, offer.day)) {}

  std::vector<Finding> run() && {
    check_stop();
    for (const auto& product : offer_.products) {
      check_price_type(product);
      check_price(product);
      check_content(product);
      check_need(product);
      check_criteria(product);
    }
    const auto key = [](const Finding& one) {
      return std::tie(one.check, one.product_id, one.expected, one.found);
    };
    std::sort(found_.begin(), found_.end(),
              [&](const auto& left, const auto& right) { return key(left) < key(right); });
    return std::move(found_);
  }

 private:
  // Nobody said that it is to be paid first: also where nobody said anything.
  void check_stop() {
    if (!facts_.stop.stopped()) return;
    const auto& products = offer_.products;
    const bool prepaid = !products.empty() &&
                         std::all_of(products.begin(), products.end(),
                                     [](const auto& one) { return one.prepaid.value_or(false); });
    if (prepaid) return;
    found_.push_back(words_differ(Check::kStopped, "prepaid", facts_.stop.reasons.front()));
  }

  void check_price_type(const OfferDescribed& product) {
    if (!product.price_type || !terms_.price_type) return;
    if (fold_words(*product.price_type) == fold_words(*terms_.price_type)) return;
    auto finding = words_differ(Check::kPriceType, *terms_.price_type, *product.price_type);
    finding.product_id = product.product_id;
    found_.push_back(std::move(finding));
  }

  void check_price(const OfferDescribed& product) {
    if (!product.price) return;
    std::optional<Money> floor = product.least_price;
    for (const auto& registered : facts_.products) {
      if (registered.product_id != product.product_id) continue;
      const Money& least = *registered.least_price;
      if (least.currency != product.price->currency) {
        found_.push_back(prices_differ(Check::kCurrency, least, product));
      } else if (!floor || least.amount_minor > floor->amount_minor) {
        floor = least;
      }
    }
    if (product.approved_by) return;
    const std::int64_t price = product.price->amount_minor;
    if (floor && price < floor->amount_minor) {
      found_.push_back(prices_differ(Check::kFloor, *floor, product));
    }
    if (!product.list_price) return;
    const Money least{less_discount(product.list_price->amount_minor, allowed_discount_bp(terms_)),
                      product.list_price->currency};
    if (price < least.amount_minor) {
      found_.push_back(prices_differ(Check::kDiscount, least, product));
    }
  }

  void check_content(const OfferDescribed& product) {
    std::vector<std::string_view> there;
    if (product.characteristics) there.emplace_back("characteristics");
    if (product.price_range) there.emplace_back("price_range");
    if (product.purchase_terms) there.emplace_back("purchase_terms");
    if (there.size() == 3) return;
    auto finding = words_differ(Check::kContent, "characteristics price_range purchase_terms",
                                fmt::format("{}", fmt::join(there, " ")));
    finding.product_id = product.product_id;
    found_.push_back(std::move(finding));
  }

  void check_need(const OfferDescribed& product) {
    if (!product.need_id && !product.individual.value_or(false)) return;
    const auto& needs = facts_.card.facts.needs;
    const bool recorded = std::any_of(needs.begin(), needs.end(), [&](const auto& told) {
      return told.data.need_id == product.need_id;
    });
    if (recorded) return;
    auto finding = words_differ(Check::kNeed, "recorded_need",
                                product.need_id ? product.need_id->text() : std::string());
    finding.product_id = product.product_id;
    found_.push_back(std::move(finding));
  }

  // By what the client decides, as it was told last, and the offer does not speak of. Of quality
  // and benefit nothing that is recorded of an offer tells: they are not judged.
  void check_criteria(const OfferDescribed& product) {
    const auto& told = facts_.card.facts.criteria;
    if (told.empty()) return;
    const ClientCriteriaRecorded& criteria = told.back().data;
    std::string missed;
    const auto judge = [&](std::string_view name, std::int64_t weight, bool there) {
      if (weight == 0 || there) return;
      missed += fmt::format("{}{}:{}", missed.empty() ? "" : " ", name, weight);
    };
    judge("price", criteria.price, product.price_range || product.price);
    judge("functionality", criteria.functionality, product.characteristics);
    judge("term", criteria.term, product.purchase_terms);
    judge("information", criteria.information, product.characteristics);
    if (missed.empty()) return;
    auto finding = words_differ(Check::kCriteria, std::move(missed), "");
    finding.product_id = product.product_id;
    found_.push_back(std::move(finding));
  }

  const Offer& offer_;
  const Facts& facts_;
  client_card::Terms terms_;
  std::vector<Finding> found_;
};

}  // namespace

std::string_view duty_of(Check check) {
  switch (check) {
    case Check::kPriceType:
    case Check::kStopped:
      return "terms.observed";
    case Check::kFloor:
    case Check::kDiscount:
    case Check::kCurrency:
      return "offers.price_floor";
    case Check::kContent:
      return "offers.completeness";
    case Check::kNeed:
      return "offers.individual";
    case Check::kCriteria:
      return "clients.criteria";
  }
  return {};
}

std::vector<Finding> check(const Offer& offer, const Facts& facts) {
  return Checker(offer, facts).run();
}

}  // namespace ledger::offer_checks
