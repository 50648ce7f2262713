#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "consumers/client/batch.h"
#include "consumers/ledger-mail/counters.h"
#include "consumers/ledger-mail/options.h"
#include "consumers/ledger-mail/turnstile.h"
#include "platform/clock.h"
#include "platform/http/client.h"
#include "producers/email/lmtp/command.h"

namespace ledger::gateway {

// What letters being mapped may have together; a mapping takes about three times its letter.
inline constexpr std::size_t kMappedBytesMax = std::size_t{32} * 1024 * 1024;

// Brings a letter to the ledger and says what to answer the mail system:
//   250  the log has acknowledged all events of it, or had them; or it is no fact for the ledger;
//        or what no retry can cure lies in the quarantine, acknowledged too;
//   451  the ledger is away or cannot keep it just now, or the clock that says when the letter was
//        taken is ahead of the ledger's: the mail system comes again.
// Never 5xx: the manager who wrote the letter could do nothing about it.
//
// Of a letter with one bad recipient the others are recorded, and the whole lies in the quarantine:
// a replay repeats the others without effect. One thread; each connection has its own.
class Delivery {
 public:
  struct Parts {
    const GatewayOptions& options;
    Turnstile& mapping;
    Counters& counters;
    const Clock& clock;
  };
  Delivery(http::Client client, Parts parts) : client_(std::move(client)), parts_(parts) {}

  [[nodiscard]] lmtp::Reply deliver(std::string_view letter);

 private:
  struct Reason {
    std::string error;  // its word: "conflict"
    std::string field;
    std::string detail;
  };
  struct Recorded {
    std::size_t fresh = 0;
    std::size_t known = 0;
    std::optional<Reason> refused;  // the first that no retry cures; the others went their way
    std::optional<Error> away;      // the letter has to come again
  };
  [[nodiscard]] static Reason reason_of(const cli::Verdict& verdict);
  [[nodiscard]] static std::string quarantine_path(const mail::Settings& settings,
                                                   const Reason& reason);
  [[nodiscard]] Recorded record(const std::vector<Submission>& events, Timestamp now);
  void judge(const Submission& event, const cli::Verdict& verdict, Timestamp now,
             Recorded& recorded) const;
  [[nodiscard]] Status quarantine(std::string_view letter, const mail::Settings& settings,
                                  const Reason& reason);
  [[nodiscard]] lmtp::Reply later(const Error& error);

  http::Client client_;
  Parts parts_;
};

}  // namespace ledger::gateway
