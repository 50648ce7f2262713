#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/types/client.h"
#include "events/types/payment_terms.h"
#include "platform/clock.h"

namespace ledger {

enum class CompanySize { kSmall, kMedium, kLarge };
constexpr auto names(CompanySize) { return words("small", "medium", "large"); }

// A client's side of the trade and its size, from a day on (article: corporate, retail,
// government).
struct ClientSegmentSet {
  static constexpr std::string_view kName = "client.segment_set";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  Segment segment{};                    // The side
  std::optional<CompanySize> size;      // The size of the business
  Date effective_from;                  // The business day from which it holds
  std::optional<std::string> reason;    // Why, in words

  static void fields(auto&& field) {
    field("client_id", &ClientSegmentSet::client_id);
    field("manager_id", &ClientSegmentSet::manager_id);
    field("segment", &ClientSegmentSet::segment);
    field("size", &ClientSegmentSet::size);
    field("effective_from", &ClientSegmentSet::effective_from);
    field("reason", &ClientSegmentSet::reason);
  }
  bool operator==(const ClientSegmentSet&) const = default;
};

enum class TermsKind {
  kStandard,
  kDiscount,
  kDeferredPayment,
  kIndividualService,
  kFasterDelivery,
  kOther
};
constexpr auto names(TermsKind) {
  return words("standard", "discount", "deferred_payment", "individual_service", "faster_delivery",
               "other");
}

// Terms that were agreed with a client, for some days (job description 3.1, 3.2: special terms,
// discounts).
struct ClientTermsSet {
  static constexpr std::string_view kName = "client.terms_set";
  static constexpr int kVersion = 1;

  ClientId client_id;                        // The client
  std::optional<ManagerId> manager_id;       // The manager who did it
  TermsKind kind{};                          // What kind of terms
  Date valid_from;                           // The first day
  std::optional<Date> valid_to;              // The last day, included; absent: until further notice
  std::optional<std::string> price_type;     // Price list
  std::optional<std::int64_t> payment_days;  // Days to pay
  std::optional<DaysKind> days_kind;         // What kind of days
  std::optional<std::int64_t> discount_bp;   // Hundredths of a per cent
  std::optional<std::string> text;           // In words
  std::optional<std::string> approved_by;    // Who approved it
  std::optional<ContractId> contract_id = {};  // Of this contract only; absent: of all
  std::optional<PaymentTerms> payment = {};    // How it is paid; absent: net, with payment_days
  std::optional<TermsBase> base = {};          // From which day; absent: the invoice's
  // In parts, what no share takes by payment_days; of shares that take all, the last takes what
  // rounding leaves.
  std::vector<TermsInstalment> instalments = {};
  std::optional<OffDays> off_days = {};         // Due on an off day; absent: next_working_day
  std::optional<std::int64_t> grace_days = {};  // Days by which reminders and the stop wait
  std::optional<SettlementOrder> settlement_order = {};  // Absent: principal_first

  // Whether they say when to pay.
  [[nodiscard]] bool of_payment() const {
    return payment.has_value() || payment_days.has_value() || !instalments.empty();
  }

  static void fields(auto&& field) {
    field("client_id", &ClientTermsSet::client_id);
    field("manager_id", &ClientTermsSet::manager_id);
    field("kind", &ClientTermsSet::kind);
    field("valid_from", &ClientTermsSet::valid_from);
    field("valid_to", &ClientTermsSet::valid_to);
    field("price_type", &ClientTermsSet::price_type);
    field("payment_days", &ClientTermsSet::payment_days);
    field("days_kind", &ClientTermsSet::days_kind);
    field("discount_bp", &ClientTermsSet::discount_bp);
    field("text", &ClientTermsSet::text);
    field("approved_by", &ClientTermsSet::approved_by);
    field("contract_id", &ClientTermsSet::contract_id);
    field("payment", &ClientTermsSet::payment);
    field("base", &ClientTermsSet::base);
    field("instalments", &ClientTermsSet::instalments);
    field("off_days", &ClientTermsSet::off_days);
    field("grace_days", &ClientTermsSet::grace_days);
    field("settlement_order", &ClientTermsSet::settlement_order);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(valid_to ? check_not_before(*valid_to, valid_from, "valid_to") : Status());
    LEDGER_CHECK(payment_days ? check_within(*payment_days, 0, 3650, "payment_days") : Status());
    LEDGER_CHECK(discount_bp ? check_within(*discount_bp, 0, 10000, "discount_bp") : Status());
    LEDGER_CHECK(grace_days ? check_within(*grace_days, 0, 365, "grace_days") : Status());
    return check_instalments(instalments);
  }
  bool operator==(const ClientTermsSet&) const = default;
};

// A client became, or ceased to be, one of the key accounts.
struct ClientKeyAccountSet {
  static constexpr std::string_view kName = "client.key_account_set";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  bool key_account = false;             // Whether it is one
  std::optional<std::string> reason;    // Why, in words

  static void fields(auto&& field) {
    field("client_id", &ClientKeyAccountSet::client_id);
    field("manager_id", &ClientKeyAccountSet::manager_id);
    field("key_account", &ClientKeyAccountSet::key_account);
    field("reason", &ClientKeyAccountSet::reason);
  }
  bool operator==(const ClientKeyAccountSet&) const = default;
};

}  // namespace ledger
