#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "consumers/ledger-bank/bank.h"
#include "consumers/ledger-bank/bank_client.h"
#include "consumers/ledger-bank/options.h"
#include "consumers/ledger-bank/state.h"
#include "producers/payments/privatbank/mapping.h"

namespace ledger::pull {

// PrivatBank, asked as its Autoclient asks: whether it may be asked now, then the pages of one
// account after the other. What is asked is whole days.
class Privatbank final : public Bank {
 public:
  // `state` and `counters` must outlive it. kMisconfigured.
  [[nodiscard]] static Result<std::unique_ptr<Bank>> make(const BankOptions& options, State& state,
                                                          Counters& counters);

  [[nodiscard]] std::string_view name() const override { return "privatbank"; }
  [[nodiscard]] Timestamp due() const override;
  [[nodiscard]] Result<std::optional<Page>> ask(Timestamp now) override;
  void settle(Timestamp now) override;
  [[nodiscard]] bool complete() const override;

 private:
  struct Account {
    std::string iban;
    Timestamp due = {};
    bool told = false;  // whole, since the start
  };
  // The pages of one account.
  struct Round {
    std::size_t account = 0;
    Timestamp asked_at;  // its first page
    Date from;
    Date to;
    std::string follow = {};               // id of the page to ask for; empty: the first
    std::optional<std::string> next = {};  // behind the page that was asked for last
    int pages = 0;
  };
  Privatbank(const BankOptions& options, State& state, Counters& counters, BankClient client);
  [[nodiscard]] Result<bool> may_ask(Timestamp now);
  void begin(Timestamp now);
  [[nodiscard]] Result<std::optional<Page>> ask_page();

  State& state_;
  Counters& counters_;
  BankClient client_;
  Pace pace_;
  privatbank::Settings settings_;
  std::vector<Account> accounts_;
  Timestamp not_before_;
  std::optional<Round> round_;
};

}  // namespace ledger::pull
