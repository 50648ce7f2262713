#include "consumers/ledgerd/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "consumers/client/failure_message.h"
#include "consumers/ledgerd/help.h"
#include "consumers/ledgerd/issuer_settings.h"
#include "consumers/ledgerd/setting_checks.h"
#include "platform/tcp_stream.h"

namespace ledger {

namespace {

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

void add_sendgrid_and_mailgun(CLI::App& app, WebhookOptions& webhooks) {
  app.add_option_function<std::string>(
         "--sendgrid-key,--sendgrid_key",
         [&webhooks](const std::string& given) {
           const auto key = PublicKey::parse(given);
           if (!key || !key->is_p256()) {
             throw CLI::ValidationError("sendgrid-key", "is no public key on the curve P-256");
           }
           webhooks.sendgrid_key = *key;
         },
         "SendGrid's verification key (base64): take its signed events at /v1/hooks/sendgrid")
      ->envname("LEDGER_SENDGRID_KEY")
      ->group("Mail providers");
  const auto add = [&](const char* name, auto& value, const char* text, const char* variable) {
    return app.add_option(name, value, text)->envname(variable)->group("Mail providers");
  };
  add("--sendgrid-hours-max,--sendgrid_hours_max", webhooks.sendgrid_hours_max,
      "Refuse what SendGrid signed longer ago; it comes again for a day. 0 takes any age",
      "LEDGER_SENDGRID_HOURS_MAX")
      ->check(CLI::Range(0, 24 * 365))
      ->capture_default_str();
  add("--mailgun-signing-key,--mailgun_signing_key", webhooks.mailgun_signing_key,
      "Mailgun's HTTP webhook signing key: take its events at /v1/hooks/mailgun",
      "LEDGER_MAILGUN_SIGNING_KEY");
  add("--mailgun-hours-max,--mailgun_hours_max", webhooks.mailgun_hours_max,
      "Refuse what Mailgun signed longer ago; it comes again for 8 hours",
      "LEDGER_MAILGUN_HOURS_MAX")
      ->check(CLI::Range(1, 24 * 365))
      ->capture_default_str();
}

void add_ses(CLI::App& app, WebhookOptions& webhooks) {
  app.add_option("--ses-topic,--ses_topic", webhooks.ses_topics,
                 "ARN of the SNS topic of Amazon SES (several by commas): take it at\n"
                 "/v1/hooks/ses")
      ->envname("LEDGER_SES_TOPIC")
      ->group("Mail providers")
      ->delimiter(',')
      ->check(is_topic);
  app.add_option_function<std::string>(
         "--ses-certificate,--ses_certificate",
         [&webhooks](const std::string& path) {
           std::ifstream file(path, std::ios::binary);
           const std::string pem{std::istreambuf_iterator<char>(file), {}};
           auto certificate = Certificate::parse(pem);
           if (!certificate) {
             throw CLI::ValidationError("ses-certificate", certificate.error().message);
           }
           webhooks.ses_certificate = *std::move(certificate);
         },
         "PEM file of SNS's signing certificate, for machines that may not fetch it")
      ->envname("LEDGER_SES_CERTIFICATE")
      ->group("Mail providers");
  app.add_option("--ses-hours-max,--ses_hours_max", webhooks.ses_hours_max,
                 "Refuse what SNS signed longer ago; it comes again for an hour at most")
      ->envname("LEDGER_SES_HOURS_MAX")
      ->group("Mail providers")
      ->check(CLI::Range(1, 24 * 365))
      ->capture_default_str();
}

void add_mail_providers(CLI::App& app, WebhookOptions& webhooks) {
  const auto add = [&](const char* name, auto& value, const char* text, const char* variable) {
    return app.add_option(name, value, text)->envname(variable)->group("Mail providers");
  };
  add_sendgrid_and_mailgun(app, webhooks);
  auto* user = add("--postmark-user,--postmark_user", webhooks.postmark_user,
                   "User in the address that Postmark was given: take its records and incoming\n"
                   "letters at /v1/hooks/postmark",
                   "LEDGER_POSTMARK_USER");
  auto* password =
      add("--postmark-password,--postmark_password", webhooks.postmark_password,
          "Password in the address that Postmark was given", "LEDGER_POSTMARK_PASSWORD");
  user->needs(password);
  password->needs(user);
  app.add_flag(
         "--postmark-believe-all,--postmark_believe_all", webhooks.postmark_believe_all,
         "Believe every sender of a letter that Postmark takes in; without it what its SPF and\n"
         "DKIM checks do not confirm counts for nobody")
      ->envname("LEDGER_POSTMARK_BELIEVE_ALL")
      ->group("Mail providers")
      ->needs(user);
  add_ses(app, webhooks);
  add("--mail-offer-category,--mail_offer_category", webhooks.mail_offer_category,
      "Tag of letters that are offers: what Mailgun and SES take of them is an offer sent",
      "LEDGER_MAIL_OFFER_CATEGORY");
  add("--mail-own-domains,--mail_own_domains", webhooks.mail_own_domains,
      "The house's mail domains (by commas), whose addresses are no clients; letters that\n"
      "Postmark brings need them",
      "LEDGER_MAIL_OWN_DOMAINS")
      ->delimiter(',')
      ->check(is_lower_case_domain);
  add("--mail-own-addresses,--mail_own_addresses", webhooks.mail_own_addresses,
      "Addresses of our people at other domains: olena.gurt@ukr.net", "LEDGER_MAIL_OWN_ADDRESSES")
      ->delimiter(',');
}

// Both of a pair: a certificate is nothing without its key.
void add_tls(CLI::App& app, ServerOptions& options, http::TlsFiles& files) {
  const auto add = [&](const char* name, std::filesystem::path& file, const char* text,
                       const char* variable) {
    return app.add_option(name, file, text)->envname(variable)->group("TLS");
  };
  auto* cert =
      add("--tls-cert,--tls_cert", files.certificate,
          "PEM file of the certificate, with those that vouch for it behind it: speak TLS.\n"
          "Read again when it changes, or by SIGHUP",
          "LEDGER_TLS_CERT");
  auto* key = add("--tls-key,--tls_key", files.key, "PEM file of its key", "LEDGER_TLS_KEY");
  cert->needs(key);
  key->needs(cert);
  add("--tls-client-ca,--tls_client_ca", files.client_authority,
      "PEM file of who vouches for clients' certificates: a client may show one then",
      "LEDGER_TLS_CLIENT_CA")
      ->needs(cert);
  app.add_option_function<std::vector<std::string>>(
         "--trusted-proxy,--trusted_proxy",
         [&options](const std::vector<std::string>& given) {
           auto proxies = http::TrustedProxies::parse(given);
           if (!proxies) throw CLI::ValidationError("trusted-proxy", proxies.error().message);
           options.trusted_proxies = *std::move(proxies);
         },
         "Addresses and networks (10.0.0.0/8, by commas) of proxies that say for whom they speak:\n"
         "only from them X-Forwarded-For, X-Forwarded-Proto and Forwarded are heard, and they "
         "alone may\n"
         "hold more than 512 connections")
      ->envname("LEDGER_TRUSTED_PROXY")
      ->group("TLS")
      ->delimiter(',');
}

// Who may ask.
void add_access(CLI::App& app, ServerOptions& options) {
  app.add_option_function<std::string>(
         "--access", [&options](const std::string& word) { options.access = word == "on"; },
         "on: who asks has to be known, by an API key, a session, a token or a certificate;\n"
         "off: nobody is asked. The first start with it makes an administrator, his key in\n"
         "DATA/access/admin.key, and prints a link that signs in once. `ledgerctl people --help`")
      ->envname("LEDGER_ACCESS")
      ->group("Access")
      ->check(CLI::IsMember({"on", "off"}))
      ->default_str("on");
  for (const auto& setting : kIssuerSettings) {
    app.add_option(setting.name, options.issuer.*setting.member, setting.text)
        ->envname(setting.variable)
        ->group("Access")
        ->capture_default_str();
  }
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
  app.add_flag("--mail", webhooks.mail,
               "ledger-mail brings letters here: on Kafka, open the quarantine for what it cannot\n"
               "record (the embedded log has one in any case)")
      ->envname("LEDGER_MAIL")
      ->group("Webhooks");
}

// Where it may listen, and what it shows there.
void add_reach(CLI::App& app, ServerOptions& options) {
  app.add_flag("--insecure", options.insecure,
               "Listen beyond loopback although nobody is asked who he is, or, with --access on,\n"
               "although keys and passwords cross the network as they are")
      ->envname("LEDGER_INSECURE");
  app.add_option("--dashboard", options.dashboard,
                 "Directory of the dashboard (npm run build); without it the one beside this\n"
                 "program is served, if there is one. No link in it may lead out of it")
      ->envname("LEDGER_DASHBOARD");
}

// Where the history lies, and what it is read with.
void add_data(CLI::App& app, ServerOptions& options) {
  app.add_option("--data", options.data, "Directory for the embedded log and the views")
      ->envname("LEDGER_DATA")
      ->required();
  app.add_option(
         "--keys", options.keys,
         "Directory of the keys that texts of persons are sealed by; without it DATA/keys.\n"
         "Back it up apart from the log: without it these texts cannot be read, and what\n"
         "was erased comes back with an old copy of it")
      ->envname("LEDGER_KEYS");
  app.add_option(
         "--key-encryption-key,--key_encryption_key", options.key_encryption_key,
         "File of the key that wraps them, made at the first start; without it DATA/keys.kek")
      ->envname("LEDGER_KEY_ENCRYPTION_KEY");
}

}  // namespace

std::optional<ServerOptions> parse_server_options(int argc, char** argv, int& exit_code) {
  ServerOptions options;
  CLI::App app(kDescription, "ledgerd");
  app.footer(kFooter);
  app.set_config("--config", "", "TOML file with the settings below");
  app.failure_message(cli::kTypoFirst);
  app.allow_config_extras(CLI::config_extras_mode::error);
  add_data(app, options);
  // For the test that holds schemas/openapi.yaml to the program.
  app.add_flag("--routes", options.list_routes, "Print METHOD PATTERN of each route, and end")
      ->group("");
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
  add_reach(app, options);
  http::TlsFiles tls;
  add_tls(app, options, tls);
  add_access(app, options);
  add_company(app, options.company);
  add_webhooks(app, options.webhooks);
  add_mail_providers(app, options.webhooks);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  if (!tls.certificate.empty()) options.tls = std::move(tls);
  return options;
}

}  // namespace ledger
