#include "consumers/ledgerctl/senders.h"

#include <fmt/format.h>

#include "producers/email/message/mapping.h"
#include "producers/house/calendar/mapping.h"
#include "producers/payments/camt/mapping.h"
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

}  // namespace

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
    to.own_domains = settings.own_domains;
    return [to = with_source(std::move(to), settings.source)](std::string_view content) {
      return mail::map_message(content, to);
    };
  }
  if (format == "camt") {
    LEDGER_TRY(const auto zone, BusinessZone::named(settings.zone));
    camt::Settings to{.zone = zone};
    return [to = with_source(std::move(to), settings.source)](std::string_view content) {
      return camt::map_statements(content, to);
    };
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
