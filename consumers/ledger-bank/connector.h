#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "consumers/ledger-bank/bank.h"
#include "consumers/ledger-bank/counters.h"
#include "consumers/ledger-bank/delivery.h"
#include "consumers/ledger-bank/hooks.h"
#include "consumers/ledger-bank/options.h"
#include "consumers/ledger-bank/state.h"
#include "platform/backoff.h"
#include "platform/clock.h"

namespace ledger::pull {

// All of ledger-bank but its command line, as steps: one question to a bank, or one page to the
// ledger. A bank that is away holds up no other. One thread, but for the webhook's own.
//
// Nothing is lost by a crash: the saved place never passes a page that the ledger has not
// acknowledged. What is asked and sent again by that, the ledger knows.
class Connector {
 public:
  // kMisconfigured: settings that cannot be, a state directory in use. kCorrupt: a state that is
  // not ours. `clock` must outlive the connector.
  [[nodiscard]] static Result<std::unique_ptr<Connector>> start(const BankOptions& options,
                                                                const Clock& clock);

  struct Step {
    bool busy = false;     // there may be more to do at once
    bool drained = false;  // every account was told whole since the start, and all is delivered
  };
  // kUnavailable: the connector's own disk fails; nothing was passed over.
  [[nodiscard]] Result<Step> step();

  [[nodiscard]] const Counters& counters() const { return counters_; }
  // What was refused since the start, for a person: where and why. At most kToldMax, then the
  // counter alone knows.
  static constexpr std::size_t kToldMax = 20;
  [[nodiscard]] const std::vector<std::string>& refusals() const { return refusals_; }
  // Why a bank or the ledger cannot be talked to now; empty: all of them can.
  [[nodiscard]] std::string trouble() const;
  // 0: there is no webhook.
  [[nodiscard]] std::uint16_t hook_port() const { return hooks_ ? hooks_->port() : 0; }

 private:
  // A bank, and what became of its last answer.
  struct Desk {
    std::unique_ptr<Bank> bank;
    std::optional<Page> page = {};  // not in the ledger yet
    Backoff pauses;
    Timestamp next_attempt = {};
    std::string trouble = {};
  };
  Connector(const BankOptions& options, const Clock& clock, StateFolder folder, State state,
            http::Client client);
  [[nodiscard]] Status open_desks();
  void add_desk(std::unique_ptr<Bank> bank);
  [[nodiscard]] bool ask(Desk& desk, Timestamp now);
  [[nodiscard]] Result<bool> deliver(Desk& desk, Timestamp now);
  [[nodiscard]] Status refuse(const std::string& where, const std::string& raw, const Error& error);
  void wait_for_server(const Error& why, Timestamp now);
  void keep_figures();

  BankOptions options_;
  const Clock& clock_;
  StateFolder folder_;
  State state_;
  Counters counters_;
  std::string delivering_;  // whose page
  Delivery delivery_;
  Backoff pauses_;
  Timestamp next_delivery_;
  std::string trouble_;  // the ledger's
  std::vector<std::string> refusals_;
  std::unique_ptr<Hooks> hooks_;
  std::vector<Desk> desks_;
};

}  // namespace ledger::pull
