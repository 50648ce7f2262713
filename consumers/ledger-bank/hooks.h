#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "consumers/ledger-bank/counters.h"
#include "consumers/ledger-bank/options.h"
#include "consumers/ledger-bank/state.h"
#include "platform/http/server.h"
#include "producers/payments/monobank/mapping.h"

namespace ledger::pull {

// Listens to monobank's webhook. GET and POST of the path with the secret: 200; of another: 403. A
// POST is a hint that an account moved: it is on our disk before it is answered, and answered
// before anybody is asked, since the bank waits for five seconds. 503 while the disk takes nothing.
//
// Each hint is held until the statement tells the same entry, and each entry of the statement
// against the hints: what one of the two never tells is shown. Threads: the HTTP server's bring
// hints, one other asks.
class Hooks {
 public:
  static constexpr std::size_t kHeardMax = 20'000;  // over it the oldest are forgotten

  // All but `options` must outlive it. kMisconfigured: an address that cannot be bound.
  [[nodiscard]] static Result<std::unique_ptr<Hooks>> start(const HookOptions& options,
                                                            const StateFolder& folder,
                                                            const Clock& clock, Counters& counters);

  // Whether something was heard of the account since then that no statement has told yet.
  [[nodiscard]] bool is_hinted(const std::string& account, Timestamp since) const;
  // What a statement of the account told, that was asked for then: those entries are confirmed.
  void confirm(const std::string& account, const std::vector<monobank::Statement::Item>& items,
               Timestamp asked_at);
  // How many of them the webhook should have told by `now` and has not.
  [[nodiscard]] std::size_t missed(const std::vector<monobank::Statement::Item>& items,
                                   Timestamp now) const;
  // The bank was given our address, or has it.
  void hooked(Timestamp now, bool anew);
  // Forgets what is older. kUnavailable: the disk takes nothing.
  [[nodiscard]] Status save(Timestamp forget_before);

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] const HookOptions& options() const { return options_; }

 private:
  Hooks(const HookOptions& options, const StateFolder& folder, const Clock& clock,
        Counters& counters, HookState state);
  [[nodiscard]] http::Response take(const http::Request& request);
  [[nodiscard]] Status note(const monobank::Hint& hint);
  void count_unconfirmed();

  HookOptions options_;
  const StateFolder& folder_;
  const Clock& clock_;
  Counters& counters_;
  mutable std::mutex mutex_;
  HookState state_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;  // last: it uses all of the above
};

}  // namespace ledger::pull
