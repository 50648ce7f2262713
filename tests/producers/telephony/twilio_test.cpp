// Goal: a leg of Twilio is one event, and a delivery that Twilio did not sign is told from one that
// it did. Method: deliveries made up from the list of fields; for the signatures the two published
// examples of Twilio's own library.
#include "producers/telephony/twilio/mapping.h"

#include <map>

#include "events/call_joining.h"
#include "platform/base64.h"
#include "platform/hmac.h"
#include "producers/telephony/twilio/signature.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

using Form = std::map<std::string, std::string>;

std::string form_of(const Form& fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    body += (body.empty() ? "" : "&") + name + '=';
    for (const char c : value) {
      body += c == '+' ? "%2B" : c == ' ' ? "+" : std::string(1, c);
    }
  }
  return body;
}

http::Request post(const Form& fields) {
  http::Request request;
  request.method = "POST";
  request.target = "/v1/hooks/twilio";
  request.body = form_of(fields);
  return request;
}

Form with(Form fields, const Form& changes) {
  for (const auto& [name, value] : changes) fields[name] = value;
  return fields;
}

// A client calls the house's number.
const Form kParent{{"AccountSid", "AC1"},
                   {"ApiVersion", "2010-04-01"},
                   {"CallSid", "CA1"},
                   {"CallStatus", "completed"},
                   {"CallDuration", "70"},
                   {"Duration", "2"},
                   {"Direction", "inbound"},
                   {"From", "+380501112233"},
                   {"To", "+380445550101"},
                   {"Timestamp", "Wed, 25 Nov 2026 08:01:10 +0000"},
                   {"CallbackSource", "call-progress-events"},
                   {"SequenceNumber", "3"}};
// A manager takes it in his browser.
const Form kChild = with(kParent, {{"CallSid", "CA2"},
                                   {"ParentCallSid", "CA1"},
                                   {"CallDuration", "60"},
                                   {"Direction", "outbound-dial"},
                                   {"To", "client:olena"},
                                   {"Timestamp", "Wed, 25 Nov 2026 08:01:10 +0000"}});

Mapped map(const Form& fields) { return twilio::map_delivery(post(fields), {}); }

CallLegCompleted leg_of(const Mapped& mapped) {
  INFO((mapped.refused.empty() ? std::string() : mapped.refused.front().error.message));
  REQUIRE(mapped.events.size() == 1);
  const auto* leg = mapped.events.front().data.get_if<CallLegCompleted>();
  REQUIRE(leg != nullptr);
  REQUIRE(leg->validate());
  return *leg;
}

std::string refused(const Form& changes) {
  const auto mapped = map(with(kParent, changes));
  REQUIRE(mapped.events.empty());
  REQUIRE(mapped.refused.size() == 1);
  const Error& error = mapped.refused.front().error;
  return std::string(name_of(error.code)) + ' ' + error.field;
}

std::optional<JoinedCall> joined(const std::vector<Form>& legs) {
  std::vector<TimedLeg> timed;
  for (const Form& fields : legs) {
    const auto mapped = map(fields);
    const auto leg = leg_of(mapped);
    timed.push_back({mapped.events.front().time, leg});
  }
  return join_legs(std::move(timed));
}

// The published examples.
const std::string kToken = "12345";
const std::string kUrl = "https://mycompany.com/myapp.php";
const std::string kQuery = "?foo=1&bar=2";

http::Request published() {
  auto request = post({{"CallSid", "CA1234567890ABCDE"},
                       {"Digits", "1234"},
                       {"From", "+14158675309"},
                       {"To", "+18005551212"},
                       {"Caller", "+14158675309"}});
  request.target = "/behind/a/proxy" + kQuery;
  request.headers = {{"host", "10.0.0.7:8080"},
                     {"x-twilio-signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8="}};
  return request;
}

http::Request published_json() {
  const std::string digest = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
  http::Request request;
  request.method = "POST";
  request.target = "/myapp.php" + kQuery + "&bodySHA256=" + digest;
  request.query = {{"foo", "1"}, {"bar", "2"}, {"bodySHA256", digest}};
  request.body = R"({"property": "value", "boolean": true})";
  request.headers = {{"x-twilio-signature", "a9nBmqA0ju/hNViExpshrM61xv4="}};
  return request;
}

void sign(http::Request& request, const std::string& text) {
  request.headers = {{"x-twilio-signature", base64_encode(hmac_sha1(kToken, text))}};
}

}  // namespace

TEST_CASE("twilio: a client's leg with all it says", "[producers][telephony]") {
  const auto mapped = map(kParent);
  const auto leg = leg_of(mapped);
  CHECK(mapped.events[0].id == "CA1|final");
  CHECK(mapped.events[0].source == "twilio");
  // When it ended, less the talk.
  CHECK(format_timestamp(mapped.events[0].time) == "2026-11-25T08:00:00Z");
  CHECK(leg.call_id.text() == "CA1");
  CHECK(leg.direction == CallDirection::kInbound);
  CHECK(leg.client_phone->text() == "+380501112233");
  CHECK_FALSE(leg.manager_extension);
  CHECK(leg.duration_s == 70);
  CHECK(leg.talk_s == 70);
  CHECK(leg.outcome == CallOutcome::kAnswered);
}

TEST_CASE("twilio: by GET it is the same event", "[producers][telephony]") {
  http::Request request;
  request.method = "GET";
  for (const auto& [name, value] : kParent) request.query.emplace_back(name, value);
  const auto by_get = twilio::map_delivery(request, {});
  CHECK(leg_of(by_get) == leg_of(map(kParent)));
  CHECK(by_get.events[0].id == "CA1|final");
}

TEST_CASE("twilio: parent and child are one call, the manager's", "[producers][telephony]") {
  const auto child = leg_of(map(kChild));
  CHECK(child.call_id.text() == "CA1");
  CHECK(child.leg_id.text() == "CA2");
  CHECK(child.manager_extension == "olena");
  const auto call = joined({kParent, kChild});
  REQUIRE(call);
  CHECK(call->call.direction == CallDirection::kInbound);
  CHECK(call->call.manager_extension == "olena");
  CHECK(call->call.talk_s == 60);
  CHECK(format_timestamp(call->started_at) == "2026-11-25T08:00:00Z");
}

TEST_CASE("twilio: a client whom <Dial> rang nobody for was missed", "[producers][telephony]") {
  auto unanswered = with(kChild, {{"CallStatus", "no-answer"}});
  unanswered.erase("CallDuration");
  const auto call = joined({kParent, unanswered});
  REQUIRE(call);
  CHECK(call->call.outcome == CallOutcome::kMissed);
  CHECK(call->call.talk_s == 0);
  CHECK(call->call.manager_extension == "olena");
  // His mobile took it: a talk, though Twilio knows no extension of his.
  const auto mobile =
      joined({kParent, unanswered, with(kChild, {{"CallSid", "CA3"}, {"To", "+380671112233"}})});
  CHECK(mobile->call.outcome == CallOutcome::kAnswered);
  CHECK(mobile->call.talk_s == 60);
}

TEST_CASE("twilio: the house's side is a client: or a sip: address", "[producers][telephony]") {
  const auto out = leg_of(map(with(kParent, {{"From", "client:olena"}, {"To", "+380501112233"}})));
  CHECK(out.direction == CallDirection::kOutbound);
  CHECK(out.manager_extension == "olena");
  CHECK(out.client_phone->text() == "+380501112233");
  const auto phone = leg_of(map(with(kChild, {{"To", "sip:101@house.sip.twilio.com;edge=x"}})));
  CHECK(phone.direction == CallDirection::kInbound);
  CHECK(phone.manager_extension == "101");
  const auto inner = leg_of(map(with(kChild, {{"From", "client:taras"}})));
  CHECK(inner.direction == CallDirection::kInternal);
  // A telephone that dials a number, and a trunk that brings one.
  const auto dials = leg_of(map(with(kParent, {{"From", "sip:101@house.sip.twilio.com"},
                                               {"To", "sip:0501112233@house.sip.twilio.com"}})));
  CHECK(dials.direction == CallDirection::kOutbound);
  CHECK(dials.manager_extension == "101");
  CHECK(dials.client_phone->text() == "+380501112233");
  const auto trunk = leg_of(map(with(kParent, {{"From", "sip:+380501112233@192.0.2.7"}})));
  CHECK(trunk.direction == CallDirection::kInbound);
  CHECK(trunk.client_phone->text() == "+380501112233");
  // An application is dialled by its name: the number is in the leg below.
  const auto application = with(kParent, {{"From", "client:olena"}, {"To", ""}});
  const auto dialled = with(kChild, {{"From", "+380445550101"}, {"To", "+380501112233"}});
  CHECK_FALSE(leg_of(map(dialled)).direction);
  const auto call = joined({application, dialled});
  REQUIRE(call);
  CHECK(call->call.direction == CallDirection::kOutbound);
  CHECK(call->call.client_phone->text() == "+380501112233");
}

TEST_CASE("twilio: a call by the API is the house's, also where it rings the manager first",
          "[producers][telephony]") {
  const auto manager = with(
      kParent, {{"Direction", "outbound-api"}, {"From", "+380445550101"}, {"To", "client:olena"}});
  const auto client = with(kChild, {{"From", "+380445550101"}, {"To", "+380501112233"}});
  const auto call = joined({manager, client});
  REQUIRE(call);
  CHECK(call->call.direction == CallDirection::kOutbound);
  CHECK(call->call.manager_extension == "olena");
  CHECK(call->call.client_phone->text() == "+380501112233");
  CHECK(call->call.talk_s == 60);
  // The manager was there, and the client did not answer.
  const auto missed =
      joined({manager, with(client, {{"CallStatus", "no-answer"}, {"CallDuration", "0"}})});
  REQUIRE(missed);
  CHECK(missed->call.outcome == CallOutcome::kMissed);
  CHECK(missed->call.talk_s == 0);
  CHECK(missed->call.manager_extension == "olena");
  CHECK(missed->call.client_phone->text() == "+380501112233");
}

TEST_CASE("twilio: a number that is none", "[producers][telephony]") {
  for (const std::string number : {"anonymous", "+266696687"}) {
    const auto leg = leg_of(map(with(kParent, {{"From", number}})));
    CHECK(leg.client_phone_raw == "anonymous");
    CHECK_FALSE(leg.client_phone);
    CHECK(leg.direction == CallDirection::kInbound);
  }
}

TEST_CASE("twilio: how a leg ended", "[producers][telephony]") {
  const auto ended = [](const std::string& status) {
    auto fields = with(kParent, {{"CallStatus", status}});
    fields.erase("CallDuration");
    return leg_of(map(fields));
  };
  CHECK(ended("busy").outcome == CallOutcome::kBusy);
  CHECK(ended("no-answer").outcome == CallOutcome::kMissed);
  CHECK(ended("failed").outcome == CallOutcome::kFailed);
  CHECK(ended("canceled").outcome == CallOutcome::kCancelled);
  CHECK(ended("busy").talk_s == 0);
  for (const std::string running : {"queued", "initiated", "ringing", "in-progress"}) {
    const auto mapped = map(with(kParent, {{"CallStatus", running}}));
    CHECK(mapped.events.empty());
    CHECK(mapped.refused.empty());
    CHECK(mapped.skipped.size() == 1);
  }
  // A word that is not in the table may be a call's last.
  const auto odd = ended("teleported");
  CHECK(odd.outcome == CallOutcome::kUnknown);
  CHECK(odd.outcome_raw == "teleported");
  CHECK(odd.duration_s == 0);
  CHECK(leg_of(map(with(kParent, {{"CallStatus", "teleported"}}))).duration_s == 70);
  for (const std::string machine : {"machine_start", "machine_end_beep", "fax"}) {
    const auto leg = leg_of(map(with(kParent, {{"AnsweredBy", machine}})));
    CHECK(leg.outcome == CallOutcome::kMissed);
    CHECK(leg.outcome_raw == machine);
    CHECK(leg.talk_s == 0);
    CHECK(leg.duration_s == 70);
  }
  CHECK(leg_of(map(with(kParent, {{"AnsweredBy", "human"}}))).talk_s == 70);
}

TEST_CASE("twilio: what cannot be a leg is refused by its field", "[producers][telephony]") {
  CHECK(refused({{"CallSid", ""}}) == "missing-field CallSid");
  CHECK(refused({{"CallStatus", ""}}) == "missing-field CallStatus");
  CHECK(refused({{"Timestamp", ""}}) == "missing-field Timestamp");
  CHECK(refused({{"CallDuration", ""}}) == "missing-field CallDuration");
  CHECK(refused({{"CallDuration", "-1"}}) == "out-of-range CallDuration");
  CHECK(refused({{"CallDuration", "9223372036854775807"}}) == "out-of-range CallDuration");
  CHECK(refused({{"CallDuration", "one"}}) == "invalid-field CallDuration");
  CHECK(refused({{"ParentCallSid", "CA 1"}}) == "invalid-field ");
  for (const std::string time :
       {"2026-11-25T08:00:00Z", "Wed, 25 Foo 2026 08:01:10 +0000",
        "Wed, 31 Feb 2026 08:01:10 +0000", "Wed, 25 Nov 2026 08:01:10 +0200",
        "Wed, 25 Nov 2026 08:01", "Wed, 25 anF 2026 08:01:10 GMT"}) {
    INFO(time);
    CHECK(refused({{"Timestamp", time}}) == "invalid-field Timestamp");
  }
  CHECK(refused({{"Timestamp", "Wed, 25 Nov 1926 08:01:10 +0000"}}) == "out-of-range Timestamp");
}

TEST_CASE("twilio: the published signatures", "[producers][telephony]") {
  CHECK(twilio::is_signed(published(), kUrl, kToken));
  CHECK(twilio::is_signed(published_json(), kUrl, kToken));
}

TEST_CASE("twilio: a forged, an old and a missing signature", "[producers][telephony]") {
  CHECK_FALSE(twilio::is_signed(published(), kUrl, "another token"));
  CHECK_FALSE(twilio::is_signed(published(), "https://elsewhere.example/myapp.php", kToken));
  // The signature of an earlier delivery over another body, other names, another query.
  auto other = published();
  other.body += "0";
  CHECK_FALSE(twilio::is_signed(other, kUrl, kToken));
  other = published();
  other.body += "&More=1";
  CHECK_FALSE(twilio::is_signed(other, kUrl, kToken));
  other = published();
  other.target += "&baz=3";
  CHECK_FALSE(twilio::is_signed(other, kUrl, kToken));
  auto json = published_json();
  json.body.back() = ' ';
  CHECK_FALSE(twilio::is_signed(json, kUrl, kToken));
  auto unsigned_one = published();
  unsigned_one.headers.clear();
  CHECK_FALSE(twilio::is_signed(unsigned_one, kUrl, kToken));
}

TEST_CASE("twilio: the port may be in the signed address or not", "[producers][telephony]") {
  const auto fits = [](const std::string& public_url, const std::string& signed_url) {
    auto request = post({{"CallSid", "CA1"}});
    sign(request, signed_url + "CallSidCA1");
    return twilio::is_signed(request, public_url, kToken);
  };
  CHECK(fits("https://h.example/x", "https://h.example:443/x"));
  CHECK(fits("https://h.example:443/x", "https://h.example/x"));
  CHECK(fits("http://h.example/x", "http://h.example:80/x"));
  CHECK(fits("https://h.example:8443/x", "https://h.example:8443/x"));
  CHECK(fits("https://[2001:db8::1]/x", "https://[2001:db8::1]:443/x"));
  CHECK_FALSE(fits("https://h.example:8443/x", "https://h.example/x"));
  CHECK_FALSE(fits("https://h.example/x", "http://h.example/x"));
}

TEST_CASE("twilio: a name with several values, and a GET", "[producers][telephony]") {
  auto request = post({});
  request.body = "b=2&a=z&a=y&a=z";
  sign(request, "https://h.example/xayazb2");
  CHECK(twilio::is_signed(request, "https://h.example/x", kToken));
  request.method = "GET";
  request.target = "/v1/hooks/twilio?CallSid=CA1";
  request.body.clear();
  sign(request, "https://h.example/x?CallSid=CA1");
  CHECK(twilio::is_signed(request, "https://h.example/x", kToken));
  // What a GET brings in its body is under no signature.
  request.body = "ParentCallSid=CA9&AnsweredBy=fax";
  CHECK_FALSE(twilio::is_signed(request, "https://h.example/x", kToken));
}
