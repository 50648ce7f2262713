#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "producers/email/message/mapping.h"
#include "producers/webhook/webhook.h"

// What the gateway for mails and the server that keeps its quarantine have in common.
namespace ledger::mail {

// The quarantine's word for mails that could not be recorded, and for the webhook that replays
// them.
inline constexpr std::string_view kGatewayName = "mail";

// When the house took the letter: the time of the first Received header, which the mail system that
// hands it over has just put there. It stays the same however often and however late the letter is
// delivered, so that its events do too. `now` where there is no such header, or none that can be
// read, or its time lies ahead of now or kQueueTimeMax behind it: then it is another's.
[[nodiscard]] Timestamp taken_at(std::string_view message, Timestamp now);
inline constexpr auto kQueueTimeMax = std::chrono::hours{30 * 24};

// The settings of a mapping as the query of a quarantined letter, and back: with them it is mapped
// anew as its gateway would. kInvalidField.
[[nodiscard]] std::string to_query(const Settings& settings);
[[nodiscard]] Result<Settings> settings_of(const http::Request& request);

// For replays out of the quarantine; no path leads to it.
[[nodiscard]] Webhook gateway_webhook();

}  // namespace ledger::mail
