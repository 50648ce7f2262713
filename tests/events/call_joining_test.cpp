// Goal: the legs of a call are the one call that they were, in whichever order they are told.
// Method: small calls by hand; every order of their legs must give the same.
#include "events/call_joining.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace ledger;

namespace {

constexpr std::int64_t kStart = 1'795'593'600;  // 2026-11-25T08:00:00Z

struct Leg {
  std::string id;
  std::int64_t at = 0;  // seconds after kStart
  std::int64_t duration = 0;
  std::int64_t talk = 0;
  std::optional<CallDirection> direction = {};
  std::string extension = {};
  std::string number = {};
  CallOutcome outcome = CallOutcome::kMissed;
  std::int64_t answered = -1;
};

TimedLeg timed(const Leg& given) {
  TimedLeg timed{Timestamp{std::chrono::seconds(kStart + given.at)}, {}};
  CallLegCompleted& leg = timed.leg;
  leg.call_id = CallId("l1");
  leg.leg_id = LegId(given.id);
  leg.direction = given.direction;
  if (!given.number.empty()) {
    leg.client_phone_raw = given.number;
    leg.client_phone = normalise_phone(given.number);
  }
  if (!given.extension.empty()) leg.manager_extension = given.extension;
  leg.duration_s = given.duration;
  leg.talk_s = given.talk;
  leg.outcome = given.talk > 0 ? CallOutcome::kAnswered : given.outcome;
  if (given.answered >= 0)
    leg.answered_at = timed.started_at + std::chrono::seconds(given.answered);
  return timed;
}

std::optional<JoinedCall> joined(std::vector<Leg> legs) {
  const auto by_id = [](const Leg& left, const Leg& right) { return left.id < right.id; };
  std::sort(legs.begin(), legs.end(), by_id);
  std::optional<JoinedCall> first;
  bool told = false;
  do {
    std::vector<TimedLeg> all;
    for (const Leg& leg : legs) all.push_back(timed(leg));
    auto call = join_legs(std::move(all));
    if (told) CHECK(call == first);
    first = std::move(call);
    told = true;
  } while (std::next_permutation(legs.begin(), legs.end(), by_id));
  return first;
}

constexpr auto kIn = CallDirection::kInbound;
constexpr auto kOut = CallDirection::kOutbound;

}  // namespace

TEST_CASE("joining: a client's call that rings two managers is the talk of the one who took it",
          "[events][joining]") {
  const auto call = joined({{"a", 0, 70, 58, kIn, "", "+380501112233"},
                            {"b", 4, 8, 0, kIn, "101", "+380501112233", CallOutcome::kCancelled},
                            {"c", 4, 66, 57, kIn, "102", "+380501112233", {}, 8}});
  REQUIRE(call);
  CHECK(call->started_at == Timestamp{std::chrono::seconds(kStart)});
  CHECK(call->call.call_id.text() == "l1");
  CHECK(call->call.direction == kIn);
  CHECK(call->call.client_phone->text() == "+380501112233");
  CHECK(call->call.manager_extension == "102");
  CHECK(call->call.talk_s == 57);
  CHECK(call->call.duration_s == 70);
  CHECK(call->call.outcome == CallOutcome::kAnswered);
  CHECK(call->call.validate());
}

TEST_CASE("joining: of equal talks the first answered has the credit", "[events][joining]") {
  const auto call = joined({{"b", 0, 60, 30, kIn, "101", "0501112233", {}, 20},
                            {"c", 5, 60, 30, kIn, "102", "0501112233", {}, 10}});
  REQUIRE(call);
  CHECK(call->call.manager_extension == "102");  // at 15 s rather than 20
  CHECK(call->call.duration_s == 65);
}

TEST_CASE("joining: an unanswered call keeps the most telling word", "[events][joining]") {
  const auto call = joined({{"a", 0, 20, 0, kIn, "", "0501112233", CallOutcome::kCancelled},
                            {"b", 1, 19, 0, kIn, "101", "0501112233", CallOutcome::kBusy},
                            {"c", 1, 19, 0, kIn, "102", "0501112233", CallOutcome::kMissed}});
  REQUIRE(call);
  CHECK(call->call.outcome == CallOutcome::kMissed);
  CHECK(call->call.talk_s == 0);
  CHECK(call->call.manager_extension.has_value());
}

TEST_CASE("joining: a client whom only the exchange answered was missed", "[events][joining]") {
  const Leg menu{"a", 0, 39, 39, kIn, "", "0501112233", {}, 0};
  const Leg rang{"b", 5, 30, 0, kIn, "101", "0501112233", CallOutcome::kMissed};
  const auto missed = joined({menu, rang});
  REQUIRE(missed);
  CHECK(missed->call.outcome == CallOutcome::kMissed);
  CHECK(missed->call.talk_s == 0);
  CHECK(missed->call.duration_s == 39);
  CHECK(missed->call.manager_extension == "101");
  CHECK(missed->call.client_phone->text() == "+380501112233");
  // He hung up while it rang: to the house it is a missed call all the same.
  Leg hung_up = rang;
  hung_up.outcome = CallOutcome::kCancelled;
  CHECK(joined({menu, hung_up})->call.outcome == CallOutcome::kMissed);
  // From one menu into the next, and no telephone rang.
  CHECK(joined({menu, {"c", 9, 20, 20, kIn, "", "0501112233"}})->call.outcome ==
        CallOutcome::kMissed);
  // A word that nobody knows may have been an answer.
  Leg odd = rang;
  odd.outcome = CallOutcome::kUnknown;
  CHECK(joined({menu, odd})->call.outcome == CallOutcome::kUnknown);
  // Answered by another telephone, by a manager's mobile, or without legs that tell.
  CHECK(joined({menu, rang, {"c", 5, 30, 20, kIn, "102", "0501112233"}})->call.talk_s == 20);
  const auto mobile = joined({menu, rang, {"c", 12, 27, 15, {}, "", "0671112233"}});
  CHECK(mobile->call.outcome == CallOutcome::kAnswered);
  CHECK(mobile->call.talk_s == 15);
  CHECK_FALSE(mobile->call.manager_extension);
  CHECK(joined({menu})->call.outcome == CallOutcome::kAnswered);
}

TEST_CASE("joining: the number that another leg dialled is the client's of an outbound call alone",
          "[events][joining]") {
  const Leg dialled{"b", 3, 60, 50, {}, "", "0501112233"};
  const auto out = joined({{"a", 0, 70, 60, kOut, "101", ""}, dialled});
  REQUIRE(out);
  CHECK(out->call.client_phone->text() == "+380501112233");
  CHECK(out->call.manager_extension == "101");
  CHECK(out->call.talk_s == 50);
  // A withheld number stays withheld: what rang was the manager's own mobile.
  const auto in = joined({{"a", 0, 70, 60, kIn, "", ""}, dialled});
  REQUIRE(in);
  CHECK_FALSE(in->call.client_phone);
  CHECK_FALSE(in->call.client_phone_raw);
}

TEST_CASE("joining: the house's call to a client is a talk if the client answered, not the manager",
          "[events][joining]") {
  // By a click: the exchange rings its own manager, and when he is there the client.
  const Leg manager{"a", 0, 40, 36, kOut, "101", "", {}, 4};
  const Leg client{"b", 5, 30, 0, {}, "", "0501112233"};
  const auto missed = joined({manager, client});
  REQUIRE(missed);
  CHECK(missed->call.direction == kOut);
  CHECK(missed->call.outcome == CallOutcome::kMissed);
  CHECK(missed->call.talk_s == 0);
  CHECK(missed->call.duration_s == 40);
  CHECK(missed->call.manager_extension == "101");
  CHECK(missed->call.client_phone->text() == "+380501112233");
  // How it was in vain is the client's leg's to say.
  for (const auto outcome :
       {CallOutcome::kBusy, CallOutcome::kCancelled, CallOutcome::kFailed, CallOutcome::kUnknown}) {
    Leg other = client;
    other.outcome = outcome;
    CHECK(joined({manager, other})->call.outcome == outcome);
  }
  // A second line of the house to the client: the one that was answered.
  const auto retried = joined({manager, client, {"c", 20, 20, 12, kOut, "", "0501112233"}});
  CHECK(retried->call.outcome == CallOutcome::kAnswered);
  CHECK(retried->call.talk_s == 12);
  CHECK(retried->call.manager_extension == "101");
  // The manager's own leg names the number that it dialled, and was answered by the exchange.
  const Leg dialling{"a", 0, 40, 40, kOut, "101", "0501112233", {}, 0};
  CHECK(joined({dialling, client})->call.outcome == CallOutcome::kMissed);
  const Leg taken{"b", 5, 35, 20, kOut, "", "0501112233", {}, 15};
  CHECK(joined({dialling, taken})->call.talk_s == 20);
  // And the client was passed on by a leg that names both.
  const auto other = joined({dialling, taken, {"c", 30, 99, 95, kOut, "102", "0501112233"}});
  CHECK(other->call.manager_extension == "102");
  CHECK(other->call.talk_s == 95);
  // Where no other leg tells, it is all that is known.
  CHECK(joined({dialling})->call.talk_s == 40);
  CHECK(joined({manager})->call.talk_s == 36);
  CHECK(joined({dialling, {"b", 0, 50, 46, kOut, "102", ""}})->call.talk_s == 40);
  // The client was passed on to a colleague, who has talked the longest.
  const auto passed_on = joined(
      {{"a", 0, 30, 20, kOut, "101", "0501112233"}, {"b", 30, 60, 55, kIn, "102", "0501112233"}});
  CHECK(passed_on->call.manager_extension == "102");
  CHECK(passed_on->call.talk_s == 55);
}

TEST_CASE("joining: legs between extensions, or of unknown sides alone, are no call",
          "[events][joining]") {
  CHECK_FALSE(joined({}));
  CHECK_FALSE(joined({{"a", 0, 70, 60, CallDirection::kInternal, "101", ""},
                      {"b", 0, 70, 60, CallDirection::kInternal, "102", ""}}));
  CHECK_FALSE(joined({{"b", 3, 60, 50, {}, "", "0501112233"}}));
  // A question to a colleague within a call is no talk with the client, but part of its time.
  const auto call = joined({{"a", 10, 20, 5, kIn, "101", "0501112233"},
                            {"c", 0, 90, 80, CallDirection::kInternal, "102", ""}});
  REQUIRE(call);
  CHECK(call->call.manager_extension == "101");
  CHECK(call->call.talk_s == 5);
  CHECK(call->call.duration_s == 90);
}
