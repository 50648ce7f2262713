// Goal: one record of FreeSWITCH is one event, whichever module wrote it and however it is wrapped,
// and its legs tell who of the two is the house. Method: good records, and one change at a time.
#include <algorithm>

#include "events/call_joining.h"
#include "platform/base64.h"
#include "tests/producers/telephony/freeswitch_record.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::freeswitch_record;

namespace {

std::string said(const Mapped& mapped) {
  (void)leg_of(mapped);
  const Submission& event = mapped.events.front();
  return event.id + ' ' + event.source + ' ' + body_of(event.time, event.data);
}

std::string said(const std::string& body) {
  return said(freeswitch::map_delivery(delivery(body), {}));
}

}  // namespace

TEST_CASE("freeswitch: a leg with all it says", "[producers][telephony]") {
  const auto mapped = map(from_client());
  const auto leg = leg_of(mapped);
  CHECK(mapped.events[0].id == "core-1|leg-a");
  CHECK(mapped.events[0].source == "freeswitch");
  CHECK(format_timestamp(mapped.events[0].time) == "2026-11-25T08:00:00Z");
  CHECK(leg.call_id.text() == "leg-a");
  CHECK(leg.leg_id.text() == "leg-a");
  CHECK(leg.direction == CallDirection::kInbound);
  CHECK(leg.client_phone_raw == "+380501112233");
  CHECK(leg.client_phone->text() == "+380501112233");
  CHECK_FALSE(leg.manager_extension);
  CHECK(leg.duration_s == 70);
  CHECK(leg.talk_s == 62);
  CHECK(leg.outcome == CallOutcome::kAnswered);
  CHECK(format_timestamp(*leg.answered_at) == "2026-11-25T08:00:08Z");
}

TEST_CASE("freeswitch: the leg to the manager is of the same call", "[producers][telephony]") {
  const auto leg = leg_of(map(to_manager()));
  CHECK(leg.call_id.text() == "leg-a");
  CHECK(leg.leg_id.text() == "leg-b");
  CHECK(leg.direction == CallDirection::kInbound);
  CHECK(leg.manager_extension == "101");
  // Older exchanges say it by the originator alone.
  for (const auto& record :
       {with(to_manager(), {{"variables.call_uuid", ""}}),
        with(to_manager(),
             {{"variables.call_uuid", ""},
              {"variables.originator", "leg-a"},
              {"callflow.0.caller_profile.originator.originator_caller_profiles.0.uuid", ""}})}) {
    CHECK(leg_of(map(record)).call_id.text() == "leg-a");
  }
  // A queue's leg to its agent names itself as its call, and the caller's in a variable.
  const auto agent = leg_of(
      map(with(to_manager(),
               {{"variables.call_uuid", "leg-b"},
                {"variables.cc_member_session_uuid", "leg-a"},
                {"callflow.0.caller_profile.originator.originator_caller_profiles.0.uuid", ""}})));
  CHECK(agent.call_id.text() == "leg-a");
  CHECK(agent.direction == CallDirection::kInbound);
  CHECK(agent.manager_extension == "101");
}

TEST_CASE("freeswitch: however the record is wrapped, it is the same event",
          "[producers][telephony]") {
  const std::string json = json_of(to_manager());
  const std::string xml = xml_of(to_manager());
  const std::string expected = said(json);
  CHECK(said("  \r\n" + json) == expected);
  CHECK(said(xml) == expected);
  for (const std::string& document : {json, xml}) {
    const std::string base64 = base64_encode(document);
    CHECK(said("cdr=" + base64) == expected);
    CHECK(said("cdr=" + base64 + "\r\n") == expected);
    CHECK(said("cdr=" + document) == expected);
    std::string spaced = base64;  // by a decoder on the way
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    CHECK(said("cdr=" + spaced) == expected);
    CHECK(said("a=1&cdr=" + base64) == expected);
    std::string lines;
    for (std::size_t at = 0; at < base64.size(); at += 72) lines += base64.substr(at, 72) + "\n";
    CHECK(said("cdr=" + lines) == expected);
  }
  // The XML modules escape what they have escaped already, so that one round is right.
  std::string twice;
  for (const char c : xml) twice += c == '%' ? "%25" : escaped(std::string(1, c));
  CHECK(said("cdr=" + twice) == expected);
  CHECK(freeswitch::map_file(json, {}).events.size() == 1);
  CHECK(said(freeswitch::map_file(json, {})) == expected);
  CHECK(said(freeswitch::map_file(xml, {})) == expected);
  // With encode on, the error directory holds the form's value alone.
  CHECK(said(freeswitch::map_file(base64_encode(json) + "\n", {})) == expected);
  CHECK(said(freeswitch::map_file(twice + "\n", {})) == expected);
}

TEST_CASE("freeswitch: Content-Type is not believed, and encode-values=false reads alike",
          "[producers][telephony]") {
  auto request = delivery(json_of(from_client()));
  request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  CHECK(said(freeswitch::map_delivery(request, {})) == said(json_of(from_client())));
  std::string plain = json_of(from_client());
  const std::size_t at = plain.find("%2B380");
  REQUIRE(at != std::string::npos);
  plain.replace(at, 3, "+");
  CHECK(said(plain) == said(json_of(from_client())));
}

TEST_CASE("freeswitch: an old record has one callflow that is no list", "[producers][telephony]") {
  Values old;
  for (const auto& [name, value] : from_client()) {
    const bool flow = name.starts_with("callflow.0.");
    old[flow ? "callflow." + name.substr(11) : name] = value;
  }
  CHECK(said(json_of(old)) == said(json_of(from_client())));
}

TEST_CASE("freeswitch: the uuid of the address may have a prefix", "[producers][telephony]") {
  CHECK(freeswitch::map_delivery(delivery(json_of(from_client()), "leg-a"), {}).events.size() == 1);
  CHECK(freeswitch::map_delivery(delivery(xml_of(from_client()), "a_leg-a"), {}).events.size() ==
        1);
}

TEST_CASE("freeswitch: who is the house decides the direction", "[producers][telephony]") {
  const std::string profile = "callflow.0.caller_profile.";
  // A manager dials: his phone's channel came into the exchange.
  const auto dialled = with(from_client(), {{profile + "caller_id_number", "101"},
                                            {profile + "destination_number", "0501112233"}});
  const auto out = leg_of(map(dialled));
  CHECK(out.direction == CallDirection::kOutbound);
  CHECK(out.client_phone->text() == "+380501112233");
  CHECK(out.manager_extension == "101");
  // His phone shows the house's number: the account it logged in with names him.
  const auto shown = with(dialled, {{profile + "caller_id_number", "+380445550101"},
                                    {"variables.sip_auth_username", "101"}});
  CHECK(leg_of(map(shown)).manager_extension == "101");
  CHECK(leg_of(map(shown)).direction == CallDirection::kOutbound);
  // The leg to the trunk does not tell by itself; with the house's numbers known it does.
  const auto trunk = with(to_manager(), {{profile + "caller_id_number", "+380445550101"},
                                         {profile + "destination_number", "0501112233"}});
  CHECK_FALSE(leg_of(map(trunk)).direction);
  CHECK(leg_of(map(trunk)).client_phone->text() == "+380501112233");
  freeswitch::Settings own;
  own.house.own_numbers = {"044 555 01 01"};
  const auto known = leg_of(freeswitch::map_delivery(delivery(json_of(trunk)), own));
  CHECK(known.direction == CallDirection::kOutbound);
  // Two extensions.
  const auto inner = with(dialled, {{profile + "destination_number", "102"}});
  CHECK(leg_of(map(inner)).direction == CallDirection::kInternal);
  // A withheld number.
  const auto withheld = with(from_client(), {{profile + "caller_id_number", "anonymous"}});
  CHECK(leg_of(map(withheld)).direction == CallDirection::kInbound);
  CHECK(leg_of(map(withheld)).client_phone_raw == "anonymous");
  CHECK_FALSE(leg_of(map(withheld)).client_phone);
  // A telephone whose contact is a random word; the user who was dialled names the extension.
  const auto web = with(to_manager(), {{profile + "destination_number", "q3vk81s2"},
                                       {"variables.dialed_user", "101"}});
  CHECK(leg_of(map(web)).manager_extension == "101");
}

TEST_CASE("freeswitch: a click to call is the manager's call", "[producers][telephony]") {
  const std::string profile = "callflow.0.caller_profile.";
  const std::string originator = profile + "originator.originator_caller_profiles.0.uuid";
  const auto to_own = with(to_manager(), {{"variables.call_uuid", "leg-b"},
                                          {originator, ""},
                                          {profile + "caller_id_number", "0000000000"}});
  const auto to_client = with(to_manager(), {{"variables.uuid", "leg-c"},
                                             {"variables.call_uuid", "leg-b"},
                                             {profile + "caller_id_number", "0000000000"},
                                             {profile + "destination_number", "0501112233"}});
  const auto first = map(to_own);
  const auto second = map(to_client);
  const auto call =
      join_legs({{first.events[0].time, leg_of(first)}, {second.events[0].time, leg_of(second)}});
  REQUIRE(call);
  CHECK(call->call.direction == CallDirection::kOutbound);
  CHECK(call->call.manager_extension == "101");
  CHECK(call->call.client_phone->text() == "+380501112233");
  // The manager was there, and the client did not answer.
  const auto in_vain = map(with(to_client, {{"variables.answer_epoch", "0"},
                                            {"variables.billsec", "0"},
                                            {"variables.hangup_cause", "NO_ANSWER"}}));
  const auto missed =
      join_legs({{first.events[0].time, leg_of(first)}, {in_vain.events[0].time, leg_of(in_vain)}});
  REQUIRE(missed);
  CHECK(missed->call.outcome == CallOutcome::kMissed);
  CHECK(missed->call.talk_s == 0);
  CHECK(missed->call.manager_extension == "101");
}

TEST_CASE("freeswitch: after a transfer the newest destination rang, the oldest caller called",
          "[producers][telephony]") {
  auto record = to_manager();
  for (const auto& [name, value] : to_manager()) {
    if (name.starts_with("callflow.0.")) record["callflow.1." + name.substr(11)] = value;
  }
  record["callflow.0.caller_profile.destination_number"] = "103";
  record["callflow.0.caller_profile.caller_id_number"] = "102";
  for (const auto& mapped : {map(record), freeswitch::map_file(xml_of(record), {})}) {
    const auto leg = leg_of(mapped);
    CHECK(leg.direction == CallDirection::kInbound);
    CHECK(leg.client_phone->text() == "+380501112233");
    CHECK(leg.manager_extension == "103");
  }
}

TEST_CASE("freeswitch: a group that a client dialled is nobody; who took the call is",
          "[producers][telephony]") {
  const auto to_group =
      map(with(from_client(), {{"callflow.0.caller_profile.destination_number", "2000"}}));
  const auto taken = map(to_manager());
  CHECK_FALSE(leg_of(to_group).manager_extension);
  const auto call = join_legs(
      {{to_group.events[0].time, leg_of(to_group)}, {taken.events[0].time, leg_of(taken)}});
  REQUIRE(call);
  CHECK(call->call.manager_extension == "101");
  CHECK(call->call.talk_s == 62);
}

TEST_CASE("freeswitch: a client whom the exchange answered and no telephone took was missed",
          "[producers][telephony]") {
  const auto menu = map(from_client());
  const auto rang = map(with(to_manager(), {{"variables.answer_epoch", "0"},
                                            {"variables.billsec", "0"},
                                            {"variables.hangup_cause", "NO_ANSWER"}}));
  REQUIRE(leg_of(menu).outcome == CallOutcome::kAnswered);
  const auto call =
      join_legs({{menu.events[0].time, leg_of(menu)}, {rang.events[0].time, leg_of(rang)}});
  REQUIRE(call);
  CHECK(call->call.outcome == CallOutcome::kMissed);
  CHECK(call->call.talk_s == 0);
  CHECK(call->call.manager_extension == "101");
}

TEST_CASE("freeswitch: a client who was alone with a menu, a queue or an announcement was missed",
          "[producers][telephony]") {
  for (const std::string application : {"ivr", "callcenter", "fifo", "playback", "hangup"}) {
    INFO(application);
    const auto alone = with(from_client(), {{"variables.last_app", application}});
    const auto leg = leg_of(map(alone));
    CHECK(leg.outcome == CallOutcome::kMissed);
    CHECK(leg.outcome_raw == application);
    CHECK(leg.talk_s == 0);
    CHECK(leg.duration_s == 70);
    CHECK_FALSE(leg.answered_at);
    // With the manager's leg the call is his talk, in whichever order they come.
    const auto menu = map(alone);
    const auto taken = map(to_manager());
    const auto call =
        join_legs({{menu.events[0].time, leg}, {taken.events[0].time, leg_of(taken)}});
    REQUIRE(call);
    CHECK(call->call.outcome == CallOutcome::kAnswered);
    CHECK(call->call.talk_s == 62);
    CHECK_FALSE(call->call.outcome_raw);
    // An exchange that tells no B legs says on the client's own that there was one.
    for (const char* bridged : {"variables.bridge_uuid", "variables.last_bridge_to"}) {
      const auto talk = leg_of(map(with(alone, {{bridged, "leg-b"}})));
      CHECK(talk.outcome == CallOutcome::kAnswered);
      CHECK(talk.talk_s == 62);
    }
  }
  // A conference may have people in it, and what the manager's own leg heard is his.
  CHECK(leg_of(map(with(from_client(), {{"variables.last_app", "conference"}}))).talk_s == 62);
  CHECK(leg_of(map(with(to_manager(), {{"variables.last_app", "playback"}}))).talk_s == 62);
}

TEST_CASE("freeswitch: why an unanswered leg ended", "[producers][telephony]") {
  const auto ended = [](const std::string& cause) {
    return leg_of(map(with(from_client(), {{"variables.answer_epoch", "0"},
                                           {"variables.billsec", "0"},
                                           {"variables.hangup_cause", cause}})));
  };
  CHECK(ended("NO_ANSWER").outcome == CallOutcome::kMissed);
  CHECK(ended("USER_BUSY").outcome == CallOutcome::kBusy);
  CHECK(ended("ORIGINATOR_CANCEL").outcome == CallOutcome::kCancelled);
  CHECK(ended("NO_ROUTE_DESTINATION").outcome == CallOutcome::kFailed);
  CHECK_FALSE(ended("NO_ANSWER").outcome_raw);
  CHECK(ended("CROSSED_WIRES").outcome == CallOutcome::kUnknown);
  CHECK(ended("CROSSED_WIRES").outcome_raw == "CROSSED_WIRES");
  CHECK(ended("").outcome == CallOutcome::kUnknown);
  // A recording is no talk.
  const auto box = leg_of(map(with(from_client(), {{"variables.last_app", "voicemail"}})));
  CHECK(box.outcome == CallOutcome::kMissed);
  CHECK(box.outcome_raw == "voicemail");
  CHECK(box.talk_s == 0);
}

TEST_CASE("freeswitch: a body over 64 KiB with line ends in what is not read",
          "[producers][telephony]") {
  const std::string sdp = std::string(80 * 1024, 'x') + "\r\nv=0\r\n";
  CHECK(said(json_of(with(from_client(), {{"variables.switch_r_sdp", sdp}}))) ==
        said(json_of(from_client())));
}
