// Goal: a line of 3CX's call records is one leg with the sides, the talk and the outcome that it
// says, and none that it does not. Method: lines made up from a map of columns, in the shape of one
// that a 3CX of version 18 has written ("Call 612504,…,TerminatedBySrc,…,Ext.960,…").
#include "producers/telephony/threecx/cdr.h"

#include <algorithm>
#include <map>

#include "events/call_joining.h"
#include "events/types/call_leg.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

using Columns = std::map<std::string, std::string>;

const std::vector<std::string> kOrder{"historyid",         "callid",         "duration",
                                      "time_start",        "time_answered",  "time_end",
                                      "reason_terminated", "from_no",        "to_no",
                                      "from_dn",           "to_dn",          "dial_no",
                                      "reason_changed",    "final_number",   "final_dn",
                                      "bill_code",         "bill_rate",      "bill_cost",
                                      "bill_name",         "chain",          "from_type",
                                      "to_type",           "final_type",     "from_dispname",
                                      "to_dispname",       "final_dispname", "missed_queue_calls"};

// A client calls, a queue picks up and gives him to extension 101.
const Columns kInbound{{"historyid", "Call 612504"},
                       {"callid", "00000C21DE5C2470_6531"},
                       {"duration", "00:01:00"},
                       {"time_start", "2026/11/24 10:00:00"},
                       {"time_answered", "2026/11/24 10:00:05"},
                       {"time_end", "2026/11/24 10:01:05"},
                       {"reason_terminated", "TerminatedBySrc"},
                       {"from_no", "0671112233"},
                       {"to_no", "Ext.800"},
                       {"from_dn", "10021"},
                       {"to_dn", "800"},
                       {"dial_no", "800"},
                       {"final_number", "Ext.101"},
                       {"final_dn", "101"},
                       {"chain", "Chain: 0671112233;Ext.800;Ext.101;"},
                       {"from_type", "Line"},
                       {"to_type", "Queue"},
                       {"final_type", "Extension"}};

Columns with(Columns columns, const Columns& changes) {
  for (const auto& [name, value] : changes) columns[name] = value;
  return columns;
}

// Extension 101 calls a client.
const Columns kOutbound = with(kInbound, {{"historyid", "Call 612505"},
                                          {"callid", "00000C21DE5C2470_6540"},
                                          {"from_no", "Ext.101"},
                                          {"from_dn", "101"},
                                          {"to_no", "0671112233"},
                                          {"to_dn", "10021"},
                                          {"dial_no", "0671112233"},
                                          {"final_number", "0671112233"},
                                          {"final_dn", "10021"},
                                          {"from_type", "Extension"},
                                          {"to_type", "Line"},
                                          {"final_type", "Line"}});
const Columns kNobody{
    {"time_answered", ""}, {"final_number", ""}, {"final_dn", ""}, {"final_type", ""}};

threecx::CdrSettings settings(std::vector<std::string> order = kOrder) {
  return {.zone = *BusinessZone::named("Europe/Kyiv"),
          .columns = *threecx::CdrColumns::parse(std::move(order))};
}

std::string line_of(const Columns& columns, const std::vector<std::string>& order = kOrder) {
  std::string line;
  for (const auto& name : order) {
    const auto found = columns.find(name);
    line += (found == columns.end() ? "" : found->second) + ',';
  }
  line.pop_back();
  return line;
}

Mapped map_line(std::string line, const std::string& cut = {}) {
  http::Request request;
  request.method = "TCP";
  request.body = std::move(line);
  if (!cut.empty()) request.query.emplace_back("cut", cut);
  return threecx::map_cdr_line(request, settings());
}

Mapped map(const Columns& columns) { return map_line(line_of(columns)); }

CallLegCompleted leg_of(const Mapped& mapped) {
  INFO((mapped.refused.empty() ? std::string() : mapped.refused.front().error.message));
  REQUIRE(mapped.events.size() == 1);
  const auto* leg = mapped.events.front().data.get_if<CallLegCompleted>();
  REQUIRE(leg != nullptr);
  REQUIRE(leg->validate());
  return *leg;
}

std::string reason_of(const Mapped& mapped) {
  REQUIRE(mapped.events.empty());
  REQUIRE(mapped.refused.size() == 1);
  const Error& error = mapped.refused.front().error;
  return std::string(name_of(error.code)) + ' ' + error.field;
}

std::string refused(const Columns& changes) { return reason_of(map(with(kInbound, changes))); }

std::optional<JoinedCall> joined(const std::vector<Columns>& records) {
  std::vector<TimedLeg> legs;
  for (const auto& columns : records) {
    const auto mapped = map(columns);
    const auto leg = leg_of(mapped);
    legs.push_back({mapped.events.front().time, leg});
  }
  return join_legs(std::move(legs));
}

}  // namespace

TEST_CASE("3CX records: a client's call that a queue gave to an extension", "[3cx]") {
  const auto mapped = map(kInbound);
  const auto leg = leg_of(mapped);
  const Submission& event = mapped.events.front();
  CHECK(event.id == "612504|00000C21DE5C2470_6531");
  CHECK(event.source == "3cx-cdr");
  CHECK(format_timestamp(event.time) == "2026-11-24T08:00:00Z");
  CHECK(leg.call_id.text() == "00000C21DE5C2470_6531");
  CHECK(leg.leg_id.text() == "612504");
  CHECK(leg.direction == CallDirection::kInbound);
  CHECK(leg.client_phone_raw == "0671112233");
  CHECK(leg.client_phone->text() == "+380671112233");
  CHECK(leg.manager_extension == "101");
  CHECK(leg.outcome == CallOutcome::kAnswered);
  CHECK(leg.duration_s == 65);
  CHECK(leg.talk_s == 60);
  CHECK(format_timestamp(*leg.answered_at) == "2026-11-24T08:00:05Z");
  CHECK(!leg.outcome_raw);
}

TEST_CASE("3CX records: a call straight to an extension, with nothing behind it", "[3cx]") {
  const auto leg = leg_of(map(with(kInbound, {{"to_no", "Ext.102"},
                                              {"to_dn", ""},
                                              {"to_type", "extension"},
                                              {"final_number", ""},
                                              {"final_dn", ""},
                                              {"final_type", ""}})));
  CHECK(leg.outcome == CallOutcome::kAnswered);
  CHECK(leg.manager_extension == "102");
}

TEST_CASE("3CX records: who called us and was missed", "[3cx]") {
  const auto leg = leg_of(map(with(with(kInbound, kNobody), {{"to_type", "Extension"}})));
  CHECK(leg.direction == CallDirection::kInbound);
  CHECK(leg.outcome == CallOutcome::kMissed);
  CHECK(leg.manager_extension == "800");
  CHECK(leg.talk_s == 0);
  CHECK(!leg.answered_at);
}

TEST_CASE("3CX records: a machine that picked up is no talk", "[3cx]") {
  for (const std::string machine : {"Queue", "IVR", "VMail"}) {
    INFO(machine);
    const auto leg = leg_of(map(with(kInbound, {{"final_type", machine}, {"final_dn", "999"}})));
    CHECK(leg.outcome == CallOutcome::kMissed);
    CHECK(leg.outcome_raw == machine);
    CHECK(leg.talk_s == 0);
    CHECK(!leg.manager_extension);
  }
}

TEST_CASE("3CX records: a call to a client", "[3cx]") {
  const auto leg = leg_of(map(kOutbound));
  CHECK(leg.direction == CallDirection::kOutbound);
  CHECK(leg.client_phone->text() == "+380671112233");
  CHECK(leg.manager_extension == "101");
  CHECK(leg.outcome == CallOutcome::kAnswered);
  const auto given_up = leg_of(map(with(kOutbound, kNobody)));
  CHECK(given_up.outcome == CallOutcome::kCancelled);
  CHECK(given_up.manager_extension == "101");
}

TEST_CASE("3CX records: how a call ended that nobody answered", "[3cx]") {
  const std::map<std::string, CallOutcome> words{
      {"TerminatedByDst", CallOutcome::kMissed},
      {"NoAnswer", CallOutcome::kMissed},
      {"TargetBusy", CallOutcome::kBusy},
      {"declined", CallOutcome::kBusy},
      {"Failed_Cancelled", CallOutcome::kCancelled},
      {"Failed", CallOutcome::kFailed},
      {"NoRouteExists", CallOutcome::kFailed},
      {"no_route", CallOutcome::kFailed},
      {"src_participant_terminated", CallOutcome::kMissed}};
  for (const auto& [word, outcome] : words) {
    INFO(word);
    const auto leg = leg_of(map(with(with(kInbound, kNobody), {{"reason_terminated", word}})));
    CHECK(leg.outcome == outcome);
    CHECK(!leg.outcome_raw);
  }
}

TEST_CASE("3CX records: an unknown word is kept and is no answer", "[3cx]") {
  for (const std::string answered : {"", "2026/11/24 10:00:05"}) {
    const auto leg = leg_of(
        map(with(kInbound, {{"reason_terminated", "Teleported"}, {"time_answered", answered}})));
    CHECK(leg.outcome == CallOutcome::kUnknown);
    CHECK(leg.outcome_raw == "Teleported");
    CHECK(leg.talk_s == 0);
  }
  // Known, and against the time_answered beside it.
  const auto failed = leg_of(map(with(kInbound, {{"reason_terminated", "Failed_Cancelled"}})));
  CHECK(failed.outcome == CallOutcome::kUnknown);
  CHECK(failed.outcome_raw == "Failed_Cancelled");
  const auto silent = leg_of(map(with(kInbound, {{"reason_terminated", ""}})));
  CHECK(silent.outcome == CallOutcome::kUnknown);
}

TEST_CASE("3CX records: calls within the house are no facts", "[3cx]") {
  for (const std::string to : {"Extension", "Queue", "VMail"}) {
    const auto mapped = map(with(kOutbound, {{"to_type", to}, {"final_type", ""}}));
    CHECK(mapped.events.empty());
    CHECK(mapped.refused.empty());
    REQUIRE(mapped.skipped.size() == 1);
  }
  // One that went on to the world: who of the two is the house's, another leg has to say.
  for (const std::string to : {"Extension", "Queue"}) {
    const auto onwards = leg_of(map(with(kOutbound, {{"to_type", to}})));
    CHECK(!onwards.direction);
    CHECK(!onwards.client_phone_raw);
  }
}

TEST_CASE("3CX records: a transfer is two records and one call", "[3cx]") {
  const auto moved = with(kInbound, {{"historyid", "Call 612506"},
                                     {"time_start", "2026/11/24 10:01:05"},
                                     {"time_answered", "2026/11/24 10:01:10"},
                                     {"time_end", "2026/11/24 10:05:10"},
                                     {"final_dn", "102"}});
  for (const auto& order : {std::vector{kInbound, moved}, std::vector{moved, kInbound}}) {
    const auto call = joined(order);
    REQUIRE(call);
    CHECK(format_timestamp(call->started_at) == "2026-11-24T08:00:00Z");
    CHECK(call->call.duration_s == 310);
    CHECK(call->call.talk_s == 240);
    CHECK(call->call.manager_extension == "102");
    CHECK(call->call.outcome == CallOutcome::kAnswered);
    CHECK(call->call.client_phone->text() == "+380671112233");
  }
}

TEST_CASE("3CX records: a broken line says which column is to blame", "[3cx]") {
  CHECK(refused({{"historyid", ""}}) == "missing-field historyid");
  CHECK(refused({{"callid", ""}}) == "missing-field callid");
  CHECK(refused({{"callid", "two words"}}) == "invalid-field callid");
  CHECK(refused({{"time_start", ""}}) == "missing-field time_start");
  CHECK(refused({{"time_start", "soon"}}) == "invalid-field time_start");
  CHECK(refused({{"time_end", "2026/02/30 10:00:00"}}) == "invalid-field time_end");
  CHECK(refused({{"time_end", "2026/11/24 09:00:00"}}) == "invalid-field time_end");
  CHECK(refused({{"time_end", "2027/11/24 09:00:00"}}) == "out-of-range time_end");
  CHECK(refused({{"time_answered", "2026/11/24 11:00:00"}}) == "invalid-field time_answered");
  CHECK(refused({{"from_type", ""}}) == "missing-field from_type");
  CHECK(refused({{"from_type", "Robot"}}) == "invalid-field from_type");
  CHECK(refused({{"from_type", "Exten\xff\xffsion"}}) == "malformed from_type");
  CHECK(refused({{"final_dn", "\xce\xeb\xe5\xed\xe0"}}) == "malformed final_dn");
  CHECK(refused({{"to_no", "\xce\xeb\xe5\xed\xe0"}}) == "malformed to_no");
  // A name that is shown is not read, so it costs no call.
  CHECK(leg_of(map(with(kInbound, {{"from_dispname", "\xce\xeb\xe5\xed\xe0"}}))) ==
        leg_of(map(kInbound)));
  CHECK(refused({{"to_type", ""}, {"final_type", ""}}) == "missing-field to_type");
  CHECK(reason_of(map_line("")) == "malformed line");
  CHECK(reason_of(map_line("Call 1,2,3")) == "malformed line");
  CHECK(reason_of(map_line(line_of(kInbound) + ",")) == "malformed line");
  CHECK(refused({{"chain", "an \"open quote"}}) == "malformed line");
  CHECK(reason_of(map_line(line_of(kInbound) + "\n" + line_of(kInbound))) == "malformed line");
  CHECK(reason_of(map_line(line_of(kInbound), "disconnect")) == "malformed line");
  CHECK(reason_of(map_line(line_of(kInbound), "length")) == "too-large line");
  CHECK(reason_of(map_line(std::string(threecx::kCdrLineBytesMax + 1, 'x'))) == "too-large line");
}

TEST_CASE("3CX records: the operator chooses the columns", "[3cx]") {
  std::vector<std::string> order{"callid",        "historyid", "time-end", "time-start",
                                 "time-answered", "from-type", "to-type",  "final-type",
                                 "final-dn",      "from-no",   "dial-no",  "reason-terminated"};
  const auto columns = threecx::CdrColumns::parse(order);
  REQUIRE(columns);
  for (auto& name : order) std::replace(name.begin(), name.end(), '-', '_');
  http::Request request;
  request.body = line_of(kInbound, order);
  const auto mapped = threecx::map_cdr_line(request, settings(order));
  CHECK(leg_of(mapped) == leg_of(map(kInbound)));

  const auto wrong = [](std::vector<std::string> names) {
    const auto parsed = threecx::CdrColumns::parse(std::move(names));
    REQUIRE(!parsed);
    CHECK(parsed.error().field == "threecx-cdr-columns");
    return parsed.error().message;
  };
  auto twice = kOrder;
  twice.push_back("callid");
  CHECK(wrong(twice) == "callid is there twice");
  auto without = kOrder;
  without.erase(without.begin());
  CHECK(wrong(without) == "historyid is needed");
  CHECK(wrong({"mood"}) == "'mood' is no column of 3CX such as historyid");
  CHECK(wrong({}) == "historyid is needed");
}
