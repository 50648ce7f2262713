#include "consumers/ledgerctl/senders.h"

#include <fmt/format.h>

#include "producers/email/message/mapping.h"
#include "producers/payments/camt/mapping.h"
#include "producers/telephony/asterisk/mapping.h"

namespace ledger::cli {

namespace {

// Keeps the sender's own default where no source is given.
template <class Settings>
Settings with_source(Settings settings, const std::string& source) {
  if (!source.empty()) settings.source = source;
  return settings;
}

}  // namespace

Result<MapFile> find_sender(std::string_view format, const SenderSettings& settings) {
  LEDGER_TRY(const auto zone, BusinessZone::named(settings.zone));
  if (format == "asterisk-cdr") {
    return [to = with_source(asterisk::Settings{.zone = zone}, settings.source)](
               std::string_view content) { return asterisk::map_cdr(content, to); };
  }
  if (format == "mail") {
    return [to = with_source(mail::Settings{}, settings.source)](std::string_view content) {
      return mail::map_message(content, to);
    };
  }
  if (format == "camt") {
    return [to = with_source(camt::Settings{.zone = zone}, settings.source)](
               std::string_view content) { return camt::map_statements(content, to); };
  }
  return fail(ErrorCode::kInvalidField, fmt::format("there is no sender '{}'", format), "format");
}

}  // namespace ledger::cli
