#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

enum class StatementFormat { kCamt053, kMt940 };
constexpr auto names(StatementFormat) { return words("camt.053", "mt940"); }

// ISO 20022 CpyDplctInd: what the bank says of a statement that is not its first.
enum class StatementCopy { kCopy, kDuplicate, kCopyOfDuplicate };
constexpr auto names(StatementCopy) { return words("copy", "duplicate", "copy_of_duplicate"); }

// Money received that the bank took back: whose it was, the bank does not say. A person records
// payment.reversed.
struct TakenBack {
  std::string bank_reference;  // of this booking; often not that of the payment
  Money amount;
  Date booked_on;
  std::optional<std::string> purpose = {};

  static void fields(auto&& field) {
    field("bank_reference", &TakenBack::bank_reference);
    field("amount", &TakenBack::amount);
    field("booked_on", &TakenBack::booked_on);
    field("purpose", &TakenBack::purpose, personal);
  }
  bool operator==(const TakenBack&) const = default;
};

// A statement of one of our accounts came, and it adds up. Its payments are events of their own;
// this is by what one sees that none is missing.
struct StatementReceived {
  static constexpr std::string_view kName = "statement.received";
  static constexpr int kVersion = 1;

  std::string account;  // as the bank names it; the same as a payment's our_account
  StatementFormat format{};
  std::string statement_id;              // the bank's: Stmt/Id, or field 28C with its page
  std::optional<std::int64_t> sequence;  // the bank's number of it, where it counts
  std::optional<std::int64_t> page;      // of a statement that comes in several parts
  Date from;                             // the day of the opening balance, or the first day
  Date to;                               // the last day, included
  Money opening;                         // below zero: an overdraft
  Money closing;
  std::int64_t entries = 0;             // booked, of both sides
  std::int64_t payments = 0;            // of them, what became payment.received
  std::string file_sha256;              // of the whole file it stood in
  std::optional<std::string> file;      // its name, without folders
  std::optional<StatementCopy> copy;    // absent: the original
  std::vector<TakenBack> taken_back{};  // reversals of money received

  static void fields(auto&& field) {
    field("account", &StatementReceived::account);
    field("format", &StatementReceived::format);
    field("statement_id", &StatementReceived::statement_id);
    field("sequence", &StatementReceived::sequence);
    field("page", &StatementReceived::page);
    field("from", &StatementReceived::from);
    field("to", &StatementReceived::to);
    field("opening", &StatementReceived::opening);
    field("closing", &StatementReceived::closing);
    field("entries", &StatementReceived::entries);
    field("payments", &StatementReceived::payments);
    field("file_sha256", &StatementReceived::file_sha256);
    field("file", &StatementReceived::file);
    field("copy", &StatementReceived::copy);
    field("taken_back", &StatementReceived::taken_back);
  }
  [[nodiscard]] Status validate() const {
    if (sequence) LEDGER_CHECK(check_at_least(*sequence, 0, "sequence"));
    if (page) LEDGER_CHECK(check_at_least(*page, 0, "page"));
    LEDGER_CHECK(check_not_before(to, from, "to"));
    if (opening.currency != closing.currency) {
      return fail(ErrorCode::kInvalidField, "is another currency than the opening balance",
                  "closing.currency");
    }
    LEDGER_CHECK(check_at_least(entries, 0, "entries"));
    LEDGER_CHECK(check_at_least(payments, 0, "payments"));
    LEDGER_CHECK(check_sha256(file_sha256, "file_sha256"));
    for (std::size_t i = 0; i < taken_back.size(); ++i) {
      LEDGER_CHECK(check_positive(taken_back[i].amount,
                                  fmt::format("taken_back.{}.amount.amount_minor", i)));
    }
    return {};
  }
  bool operator==(const StatementReceived&) const = default;
};

}  // namespace ledger
