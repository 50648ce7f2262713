#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// What the client owed us and owes no more.
struct OffsetInvoice {
  InvoiceId invoice_id;  // Our invoice
  Money amount;          // How much of it

  static void fields(auto&& field) {
    field("invoice_id", &OffsetInvoice::invoice_id);
    field("amount", &OffsetInvoice::amount);
  }
  bool operator==(const OffsetInvoice&) const = default;
};

// What we owed the client and owe no more. Our debts are not kept here, so it is told in words.
struct OffsetPaper {
  std::string number;  // On the client's paper
  Date issued_on;      // Its day
  Money amount;        // How much of it

  static void fields(auto&& field) {
    field("number", &OffsetPaper::number);
    field("issued_on", &OffsetPaper::issued_on);
    field("amount", &OffsetPaper::amount);
  }
  bool operator==(const OffsetPaper&) const = default;
};

// Counter-claims were set off against each other (взаємозалік): both sides go down by the same.
struct OffsetMade {
  static constexpr std::string_view kName = "offset.made";
  static constexpr int kVersion = 1;

  OffsetId offset_id;                   // Of the deed
  std::string number;                   // On the paper
  ClientId client_id;                   // The client
  Date made_on;                         // The day from which it counts
  Money amount;                         // By how much both sides go down
  std::vector<OffsetInvoice> ours;      // What the client owed: adds up to the amount
  std::vector<OffsetPaper> theirs;      // What we owed: adds up to the amount
  std::optional<ManagerId> manager_id;  // The manager who did it
  std::optional<std::string> reason;    // Why, in words

  static void fields(auto&& field) {
    field("offset_id", &OffsetMade::offset_id);
    field("number", &OffsetMade::number);
    field("client_id", &OffsetMade::client_id);
    field("made_on", &OffsetMade::made_on);
    field("amount", &OffsetMade::amount);
    field("ours", &OffsetMade::ours);
    field("theirs", &OffsetMade::theirs);
    field("manager_id", &OffsetMade::manager_id);
    field("reason", &OffsetMade::reason);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_positive(amount, "amount.amount_minor"));
    LEDGER_CHECK(check_side(ours, "ours"));
    return check_side(theirs, "theirs");
  }
  bool operator==(const OffsetMade&) const = default;

 private:
  template <class Part>
  [[nodiscard]] Status check_side(const std::vector<Part>& parts, std::string_view side) const {
    std::int64_t left = amount.amount_minor;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Money& part = parts[i].amount;
      const std::string at = fmt::format("{}.{}.amount.", side, i);
      if (part.currency != amount.currency) {
        return fail(ErrorCode::kInvalidField, "is not of the offset's currency", at + "currency");
      }
      LEDGER_CHECK(check_within(part.amount_minor, 1, left, at + "amount_minor"));
      left -= part.amount_minor;
    }
    if (left == 0) return {};
    return fail(ErrorCode::kInvalidField,
                fmt::format("adds up to {} minor units less than the amount", left),
                std::string(side));
  }
};

}  // namespace ledger
