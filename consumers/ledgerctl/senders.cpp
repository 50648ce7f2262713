#include "consumers/ledgerctl/senders.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "producers/email/message/mailbox.h"
#include "producers/house/calendar/mapping.h"
#include "producers/invoices/csv/mapping.h"
#include "producers/invoices/ubl/mapping.h"
#include "producers/payments/camt/mapping.h"
#include "producers/payments/csv/mapping.h"
#include "producers/payments/mt940/mapping.h"
#include "producers/telephony/asterisk/mapping.h"
#include "producers/telephony/freeswitch/mapping.h"

namespace ledger::cli {

namespace {

// Keeps the sender's own default where no source is given.
template <class Settings>
Settings with_source(Settings settings, const std::string& source) {
  if (!source.empty()) settings.source = source;
  return settings;
}

// As mail compares domains.
std::vector<std::string> lower(std::vector<std::string> texts) {
  for (auto& text : texts) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return texts;
}

Result<MapFile> asterisk_sender(const SenderSettings& settings) {
  LEDGER_TRY(const auto zone, BusinessZone::named(settings.zone));
  asterisk::Settings to{.zone = zone};
  if (!settings.cdr_columns.empty()) {
    LEDGER_TRY(to.columns, asterisk::columns_named(settings.cdr_columns));
  }
  to.order = settings.cdr_order;
  to.json = settings.cdr_json;
  to.gmtime = settings.gmtime;
  to.own_numbers = settings.own_numbers;
  return [to = with_source(std::move(to), settings.source)](std::string_view content) {
    return asterisk::map_cdr(content, to);
  };
}

Result<bank::Settings> bank_settings(const SenderSettings& settings) {
  LEDGER_TRY(const auto zone, BusinessZone::named(settings.zone));
  bank::Settings to{.zone = zone};
  to.file = settings.file;
  return with_source(std::move(to), settings.source);
}

Result<MapFile> mt940_sender(const SenderSettings& settings) {
  LEDGER_TRY(auto bank, bank_settings(settings));
  mt940::Settings to{.bank = std::move(bank)};
  if (!settings.charset.empty()) {
    LEDGER_TRY(to.charset, code_page_named(settings.charset));
  }
  return
      [to = std::move(to)](std::string_view content) { return mt940::map_statements(content, to); };
}

// A profile's mistake is one of its file.
template <class Profile>
Result<Profile> profile_of(const SenderSettings& settings,
                           Result<Profile> (*parse)(std::string_view)) {
  if (settings.profile.empty()) {
    return fail(ErrorCode::kMissingField, "says how the table is to be read: is required",
                "profile");
  }
  LEDGER_TRY(const std::string content, read_file(settings.profile));
  auto profile = parse(content);
  if (profile) return profile;
  Error error = std::move(profile).error();
  error.message = fmt::format("{}: {}{}{}", settings.profile, error.field,
                              error.field.empty() ? "" : " ", error.message);
  error.field = "profile";
  return tl::unexpected(std::move(error));
}

Result<MapFile> bank_csv_sender(const SenderSettings& settings) {
  LEDGER_TRY(auto bank, bank_settings(settings));
  LEDGER_TRY(auto profile, profile_of(settings, bank_csv::parse_profile));
  return [to = bank_csv::Settings{std::move(bank), std::move(profile), settings.account}](
             std::string_view content) { return bank_csv::map_statement(content, to); };
}

Result<invoices::Settings> invoice_settings(const SenderSettings& settings) {
  LEDGER_TRY(const auto zone, BusinessZone::named(settings.zone));
  invoices::Settings to{.zone = zone};
  to.client_of = settings.client_of;
  return with_source(std::move(to), settings.source);
}

Result<MapFile> invoices_csv_sender(const SenderSettings& settings) {
  LEDGER_TRY(auto to, invoice_settings(settings));
  LEDGER_TRY(auto profile, profile_of(settings, invoices::parse_profile));
  return [to = std::move(to), profile = std::move(profile)](std::string_view content) {
    return invoices::map_csv(content, profile, to);
  };
}

}  // namespace

bool restates(std::string_view format) {
  static constexpr std::array<std::string_view, 5> kRestating{"camt", "mt940", "bank-csv",
                                                              "invoices-csv", "ubl"};
  return std::find(kRestating.begin(), kRestating.end(), format) != kRestating.end();
}

Result<std::string> read_file(const std::string& name) {
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) {
    return fail(ErrorCode::kInvalidField, fmt::format("{} is a directory; name its files", name));
  }
  std::ifstream input(name, std::ios::binary);
  std::ostringstream content;
  content << input.rdbuf();
  if (!input) return fail(ErrorCode::kNotFound, fmt::format("{} cannot be read", name));
  return std::move(content).str();
}

Result<MapFile> find_sender(std::string_view format, const SenderSettings& settings) {
  if (format == "asterisk-cdr") return asterisk_sender(settings);
  if (format == "freeswitch-cdr") {
    freeswitch::Settings to;
    to.house.own_numbers = settings.own_numbers;
    return [to = with_source(std::move(to), settings.source)](std::string_view content) {
      return freeswitch::map_file(content, to);
    };
  }
  if (format == "mail") {
    mail::Settings to;
    to.own_domains = lower(settings.own_domains);
    to.own_addresses = lower(settings.own_addresses);
    to.answers_only = settings.answers_only;
    to.unstamped_believed = settings.unstamped_believed;
    to.authserv_id = lower({settings.authserv_id}).front();
    return [to = with_source(std::move(to), settings.source)](std::string_view content) {
      return mail::map_file(content, to);
    };
  }
  if (format == "camt") {
    LEDGER_TRY(auto to, bank_settings(settings));
    return [to = std::move(to)](std::string_view content) {
      return camt::map_statements(content, to);
    };
  }
  if (format == "mt940") return mt940_sender(settings);
  if (format == "bank-csv") return bank_csv_sender(settings);
  if (format == "invoices-csv") return invoices_csv_sender(settings);
  if (format == "ubl") {
    LEDGER_TRY(auto to, invoice_settings(settings));
    return
        [to = std::move(to)](std::string_view content) { return invoices::map_ubl(content, to); };
  }
  if (format == "calendar") {
    LEDGER_TRY(const auto zone, BusinessZone::named(settings.zone));
    calendar::Settings to{.zone = zone};
    return [to = with_source(std::move(to), settings.source)](std::string_view content) {
      return calendar::map_calendar(content, to);
    };
  }
  return fail(ErrorCode::kInvalidField, fmt::format("there is no sender '{}'", format), "format");
}

}  // namespace ledger::cli
