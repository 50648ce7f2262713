#include "consumers/ledger-bank/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "consumers/client/connect.h"
#include "consumers/client/failure_message.h"
#include "events/identifiers.h"
#include "platform/http/client.h"
#include "platform/tcp_stream.h"

namespace ledger::pull {

namespace {

constexpr const char* kDescription =
    "Asks banks for the statements of the house's accounts, and brings the money that came to the\n"
    "ledger: every payment once, what the bank changes as a correction, what it reverses as taken\n"
    "back, however long the bank or the ledger is away.\n\n"
    "  ledger-bank --server https://ledger.lan --state /var/lib/ledger-bank \\\n"
    "              --privatbank-accounts UA21... --privatbank-token-file /etc/salesledger/privat\n"
    "  ledger-bank ... --once                     what there is by now, then the end\n"
    "  ledger-bank ... --once --from 2026-01-01   the past; nothing counts twice\n\n"
    "Never import files (camt, MT940) of an account that is asked here: their keys differ, so "
    "each\n"
    "payment would count twice. What can never be recorded lies in STATE/refused.ndjson, with its\n"
    "reason; it is tried again while the bank tells it, or with --from.\n";

constexpr const char* kFooter =
    "PrivatBank: Privat24 for business, Accounting and reports, Integration (Autoclient): make an\n"
    "  application for statements and copy its token.\n"
    "monobank: https://api.monobank.ua, log in with the phone, copy the token. With a webhook "
    "money\n"
    "  is here a minute after it came: --hook-listen 127.0.0.1:9190, a proxy with TLS in front, "
    "and\n"
    "  --hook-url https://bank.house.example; the rest is set by itself.\n\n"
    "Settings come from flags, else from the environment (LEDGER_SERVER, LEDGER_STATE, ...), else\n"
    "from the TOML file of --config, which names them like the flags without the dashes. Secrets\n"
    "come from files or from LEDGER_PRIVATBANK_TOKEN, LEDGER_MONOBANK_TOKEN and\n"
    "LEDGER_BANK_HOOK_SECRET alone.";

struct Texts {
  std::string privatbank_token_file;
  std::string monobank_token_file;
  std::string hook_secret_file;
  std::string from;
  std::int64_t every_s = 300;
  std::int64_t interval_s = 60;
  std::int64_t grace_s = 1200;
  std::int64_t patience_s = 300;
};

void add_privatbank(CLI::App& app, PrivatbankOptions& options, Texts& texts) {
  constexpr const char* kGroup = "PrivatBank";
  app.add_option("--privatbank-accounts,--privatbank_accounts", options.accounts,
                 "IBANs of the accounts to ask for, by commas")
      ->delimiter(',')
      ->envname("LEDGER_PRIVATBANK_ACCOUNTS")
      ->group(kGroup);
  // No flag for the token itself: a command line is seen by everybody on the machine.
  app.add_option("--privatbank-token-file,--privatbank_token_file", texts.privatbank_token_file,
                 "File with the token; or the token itself in LEDGER_PRIVATBANK_TOKEN")
      ->envname("LEDGER_PRIVATBANK_TOKEN_FILE")
      ->group(kGroup);
  app.add_option("--privatbank-client-id,--privatbank_client_id", options.client_id,
                 "Id that tokens of the older kind come with")
      ->envname("LEDGER_PRIVATBANK_CLIENT_ID")
      ->group(kGroup);
  app.add_option("--privatbank-url,--privatbank_url", options.url, "The bank's address")
      ->envname("LEDGER_PRIVATBANK_URL")
      ->capture_default_str()
      ->group(kGroup);
}

void add_monobank(CLI::App& app, MonobankOptions& options, Texts& texts) {
  constexpr const char* kGroup = "monobank";
  app.add_option("--monobank-accounts,--monobank_accounts", options.accounts,
                 "IBANs (or the bank's ids) of the accounts to ask for, by commas")
      ->delimiter(',')
      ->envname("LEDGER_MONOBANK_ACCOUNTS")
      ->group(kGroup);
  app.add_option("--monobank-token-file,--monobank_token_file", texts.monobank_token_file,
                 "File with the token; or the token itself in LEDGER_MONOBANK_TOKEN")
      ->envname("LEDGER_MONOBANK_TOKEN_FILE")
      ->group(kGroup);
  app.add_option("--monobank-interval,--monobank_interval", texts.interval_s,
                 "Seconds between two requests: the bank takes one in 60")
      ->envname("LEDGER_MONOBANK_INTERVAL")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str()
      ->group(kGroup);
  app.add_option("--monobank-url,--monobank_url", options.url, "The bank's address")
      ->envname("LEDGER_MONOBANK_URL")
      ->capture_default_str()
      ->group(kGroup);
}

void add_hook(CLI::App& app, HookOptions& options, Texts& texts) {
  constexpr const char* kGroup = "monobank";
  app.add_option("--hook-listen,--hook_listen", options.listen,
                 "Address and port for monobank's webhook; off without it. Nobody signs it, so it\n"
                 "only makes the account be asked for at once")
      ->envname("LEDGER_BANK_HOOK_LISTEN")
      ->group(kGroup);
  app.add_option("--hook-url,--hook_url", options.url,
                 "How the bank reaches that, without a path: https://bank.house.example. The bank\n"
                 "is given the address, again when it falls silent; without it set it by hand to\n"
                 "URL/hooks/monobank/SECRET")
      ->envname("LEDGER_BANK_HOOK_URL")
      ->group(kGroup);
  app.add_option("--hook-secret-file,--hook_secret_file", texts.hook_secret_file,
                 "File with the secret at the end of the path, at least 16 letters or digits; or\n"
                 "the secret itself in LEDGER_BANK_HOOK_SECRET")
      ->envname("LEDGER_BANK_HOOK_SECRET_FILE")
      ->group(kGroup);
  app.add_option("--hook-grace,--hook_grace", texts.grace_s,
                 "Seconds in which the webhook has to tell an entry; the bank tries for 660")
      ->envname("LEDGER_BANK_HOOK_GRACE")
      ->check(CLI::Range(0, 86400))
      ->capture_default_str()
      ->group(kGroup);
}

void add_rest(CLI::App& app, BankOptions& options, Texts& texts) {
  app.add_option("--server", options.server, "The ledger's address")
      ->envname("LEDGER_SERVER")
      ->capture_default_str();
  app.add_option("--key-file,--key_file", options.key_file, cli::kKeyFileHelp)
      ->envname("LEDGER_KEY_FILE");
  app.add_option("--state", options.state, "Directory for how far it came; made if missing")
      ->envname("LEDGER_STATE")
      ->required();
  app.add_option("--every", texts.every_s, "Seconds between two questions about one account")
      ->envname("LEDGER_BANK_EVERY")
      ->check(CLI::Range(1, 86400))
      ->capture_default_str();
  app.add_option("--overlap-days,--overlap_days", options.pace.overlap_days,
                 "Days that are asked for again each time: what changes later is not seen")
      ->envname("LEDGER_BANK_OVERLAP_DAYS")
      ->check(CLI::Range(1, 30))
      ->capture_default_str();
  app.add_option("--from", texts.from,
                 "First day to ask for at the first start (30 days back without it); with --once "
                 "at any: 2026-01-01")
      ->envname("LEDGER_BANK_FROM");
  app.add_option("--own-codes,--own_codes", options.own_codes,
                 "EDRPOU and RNOKPP of the house, by commas: what comes from them is no client's")
      ->delimiter(',')
      ->envname("LEDGER_OWN_CODES");
  app.add_option("--metrics", options.metrics,
                 "Address and port for /metrics and /healthz; off without it")
      ->envname("LEDGER_METRICS");
  app.add_flag("--once", options.once,
               "Bring what there is by now, then exit: 0, or 1 if not all was recorded");
  app.add_option("--patience", texts.patience_s,
                 "Seconds that --once waits for a bank or a ledger that is away")
      ->envname("LEDGER_PATIENCE")
      ->check(CLI::Range(0, 86400))
      ->capture_default_str();
  app.add_option("--log-level,--log_level", options.log_level, "debug, info, warning or error")
      ->envname("LEDGER_LOG_LEVEL")
      ->capture_default_str();
}

tl::unexpected<Error> wrong(const char* setting, std::string why) {
  return fail(ErrorCode::kMisconfigured, std::move(why), setting);
}

// From the variable, else the file's first line.
Result<std::string> secret_of(const char* variable, const std::string& file, const char* setting) {
  std::string secret;
  if (const char* value = std::getenv(variable); value != nullptr) secret = value;
  if (!file.empty()) {
    std::ifstream input(file);
    if (!std::getline(input, secret)) return wrong(setting, file + " cannot be read");
  }
  while (secret.ends_with('\r') || secret.ends_with(' ')) secret.pop_back();
  const bool plain = std::all_of(secret.begin(), secret.end(), [](char c) {
    return '!' <= c && c <= '~';  // it becomes a header
  });
  if (!plain) return wrong(setting, "holds more than one word");
  if (secret.empty()) return wrong(setting, std::string("or ") + variable + " is required");
  return secret;
}

Status complete_hook(BankOptions& options, const Texts& texts) {
  HookOptions& hook = options.hook;
  if (hook.listen.empty()) {
    return hook.url.empty() ? Status() : wrong("hook_url", "is of no use without hook_listen");
  }
  if (options.once) return wrong("hook_listen", "waits for the bank; --once asks and ends");
  if (options.monobank.accounts.empty()) {
    return wrong("hook_listen", "is monobank's, of which no account is given");
  }
  if (const auto address = check_address(hook.listen, "hook_listen"); !address) return address;
  while (hook.url.ends_with('/')) hook.url.pop_back();
  if (!hook.url.empty() && !http::Client::to(hook.url)) {
    return wrong("hook_url", "is no address such as https://bank.house.example");
  }
  LEDGER_TRY(hook.secret,
             secret_of("LEDGER_BANK_HOOK_SECRET", texts.hook_secret_file, "hook_secret_file"));
  const bool plain = std::all_of(hook.secret.begin(), hook.secret.end(), [](char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
  });
  if (!plain || hook.secret.size() < 16) {
    return wrong("hook_secret_file", "holds no 16 letters and digits or more");
  }
  return {};
}

Status complete(BankOptions& options, const Texts& texts) {
  if (const auto server = http::Client::to(options.server); !server) {
    return wrong("server", server.error().message);
  }
  if (const auto key = cli::use_key(options.key_file); !key) {
    return wrong("key_file", key.error().message);
  }
  options.pace.every = std::chrono::seconds(texts.every_s);
  options.monobank.interval = std::chrono::seconds(texts.interval_s);
  options.hook.grace = std::chrono::seconds(texts.grace_s);
  options.patience = std::chrono::seconds(texts.patience_s);
  options.pace.again = options.once;
  if (!texts.from.empty()) {
    const auto from = parse_date(texts.from);
    if (!from) return wrong("from", from.error().message);
    options.pace.from = *from;
  }
  if (options.privatbank.accounts.empty() && options.monobank.accounts.empty()) {
    return wrong("privatbank_accounts", "or monobank_accounts is required: there is nobody to ask");
  }
  for (auto& account : options.privatbank.accounts) {
    const auto iban = Iban::parse(account);
    if (!iban) return wrong("privatbank_accounts", account + ": " + iban.error().message);
    account = iban->text();
  }
  for (auto& account : options.monobank.accounts) {
    if (const auto iban = Iban::parse(account)) account = iban->text();
  }
  if (!options.privatbank.accounts.empty()) {
    LEDGER_TRY(
        options.privatbank.token,
        secret_of("LEDGER_PRIVATBANK_TOKEN", texts.privatbank_token_file, "privatbank_token_file"));
  }
  if (!options.monobank.accounts.empty()) {
    LEDGER_TRY(options.monobank.token, secret_of("LEDGER_MONOBANK_TOKEN", texts.monobank_token_file,
                                                 "monobank_token_file"));
  }
  return complete_hook(options, texts);
}

}  // namespace

std::optional<BankOptions> parse_bank_options(int argc, char** argv, int& exit_code) {
  const auto kyiv = BusinessZone::named("Europe/Kyiv");
  if (!kyiv) {
    std::cerr << kyiv.error().message << '\n';
    exit_code = 2;
    return std::nullopt;
  }
  BankOptions options(*kyiv);
  Texts texts;
  CLI::App app(kDescription, "ledger-bank");
  app.footer(kFooter);
  app.set_config("--config", "", "TOML file with the settings below");
  app.failure_message(cli::kTypoFirst);
  app.allow_config_extras(CLI::config_extras_mode::error);
  add_rest(app, options, texts);
  add_privatbank(app, options.privatbank, texts);
  add_monobank(app, options.monobank, texts);
  add_hook(app, options.hook, texts);
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

}  // namespace ledger::pull
