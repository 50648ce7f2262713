#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

enum class Education { kHigher, kSpecialisedSecondary, kOther };
constexpr auto names(Education) { return words("higher", "specialised_secondary", "other"); }

// With what a manager came to the post: higher or specialised secondary education and a year in
// sales are asked for (job description 1.4).
struct QualificationRecorded {
  static constexpr std::string_view kName = "qualification.recorded";
  static constexpr int kVersion = 1;

  ManagerId manager_id;                 // The manager
  Education education{};                // What he finished
  std::int64_t sales_months = 0;        // Experience in sales
  std::optional<std::string> document;  // What proves it

  static void fields(auto&& field) {
    field("manager_id", &QualificationRecorded::manager_id);
    field("education", &QualificationRecorded::education, personal);
    field("sales_months", &QualificationRecorded::sales_months, personal);
    field("document", &QualificationRecorded::document, personal);
  }
  [[nodiscard]] Status validate() const { return check_at_least(sales_months, 0, "sales_months"); }
  bool operator==(const QualificationRecorded&) const = default;
};

}  // namespace ledger
