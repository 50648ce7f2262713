#include "projections/bank_statements/chain.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <tuple>

#include "events/payment_key.h"

namespace ledger::bank_statements {

namespace {

// By whose numbers they follow: pages of one statement, or one statement after another.
std::optional<Found> sequence_gap(const StatementReceived& first, const StatementReceived& second) {
  if (!first.sequence || !second.sequence) return std::nullopt;
  const bool next_page = first.sequence == second.sequence && first.page && second.page;
  const std::int64_t before = next_page ? *first.page : *first.sequence;
  const std::int64_t after = next_page ? *second.page : *second.sequence;
  const bool restarted = after <= 1 && second.to.year() > first.to.year();
  if (restarted || after <= before + 1) return std::nullopt;
  return Found{Finding::kSequenceGap, first, second, before + 1, after - 1};
}

bool moved(const StatementReceived& statement) { return statement.opening != statement.closing; }

// Of the day on which one ends and the other begins the balances tell: it is told twice where both
// open, or both close, with the same.
bool overlap(const StatementReceived& first, const StatementReceived& second) {
  if (second.from < first.to && first.from < second.to) return true;
  if (!moved(first) || !moved(second)) return false;
  return (first.from == second.from && first.opening == second.opening) ||
         (first.to == second.to && first.closing == second.closing);
}

std::vector<const Statement*> of_format(const std::vector<Statement>& statements,
                                        StatementFormat format) {
  std::vector<const Statement*> found;
  for (const auto& one : statements) {
    if (one.data.format == format) found.push_back(&one);
  }
  return found;
}

void follow(const std::vector<const Statement*>& chain, std::vector<Found>& found) {
  const StatementReceived* last = nullptr;  // of those before, the one that reaches furthest
  for (const auto* one : chain) {
    const StatementReceived* before = last;
    if (last == nullptr || one->data.to >= last->to) last = &one->data;
    if (before == nullptr) continue;
    if (overlap(*before, one->data)) {
      found.push_back({Finding::kOverlap, *before, one->data});
      continue;
    }
    if (auto gap = sequence_gap(*before, one->data)) found.push_back(*std::move(gap));
    if (before->closing != one->data.opening) {
      found.push_back({Finding::kBalanceGap, *before, one->data});
    }
  }
}

// The last day of the one may be the day of the other's opening balance.
bool same_days(const StatementReceived& left, const StatementReceived& right) {
  return overlap(left, right) || left.to == right.to;
}

void compare_formats(const std::vector<const Statement*>& camt,
                     const std::vector<const Statement*>& mt940, std::vector<Found>& found) {
  for (const auto* one : mt940) {
    const auto same = std::find_if(camt.begin(), camt.end(), [&](const Statement* other) {
      return same_days(other->data, one->data);
    });
    if (same != camt.end()) found.push_back({Finding::kTwoFormats, (*same)->data, one->data});
  }
}

bool same_figures(const StatementReceived& left, const StatementReceived& right) {
  return std::tie(left.to, left.opening, left.closing, left.entries, left.payments) ==
         std::tie(right.to, right.opening, right.closing, right.entries, right.payments);
}

void compare_files(const Statement& statement, std::vector<Found>& found) {
  for (const auto& file : statement.files) {
    if (same_figures(file.data, statement.data)) continue;
    found.push_back({Finding::kToldDifferently, file.data, statement.data});
  }
}

bool is_word_character(char c) {
  // A byte of a letter beyond ASCII is one too.
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// Not as a part of another number: "7" is none of "27.11" or "7.11".
bool names_word(std::string_view text, std::string_view word) {
  const auto joins = [&](std::size_t mark, std::size_t beyond) {
    if (mark >= text.size()) return false;
    if (is_word_character(text[mark])) return true;
    const bool sign = std::string_view("./-|").find(text[mark]) != std::string_view::npos;
    return sign && beyond < text.size() && is_word_character(text[beyond]);
  };
  for (std::size_t at = text.find(word); !word.empty() && at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (!joins(at - 1, at - 2) && !joins(end, end + 1)) return true;
  }
  return false;
}

// By the payment's id, which begins with the account and ends with the reference, or by a person
// who names the reference; then the payment is one of the account, unless no bank told of it.
bool is_settled(const StatementReceived& statement, const TakenBack& taken,
                const std::vector<PaymentReversed>& reversed) {
  const std::string account = account_in(statement.account, statement.opening.currency) + "|";
  return std::any_of(reversed.begin(), reversed.end(), [&](const PaymentReversed& one) {
    const bool of_account = one.payment_id.starts_with(account);
    if (of_account && one.payment_id.ends_with("|" + taken.bank_reference)) return true;
    const bool of_a_bank = one.payment_id.find('|') != std::string::npos;
    return one.reason && (of_account || !of_a_bank) &&
           names_word(*one.reason, taken.bank_reference);
  });
}

struct Number {
  std::string_view bank;  // digits; empty: it is not said
  std::string_view account;
};

std::string_view without_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

// "322313/26007233566001", and UA, two check digits, bank and account of the IBAN.
Number number_of(std::string_view account) {
  constexpr std::size_t kUkrainian = 29;
  if (account.size() == kUkrainian && account.starts_with("UA")) {
    return {account.substr(4, 6), without_zeros(account.substr(10))};
  }
  const std::size_t slash = account.rfind('/');
  if (slash == std::string_view::npos) return {{}, without_zeros(account)};
  return {account.substr(0, slash), without_zeros(account.substr(slash + 1))};
}

bool is_iban(std::string_view account) {
  return account.size() > 2 && std::isupper(static_cast<unsigned char>(account[0])) != 0 &&
         std::isupper(static_cast<unsigned char>(account[1])) != 0;
}

// Whether the other one is the number alone of what is an IBAN here.
bool same_number(const Account& iban, const Account& other) {
  constexpr std::size_t kDigitsMin = 6;
  if (!is_iban(iban.account) || is_iban(other.account)) return false;
  const Number left = number_of(iban.account);
  const Number right = number_of(other.account);
  const bool same = left.bank.empty() ? iban.account.ends_with(right.account)
                                      : left.account == right.account &&
                                            (right.bank.empty() || right.bank == left.bank);
  return same && right.account.size() >= kDigitsMin &&
         iban.statements.front().data.opening.currency ==
             other.statements.front().data.opening.currency;
}

// The same days under both names, in one format.
void compare_spellings(const std::vector<const Statement*>& left,
                       const std::vector<const Statement*>& right, std::vector<Found>& found) {
  for (const auto* one : right) {
    const auto same = std::find_if(left.begin(), left.end(), [&](const Statement* other) {
      return same_days(other->data, one->data);
    });
    if (same != left.end()) found.push_back({Finding::kTwoSpellings, (*same)->data, one->data});
  }
}

}  // namespace

std::vector<Found> look_into(const std::vector<Statement>& statements,
                             const std::vector<PaymentReversed>& reversed) {
  const auto camt = of_format(statements, StatementFormat::kCamt053);
  const auto mt940 = of_format(statements, StatementFormat::kMt940);
  std::vector<Found> found;
  follow(camt, found);
  follow(mt940, found);
  compare_formats(camt, mt940, found);
  for (const auto& statement : statements) {
    compare_files(statement, found);
    for (const auto& taken : statement.data.taken_back) {
      if (is_settled(statement.data, taken, reversed)) continue;
      found.push_back({Finding::kTakenBack, statement.data, {}, {}, {}, taken});
    }
  }
  return found;
}

void find_two_spellings(std::vector<Account>& accounts) {
  for (const auto& iban : accounts) {
    const auto camt = of_format(iban.statements, StatementFormat::kCamt053);
    const auto mt940 = of_format(iban.statements, StatementFormat::kMt940);
    for (auto& other : accounts) {
      if (!same_number(iban, other)) continue;
      const auto other_camt = of_format(other.statements, StatementFormat::kCamt053);
      const auto other_mt940 = of_format(other.statements, StatementFormat::kMt940);
      compare_formats(camt, other_mt940, other.found);
      compare_formats(other_camt, mt940, other.found);
      compare_spellings(camt, other_camt, other.found);
      compare_spellings(mt940, other_mt940, other.found);
    }
  }
}

}  // namespace ledger::bank_statements
