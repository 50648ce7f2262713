#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "consumers/ledger-bank/counters.h"
#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::pull {

// How a bank's HTTP interface is spoken to: what its answers mean, whichever bank it is. Never logs
// or tells what it sends. One thread.
class BankClient {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;
  // kMisconfigured: no address, or one where a token would travel unencrypted; this machine's own
  // may be http. `counters` must outlive it.
  [[nodiscard]] static Result<BankClient> to(const std::string& url, Headers headers,
                                             Counters& counters);

  // The body of a 200, as UTF-8. kUnavailable, kTimeout: away, 429, 5xx, too long; kMisconfigured:
  // 401 and 403; kInvalidField: another status, with the beginning of what the bank says.
  [[nodiscard]] Result<std::string> get(const std::string& path);
  // What the bank says of a failure is left out: it may repeat what was sent.
  [[nodiscard]] Result<std::string> post(const std::string& path, std::string json);

  // How long the bank wants a pause, by its last answer.
  [[nodiscard]] std::optional<std::chrono::seconds> retry_after() const { return retry_after_; }

 private:
  BankClient(http::Client client, Headers headers, Counters& counters)
      : client_(std::move(client)), headers_(std::move(headers)), counters_(counters) {}
  [[nodiscard]] Result<std::string> send(http::Client::Call call);

  http::Client client_;
  Headers headers_;
  Counters& counters_;
  std::optional<std::chrono::seconds> retry_after_;
};

}  // namespace ledger::pull
