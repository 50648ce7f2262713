#include "consumers/ledger-telephony/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "consumers/client/connect.h"
#include "consumers/client/failure_message.h"
#include "platform/http/client.h"
#include "platform/tcp_stream.h"
#include "producers/telephony/asterisk/leg.h"

namespace ledger::edge {

namespace {

constexpr const char* kDescription =
    "Stands beside an Asterisk exchange and brings its calls to the ledger: follows the CDR file\n"
    "while it is written and rotated, listens to the manager interface if told so, joins the legs\n"
    "of each call, and delivers every call once, however long the server is away.\n\n"
    "  ledger-telephony --server https://ledger.lan --state /var/lib/ledger-telephony \\\n"
    "                   --cdr-file /var/log/asterisk/cdr-csv/Master.csv\n"
    "  ledger-telephony ... --once          what is in the file by now, then the end\n\n"
    "A call is sent when no leg of it has come for --settle seconds. One that grows later is sent\n"
    "as a correction. What can never be recorded lies in STATE/refused.ndjson, with its reason;\n"
    "once the settings are mended, stop it and run it with --retry-refused.\n";

constexpr const char* kFooter =
    "The exchange's side, in /etc/asterisk (then `asterisk -rx 'module reload cdr_csv'`):\n"
    "  cdr.conf          [csv] usegmtime=yes, loguniqueid=yes, loguserfield=yes,\n"
    "                    newcdrcolumns=yes   and here: --gmtime\n"
    "  manager.conf      [ledger] secret=..., read=cdr,call   and here: --ami --ami-user ledger\n"
    "  cdr_manager.conf  [general] enabled=yes\n"
    "                    [mappings] linkedid => LinkedID, sequence => Sequence\n\n"
    "Settings come from flags, else from the environment (LEDGER_SERVER, LEDGER_STATE, ...), else\n"
    "from the TOML file of --config, which names them like the flags without the dashes.";

struct Texts {
  std::string zone = "Europe/Kyiv";
  std::vector<std::string> columns;
  std::string secret_file;
  std::int64_t settle_s = 30;
  std::int64_t remember_h = 24;
  std::int64_t patience_s = 60;
};

void add_cdr(CLI::App& app, EdgeOptions& options, Texts& texts) {
  app.add_option("--cdr-file,--cdr_file", options.cdr_file,
                 "The file that the exchange writes; without it --ami is needed")
      ->envname("LEDGER_CDR_FILE");
  app.add_option(
         "--columns", texts.columns,
         "What cdr.conf adds to the sixteen columns: uniqueid, userfield, newcdrcolumns, or "
         "none; without it the number of columns tells, where it does")
      ->delimiter(',')
      ->envname("LEDGER_CDR_COLUMNS");
  app.add_option("--cdr-order,--cdr_order", options.cdr.order,
                 "cdr_custom: all columns by name in the file's order, - for one of no interest")
      ->delimiter(',')
      ->envname("LEDGER_CDR_ORDER");
  app.add_flag("--cdr-json,--cdr_json", options.cdr.json,
               "cdr_custom with format=json: an object a line")
      ->envname("LEDGER_CDR_JSON");
  app.add_option("--zone", texts.zone, "Zone of the exchange's clock")
      ->envname("LEDGER_ZONE")
      ->capture_default_str();
  app.add_flag("--gmtime", options.cdr.gmtime, "The file's times are UTC (usegmtime=yes)")
      ->envname("LEDGER_CDR_GMTIME");
  app.add_option("--source", options.cdr.source,
                 "The events' source; with the same one, calls imported before are known")
      ->envname("LEDGER_SOURCE")
      ->capture_default_str();
  app.add_option("--own-numbers,--own_numbers", options.cdr.own_numbers,
                 "The house's outside numbers: a party of one of them is no client")
      ->delimiter(',')
      ->envname("LEDGER_OWN_NUMBERS");
  app.add_option("--extension-digits,--extension_digits", options.cdr.extension_digits_max,
                 "Most digits of an extension, 2 to 6")
      ->envname("LEDGER_EXTENSION_DIGITS")
      ->check(CLI::Range(asterisk::kExtensionDigitsMin, asterisk::kExtensionDigitsMax))
      ->capture_default_str();
  app.add_option("--settle", texts.settle_s, "Seconds without a new leg until a call is complete")
      ->envname("LEDGER_SETTLE")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--remember", texts.remember_h, "Hours for which a late leg finds its call")
      ->envname("LEDGER_REMEMBER")
      ->check(CLI::Range(1, 24 * 31))
      ->capture_default_str();
}

void add_ami(CLI::App& app, EdgeOptions& options, Texts& texts) {
  app.add_option("--ami", options.ami.address,
                 "Address and port of the manager interface, usually 127.0.0.1:5038. It replays "
                 "nothing, so use it beside the file: calls come seconds sooner. Of what it brings "
                 "64 MiB wait in STATE for a server that is away; then only the file keeps them")
      ->envname("LEDGER_AMI");
  app.add_option("--ami-user,--ami_user", options.ami.user, "Its user in manager.conf")
      ->envname("LEDGER_AMI_USER");
  // No flag for the secret itself: a command line is seen by everybody on the machine.
  app.add_option("--ami-secret-file,--ami_secret_file", texts.secret_file,
                 "File with the user's secret; or the secret itself in LEDGER_AMI_SECRET")
      ->envname("LEDGER_AMI_SECRET_FILE");
  app.add_flag("--ami-cel,--ami_cel", options.ami.cel,
               "Ask for channel events too: the end of a linkedid spares most of --settle")
      ->envname("LEDGER_AMI_CEL");
}

void add_rest(CLI::App& app, EdgeOptions& options, Texts& texts) {
  app.add_option("--server", options.server, "The ledger's address")
      ->envname("LEDGER_SERVER")
      ->capture_default_str();
  app.add_option("--key-file,--key_file", options.key_file, cli::kKeyFileHelp)
      ->envname("LEDGER_KEY_FILE");
  app.add_option("--state", options.state, "Directory for its place in the file; made if missing")
      ->envname("LEDGER_STATE")
      ->required();
  app.add_option("--metrics", options.metrics,
                 "Address and port for /metrics and /healthz; off without it")
      ->envname("LEDGER_METRICS");
  app.add_flag("--once", options.once,
               "Deliver what the file holds by now, then exit: 0, or 1 if not all was recorded");
  app.add_flag("--retry-refused", options.retry_refused,
               "Read STATE/refused.ndjson once more, by the settings of now, then exit: what is "
               "recorded leaves the file; 0 if nothing is left in it, else 1");
  app.add_option("--patience", texts.patience_s,
                 "Seconds that --once waits for a server that is away")
      ->envname("LEDGER_PATIENCE")
      ->capture_default_str();
  app.add_option("--log-level,--log_level", options.log_level, "debug, info, warning or error")
      ->envname("LEDGER_LOG_LEVEL")
      ->capture_default_str();
}

Status read_secret(const std::string& file, AmiOptions& ami) {
  if (const char* secret = std::getenv("LEDGER_AMI_SECRET"); secret != nullptr) ami.secret = secret;
  if (!file.empty()) {
    std::ifstream input(file);
    if (!std::getline(input, ami.secret)) {
      return fail(ErrorCode::kMisconfigured, file + " cannot be read", "ami_secret_file");
    }
  }
  if (ami.user.empty()) return fail(ErrorCode::kMisconfigured, "is required with ami", "ami_user");
  if (!ami.secret.empty()) return {};
  return fail(ErrorCode::kMisconfigured, "or LEDGER_AMI_SECRET is required with ami",
              "ami_secret_file");
}

// Both channels must know a call by the same key, or it would be counted twice.
Status agree_on_key(EdgeOptions& options) {
  if (options.cdr_file.empty()) return {};
  const auto& order = options.cdr.order;
  const auto names = [&](const char* name) {
    return std::find(order.begin(), order.end(), name) != order.end();
  };
  if (order.empty() && !options.cdr.columns) {
    return fail(ErrorCode::kMisconfigured,
                "say what cdr.conf adds to the file, so that a call of the file and of the manager "
                "interface is one: best uniqueid,userfield,newcdrcolumns",
                "columns");
  }
  const bool linkedid = order.empty() ? options.cdr.columns->newcdrcolumns : names("linkedid");
  const bool uniqueid = order.empty() ? options.cdr.columns->uniqueid : names("uniqueid");
  options.ami.linkedid = linkedid ? asterisk::Linkedid::kRequired : asterisk::Linkedid::kIgnored;
  if (linkedid || uniqueid) return {};
  return fail(ErrorCode::kMisconfigured,
              "the file has neither uniqueid nor linkedid, so its calls cannot be told to be those "
              "of the manager interface",
              "columns");
}

// The error under the name that the setting has here.
template <class T>
Result<T> as(const char* setting, Result<T> result) {
  return std::move(result).map_error([setting](Error error) {
    error.field = setting;
    return error;
  });
}

Status complete(EdgeOptions& options, const Texts& texts) {
  LEDGER_TRY(options.cdr.zone, as("zone", BusinessZone::named(texts.zone)));
  LEDGER_CHECK(as("server", http::Client::to(options.server)));
  LEDGER_CHECK(as("key_file", cli::use_key(options.key_file)));
  if (!texts.columns.empty()) {
    LEDGER_TRY(options.cdr.columns, asterisk::columns_named(texts.columns));
  }
  LEDGER_CHECK(as("cdr_order", asterisk::check_settings(options.cdr)));
  options.settle = std::chrono::seconds(texts.settle_s);
  options.remember = std::chrono::hours(texts.remember_h);
  options.patience = std::chrono::seconds(texts.patience_s);
  if (options.retry_refused && options.once) {
    return fail(ErrorCode::kMisconfigured, "is about the file, or retry_refused: one of them",
                "once");
  }
  if (options.retry_refused) return {};
  if (options.cdr_file.empty() && options.ami.address.empty()) {
    return fail(ErrorCode::kMisconfigured, "or ami is required: there is nothing to read",
                "cdr_file");
  }
  if (options.ami.address.empty()) return {};
  if (options.once) {
    return fail(ErrorCode::kMisconfigured,
                "reads what is there; the manager interface keeps nothing", "once");
  }
  LEDGER_CHECK(check_address(options.ami.address, "ami"));
  LEDGER_CHECK(read_secret(texts.secret_file, options.ami));
  return agree_on_key(options);
}

}  // namespace

std::optional<EdgeOptions> parse_edge_options(int argc, char** argv, int& exit_code) {
  const auto utc = BusinessZone::named("UTC");  // until --zone says which
  if (!utc) {
    std::cerr << utc.error().message << '\n';
    exit_code = 2;
    return std::nullopt;
  }
  EdgeOptions options(*utc);
  Texts texts;
  CLI::App app(kDescription, "ledger-telephony");
  app.footer(kFooter);
  app.set_config("--config", "", "TOML file with the settings below");
  app.failure_message(cli::kTypoFirst);
  app.allow_config_extras(CLI::config_extras_mode::error);
  add_rest(app, options, texts);
  add_cdr(app, options, texts);
  add_ami(app, options, texts);
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

}  // namespace ledger::edge
