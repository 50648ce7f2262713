// When limitation did not run, by law.
#include <array>

#include "projections/acts/limitation.h"

namespace ledger::acts {

namespace {

using std::chrono::year;

constexpr std::array kStops{
    LimitationStop{
        Date{year(2020) / 3 / 12}, Date{year(2023) / 7 / 1}, Date{year(2020) / 4 / 2},
        "ЦКУ, Прикінцеві та перехідні положення, п. 12 (Закон 540-IX, чинний з 02.04.2020): "
        "карантин з 12.03.2020, відмінено з 24:00 30.06.2023 (постанова КМУ 651)",
        "https://sud.ua/uk/news/sudebnaya-praktika/347765 (04.12.2025), "
        "https://wiki.legalaid.gov.ua, «Процесуальні строки та позовна давність у період "
        "карантину»"},
    LimitationStop{
        Date{year(2022) / 2 / 24}, Date{year(2025) / 9 / 4}, Date{year(2022) / 3 / 17},
        "ЦКУ, Прикінцеві та перехідні положення, п. 19: воєнний стан (Указ 64/2022, з 24.02.2022); "
        "виключено Законом 4434-IX з 04.09.2025",
        "https://sud.ua/uk/news/publication/340214 (04.09.2025), "
        "https://sud.ua/uk/news/sudebnaya-praktika/347765 (04.12.2025)"},
};

}  // namespace

std::span<const LimitationStop> limitation_stops() { return kStops; }

}  // namespace ledger::acts
