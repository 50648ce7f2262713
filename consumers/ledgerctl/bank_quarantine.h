#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/uploader.h"
#include "platform/http/client.h"
#include "producers/mapping.h"

namespace ledger::cli {

// Money that is not in the ledger is not to be forgotten with the terminal's output: a bank's file
// of which something was refused goes into the server's quarantine, with what and why. One thread;
// both must outlive it.
class BankQuarantine {
 public:
  BankQuarantine(http::Client& client, const ImportCommand& command)
      : client_(client), command_(command) {}

  // `by_server`: what the server refused of this file. Nothing is kept if nothing was refused. A
  // server without a quarantine is told of on standard error, and no error; that it stays away is.
  [[nodiscard]] Status keep(const std::string& file, const std::string& content,
                            const Mapped& mapped, const std::vector<Uploader::Refusal>& by_server);

 private:
  [[nodiscard]] std::string query_of(const std::string& file) const;

  http::Client& client_;
  const ImportCommand& command_;
};

}  // namespace ledger::cli
