#pragma once

#include <functional>
#include <optional>
#include <string>

#include "events/phone.h"
#include "producers/webhook/webhook.h"

// 3CX by the CRM template that we ship (ledger.xml beside this file; source-formats.md 1.8).
namespace ledger::threecx {

// Who a number belongs to, for the exchange's screen.
struct Contact {
  std::string client_id;
  std::string name;
};

struct Settings {
  std::string source = "3cx";
  std::string secret = {};  // of the path
  // The call records come too (cdr.h). They tell a call whole, with its id and its transfers, and a
  // report has nothing to know it by among them: it is answered and skipped then, or each call
  // would count twice.
  bool records_tell = false;
  // Whose number it is, asked before a call rings; nullopt: nobody's.
  std::function<std::optional<Contact>(const Phone&)> lookup = {};
};

// The template's call report: one call.completed. A [Variable] that 3CX left unfilled is absent; a
// number that is absent was withheld. A call_type that is not in the table is unknown, with the
// word; which side called it does not say, and it is recorded as inbound, which counts for nobody.
//
// 3CX gives a call no id, so idempotency is by `agent|number|start_utc|call_type`, the number left
// empty where it was withheld. talk_s = duration_s, the seconds of an answered call: 3CX says no
// other time. time = start_utc. Errors: kMissingField, kInvalidField, kOutOfRange with
// the template's field names.
[[nodiscard]] Mapped map_report(const http::Request& request, const Settings& settings);

// GET ?number=… is the lookup, POST is the report.
[[nodiscard]] Webhook webhook(const Settings& settings);

}  // namespace ledger::threecx
