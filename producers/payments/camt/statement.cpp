#include "producers/payments/camt/statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "producers/payments/booking.h"
#include "producers/payments/camt/reading.h"

namespace ledger::camt {

namespace {

using xml::Element;

// The page before it may have ended with an intermediate balance.
const Element* opening_of(const Element& statement) {
  return balance_of(statement, {"OPBD", "PRCD", "ITBD"});
}

// The last of its kind: a page may begin with an intermediate balance too.
const Element* closing_of(const Element& statement) {
  if (const auto* closing = balance_of(statement, {"CLBD"})) return closing;
  const auto balances = statement.all("Bal");
  const auto last = std::find_if(balances.rbegin(), balances.rend(), [](const Element* balance) {
    return balance->text_at("Tp/CdOrPrtry/Cd") == "ITBD";
  });
  return last == balances.rend() || *last == opening_of(statement) ? nullptr : *last;
}

Result<Money> amount_of(const Element* balance, std::string_view missing) {
  if (balance == nullptr) return fail(ErrorCode::kMissingField, std::string(missing), "Bal");
  return signed_amount(*balance);
}

struct Booked {
  std::int64_t sum = 0;
  std::int64_t entries = 0;
};

Result<Money> booked_amount(const Element& entry, const Currency& currency, int number) {
  auto amount = signed_amount(entry);
  if (!amount) {
    Error error = std::move(amount).error();
    error.message +=
        fmt::format(" (entry {}; without it nobody can say whether the statement adds up)", number);
    return tl::unexpected(std::move(error));
  }
  if (amount->currency == currency) return amount;
  return fail(ErrorCode::kInvalidField,
              fmt::format("of entry {} is {}, the account is in {}", number,
                          amount->currency.text(), currency.text()),
              "Ntry/Amt/@Ccy");
}

Result<Booked> add_booked(const Element& statement, const Currency& currency) {
  Booked booked;
  int number = 0;
  for (const auto* entry : statement.all("Ntry")) {
    ++number;
    if (status_of(*entry).empty()) {
      return fail(ErrorCode::kMissingField,
                  fmt::format("of entry {} is missing: whether it is booked, nobody can say; ask "
                              "the bank for a file that says so",
                              number),
                  "Ntry/Sts");
    }
    if (status_of(*entry) != "BOOK") continue;
    LEDGER_TRY(const Money amount, booked_amount(*entry, currency, number));
    LEDGER_TRY(booked.sum, add_checked(booked.sum, amount.amount_minor));
    ++booked.entries;
  }
  return booked;
}

std::optional<std::int64_t> number_at(const Element& statement, const char* path) {
  const std::string_view text = statement.text_at(path);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0) {
    return std::nullopt;
  }
  return number;
}

std::optional<StatementCopy> copy_of(const Element& statement) {
  const std::string_view word = statement.text_at("CpyDplctInd");
  if (word == "COPY") return StatementCopy::kCopy;
  if (word == "DUPL") return StatementCopy::kDuplicate;
  if (word == "CODU") return StatementCopy::kCopyOfDuplicate;
  return std::nullopt;
}

// From its first booked entry to its last; without entries, the day it was made.
Status widen(StatementReceived& read, const Element& statement, const BusinessZone& zone) {
  bool first = true;
  for (const auto* entry : statement.all("Ntry")) {
    if (status_of(*entry) != "BOOK") continue;
    LEDGER_TRY(const Moment booked, moment_of(*entry, "BookgDt", zone));
    read.from = first ? booked.day : std::min(read.from, booked.day);
    read.to = first ? booked.day : std::max(read.to, booked.day);
    first = false;
  }
  if (!first) return {};
  const auto created = read_date_time(statement.text_at("CreDtTm"), zone);
  if (!created) {
    return fail(ErrorCode::kMissingField,
                "is missing, and nothing else says of which days the statement is", "FrToDt");
  }
  read.from = read.to = created->day;
  return {};
}

// Its period as it says, else by its balances, else by its entries.
Status take_period(StatementReceived& read, const Element& statement, const BusinessZone& zone) {
  if (const auto* period = statement.find("FrToDt")) {
    const auto from = read_date_time(period->text_at("FrDtTm"), zone);
    const auto to = read_date_time(period->text_at("ToDtTm"), zone);
    if (from && to && from->time <= to->time) {
      read.from = from->day;
      // Midnight ends the day before.
      const bool ends_day = zone.time_of_day(to->time).count() == 0 && from->day < to->day;
      read.to = ends_day ? add_days(to->day, -1) : to->day;
      return {};
    }
  }
  const auto from = moment_of(*opening_of(statement), "Dt", zone);
  const auto to = moment_of(*closing_of(statement), "Dt", zone);
  if (from && to) {
    read.from = std::min(from->day, to->day);
    read.to = std::max(from->day, to->day);
    return {};
  }
  return widen(read, statement, zone);
}

}  // namespace

bool continues(const Element& statement) {
  return balance_of(statement, {"OPBD", "PRCD"}) == nullptr;
}

Result<StatementReceived> read_statement(const Element& statement, const BusinessZone& zone) {
  StatementReceived read;
  read.account = account_of(statement);
  if (read.account.empty()) return fail(ErrorCode::kMissingField, "is required", "Acct/Id");
  LEDGER_TRY(read.opening, amount_of(opening_of(statement), "of the opening is missing"));
  LEDGER_TRY(read.closing, amount_of(closing_of(statement), "of the closing is missing"));
  LEDGER_TRY(const Booked booked, add_booked(statement, read.opening.currency));
  LEDGER_CHECK(bank::check_sums(read.opening, booked.sum, read.closing));
  read.format = StatementFormat::kCamt053;
  read.entries = booked.entries;
  read.sequence = number_at(statement, "ElctrncSeqNb");
  if (!read.sequence) read.sequence = number_at(statement, "LglSeqNb");
  read.page = number_at(statement, "StmtPgntn/PgNb");
  read.copy = copy_of(statement);
  LEDGER_CHECK(take_period(read, statement, zone));
  read.statement_id = statement.text_at("Id");
  if (read.statement_id.empty()) {
    read.statement_id = format_date(read.from) + "/" + format_date(read.to);
  }
  return read;
}

}  // namespace ledger::camt
