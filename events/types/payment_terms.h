#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"

// The words in which terms of payment are told (client_terms.h).
namespace ledger {

enum class DaysKind { kCalendar, kBanking };
constexpr auto names(DaysKind) { return words("calendar", "banking"); }

// From what the days to pay are counted: net from the base day, or from the end of its month.
// Prepaid is due on the base day itself.
enum class PaymentTerms { kPrepaid, kNet, kEndOfMonth };
constexpr auto names(PaymentTerms) { return words("prepaid", "net", "end_of_month"); }

// The base day: of the invoice, of the shipment that it is for, or of the signed act.
enum class TermsBase { kInvoice, kShipment, kSignedAct };
constexpr auto names(TermsBase) { return words("invoice", "shipment", "signed_act"); }

// A due date that falls on an off day moves to the next working one (ЦКУ 254), or stays.
enum class OffDays { kNextWorkingDay, kStay };
constexpr auto names(OffDays) { return words("next_working_day", "stay"); }

// What money pays first that names nothing: the debt itself, or costs, then interest and penalty,
// then the debt (ЦКУ 534).
enum class SettlementOrder { kPrincipalFirst, kCostsInterestPrincipal };
constexpr auto names(SettlementOrder) {
  return words("principal_first", "costs_interest_principal");
}

// A part of an invoice with days of its own.
struct TermsInstalment {
  std::int64_t share_bp = 0;      // Hundredths of a per cent
  std::int64_t payment_days = 0;  // Days to pay it

  static void fields(auto&& field) {
    field("share_bp", &TermsInstalment::share_bp);
    field("payment_days", &TermsInstalment::payment_days);
  }
  bool operator==(const TermsInstalment&) const = default;
};

// Shares that together are no more than the whole, within the member of that name.
[[nodiscard]] inline Status check_instalments(const std::vector<TermsInstalment>& instalments) {
  std::int64_t left_bp = 10000;
  for (std::size_t i = 0; i < instalments.size(); ++i) {
    const TermsInstalment& part = instalments[i];
    const std::string at = fmt::format("instalments.{}.", i);
    LEDGER_CHECK(check_within(part.share_bp, 1, left_bp, at + "share_bp"));
    LEDGER_CHECK(check_within(part.payment_days, 0, 3650, at + "payment_days"));
    left_bp -= part.share_bp;
  }
  return {};
}

}  // namespace ledger
