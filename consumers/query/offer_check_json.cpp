#include "consumers/query/offer_check_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "consumers/query/client_names.h"
#include "consumers/query/stop_text.h"
#include "events/fields_json.h"

namespace ledger {

namespace {

using offer_checks::Check;
using offer_checks::Finding;
using print::Language;

std::string price(const std::optional<Money>& money, Language language) {
  return money ? print::money(money->amount_minor, money->currency.text(), language) : "";
}

// The ticks that the offer lacks.
std::string missing(const Finding& finding, Language language) {
  struct Tick {
    std::string_view name;
    std::string_view uk;
    std::string_view en;
  };
  constexpr std::array kTicks{Tick{"characteristics", "технічних характеристик", "specifications"},
                              Tick{"price_range", "цін", "prices"},
                              Tick{"purchase_terms", "умов придбання", "terms"}};
  std::string list;
  for (const auto& tick : kTicks) {
    if (finding.found.find(tick.name) != std::string::npos) continue;
    if (!list.empty()) list += ", ";
    list += language == Language::kUkrainian ? tick.uk : tick.en;
  }
  return list;
}

// "price:80 term:100" in words: "ціна (80), термін (100)".
std::string criteria(const Finding& finding, Language language) {
  struct Criterion {
    std::string_view name;
    std::string_view uk;
  };
  constexpr std::array kCriteria{
      Criterion{"price", "ціна"}, Criterion{"functionality", "функціональність"},
      Criterion{"term", "термін"}, Criterion{"information", "інформація"}};
  std::string list;
  std::string_view rest = finding.expected;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    const std::string_view name = one.substr(0, one.find(':'));
    const auto known = std::find_if(kCriteria.begin(), kCriteria.end(),
                                    [&](const Criterion& each) { return each.name == name; });
    const bool ukrainian = language == Language::kUkrainian && known != kCriteria.end();
    list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", ukrainian ? known->uk : name,
                        one.substr(std::min(one.size(), name.size() + 1)));
  }
  return list;
}

std::string in_ukrainian(const Finding& finding) {
  const std::string expected = price(finding.expected_price, Language::kUkrainian);
  const std::string found = price(finding.found_price, Language::kUkrainian);
  switch (finding.check) {
    case Check::kPriceType:
      return fmt::format("тип цін клієнта «{}», а запропоновано за «{}»", finding.expected,
                         finding.found);
    case Check::kStopped:
      return fmt::format("відвантаження зупинено ({}), а про передоплату не сказано",
                         stop_reason(finding.found, Language::kUkrainian));
    case Check::kFloor:
      return fmt::format("ціна {} нижча за найменшу {}, погодження немає", found, expected);
    case Check::kDiscount:
      return fmt::format(
          "ціна {} нижча за {}: прайс без знижки, дозволеної умовами клієнта; погодження немає",
          found, expected);
    case Check::kCurrency:
      return fmt::format("ціна {}, а найменша {}: валюти різні, порівняти не можна", found,
                         expected);
    case Check::kContent:
      return fmt::format("у пропозиції немає: {}", missing(finding, Language::kUkrainian));
    case Check::kNeed:
      return finding.found.empty()
                 ? "індивідуальна пропозиція не посилається на записану потребу клієнта"
                 : fmt::format("потреби {} у картці клієнта не записано", finding.found);
    case Check::kCriteria:
      return fmt::format("клієнт зважає на те, про що в пропозиції не сказано: {}",
                         criteria(finding, Language::kUkrainian));
  }
  return {};
}

std::string in_english(const Finding& finding) {
  const std::string expected = price(finding.expected_price, Language::kEnglish);
  const std::string found = price(finding.found_price, Language::kEnglish);
  switch (finding.check) {
    case Check::kPriceType:
      return fmt::format("the client's price type is \"{}\", it was offered by \"{}\"",
                         finding.expected, finding.found);
    case Check::kStopped:
      return fmt::format("shipping is stopped ({}), and nothing is said of prepayment",
                         stop_reason(finding.found, Language::kEnglish));
    case Check::kFloor:
      return fmt::format("the price {} is below the least one, {}, and nobody approved it", found,
                         expected);
    case Check::kDiscount:
      return fmt::format(
          "the price {} is below {}, the list's less the discount that the client's terms allow, "
          "and nobody approved it",
          found, expected);
    case Check::kCurrency:
      return fmt::format("the price {} and the least one {} are in two currencies: not compared",
                         found, expected);
    case Check::kContent:
      return fmt::format("the offer lacks: {}", missing(finding, Language::kEnglish));
    case Check::kNeed:
      return finding.found.empty()
                 ? "an individual offer that refers to no recorded need"
                 : fmt::format("the need {} is not recorded on the client's card", finding.found);
    case Check::kCriteria:
      return fmt::format("the client decides by what the offer says nothing of: {}",
                         criteria(finding, Language::kEnglish));
  }
  return {};
}

void write_side(JsonWriter& json, std::string_view name, const std::optional<Money>& price,
                const std::string& words) {
  if (price) {
    json::write(json.key(name), *price);
  } else {
    json.member(name, words);
  }
}

}  // namespace

std::string sentence_of(const Finding& finding, Language language) {
  const bool ukrainian = language == Language::kUkrainian;
  std::string text = ukrainian ? in_ukrainian(finding) : in_english(finding);
  if (!finding.known_then) {
    text += ukrainian ? "; про це стало відомо після пропозиції"
                      : "; this came to be known after the offer";
  }
  return text;
}

void write_finding(JsonWriter& json, const Finding& finding) {
  json.member("check", name_of(finding.check));
  json.member("rule", offer_checks::kRule);
  json.member("duty_id", offer_checks::duty_of(finding.check));
  json.member("severity", name_of(finding.severity));
  if (finding.product_id) json.member("product_id", finding.product_id->text());
  write_side(json, "expected", finding.expected_price, finding.expected);
  write_side(json, "found", finding.found_price, finding.found);
  json.member("known_then", finding.known_then);
  json.member("text_uk", sentence_of(finding, Language::kUkrainian));
  json.member("text_en", sentence_of(finding, Language::kEnglish));
}

Status write_checked_offer(JsonWriter& json, const Query& query, const offer_checks::Offer& offer) {
  json.member("day", format_date(offer.day));
  LEDGER_CHECK(write_named_client(json, query, offer.client_id));
  if (offer.manager_id) json.member("manager_id", offer.manager_id->text());
  json.member("channel", name_of(offer.channel));
  json.member("offer", offer.name);
  json.key("positions").begin_array();
  for (const auto& position : offer.positions) json.value(to_string(position));
  json.end_array();
  return {};
}

}  // namespace ledger
