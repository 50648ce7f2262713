#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/result.h"
#include "producers/mapping.h"

namespace ledger::pull {

// What a bank answered to one question.
struct Page {
  std::string account;
  Mapped told;
};

// One bank, asked for the statements of its accounts, a page at a time. Each account is asked again
// and again from some days back, so that what changes late is told; nothing is passed over until
// settle() says that the ledger has what was told before. One thread.
class Bank {
 public:
  Bank() = default;
  Bank(const Bank&) = delete;
  Bank& operator=(const Bank&) = delete;
  virtual ~Bank() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  // When there is something to ask; in the past: now.
  [[nodiscard]] virtual Timestamp due() const = 0;
  // Asks for the next page. nullopt: the bank was asked about something else, or wants none now.
  // retriable(): the bank is away or wants a pause (then due() knows it). kMisconfigured: a person
  // has to mend it (the token, an account).
  [[nodiscard]] virtual Result<std::optional<Page>> ask(Timestamp now) = 0;
  // The last page is in the ledger.
  virtual void settle(Timestamp now) = 0;
  // Every account was told whole, up to now, since the start.
  [[nodiscard]] virtual bool complete() const = 0;
};

}  // namespace ledger::pull
