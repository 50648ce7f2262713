// Goal: the legs of one call are one event, with the talk of whom the client reached. Method: one
// good record, and what a transfer, a menu, a ring group or a forwarding makes of it.
#include "tests/producers/telephony/cdr.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::cdr;

namespace {

std::string start_of(const Mapped& mapped) {
  REQUIRE(mapped.events.size() == 1);
  return format_timestamp(mapped.events[0].time);
}

}  // namespace

TEST_CASE("asterisk: legs of one call are one event, credited to the longest talk",
          "[producers][telephony]") {
  // A client reaches 101, who passes him on to 102.
  Record first{
      .src = "0501112233", .dst = "101", .channel = "PJSIP/t-1", .dst_channel = "PJSIP/101-2"};
  Record second = first;
  second.dst_channel = "PJSIP/102-3";
  second.uniqueid = "1764000000.9";
  second.start = "2026-11-24 10:01:05";
  second.answer = "2026-11-24 10:01:05";
  second.end = "2026-11-24 10:03:05";
  second.duration = "120";
  second.billsec = "120";

  const auto credited = [&](const std::string& seconds) {
    second.billsec = seconds;
    const auto mapped = map(line(first) + line(second));
    const auto call = only_call(mapped);
    CHECK(start_of(mapped) == "2026-11-24T08:00:00Z");
    CHECK(call.duration_s == 185);
    CHECK(call.client_phone->text() == "+380501112233");
    return std::pair(*call.manager_extension, call.talk_s);
  };
  CHECK(credited("61") == std::pair(std::string("102"), std::int64_t{61}));
  CHECK(credited("60") == std::pair(std::string("101"), std::int64_t{60}));  // first answered
  CHECK(credited("59") == std::pair(std::string("101"), std::int64_t{60}));

  // The order of lines is not the order of time.
  second.billsec = "120";
  const auto reversed = map(line(second) + line(first));
  CHECK(start_of(reversed) == "2026-11-24T08:00:00Z");
  CHECK(only_call(reversed).manager_extension == "102");
}

TEST_CASE("asterisk: what a menu answered is no talk, where nobody behind it did",
          "[producers][telephony]") {
  Record menu{.src = "0501112233", .dst = "s", .channel = "PJSIP/t-1", .dst_channel = ""};
  Record rung = menu;
  rung.dst = "101";
  rung.dst_channel = "PJSIP/101-2";
  rung.answer = "";
  rung.billsec = "0";
  rung.disposition = "NO ANSWER";
  const auto call = only_call(map(line(menu) + line(rung)));
  CHECK(call.direction == CallDirection::kInbound);
  CHECK(call.outcome == CallOutcome::kMissed);
  CHECK(call.talk_s == 0);
}

TEST_CASE("asterisk: a call forwarded to a telephone outside is a talk with whom it reached",
          "[producers][telephony]") {
  // The client is answered by a menu, which dials on through the trunk.
  Record menu{.src = "0501112233",
              .dst = "s",
              .channel = "PJSIP/t-1",
              .dst_channel = "",
              .last_app = "BackGround"};
  Record forwarded = menu;
  forwarded.dst = "0671112233";
  forwarded.dst_channel = "PJSIP/trunk-5";
  forwarded.billsec = "40";
  const auto call = only_call(map(line(menu) + line(forwarded)));
  CHECK(call.direction == CallDirection::kInbound);
  CHECK(call.client_phone_raw == "0501112233");
  CHECK(call.outcome == CallOutcome::kAnswered);
  CHECK(call.talk_s == 40);
  forwarded.disposition = "NO ANSWER";
  forwarded.billsec = "0";
  const auto in_vain = only_call(map(line(menu) + line(forwarded)));
  CHECK(in_vain.outcome == CallOutcome::kMissed);
  CHECK(in_vain.talk_s == 0);
}

TEST_CASE("asterisk: a ring group is one call; what was heard of it last is not what counts",
          "[producers][telephony]") {
  Record busy{.src = "0501112233",
              .dst = "600",
              .channel = "PJSIP/t-1",
              .dst_channel = "PJSIP/101-2",
              .answer = "",
              .billsec = "0",
              .disposition = "BUSY"};
  Record missed = busy;
  missed.dst_channel = "PJSIP/102-3";
  missed.disposition = "NO ANSWER";
  CHECK(only_call(map(line(busy) + line(missed))).outcome == CallOutcome::kMissed);
  Record answered = busy;
  answered.dst_channel = "PJSIP/103-4";
  answered.disposition = "ANSWERED";
  answered.answer = "2026-11-24 10:00:05";
  answered.billsec = "60";
  const auto call = only_call(map(line(busy) + line(missed) + line(answered)));
  CHECK(call.outcome == CallOutcome::kAnswered);
  CHECK(call.manager_extension == "103");
}

TEST_CASE("asterisk: a consultation between managers inside a call is no talk with the client",
          "[producers][telephony]") {
  Record client{.src = "0501112233",
                .dst = "101",
                .channel = "PJSIP/t-1",
                .dst_channel = "PJSIP/101-2",
                .billsec = "10"};
  Record consult{.dst = "102", .dst_channel = "PJSIP/102-3", .uniqueid = "1764000000.5"};
  const auto call = only_call(map(line(client) + line(consult)));
  CHECK(call.direction == CallDirection::kInbound);
  CHECK(call.manager_extension == "101");
  CHECK(call.talk_s == 10);
}

TEST_CASE("asterisk: a caller who gives up in a queue or a menu was missed",
          "[producers][telephony]") {
  Record alone{.src = "0501112233", .dst = "700", .channel = "PJSIP/t-1", .dst_channel = ""};
  for (const std::string application :
       {"Queue", "BackGround", "Playback", "Read", "WaitExten", "MusicOnHold", "Hangup"}) {
    INFO(application);
    alone.last_app = application;
    const auto call = only_call(map(line(alone)));
    CHECK(call.direction == CallDirection::kInbound);
    CHECK(call.outcome == CallOutcome::kMissed);
    CHECK(call.outcome_raw == application);
    CHECK(call.talk_s == 0);
    CHECK(call.duration_s == 65);
    CHECK_FALSE(call.manager_extension);  // 700 is the queue's number, nobody's telephone
  }
  // A queue that had not yet picked up.
  alone.last_app = "Queue";
  alone.answer = "";
  alone.billsec = "0";
  alone.disposition = "NO ANSWER";
  CHECK(only_call(map(line(alone))).outcome == CallOutcome::kMissed);
  CHECK_FALSE(only_call(map(line(alone))).manager_extension);
  // A manager's telephone that was not there: he has missed the call.
  alone.dst = "101";
  alone.last_app = "Hangup";
  CHECK(only_call(map(line(alone))).manager_extension == "101");
  CHECK_FALSE(only_call(map(line(alone))).outcome_raw);
  // Somebody took it; something else was executed; a box is somebody's.
  CHECK(only_call(map(line({.src = "0501112233",
                            .dst = "700",
                            .channel = "PJSIP/t-1",
                            .dst_channel = "PJSIP/101-2",
                            .last_app = "Queue"})))
            .talk_s == 60);
  Record other{.src = "0501112233",
               .dst = "101",
               .channel = "PJSIP/t-1",
               .dst_channel = "",
               .last_app = "ConfBridge"};
  CHECK(only_call(map(line(other))).talk_s == 60);
  other.last_app = "VoiceMail";
  CHECK(only_call(map(line(other))).manager_extension == "101");
}

TEST_CASE("asterisk: a queue that rang a manager in vain is a call that he missed",
          "[producers][telephony]") {
  const Record rung{.src = "0501112233",
                    .dst = "700",
                    .channel = "PJSIP/t-1",
                    .dst_channel = "PJSIP/101-2",
                    .last_app = "Queue",
                    .billsec = "0",
                    .disposition = "NO ANSWER"};
  const Record waited{.src = "0501112233",
                      .dst = "700",
                      .channel = "PJSIP/t-1",
                      .dst_channel = "",
                      .last_app = "Queue",
                      .start = "2026-11-24 10:01:05",
                      .answer = "2026-11-24 10:01:05",
                      .end = "2026-11-24 10:01:35",
                      .duration = "30",
                      .billsec = "30"};
  const auto call = only_call(map(line(rung) + line(waited)));
  CHECK(call.outcome == CallOutcome::kMissed);
  CHECK(call.talk_s == 0);
  CHECK(call.manager_extension == "101");
}
