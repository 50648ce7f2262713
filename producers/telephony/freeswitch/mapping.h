#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "producers/telephony/sides.h"
#include "producers/webhook/webhook.h"

// FreeSWITCH's call records: mod_json_cdr, mod_xml_cdr, mod_format_cdr (source-formats.md 1.3,
// 1.4). Both ends of a call are posted, so each record is a call.leg_completed; the rule calls.v1
// joins them. How the exchange is set is in README.md beside this file.
namespace ledger::freeswitch {

struct Settings {
  std::string source = "freeswitch";
  telephony::HouseNumbers house = {};
  // Either or both: a secret last segment of the path, or user:password as the modules' `cred`.
  std::string secret = {};
  std::string credentials = {};
};

// One delivery. In the query `uuid` (with `a_` before it or not) must be the record's own.
//
// Idempotency: `core-uuid|uuid`. The call is the queue's caller, call_uuid, or the leg that
// originated this one, whichever is another leg first; else the leg itself. time = start_epoch;
// answered by answer_epoch, and talk_s = billsec then. What was not answered is told by
// hangup_cause; a word that is not in the table is unknown, with the word. What a voicemail box
// answered is missed. Errors, besides those of Cdr::parse: kMissingField, kInvalidField (another
// uuid, talk without an answer, talk longer than the leg, an end before the start), kOutOfRange,
// with FreeSWITCH's names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

// A file of the modules' err-log-dir (`<uuid>.cdr.json`, `<uuid>.cdr.xml`): the same record gives
// the same event.
[[nodiscard]] Mapped map_file(std::string_view content, const Settings& settings);

// One for each way of proving who sends; both take records at /v1/hooks/freeswitch.
[[nodiscard]] std::vector<Webhook> webhooks(const Settings& settings);

}  // namespace ledger::freeswitch
