#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"

namespace ledger {

// A card of a new product (job description 3.1); said again, what is present replaces.
struct ProductRegistered {
  static constexpr std::string_view kName = "product.registered";
  static constexpr int kVersion = 1;

  ProductId product_id;                   // Of the product
  std::string name;                       // As the trade names it
  std::optional<ManagerId> manager_id;    // The manager who did it
  std::optional<Money> least_price = {};  // The least that may be offered without approval

  static void fields(auto&& field) {
    field("product_id", &ProductRegistered::product_id);
    field("name", &ProductRegistered::name);
    field("manager_id", &ProductRegistered::manager_id);
    field("least_price", &ProductRegistered::least_price);
  }
  [[nodiscard]] Status validate() const {
    return least_price ? check_positive(*least_price, "least_price.amount_minor") : Status();
  }
  bool operator==(const ProductRegistered&) const = default;
};

enum class ServiceKind { kWarehouse, kAccounting, kLogistics, kProduction, kOther };
constexpr auto names(ServiceKind) {
  return words("warehouse", "accounting", "logistics", "production", "other");
}

// Another service was told of a new card or of goods (job description 3.1).
struct ServiceNotified {
  static constexpr std::string_view kName = "service.notified";
  static constexpr int kVersion = 1;

  NoticeId notice_id;                   // Of the notice
  ServiceKind service{};                // Whom
  std::string about;                    // What about
  std::optional<ClientId> client_id;    // The client
  std::optional<ManagerId> manager_id;  // The manager who did it

  static void fields(auto&& field) {
    field("notice_id", &ServiceNotified::notice_id);
    field("service", &ServiceNotified::service);
    field("about", &ServiceNotified::about);
    field("client_id", &ServiceNotified::client_id);
    field("manager_id", &ServiceNotified::manager_id);
  }
  bool operator==(const ServiceNotified&) const = default;
};

// The service has taken note.
struct ServiceAcknowledged {
  static constexpr std::string_view kName = "service.acknowledged";
  static constexpr int kVersion = 1;

  NoticeId notice_id;                 // Of the notice
  std::string acknowledged_by;        // Who
  std::optional<ClientId> client_id;  // The client

  static void fields(auto&& field) {
    field("notice_id", &ServiceAcknowledged::notice_id);
    field("acknowledged_by", &ServiceAcknowledged::acknowledged_by);
    field("client_id", &ServiceAcknowledged::client_id);
  }
  bool operator==(const ServiceAcknowledged&) const = default;
};

// A client is worked with by a scheme of steps (job description 3.2).
struct SchemeAssigned {
  static constexpr std::string_view kName = "scheme.assigned";
  static constexpr int kVersion = 1;

  SchemeId scheme_id;              // Of the scheme
  ClientId client_id;              // The client
  ManagerId manager_id;            // The manager who did it
  std::string name;                // Its name
  std::vector<std::string> steps;  // In their order

  static void fields(auto&& field) {
    field("scheme_id", &SchemeAssigned::scheme_id);
    field("client_id", &SchemeAssigned::client_id);
    field("manager_id", &SchemeAssigned::manager_id);
    field("name", &SchemeAssigned::name);
    field("steps", &SchemeAssigned::steps);
  }
  [[nodiscard]] Status validate() const {
    return steps.empty() ? fail(ErrorCode::kMissingField, "a scheme has at least one step", "steps")
                         : Status();
  }
  bool operator==(const SchemeAssigned&) const = default;
};

// A step of a scheme was done.
struct SchemeStepDone {
  static constexpr std::string_view kName = "scheme.step_done";
  static constexpr int kVersion = 1;

  SchemeId scheme_id;     // Of the scheme
  ClientId client_id;     // The client
  ManagerId manager_id;   // The manager who did it
  std::int64_t step = 0;  // Its place, from 0

  static void fields(auto&& field) {
    field("scheme_id", &SchemeStepDone::scheme_id);
    field("client_id", &SchemeStepDone::client_id);
    field("manager_id", &SchemeStepDone::manager_id);
    field("step", &SchemeStepDone::step);
  }
  [[nodiscard]] Status validate() const { return check_at_least(step, 0, "step"); }
  bool operator==(const SchemeStepDone&) const = default;
};

}  // namespace ledger
