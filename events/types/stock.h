#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

// A client asked for what is not in stock (job description 2.3, 3.3).
struct StockoutReported {
  static constexpr std::string_view kName = "stockout.reported";
  static constexpr int kVersion = 1;

  CaseId case_id;                        // Of the shortage
  ClientId client_id;                    // The client
  ManagerId manager_id;                  // The manager who did it
  std::string product;                   // What it is about, as the trade names it
  std::optional<std::int64_t> quantity;  // In the unit of the trade

  static void fields(auto&& field) {
    field("case_id", &StockoutReported::case_id);
    field("client_id", &StockoutReported::client_id);
    field("manager_id", &StockoutReported::manager_id);
    field("product", &StockoutReported::product);
    field("quantity", &StockoutReported::quantity);
  }
  [[nodiscard]] Status validate() const {
    return quantity ? check_at_least(*quantity, 1, "quantity") : Status();
  }
  bool operator==(const StockoutReported&) const = default;
};

// The client was told when it will be there.
struct StockPromiseMade {
  static constexpr std::string_view kName = "stock_promise.made";
  static constexpr int kVersion = 1;

  CaseId case_id;        // Of the shortage
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it
  std::string product;   // What it is about, as the trade names it
  Date due_on;           // The day by which it is due, included

  static void fields(auto&& field) {
    field("case_id", &StockPromiseMade::case_id);
    field("client_id", &StockPromiseMade::client_id);
    field("manager_id", &StockPromiseMade::manager_id);
    field("product", &StockPromiseMade::product);
    field("due_on", &StockPromiseMade::due_on);
  }
  bool operator==(const StockPromiseMade&) const = default;
};

// The client was told that it is there.
struct StockPromiseKept {
  static constexpr std::string_view kName = "stock_promise.kept";
  static constexpr int kVersion = 1;

  CaseId case_id;                   // Of the shortage
  ClientId client_id;               // The client
  ManagerId manager_id;             // The manager who did it
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("case_id", &StockPromiseKept::case_id);
    field("client_id", &StockPromiseKept::client_id);
    field("manager_id", &StockPromiseKept::manager_id);
    field("note", &StockPromiseKept::note);
  }
  bool operator==(const StockPromiseKept&) const = default;
};

// Goods came in that somebody may be waiting for.
struct GoodsArrived {
  static constexpr std::string_view kName = "goods.arrived";
  static constexpr int kVersion = 1;

  std::string product;                   // What it is about, as the trade names it
  Date arrived_on;                       // The day
  std::optional<std::int64_t> quantity;  // In the unit of the trade

  static void fields(auto&& field) {
    field("product", &GoodsArrived::product);
    field("arrived_on", &GoodsArrived::arrived_on);
    field("quantity", &GoodsArrived::quantity);
  }
  [[nodiscard]] Status validate() const {
    return quantity ? check_at_least(*quantity, 1, "quantity") : Status();
  }
  bool operator==(const GoodsArrived&) const = default;
};

// What is asked for and not sold by us (article).
struct AssortmentGapReported {
  static constexpr std::string_view kName = "assortment.gap_reported";
  static constexpr int kVersion = 1;

  ManagerId manager_id;               // The manager who did it
  std::string product;                // What it is about, as the trade names it
  std::optional<ClientId> client_id;  // The client
  std::optional<std::string> note;    // What else is worth keeping

  static void fields(auto&& field) {
    field("manager_id", &AssortmentGapReported::manager_id);
    field("product", &AssortmentGapReported::product);
    field("client_id", &AssortmentGapReported::client_id);
    field("note", &AssortmentGapReported::note);
  }
  bool operator==(const AssortmentGapReported&) const = default;
};

}  // namespace ledger
