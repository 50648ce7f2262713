#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "producers/mapping.h"
#include "producers/payments/booking.h"

// monobank's answers and its webhook (source-formats.md 3). How the bank is asked, and what is to
// be set on its side, is in README.md beside this file.
namespace ledger::monobank {

struct Account {
  std::string id;    // the bank's
  std::string name;  // the IBAN; where it has none, the id
  Currency currency;
};

// GET /personal/client-info: the token's own accounts and those of companies that it manages.
struct ClientInfo {
  std::vector<Account> accounts;       // of currencies that this ledger keeps
  std::vector<std::string> own_codes;  // of the companies
  std::string webhook_url;             // where the bank says what moves; empty: nowhere
};
[[nodiscard]] Result<ClientInfo> read_client_info(std::string_view json);

struct Settings {
  bank::Settings bank;
  std::vector<std::string> own_codes = {};     // what comes from them is no client's money
  std::vector<std::string> own_accounts = {};  // likewise, IBANs
};

inline constexpr std::size_t kItemsMax = 500;  // of one answer: there may be more behind it

struct Statement {
  Mapped told;
  struct Item {
    std::string id;
    Timestamp time;
  };
  std::vector<Item> items;  // all of them, whatever they are
};
// GET /personal/statement/{account}/{from}/{to}: a list, the newest first. Settled incoming money
// is payment.received, of the amount by which the account grew, in the account's currency: what
// `currencyCode` says is the payer's currency where `operationAmount` differs. commissionRate is
// not read: the amount is what came.
//
// bank_reference = id. Idempotency: source + account's name + "|" + id. time = `time`. What is on
// hold comes again under the same id, settled, and maybe of another amount: it is skipped until
// then. purpose = description and comment; the payer's code and account only where they are surely
// one.
//
// Skipped, with the reason: outgoing money, what is on hold, money between own accounts.
// Errors of a row (refused): kMissingField, kInvalidField, kOutOfRange. Errors of the answer: no
// JSON list (cut off).
//
// Pure; safe for all threads.
[[nodiscard]] Result<Statement> map_statement(std::string_view json, const Account& account,
                                              const Settings& settings);

// What the webhook says. Nobody signs it, so it is a hint that something moved, and no fact.
struct Hint {
  std::string account;  // the bank's id
  std::string item;
  Timestamp time;
};
// nullopt: it tells of something else than an entry. kMalformed, kMissingField, kOutOfRange.
[[nodiscard]] Result<std::optional<Hint>> read_hint(std::string_view json);

}  // namespace ledger::monobank
