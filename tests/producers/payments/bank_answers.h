#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

// What banks answer, as they spell it. For tests.
namespace ledger::testing {

inline constexpr const char* kHouseAccount = "UA213223130000026007233566001";
inline constexpr const char* kPayerAccount = "UA213996220000026007233566001";

using Members = std::map<std::string, std::string>;

inline std::string object_of(const Members& members, bool quoted) {
  std::string json = "{";
  for (const auto& [name, value] : members) {
    if (json.size() > 1) json += ',';
    const bool bare = !quoted && !value.empty() &&
                      (value == "true" || value == "false" || value[0] == '-' ||
                       ('0' <= value[0] && value[0] <= '9'));
    const std::string_view quote = bare ? "" : "\"";
    json += fmt::format("\"{0}\":{2}{1}{2}", name, value, quote);
  }
  return json + "}";
}

// A posted credit of 150.50 on 24 November at 10:15 in Kyiv; `changes` replace members of it.
inline std::string privat_row(const Members& changes = {}) {
  Members row{{"AUT_MY_CRF", "32855961"},
              {"AUT_MY_ACC", kHouseAccount},
              {"AUT_CNTR_CRF", "00032129"},
              {"AUT_CNTR_ACC", kPayerAccount},
              {"AUT_CNTR_NAM", "ТОВ РОМАШКА"},
              {"CCY", "UAH"},
              {"FL_REAL", "r"},
              {"PR_PR", "r"},
              {"DAT_OD", "24.11.2026"},
              {"TIM_P", "10:15"},
              {"DATE_TIME_DAT_OD_TIM_P", "24.11.2026 10:15:00"},
              {"OSND", "Оплата за товар, рах. 7"},
              {"SUM", "150.50"},
              {"SUM_E", "9999.00"},
              {"REF", "JBKLOB7"},
              {"REFN", "1"},
              {"ID", "557091731"},
              {"TRANTYPE", "C"},
              {"TECHNICAL_TRANSACTION_ID", "557091731_online"}};
  for (const auto& [name, value] : changes) row[name] = value;
  return object_of(row, /*quoted=*/true);
}

inline std::string privat_page(const std::vector<std::string>& rows,
                               const std::string& more = R"("exist_next_page":false)") {
  return fmt::format(R"({{"status":"SUCCESS","type":"transactions",{},"transactions":[{}]}})", more,
                     fmt::join(rows, ","));
}

// A settled credit of 150.50 on 24 November, 10:15 in Kyiv.
inline std::string mono_item(const Members& changes = {}) {
  Members item{{"id", "ZuHWzqkKGVo="},
               {"time", "1795508100"},
               {"description", "Від: ТОВ Ромашка"},
               {"hold", "false"},
               {"amount", "15050"},
               {"operationAmount", "15050"},
               {"currencyCode", "980"},
               {"commissionRate", "0"},
               {"balance", "10050000"},
               {"comment", "За товар, рах. 7"}};
  for (const auto& [name, value] : changes) item[name] = value;
  std::string json = object_of(item, /*quoted=*/false);
  json.pop_back();
  // Codes are texts of digits.
  return json + fmt::format(R"(,"counterEdrpou":"00032129","counterIban":"{}"}})", kPayerAccount);
}

inline std::string mono_list(const std::vector<std::string>& items) {
  return fmt::format("[{}]", fmt::join(items, ","));
}

}  // namespace ledger::testing
