#include "consumers/ledgerctl/import_formats.h"

#include "consumers/ledgerctl/help.h"

namespace ledger::cli {

namespace {

Setting zone_of(SenderSettings& sender) {
  return {"--zone", &sender.zone, "Zone of times that name none"};
}
Setting profile_of(SenderSettings& sender, bool required) {
  return {"--profile", &sender.profile,
          "How the table is to be read (TOML); deploy/bank-profiles has some", required};
}
Setting account_of(SenderSettings& sender) {
  return {"--account", &sender.account,
          "bank-csv: our account (IBAN), where the table does not name it"};
}
Setting charset_of(SenderSettings& sender) { return {"--charset", &sender.charset, kCharsetHelp}; }

std::vector<Format> telephony_formats(SenderSettings& sender) {
  return {{"asterisk-cdr",
           "Asterisk's call records, Master.csv",
           {zone_of(sender),
            {"--columns", &sender.cdr_columns,
             "What cdr.conf adds to the sixteen columns, where their number does not tell:\n"
             "uniqueid (loguniqueid), userfield (loguserfield), newcdrcolumns, or none"},
            {"--order", &sender.cdr_order,
             "cdr_custom: all columns by name in the file's order, - for one of no interest"},
            {"--json", &sender.cdr_json, "cdr_custom with format=json: an object a line"},
            {"--gmtime", &sender.gmtime, "The file's times are UTC (usegmtime=yes)"},
            {"--own-numbers", &sender.own_numbers,
             "The house's own outside numbers, which are no clients"}}},
          {"freeswitch-cdr",
           "FreeSWITCH's call records, *.cdr.json and *.cdr.xml: files, or the directory where\n"
           "its modules leave what they could not deliver",
           {{"--own-numbers", &sender.own_numbers,
             "The house's own outside numbers; as ledgerd has them"}}}};
}

}  // namespace

std::vector<Format> import_formats(ImportCommand& command) {
  SenderSettings& sender = command.sender;
  std::vector<Format> formats = telephony_formats(sender);
  formats.push_back(
      {"mail",
       kImportMail,
       {{"--own-domains", &sender.own_domains, kOwnDomains},
        {"--own-addresses", &sender.own_addresses,
         "Addresses of our people at other domains: olena.gurt@ukr.net"},
        {"--answers-only", &sender.answers_only, "Leave out letters of others that answer none"},
        {"--authserv-id", &sender.authserv_id, kAuthservId},
        {"--believe-unstamped", &sender.unstamped_believed, kBelieveUnstamped}}});
  formats.push_back({"camt", kCamtHelp, {zone_of(sender)}});
  formats.push_back({"mt940", kMt940Help, {zone_of(sender), charset_of(sender)}});
  formats.push_back(
      {"bank-csv", kBankCsvHelp, {zone_of(sender), profile_of(sender, true), account_of(sender)}});
  formats.push_back(
      {"invoices-csv", kInvoicesCsvHelp, {zone_of(sender), profile_of(sender, true)}});
  formats.push_back({"ubl", kUblHelp, {zone_of(sender)}});
  formats.push_back({"calendar", kCalendarHelp, {zone_of(sender)}});
  return formats;
}

std::vector<Setting> watch_settings(WatchCommand& command) {
  SenderSettings& sender = command.sender;
  return {
      {"--config", &command.config, "Several folders, each with its format (TOML)"},
      {"--format", &command.format, "camt, mt940, bank-csv, invoices-csv or ubl"},
      profile_of(sender, false),
      account_of(sender),
      charset_of(sender),
      zone_of(sender),
      {"--source", &sender.source, "Name of the sender, where there are several"},
      {"--once", &command.once, "Take what is complete and end; exit code 1 if anything is left"}};
}

}  // namespace ledger::cli
