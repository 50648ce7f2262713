#pragma once

#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "events/position.h"
#include "events/types/advance.h"
#include "events/types/offset.h"
#include "platform/utf8.h"
#include "projections/known.h"

// What brings money into an account: parts of its row, named by allocations by source and id.
namespace ledger::receivables {

struct Payment {
  Position position;
  Known known;
  std::string source;  // with id: by which allocations name it
  std::string id;
  std::string bank_reference;
  Date booked_on;
  Money amount;
  std::string our_account;
  std::string purpose;
  std::vector<InvoiceId> invoice_ids;  // that the payer named
  std::optional<ContractId> contract_id;
  static void fields(auto&& field) {
    field("position", &Payment::position);
    field("known", &Payment::known);
    field("source", &Payment::source);
    field("id", &Payment::id);
    field("bank_reference", &Payment::bank_reference);
    field("booked_on", &Payment::booked_on);
    field("amount", &Payment::amount);
    field("our_account", &Payment::our_account);
    field("purpose", &Payment::purpose);
    field("invoice_ids", &Payment::invoice_ids);
    field("contract_id", &Payment::contract_id);
  }
};

// What makes two deliveries one payment: the bank's reference of one booking on one account, within
// a few days, for banks number anew each year or less. Letters' case does not tell references
// apart. None where the bank gave none (ISO 20022 NOTPROVIDED, SWIFT NONREF): equal lines are two
// payments.
class Bookings {
 public:
  static constexpr int kSameWithinDays = 10;

  // As it is compared; empty: the bank gave none.
  [[nodiscard]] static std::string folded(std::string_view reference) {
    std::string text = fold_case(reference);
    if (text == "notprovided" || text == "nonref") text.clear();
    return text;
  }
  [[nodiscard]] static bool near(Date one, Date other) {
    return std::abs(days_between(one, other)) <= kSameWithinDays;
  }

  // The number under which the same booking was taken; if there is none, takes it under `number`.
  std::optional<std::size_t> find_or_take(const Payment& payment, std::size_t number) {
    std::string reference = folded(payment.bank_reference);
    if (reference.empty()) return std::nullopt;
    auto& same = taken_[{payment.our_account, std::move(reference), payment.amount.currency,
                         payment.amount.amount_minor}];
    for (const auto& [day, first] : same) {
      if (near(day, payment.booked_on)) return first;
    }
    same.emplace_back(payment.booked_on, number);
    return std::nullopt;
  }

 private:
  using Key = std::tuple<std::string_view, std::string, Currency, std::int64_t>;
  std::map<Key, std::vector<std::pair<Date, std::size_t>>> taken_;  // points into the payments
};

// A conversion brings money into an account as a payment does, and is named by allocations
// likewise.
struct Conversion {
  Position position;
  Known known;
  std::string source;
  std::string id;
  Date converted_on;
  Money sold;
  Money bought;
  static void fields(auto&& field) {
    field("position", &Conversion::position);
    field("known", &Conversion::known);
    field("source", &Conversion::source);
    field("id", &Conversion::id);
    field("converted_on", &Conversion::converted_on);
    field("sold", &Conversion::sold);
    field("bought", &Conversion::bought);
  }
};

// Counter-claims that were set off come in as a payment does, and pay what they name.
struct Offset {
  Position position;
  Known known;
  std::string source;
  std::string id;
  OffsetMade data;
  static void fields(auto&& field) {
    field("position", &Offset::position);
    field("known", &Offset::known);
    field("source", &Offset::source);
    field("id", &Offset::id);
    field("data", &Offset::data);
  }
};

// Somebody named what is left of money an advance.
struct Advance {
  Position position;
  Known known;
  std::string source;  // of the event itself, by which it is voided
  std::string id;      // likewise
  PaymentAdvanceNamed data;
  static void fields(auto&& field) {
    field("position", &Advance::position);
    field("known", &Advance::known);
    field("source", &Advance::source);
    field("id", &Advance::id);
    field("data", &Advance::data);
  }
};

}  // namespace ledger::receivables
