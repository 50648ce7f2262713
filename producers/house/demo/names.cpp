#include "producers/house/demo/names.h"

#include <fmt/format.h>

namespace ledger::demo {

namespace {

struct Word {
  const char* uk;
  const char* latin;
};

constexpr Word kFirms[] = {
    {"Барвінок", "barvinok"}, {"Ромашка", "romashka"},    {"Калина", "kalyna"},
    {"Дніпро", "dnipro"},     {"Карпати", "karpaty"},     {"Явір", "yavir"},
    {"Обрій", "obrii"},       {"Світанок", "svitanok"},   {"Лелека", "leleka"},
    {"Джерело", "dzherelo"},  {"Вектор", "vector"},       {"Горизонт", "horyzont"},
    {"Промінь", "promin"},    {"Успіх", "uspikh"},        {"Надія", "nadiia"},
    {"Злагода", "zlahoda"},   {"Добробут", "dobrobut"},   {"Достаток", "dostatok"},
    {"Зоря", "zoria"},        {"Мрія", "mriia"},          {"Оберіг", "oberih"},
    {"Перлина", "perlyna"},   {"Смерека", "smereka"},     {"Тополя", "topolia"},
    {"Фенікс", "feniks"},     {"Хвиля", "khvylia"},       {"Чайка", "chaika"},
    {"Яблуко", "yabluko"},    {"Будсервіс", "budservis"}, {"Техноліс", "tekhnolis"},
    {"Агросвіт", "ahrosvit"}, {"Медфарм", "medfarm"},     {"Канцсвіт", "kantssvit"},
    {"Меблі", "mebli"},       {"Папірус", "papirus"},     {"Фарба", "farba"},
    {"Метал", "metal"},       {"Склад", "sklad"},         {"Оптторг", "opttorh"},
    {"Рітейл", "riteil"},
};
constexpr Word kSecond[] = {
    {"Трейд", "trade"}, {"Плюс", "plus"},    {"Україна", "ukraina"}, {"Сервіс", "service"},
    {"Груп", "group"},  {"Центр", "centre"}, {"Захід", "zakhid"},    {"Південь", "pivden"},
    {"Опт", "opt"},     {"Люкс", "lux"},     {"Маркет", "market"},   {"Інвест", "invest"},
    {"Буд", "bud"},     {"Авто", "auto"},    {"Схід", "skhid"},      {"Північ", "pivnich"},
    {"Дім", "dim"},     {"Союз", "soiuz"},   {"Майстер", "maister"}, {"Старт", "start"},
};
constexpr const char* kForms[] = {"ТОВ", "ПП", "АТ"};

constexpr Word kSurnames[] = {
    {"Коваль", "koval"},       {"Шевчук", "shevchuk"},    {"Бондар", "bondar"},
    {"Мороз", "moroz"},        {"Лисенко", "lysenko"},    {"Ткачук", "tkachuk"},
    {"Кравець", "kravets"},    {"Мельник", "melnyk"},     {"Поліщук", "polishchuk"},
    {"Савчук", "savchuk"},     {"Гончар", "honchar"},     {"Руденко", "rudenko"},
    {"Марчук", "marchuk"},     {"Клименко", "klymenko"},  {"Петрук", "petruk"},
    {"Іваненко", "ivanenko"},  {"Гнатюк", "hnatiuk"},     {"Захарчук", "zakharchuk"},
    {"Дячук", "diachuk"},      {"Яремчук", "yaremchuk"},  {"Федорук", "fedoruk"},
    {"Юрчук", "yurchuk"},      {"Чорнобай", "chornobai"}, {"Пономаренко", "ponomarenko"},
    {"Левченко", "levchenko"}, {"Тимошук", "tymoshchuk"}, {"Остапчук", "ostapchuk"},
    {"Сидорук", "sydoruk"},    {"Ковтун", "kovtun"},      {"Заєць", "zaiets"},
};
constexpr Word kGiven[] = {
    {"Олена", "o"},  {"Петро", "p"}, {"Ірина", "i"},    {"Андрій", "a"},   {"Наталія", "n"},
    {"Сергій", "s"}, {"Марія", "m"}, {"Василь", "v"},   {"Тетяна", "t"},   {"Дмитро", "d"},
    {"Юлія", "yu"},  {"Роман", "r"}, {"Галина", "h"},   {"Богдан", "b"},   {"Леся", "l"},
    {"Євген", "ye"}, {"Зоя", "z"},   {"Ярослав", "ya"}, {"Катерина", "k"}, {"Федір", "f"},
};
constexpr const char* kGoods[] = {
    "папір офісний А4", "картриджі",         "фарба біла, 10 л",  "шпалери",
    "клей будівельний", "стелажі складські", "світильники LED",   "кабель ВВГ 3х2,5",
    "плитка керамічна", "ламінат 32 клас",   "меблі офісні",      "бойлери",
    "насоси",           "інструмент ручний", "електроінструмент", "пакувальна плівка",
    "миючі засоби",     "спецодяг",          "рукавички робочі",  "замки та фурнітура",
};
constexpr const char* kTowns[] = {"Київ",    "Львів",   "Одеса",     "Дніпро",
                                  "Харків",  "Луцьк",   "Тернопіль", "Вінниця",
                                  "Полтава", "Черкаси", "Рівне",     "Хмельницький"};

template <class List>
const auto& nth(const List& list, std::int64_t number) {
  return list[static_cast<std::size_t>(number) % std::size(list)];
}
template <class List>
std::int64_t count(const List& list) {
  return static_cast<std::int64_t>(std::size(list));
}

}  // namespace

FirmName firm_name(std::int64_t number) {
  // Every fourth is a sole trader.
  if (number % 4 == 3) {
    const std::int64_t n = number / 4;
    const auto& surname = nth(kSurnames, n);
    const auto& given = nth(kGiven, n / count(kSurnames));
    const std::int64_t round = n / count(kSurnames) / count(kGiven);
    return {fmt::format("ФОП {} {}{}", surname.uk, given.uk,
                        round == 0 ? "" : fmt::format(" ({})", town(round))),
            fmt::format("{}-{}{}", surname.latin, given.latin,
                        round == 0 ? "" : fmt::format("-{}", round)),
            true};
  }
  const std::int64_t n = number - number / 4;
  const auto& first = nth(kFirms, n);
  const auto& second = nth(kSecond, n / count(kFirms));
  const std::int64_t round = n / count(kFirms) / count(kSecond);
  return {fmt::format("{} «{}-{}{}»", nth(kForms, n / 7), first.uk, second.uk,
                      round == 0 ? "" : fmt::format(" {}", round + 1)),
          fmt::format("{}-{}{}", first.latin, second.latin,
                      round == 0 ? "" : fmt::format("-{}", round + 1)),
          false};
}

std::string person_name(std::int64_t number) {
  return fmt::format("{} {}", nth(kGiven, number / 3 + number).uk, nth(kSurnames, number).uk);
}

std::string latin_name(std::int64_t number) {
  return fmt::format("{}.{}", nth(kGiven, number / 3 + number).latin, nth(kSurnames, number).latin);
}

std::string product_name(std::int64_t number) { return nth(kGoods, number); }
std::string town(std::int64_t number) { return nth(kTowns, number); }

// One of the ten last digits fits, and for IBANs one of the pairs.
TaxCode tax_code(std::int64_t number, bool is_person) {
  const std::int64_t stem = is_person ? 268'400'000 + number * 11 : 3'100'000 + number * 7;
  for (int digit = 0; digit < 9; ++digit) {
    auto code = TaxCode::parse(fmt::format("{}{}", stem, digit)).value();
    if (code.check_digit_ok()) return code;
  }
  return TaxCode::parse(fmt::format("{}9", stem)).value();
}

Iban iban(std::int64_t number) {
  for (int check = 2; check <= 98; ++check) {
    if (auto found = Iban::parse(fmt::format("UA{:02}305299{:019}", check, 26007000000 + number))) {
      return *std::move(found);
    }
  }
  return Iban::parse("UA213223130000026007233566001").value();
}

Phone phone(std::int64_t number) {
  constexpr int kOperators[] = {50, 67, 63, 66, 97, 93};
  return Phone::parse(fmt::format("+380{}{:07}", nth(kOperators, number), 2'000'000 + number * 37))
      .value();
}

}  // namespace ledger::demo
