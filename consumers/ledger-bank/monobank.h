#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "consumers/ledger-bank/bank.h"
#include "consumers/ledger-bank/bank_client.h"
#include "consumers/ledger-bank/hooks.h"
#include "consumers/ledger-bank/options.h"
#include "consumers/ledger-bank/state.h"
#include "producers/payments/monobank/mapping.h"

namespace ledger::pull {

// monobank, which takes one request in a minute: who the token's accounts are (once an hour, and
// whether the webhook still is ours), the webhook set where it is not, then statements, of an
// account that the webhook told of before others. A statement covers 31 days at most, and where it
// has 500 entries those before them are asked for next.
class Monobank final : public Bank {
 public:
  // `hooks` (may be absent) and the others must outlive it. kMisconfigured.
  [[nodiscard]] static Result<std::unique_ptr<Bank>> make(const BankOptions& options, State& state,
                                                          Hooks* hooks, Counters& counters);

  [[nodiscard]] std::string_view name() const override { return "monobank"; }
  [[nodiscard]] Timestamp due() const override;
  [[nodiscard]] Result<std::optional<Page>> ask(Timestamp now) override;
  void settle(Timestamp now) override;
  [[nodiscard]] bool complete() const override;

 private:
  struct Account {
    std::string named;  // in the settings
    monobank::Account bank = {};
    Timestamp due = {};
    Timestamp asked_at = {};  // of its last round
    bool begun = false;       // since the start
    bool told = false;        // whole, since the start
  };
  // The pages of 31 days of one account, the newest first.
  struct Round {
    std::size_t account = 0;
    Timestamp asked_at;
    Timestamp from;
    Timestamp upto;    // of its first page
    Timestamp before;  // up to when the page to ask for goes
    std::vector<monobank::Statement::Item> items = {};
    std::size_t last = 0;  // how many of them the last page told
  };
  Monobank(const BankOptions& options, State& state, Hooks* hooks, Counters& counters,
           BankClient client);
  [[nodiscard]] Status ask_info(Timestamp now);
  [[nodiscard]] Status take_accounts(const monobank::ClientInfo& info);
  [[nodiscard]] Status set_hook(Timestamp now);
  [[nodiscard]] Result<std::optional<Page>> ask_page();
  [[nodiscard]] Timestamp due_of(const Account& account) const;
  [[nodiscard]] std::size_t next_account() const;
  void begin(Timestamp now);
  void end_round(Timestamp now);

  State& state_;
  Hooks* hooks_;
  Counters& counters_;
  BankClient client_;
  Pace pace_;
  std::chrono::seconds interval_;
  std::vector<std::string> own_codes_;
  std::vector<std::string> other_accounts_;  // of the house, at other banks
  monobank::Settings settings_;
  std::vector<Account> accounts_;
  Timestamp not_before_;
  std::optional<Timestamp> info_at_;
  bool must_hook_ = false;
  std::optional<Round> round_;
};

}  // namespace ledger::pull
