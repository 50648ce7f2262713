// Who else sells to our clients, at what prices and terms, and why ours is the better choice.
#include <fmt/format.h>

#include "events/types/market.h"
#include "events/types/stock.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"
#include "producers/house/demo/price_list.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";

struct Competitor {
  std::string_view id;
  std::string_view name;
  std::string_view note;
  std::int64_t price_percent;  // of our list price, on the whole
};
constexpr Competitor kCompetitors[] = {
    {"budhurt", "ТОВ «Будгурт-Центр»", "Найбільший склад області, дешева доставка", 97},
    {"farbosvit", "ТОВ «Фарбосвіт»", "Лише фарби та лаки, власне колірування", 103},
    {"khata", "ПП «Твоя хата»", "Мережа магазинів, бонуси дизайнерам", 108},
    {"metyz", "ТОВ «Метиз-Опт»", "Інструмент і кріплення, довга відстрочка", 99},
};
constexpr std::string_view kTerms[] = {"відстрочка 30 днів", "передоплата, доставка безкоштовна",
                                       "знижка 5 % від 50 тис.", "самовивіз, ціна з ПДВ",
                                       "відстрочка 45 днів від 100 тис."};
constexpr std::string_view kSeen[] = {"прайс від клієнта", "ціна на полиці", "їхній сайт",
                                      "рахунок, який показав клієнт"};
constexpr std::string_view kBetter[] = {
    "Наш товар із сертифікатом і паспортом партії; у них паспорт лише за запитом.",
    "Доставка від одного відра наступного дня; у них — від двох палет.",
    "Ціна вища на 3 %, зате відстрочка без застави і повернення залишків протягом місяця.",
    "Консультація технолога на об'єкті входить у ціну."};

struct Gap {
  std::string_view product;
  std::string_view note;
};
constexpr Gap kGaps[] = {{"утеплювач фасадний", "питають разом із фарбою"},
                         {"фарба у тарі 1 л", "просять магазини роздрібу"},
                         {"гіпсокартон", "беруть у конкурента з його доставкою"},
                         {"мастика покрівельна", "сезонний попит"},
                         {"сходи-драбини", "для об'єктів мережі"}};

}  // namespace

void Besides::meet_competitors(Date day) {
  for (const auto& one : kCompetitors) {
    CompetitorRegistered registered;
    registered.competitor_id = CompetitorId(std::string(one.id));
    registered.name = one.name;
    registered.note = one.note;
    house_.say(kHouse, fmt::format("competitor-{}", one.id), day, 8 * 3600 + 1500,
               EventData(registered));
  }
}

void Besides::watch_competitors(std::size_t manager, Date day) {
  const ManagerId& who = house_.managers()[manager].id;
  if (chance_.per_mille(180)) {
    const Competitor& seen = chance_.one_of(kCompetitors);
    const std::int64_t product = chance_.below(kPricedProducts);
    CompetitorObserved observed;
    observed.competitor_id = CompetitorId(std::string(seen.id));
    observed.manager_id = who;
    if (chance_.per_mille(600)) observed.client_id = someone_of(manager).id;
    observed.product = product_name(product);
    const std::int64_t percent = seen.price_percent + chance_.between(-4, 4);
    observed.price = Money{list_price_minor(product, kWholesale) / 100 * percent,
                           Currency::parse("UAH").value()};
    if (chance_.per_mille(700)) observed.terms = chance_.one_of(kTerms);
    observed.note = chance_.one_of(kSeen);
    tell("observed", day, EventData(observed));
  }
  if (chance_.per_mille(50)) {
    const Gap& gap = chance_.one_of(kGaps);
    AssortmentGapReported reported;
    reported.manager_id = who;
    reported.product = gap.product;
    if (chance_.per_mille(700)) reported.client_id = someone_of(manager).id;
    reported.note = gap.note;
    tell("gap", day, EventData(reported));
  }
}

// Every six weeks one product is set beside a competitor's.
void Besides::compare(Date day) {
  const auto n = nth_begins(day, 15, 42);
  if (!n) return;
  const Competitor& other = kCompetitors[static_cast<std::size_t>(*n) % std::size(kCompetitors)];
  tell("comparison", day,
       EventData(ComparisonPublished{CompetitorId(std::string(other.id)),
                                     product_name(*n * 3 % kPricedProducts),
                                     std::string(chance_.one_of(kBetter))}));
}

// To one of those who sell to our clients too.
CompetitorId Besides::some_competitor() {
  return CompetitorId(std::string(chance_.one_of(kCompetitors).id));
}

}  // namespace ledger::demo
