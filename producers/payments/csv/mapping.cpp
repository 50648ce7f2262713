#include "producers/payments/csv/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "platform/sha256.h"
#include "platform/utf8.h"
#include "platform/words.h"
#include "producers/table/table.h"

namespace ledger::bank_csv {

namespace {

using table::Row;

constexpr std::size_t kDigestDigits = 32;

bool among(const std::vector<std::string>& words, std::string_view cell) {
  return std::find(words.begin(), words.end(), fold_words(cell)) != words.end();
}

std::string without_spaces(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ') packed += c;
  }
  return packed;
}

// Several texts as one; a delimiter that no text has keeps their ends apart.
std::string digest_of(const Row& row, const std::vector<table::Column>& columns) {
  std::string all;
  for (const auto& column : columns) {
    all += row.at(column);
    all += '\x1f';
  }
  return to_hex(sha256(all)).substr(0, kDigestDigits);
}

std::string purpose_of(const Row& row, const std::vector<table::Column>& columns) {
  std::string purpose;
  for (const auto& column : columns) {
    if (row.at(column).empty()) continue;
    if (!purpose.empty()) purpose += ' ';
    purpose += row.at(column);
  }
  return purpose;
}

// Banks write zeros or nines where a payer has no code.
bool says_nothing(std::string_view code) {
  return code.empty() || code.find_first_not_of('0') == std::string_view::npos ||
         code.find_first_not_of('9') == std::string_view::npos;
}

class Reader {
 public:
  Reader(const Settings& settings, bank::Collector& collector)
      : settings_(settings), profile_(settings.profile), collector_(collector) {}

  void take(const Row& row) {
    const std::string where = fmt::format("line {}", row.line());
    if (auto status = record(row, where); !status) {
      collector_.refuse(where, row.raw(), std::move(status).error());
    }
  }

 private:
  Status record(const Row& row, const std::string& where) {
    if (profile_.state && !among(profile_.booked, row.at(*profile_.state))) {
      collector_.skip(where, fmt::format("not booked yet ({})", excerpt(row.at(*profile_.state))));
      return {};
    }
    PaymentReceived payment;
    LEDGER_TRY(const auto moment, profile_.date_format.read(row.at(profile_.date), "date"));
    payment.booked_on = moment.day;
    LEDGER_TRY(const auto currency, profile_.currency.read(row.at(profile_.currency.column)));
    LEDGER_TRY(payment.amount, amount(row, currency));
    if (payment.amount.amount_minor <= 0) {
      collector_.skip(where,
                      payment.amount.amount_minor < 0 ? "outgoing money" : "an entry of nothing");
      return {};
    }
    if (!row.at(profile_.value_date).empty()) {
      LEDGER_TRY(const auto value,
                 profile_.value_format.read(row.at(profile_.value_date), "value_date"));
      payment.value_on = value.day;
    }
    LEDGER_TRY(payment.our_account, account(row));
    payer(row, payment);
    if (auto purpose = purpose_of(row, profile_.purpose); !purpose.empty()) {
      payment.purpose = std::move(purpose);
    }
    payment.bank_reference = reference(row, payment);
    const Timestamp time =
        settings_.bank.zone.to_instant(moment.day, moment.time.value_or(std::chrono::seconds(0)));
    return collector_.pay(std::move(payment), time, where);
  }

  // Below zero: outgoing.
  [[nodiscard]] Result<Money> amount(const Row& row, const Currency& currency) const {
    const auto read = [&](const table::Column& column, const std::string& field) {
      return profile_.amounts.read(row.at(column), currency, field);
    };
    if (profile_.credit) return of_two(row, currency);
    LEDGER_TRY(Money money, read(*profile_.amount, "amount"));
    if (!profile_.direction) return money;
    const std::string_view word = row.at(*profile_.direction);
    const bool credit = among(profile_.credit_words, word);
    if (!credit && !among(profile_.debit_words, word)) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("'{}' is no word of the profile for credit or debit", excerpt(word)),
                  "direction");
    }
    if (money.amount_minor < 0) {
      return fail(ErrorCode::kInvalidField,
                  "is below zero beside a word for its side: a reversal is recorded by hand",
                  "amount");
    }
    if (!credit) money.amount_minor = -money.amount_minor;
    return money;
  }

  [[nodiscard]] Result<Money> of_two(const Row& row, const Currency& currency) const {
    const auto read = [&](const table::Column& column, const std::string& field) -> Result<Money> {
      if (row.at(column).empty()) return Money{0, currency};
      LEDGER_TRY(Money money, profile_.amounts.read(row.at(column), currency, field));
      if (money.amount_minor >= 0) return money;
      return fail(ErrorCode::kInvalidField, "is below zero: a reversal is recorded by hand", field);
    };
    LEDGER_TRY(const Money credit, read(*profile_.credit, "credit"));
    LEDGER_TRY(const Money debit, read(*profile_.debit, "debit"));
    if (credit.amount_minor > 0 && debit.amount_minor > 0) {
      return fail(ErrorCode::kInvalidField, "stands beside a debit in one row", "credit");
    }
    if (row.at(*profile_.credit).empty() && row.at(*profile_.debit).empty()) {
      return fail(ErrorCode::kMissingField, "is empty, and so is the debit", "credit");
    }
    return debit.amount_minor > 0 ? Money{-debit.amount_minor, currency} : credit;
  }

  [[nodiscard]] Result<std::string> account(const Row& row) const {
    std::string said = without_spaces(row.at(profile_.account_column));
    if (profile_.account) said = without_spaces(*profile_.account);
    if (!settings_.account.empty()) said = without_spaces(settings_.account);
    if (said.empty()) {
      return fail(ErrorCode::kMissingField,
                  "whose statement it is neither the file says nor the profile: name it with "
                  "--account",
                  "account");
    }
    if (auto iban = Iban::parse(said)) return iban->text();
    if (said.starts_with("UA")) return tl::unexpected(wrong_account(said));
    if (check_id(said)) return said;
    return tl::unexpected(wrong_account(said));
  }
  static Error wrong_account(const std::string& said) {
    Error error = Iban::parse(said).error();
    error.field = "account";
    return error;
  }

  void payer(const Row& row, PaymentReceived& payment) const {
    std::string name(row.at(profile_.payer_name));
    const auto beside = [&name](std::string_view what, std::string_view said) {
      name += fmt::format("{}({} {})", name.empty() ? "" : " ", what, said);
    };
    const std::string_view code = row.at(profile_.payer_code);
    if (auto tax_code = TaxCode::parse(code); !says_nothing(code)) {
      if (!tax_code) beside("код", code);
      if (tax_code) payment.payer_tax_code = *std::move(tax_code);
    }
    const std::string_view from = row.at(profile_.payer_account);
    auto iban = Iban::parse(from);
    if (!iban && !from.empty()) beside("рахунок", from);
    if (iban) payment.payer_iban = *std::move(iban);
    if (!name.empty()) payment.payer_name = std::move(name);
  }

  std::string reference(const Row& row, const PaymentReceived& payment) {
    const auto said = bank::reference_or_none(row.at(profile_.reference));
    if (!said.empty()) return table::as_id(said, "ref-");
    std::string key =
        fmt::format("{}|{}", format_date(payment.booked_on), digest_of(row, profile_.key));
    const int number =
        ++equal_rows_[payment.our_account + "|" + payment.amount.currency.text() + "|" + key];
    // A currency of its own: many banks keep several under one account.
    if (payment.amount.currency != Currency()) key += "|" + payment.amount.currency.text();
    return fmt::format("{}|{}", key, number);
  }

  const Settings& settings_;
  const Profile& profile_;
  bank::Collector& collector_;
  std::map<std::string, int> equal_rows_;
};

}  // namespace

Mapped map_statement(std::string_view bytes, const Settings& settings) {
  bank::Collector collector(settings.bank, bytes);
  Reader reader(settings, collector);
  const table::Visitor visitor{[&](const Row& row) { reader.take(row); },
                               [&](std::size_t line, std::string_view raw, Error error) {
                                 collector.refuse(fmt::format("line {}", line), raw,
                                                  std::move(error));
                               },
                               [&](std::size_t line, std::string reason) {
                                 collector.skip(fmt::format("line {}", line), std::move(reason));
                               }};
  auto status = table::read(bytes, settings.profile.layout, settings.profile.wanted(), visitor);
  if (!status) collector.refuse_file("file", std::move(status).error());
  return collector.take();
}

}  // namespace ledger::bank_csv
