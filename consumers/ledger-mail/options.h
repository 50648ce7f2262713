#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "platform/tls_stream.h"
#include "producers/email/message/mapping.h"

namespace ledger::gateway {

// Of a letter as it is sent; the mapping takes as much with our Return-Path before it.
inline constexpr std::size_t kLetterBytesMax = mail::kMessageBytesMax - 1024;

// How ledger-mail was told to run: flags, then environment (LEDGER_SERVER, …), then the TOML file.
struct GatewayOptions {
  std::string server = "http://127.0.0.1:8080";
  std::string key_file;  // as whom it asks the ledger
  std::string listen = "127.0.0.1:2424";
  std::filesystem::path data;
  std::string host;                     // by which it greets
  std::vector<std::string> recipients;  // the only ones taken; empty: all are
  mail::Settings mail;
  std::size_t size_max = kLetterBytesMax;
  std::size_t connections_max = 64;
  std::chrono::seconds timeout{300};  // of a command; of a mail twice that
  std::optional<TlsContext> tls;      // without it STARTTLS is not offered
  std::string metrics;                // empty: no listener
  std::string log_level = "info";
};

// nullopt: there is nothing to run (--help, or a mistake that was explained); `exit_code` says
// which.
[[nodiscard]] std::optional<GatewayOptions> parse_gateway_options(int argc, char** argv,
                                                                  int& exit_code);

}  // namespace ledger::gateway
