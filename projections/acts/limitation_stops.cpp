// When limitation stood still. Not here: the quarantine of 2020 to 2023, by which terms were
// prolonged too (ЦКУ, final provisions 12); a debt so old is to be looked at by a lawyer.
#include <array>

#include "projections/acts/limitation.h"

namespace ledger::acts {

namespace {

using std::chrono::year;

constexpr std::array kStops{
    LimitationStop{
        Date{year(2022) / 2 / 24}, Date{year(2025) / 9 / 4},
        "ЦКУ, Прикінцеві та перехідні положення, п. 19: воєнний стан (Указ 64/2022, з 24.02.2022); "
        "виключено Законом 4434-IX з 04.09.2025",
        "https://sud.ua/uk/news/publication/340214 (04.09.2025), "
        "https://sud.ua/uk/news/sudebnaya-praktika/347765 (04.12.2025)"},
};

}  // namespace

std::span<const LimitationStop> limitation_stops() { return kStops; }

}  // namespace ledger::acts
