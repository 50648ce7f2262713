#include "consumers/ledgerd/options.h"

#include <CLI/CLI.hpp>

#include "platform/tcp_stream.h"

namespace ledger {

namespace {

constexpr const char* kDescription =
    "The sales activity ledger's server: takes events, keeps them in the log, folds them into\n"
    "views and answers questions about them.\n\n"
    "  ledgerd --data /var/lib/ledger                     on one machine, with the embedded log\n"
    "  ledgerd --data /var/lib/ledger --brokers kafka:9092  with the log on Kafka\n";

constexpr const char* kFooter =
    "Settings come from flags, else from the environment (LEDGER_DATA, LEDGER_LISTEN, ...), else\n"
    "from the TOML file of --config, which names them like the flags without the dashes.\n"
    "Then: curl http://127.0.0.1:8080/readyz, and `ledgerctl --help`.";

// CLI11 reads texts; what has a grammar is checked where the line is read, so that a mistake names
// its setting.
template <class T>
void add_parsed(CLI::App& app, const std::string& name, std::optional<T>& value, const char* text,
                const char* variable) {
  app.add_option_function<std::string>(
         name,
         [&value](const std::string& given) {
           const auto parsed = T::parse(given);
           if (!parsed) throw CLI::ValidationError(parsed.error().message);
           value = *parsed;
         },
         text)
      ->envname(variable);
}

void add_company(CLI::App& app, ActParty& company) {
  app.add_option("--company-name,--company_name", company.name,
                 "Our name, as acts of reconciliation print it")
      ->envname("LEDGER_COMPANY_NAME");
  add_parsed(app, "--company-code,--company_code", company.tax_code, "Our EDRPOU or RNOKPP",
             "LEDGER_COMPANY_CODE");
  add_parsed(app, "--company-iban,--company_iban", company.iban, "The account to be paid to",
             "LEDGER_COMPANY_IBAN");
  const auto add = [&](const char* name, std::optional<std::string>& value, const char* text,
                       const char* variable) {
    app.add_option(name, value, text)->envname(variable);
  };
  add("--company-address,--company_address", company.address, "Our address",
      "LEDGER_COMPANY_ADDRESS");
  add("--company-signatory,--company_signatory", company.signatory, "Who signs acts for us",
      "LEDGER_COMPANY_SIGNATORY");
  add("--company-post,--company_post", company.post, "The signatory's post", "LEDGER_COMPANY_POST");
  add("--company-authority,--company_authority", company.authority,
      "On what ground he signs: charter, power of attorney", "LEDGER_COMPANY_AUTHORITY");
}

std::string is_credentials(const std::string& text) {
  const std::size_t colon = text.find(':');
  return colon != std::string::npos && colon > 0 && colon + 1 < text.size() ? ""
                                                                            : "is USER:PASSWORD";
}

std::string is_address(const std::string& text) {
  const bool http = text.starts_with("https://") || text.starts_with("http://");
  return http && text.find_first_of("?#") == std::string::npos
             ? ""
             : "is an address such as https://HOST/v1/hooks/twilio, without a query";
}

// Exchanges that push each leg of a call.
void add_exchanges(CLI::App& app, WebhookOptions& webhooks) {
  const auto add = [&](const char* name, auto& value, const char* text, const char* variable) {
    return app.add_option(name, value, text)->envname(variable)->group("Webhooks");
  };
  add("--freeswitch-secret,--freeswitch_secret", webhooks.freeswitch_secret,
      "Take FreeSWITCH's call records at /v1/hooks/freeswitch/SECRET", "LEDGER_FREESWITCH_SECRET");
  add("--freeswitch-cred,--freeswitch_cred", webhooks.freeswitch_cred,
      "USER:PASSWORD, the modules' cred: take them at /v1/hooks/freeswitch",
      "LEDGER_FREESWITCH_CRED")
      ->check(is_credentials);
  auto* token = add("--twilio-token,--twilio_token", webhooks.twilio_token,
                    "Twilio's auth token: take its status callbacks at /v1/hooks/twilio",
                    "LEDGER_TWILIO_TOKEN");
  auto* url = add("--twilio-url,--twilio_url", webhooks.twilio_url,
                  "The address that Twilio was given, which it signs: https://HOST/v1/hooks/twilio",
                  "LEDGER_TWILIO_URL")
                  ->check(is_address);
  token->needs(url);
  url->needs(token);
  add("--own-numbers,--own_numbers", webhooks.own_numbers,
      "The house's own outside numbers, which are no clients (FreeSWITCH, Twilio)",
      "LEDGER_OWN_NUMBERS")
      ->delimiter(',');
}

std::string is_host_and_port(const std::string& text) {
  const auto checked = check_address(text, {});
  return checked ? "" : checked.error().message;
}

void add_threecx_cdr(CLI::App& app, WebhookOptions& webhooks) {
  const auto add = [&](const char* name, std::string& address, const char* text,
                       const char* variable) {
    return app.add_option(name, address, text)
        ->envname(variable)
        ->group("Webhooks")
        ->check(is_host_and_port);
  };
  auto* listen = add("--threecx-cdr-listen,--threecx_cdr_listen", webhooks.threecx_cdr_listen,
                     "Address and port to which 3CX sends its call records (its active socket)",
                     "LEDGER_THREECX_CDR_LISTEN");
  add("--threecx-cdr-connect,--threecx_cdr_connect", webhooks.threecx_cdr_connect,
      "Host and port at which 3CX offers its call records (its passive socket)",
      "LEDGER_THREECX_CDR_CONNECT")
      ->excludes(listen);
  app.add_option_function<std::vector<std::string>>(
         "--threecx-cdr-columns,--threecx_cdr_columns",
         [&webhooks](const std::vector<std::string>& given) {
           auto columns = threecx::CdrColumns::parse(given);
           if (!columns) throw CLI::ValidationError(columns.error().field, columns.error().message);
           webhooks.threecx_cdr_columns = *std::move(columns);
         },
         "Columns of the call records in their order (historyid,callid,...); without it 3CX's own")
      ->envname("LEDGER_THREECX_CDR_COLUMNS")
      ->group("Webhooks")
      ->delimiter(',');
  app.add_option_function<std::string>(
         "--threecx-cdr-zone,--threecx_cdr_zone",
         [&webhooks](const std::string& given) {
           const auto zone = BusinessZone::named(given);
           if (!zone) throw CLI::ValidationError("threecx-cdr-zone", zone.error().message);
           webhooks.threecx_cdr_zone = *zone;
         },
         "Zone of the clock of the call records; without it that of --zone")
      ->envname("LEDGER_THREECX_CDR_ZONE")
      ->group("Webhooks");
}

// A webhook is off without its secret, and secrets come from the environment or a file that only
// the server reads, rather than from a command line that everybody sees.
void add_webhooks(CLI::App& app, WebhookOptions& webhooks) {
  const auto add = [&](const char* name, std::string& value, const char* text,
                       const char* variable) {
    return app.add_option(name, value, text)->envname(variable)->group("Webhooks");
  };
  add("--binotel-secret,--binotel_secret", webhooks.binotel_secret,
      "Take Binotel's calls at /v1/hooks/binotel/SECRET", "LEDGER_BINOTEL_SECRET");
  add("--ringostat-secret,--ringostat_secret", webhooks.ringostat_secret,
      "Take Ringostat's calls at /v1/hooks/ringostat/SECRET", "LEDGER_RINGOSTAT_SECRET");
  auto* path = add("--zadarma-secret,--zadarma_secret", webhooks.zadarma_secret,
                   "Take Zadarma's calls at /v1/hooks/zadarma/SECRET", "LEDGER_ZADARMA_SECRET");
  auto* key =
      add("--zadarma-api-secret,--zadarma_api_secret", webhooks.zadarma_api_secret,
          "Zadarma's API secret, which signs its notifications", "LEDGER_ZADARMA_API_SECRET");
  path->needs(key);
  key->needs(path);
  add("--threecx-secret,--threecx_secret", webhooks.threecx_secret,
      "Take 3CX's call reports and lookups at /v1/hooks/3cx/SECRET", "LEDGER_THREECX_SECRET");
  add_threecx_cdr(app, webhooks);
  add_exchanges(app, webhooks);
}

}  // namespace

std::optional<ServerOptions> parse_server_options(int argc, char** argv, int& exit_code) {
  ServerOptions options;
  CLI::App app(kDescription, "ledgerd");
  app.footer(kFooter);
  app.set_config("--config", "", "TOML file with the settings below");
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.add_option("--data", options.data, "Directory for the embedded log and the views")
      ->envname("LEDGER_DATA")
      ->required();
  app.add_option("--listen", options.listen, "Address and port; port 0 takes a free one")
      ->envname("LEDGER_LISTEN")
      ->capture_default_str();
  app.add_option("--brokers", options.brokers,
                 "Kafka bootstrap servers (HOST:PORT,...); without it the log is embedded")
      ->envname("LEDGER_BROKERS");
  app.add_option("--topic", options.topic, "Kafka topic of the events")
      ->envname("LEDGER_TOPIC")
      ->capture_default_str();
  app.add_option("--quarantine-topic,--quarantine_topic", options.quarantine_topic,
                 "Kafka topic of what webhooks brought and no retry can cure")
      ->envname("LEDGER_QUARANTINE_TOPIC")
      ->capture_default_str();
  app.add_option("--inbox-topic,--inbox_topic", options.inbox_topic,
                 "Kafka topic to which other systems write CloudEvents for the ledger\n"
                 "(ledger.inbox); without it none is read")
      ->envname("LEDGER_INBOX_TOPIC");
  app.add_option("--inbox-brokers,--inbox_brokers", options.inbox_brokers,
                 "Kafka bootstrap servers of the inbox, if not those of the log")
      ->envname("LEDGER_INBOX_BROKERS");
  app.add_option("--partitions", options.partitions, "Partitions of a new embedded log")
      ->envname("LEDGER_PARTITIONS")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app.add_option("--zone", options.zone, "Zone in which the house counts its days")
      ->envname("LEDGER_ZONE")
      ->capture_default_str();
  app.add_option("--log-level,--log_level", options.log_level, "debug, info, warning or error")
      ->envname("LEDGER_LOG_LEVEL")
      ->capture_default_str();
  app.add_option("--silence-minutes,--silence_minutes", options.silence_minutes,
                 "Working minutes before a source may be called silent")
      ->envname("LEDGER_SILENCE_MINUTES")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_flag("--insecure", options.insecure,
               "Listen beyond loopback although nobody is asked who he is")
      ->envname("LEDGER_INSECURE");
  add_company(app, options.company);
  add_webhooks(app, options.webhooks);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  return options;
}

}  // namespace ledger
