#include "consumers/ledger-mail/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>

#include "consumers/client/connect.h"
#include "consumers/client/failure_message.h"
#include "platform/http/client.h"
#include "platform/tcp_stream.h"
#include "platform/utf8.h"

namespace ledger::gateway {

namespace {

constexpr const char* kDescription =
    "Stands behind the house's mail system and takes a copy of what managers send, by LMTP: each\n"
    "letter to a client becomes an event of the ledger, an offer for each company that it went "
    "to.\n\n"
    "  ledger-mail --server http://127.0.0.1:8080 --data /var/lib/ledger-mail \\\n"
    "              --own-domains firm.ua --recipient offers@ledger.invalid\n\n"
    "A letter is answered with 250 only when the ledger has it for good. While the ledger is away\n"
    "the answer is 451, and the mail system keeps the letter and comes again. What can never be\n"
    "recorded as it is lies in the ledger's quarantine, with its reason (`ledgerctl quarantine "
    "list\n"
    "--sender mail`, then `show`, `replay` or `dismiss`); of one over 512 KiB the whole is also "
    "in\n"
    "DATA/refused, for `ledgerctl import mail`. The same letter by two ways is recorded once.\n";

constexpr const char* kFooter =
    "The mail system's side, for Postfix in /etc/postfix (then `postmap` both tables and `postfix\n"
    "reload`); a copy of all that firm.ua sends:\n"
    "  main.cf            sender_bcc_maps = hash:/etc/postfix/ledger_bcc\n"
    "                     transport_maps = hash:/etc/postfix/ledger_transport\n"
    "  ledger_bcc         @firm.ua         offers@ledger.invalid\n"
    "  ledger_transport   ledger.invalid   lmtp:inet:127.0.0.1:2424\n\n"
    "Settings come from flags, else from the environment (LEDGER_SERVER, LEDGER_MAIL_DATA, ...), "
    "else\n"
    "from the TOML file of --config, which names them like the flags without the dashes.";

struct Texts {
  std::string cert;
  std::string key;
  std::int64_t timeout_s = 300;
};

void add_letters(CLI::App& app, GatewayOptions& options) {
  app.add_option("--own-domains,--own_domains,--own-domain", options.mail.own_domains,
                 "Mail domains of the house, with their subdomains: a recipient there is no client")
      ->delimiter(',')
      ->envname("LEDGER_OWN_DOMAINS");
  app.add_option("--own-addresses,--own_addresses", options.mail.own_addresses,
                 "Addresses of our people at other domains: olena.gurt@ukr.net")
      ->delimiter(',')
      ->envname("LEDGER_OWN_ADDRESSES");
  app.add_option(
         "--authserv-id,--authserv_id", options.mail.authserv_id,
         "How our mail system calls itself in Authentication-Results and Received. It has to "
         "take\nout what comes from outside under its name. Without it everybody is believed "
         "to be\nwhom he says; with it a letter that it says nothing of counts for nobody")
      ->envname("LEDGER_MAIL_AUTHSERV_ID");
  app.add_flag("--believe-unstamped,--believe_unstamped", options.mail.unstamped_believed,
               "Believe our people also where the mail system wrote nothing of the letter")
      ->envname("LEDGER_MAIL_BELIEVE_UNSTAMPED");
  app.add_flag(
         "--answers-only,--answers_only", options.mail.answers_only,
         "Leave out letters of others that answer none: for a mailbox that everybody may write "
         "to")
      ->envname("LEDGER_MAIL_ANSWERS_ONLY");
  app.add_option("--recipient", options.recipients,
                 "The only addresses taken, as the mail system names them; all are without it")
      ->delimiter(',')
      ->envname("LEDGER_MAIL_RECIPIENT");
  app.add_option("--source", options.mail.source,
                 "The events' source; with the same one, letters imported before are known")
      ->envname("LEDGER_SOURCE")
      ->capture_default_str();
  app.add_option(
         "--max-size,--max_size", options.size_max,
         "Most bytes of a letter, with CR LF; over it 552. No less than the mail system's own "
         "limit:\na copy that is refused nobody hears of but by mail_letters_total{too_large}")
      ->envname("LEDGER_MAIL_MAX_SIZE")
      ->check(CLI::Range(std::size_t{64} * 1024, kLetterBytesMax))
      ->capture_default_str();
}

void add_rest(CLI::App& app, GatewayOptions& options, Texts& texts) {
  app.add_option("--server", options.server, "The ledger's address")
      ->envname("LEDGER_SERVER")
      ->capture_default_str();
  app.add_option("--key-file,--key_file", options.key_file, cli::kKeyFileHelp)
      ->envname("LEDGER_KEY_FILE");
  app.add_option("--listen", options.listen, "Address and port for LMTP")
      ->envname("LEDGER_MAIL_LISTEN")
      ->capture_default_str();
  app.add_option("--data", options.data,
                 "Directory for letters on their way and DATA/refused; made if missing")
      ->envname("LEDGER_MAIL_DATA")
      ->required();
  app.add_option("--host", options.host, "The name by which it greets; the machine's without it")
      ->envname("LEDGER_MAIL_HOST");
  app.add_option("--cert", texts.cert, "PEM file of a certificate, with its chain: offer STARTTLS")
      ->envname("LEDGER_MAIL_CERT");
  app.add_option("--key", texts.key, "PEM file of its key")->envname("LEDGER_MAIL_KEY");
  app.add_option("--connections", options.connections_max, "Most connections at once; over it 421")
      ->envname("LEDGER_MAIL_CONNECTIONS")
      ->check(CLI::Range(1, 500))
      ->capture_default_str();
  app.add_option("--timeout", texts.timeout_s,
                 "Seconds for a whole command to come; for a whole letter twice that")
      ->envname("LEDGER_MAIL_TIMEOUT")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--metrics", options.metrics,
                 "Address and port for /metrics and /healthz; off without it")
      ->envname("LEDGER_METRICS");
  app.add_option("--log-level,--log_level", options.log_level, "debug, info, warning or error")
      ->envname("LEDGER_LOG_LEVEL")
      ->capture_default_str();
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "localhost";
  return name.data();
}

Status check_domains(std::vector<std::string>& domains) {
  for (auto& domain : domains) {
    const bool is_one = domain.find_first_of(" @,/") == std::string::npos &&
                        domain.find('.') != std::string::npos && domain.front() != '.' &&
                        is_valid_utf8(domain);
    if (!is_one) {
      return fail(ErrorCode::kMisconfigured, "'" + domain + "' is no mail domain such as firm.ua",
                  "own_domains");
    }
    domain = fold_case(domain);
  }
  return {};
}

Status check_addresses(const std::vector<std::string>& addresses, const char* field) {
  for (const auto& recipient : addresses) {
    const std::size_t at = recipient.rfind('@');
    const bool is_one = at != std::string::npos && at > 0 && at + 1 < recipient.size() &&
                        recipient.find_first_of(" <>") == std::string::npos &&
                        is_valid_utf8(recipient);
    if (is_one) continue;
    return fail(ErrorCode::kMisconfigured,
                "'" + recipient + "' is no address such as offers@ledger.invalid", field);
  }
  return {};
}

Status complete(GatewayOptions& options, const Texts& texts) {
  const auto client = http::Client::to(options.server);
  if (!client) return fail(ErrorCode::kMisconfigured, client.error().message, "server");
  if (const auto key = cli::use_key(options.key_file); !key) {
    return fail(ErrorCode::kMisconfigured, key.error().message, "key_file");
  }
  LEDGER_CHECK(check_address(options.listen, "listen"));
  LEDGER_CHECK(check_domains(options.mail.own_domains));
  LEDGER_CHECK(check_addresses(options.recipients, "recipient"));
  LEDGER_CHECK(check_addresses(options.mail.own_addresses, "own_addresses"));
  for (auto& address : options.mail.own_addresses) address = fold_case(address);
  if (!is_valid_utf8(options.mail.authserv_id)) {
    return fail(ErrorCode::kMisconfigured, "is the name of a mail system", "authserv_id");
  }
  options.mail.authserv_id = fold_case(options.mail.authserv_id);
  options.timeout = std::chrono::seconds(texts.timeout_s);
  if (options.host.empty()) options.host = host_name();
  if (options.host.find_first_of(" \r\n") != std::string::npos) {
    return fail(ErrorCode::kMisconfigured, "is the name of a machine", "host");
  }
  if (texts.cert.empty() && texts.key.empty()) return {};
  if (texts.cert.empty() || texts.key.empty()) {
    return fail(ErrorCode::kMisconfigured, "a certificate and its key are given together",
                texts.cert.empty() ? "cert" : "key");
  }
  LEDGER_TRY(options.tls, TlsContext::load(texts.cert, texts.key));
  return {};
}

}  // namespace

std::optional<GatewayOptions> parse_gateway_options(int argc, char** argv, int& exit_code) {
  GatewayOptions options;
  Texts texts;
  CLI::App app(kDescription, "ledger-mail");
  app.footer(kFooter);
  app.set_config("--config", "", "TOML file with the settings below");
  app.failure_message(cli::kTypoFirst);
  app.allow_config_extras(CLI::config_extras_mode::error);
  add_rest(app, options, texts);
  add_letters(app, options);
  try {
    app.parse(argc, argv);
    if (const auto status = complete(options, texts); !status) {
      throw CLI::ValidationError(status.error().field + ": " + status.error().message);
    }
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  return options;
}

}  // namespace ledger::gateway
