#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// A shift at a till was closed: what had to be there, and what was (article: work with the till).
struct CashShiftClosed {
  static constexpr std::string_view kName = "cash_shift.closed";
  static constexpr int kVersion = 1;

  ShiftId shift_id;      // Of the shift
  ManagerId manager_id;  // The manager who did it
  std::string till;      // Which till
  Date closed_on;        // The day
  Money expected;        // By the receipts
  Money counted;         // In the drawer

  static void fields(auto&& field) {
    field("shift_id", &CashShiftClosed::shift_id);
    field("manager_id", &CashShiftClosed::manager_id);
    field("till", &CashShiftClosed::till);
    field("closed_on", &CashShiftClosed::closed_on);
    field("expected", &CashShiftClosed::expected);
    field("counted", &CashShiftClosed::counted);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_not_negative(expected, "expected.amount_minor"));
    LEDGER_CHECK(check_not_negative(counted, "counted.amount_minor"));
    if (expected.currency == counted.currency) return {};
    return fail(ErrorCode::kInvalidField, "is not the currency of what was expected",
                "counted.currency");
  }
  bool operator==(const CashShiftClosed&) const = default;
};

// A client was connected to an operator (article: connection to operators).
struct ConnectionActivated {
  static constexpr std::string_view kName = "connection.activated";
  static constexpr int kVersion = 1;

  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  std::string network;                // Which operator
  std::optional<std::string> tariff;  // On what terms

  static void fields(auto&& field) {
    field("client_id", &ConnectionActivated::client_id);
    field("manager_id", &ConnectionActivated::manager_id);
    field("network", &ConnectionActivated::network);
    field("tariff", &ConnectionActivated::tariff);
  }
  bool operator==(const ConnectionActivated&) const = default;
};

// A manager took part in a stock-taking (article).
struct InventoryCounted {
  static constexpr std::string_view kName = "inventory.counted";
  static constexpr int kVersion = 1;

  ManagerId manager_id;             // The manager who did it
  Date counted_on;                  // The day
  std::string place;                // Where
  std::int64_t positions = 0;       // How many positions were counted
  std::int64_t differences = 0;     // How many of them differed from the books
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("manager_id", &InventoryCounted::manager_id);
    field("counted_on", &InventoryCounted::counted_on);
    field("place", &InventoryCounted::place);
    field("positions", &InventoryCounted::positions);
    field("differences", &InventoryCounted::differences);
    field("note", &InventoryCounted::note);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_at_least(positions, 0, "positions"));
    return check_within(differences, 0, positions, "differences");
  }
  bool operator==(const InventoryCounted&) const = default;
};

// A manager looked whether the shop is clean and in order (article).
struct PremisesChecked {
  static constexpr std::string_view kName = "premises.checked";
  static constexpr int kVersion = 1;

  ManagerId manager_id;             // The manager who did it
  Date checked_on;                  // The day
  std::string place;                // Where
  bool in_order = false;            // Whether nothing was amiss
  std::optional<std::string> note;  // What was

  static void fields(auto&& field) {
    field("manager_id", &PremisesChecked::manager_id);
    field("checked_on", &PremisesChecked::checked_on);
    field("place", &PremisesChecked::place);
    field("in_order", &PremisesChecked::in_order);
    field("note", &PremisesChecked::note);
  }
  bool operator==(const PremisesChecked&) const = default;
};

}  // namespace ledger
