#pragma once

#include <string>
#include <string_view>

#include "events/identifiers.h"
#include "events/phone.h"
#include "producers/house/demo/chance.h"

// What people, firms and goods of a Ukrainian wholesale house are called. A number gives always the
// same name, and different numbers different ones.
namespace ledger::demo {

struct FirmName {
  std::string name;        // "ТОВ «Барвінок-Трейд»"
  std::string latin;       // "barvinok-trade", for its domain
  bool is_person = false;  // a sole trader (ФОП)
};
[[nodiscard]] FirmName firm_name(std::int64_t number);
[[nodiscard]] std::string person_name(std::int64_t number);  // "Олена Коваль"
[[nodiscard]] std::string latin_name(std::int64_t number);   // "o.koval", of the same person
[[nodiscard]] std::string product_name(std::int64_t number);
[[nodiscard]] std::string town(std::int64_t number);

// With check digits that are right.
[[nodiscard]] TaxCode tax_code(std::int64_t number, bool is_person);
[[nodiscard]] Iban iban(std::int64_t number);
[[nodiscard]] Phone phone(std::int64_t number);

}  // namespace ledger::demo
