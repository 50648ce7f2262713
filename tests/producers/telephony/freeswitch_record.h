#pragma once

#include <map>
#include <string>

#include "events/types/call_leg.h"
#include "producers/mapping.h"
#include "producers/telephony/freeswitch/mapping.h"

// Call records made up from the modules' own lists of fields.
namespace ledger::freeswitch_record {

// By the names of Cdr ("variables.billsec", "callflow.0.caller_profile.ani"), an empty one left
// out.
using Values = std::map<std::string, std::string>;

// A client's call that a manager took: the leg from the client, and the one to the manager.
[[nodiscard]] Values from_client();
[[nodiscard]] Values to_manager();
[[nodiscard]] Values with(Values values, const Values& changes);

// As mod_json_cdr and mod_xml_cdr write them with encode-values, which they have on by default.
[[nodiscard]] std::string json_of(const Values& values);
[[nodiscard]] std::string xml_of(const Values& values);
// As the modules' own escaper does it, '%' left alone where a percent sign is encoded already.
[[nodiscard]] std::string escaped(const std::string& text);

[[nodiscard]] http::Request delivery(std::string body, const std::string& uuid = {});
[[nodiscard]] Mapped map(const Values& values);
[[nodiscard]] CallLegCompleted leg_of(const Mapped& mapped);
[[nodiscard]] Error refusal_of(const Mapped& mapped);

}  // namespace ledger::freeswitch_record
