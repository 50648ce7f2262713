// Goal: of what a sender writes, exactly what the contract allows gets in, and whoever is refused
// learns which member is to blame. Method: one good event, one change at a time.
#include "events/catalogue.h"
#include "events/fields_json.h"
#include "events/json_codec.h"
#include "platform/limits.h"
#include "platform/utf8.h"
#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

const std::string kCall = sent("call.completed.v1", kCallData);

Submission read(std::string_view json) {
  JsonCodec codec;
  return must(codec.decode_submission(json));
}

std::string canonical(std::string_view json) {
  const Submission submission = read(json);
  return encode_submission(submission);
}

}  // namespace

TEST_CASE("codec: a sender's event is read as it was meant", "[events][codec]") {
  const Submission submission = read(sent("call.completed.v1", kCallData,
                                          R"("subject":"c-1","datacontenttype":)"
                                          R"("application/json",)"));
  CHECK(submission.id == "e1");
  CHECK(submission.source == "pbx");
  CHECK(submission.subject == "c-1");
  CHECK(submission.time == instant("2026-11-25T08:00:00Z"));
  const auto& call = (*submission.data.get_if<CallCompleted>());
  CHECK(call.call_id == CallId("k1"));
  CHECK(call.direction == CallDirection::kOutbound);
  CHECK(call.duration_s == 75);
  CHECK(call.talk_s == 60);
  CHECK(call.outcome == CallOutcome::kAnswered);
  CHECK_FALSE(call.client_id);
}

TEST_CASE("codec: members in any order give the same bytes", "[events][codec]") {
  const std::string shuffled =
      R"({"data":{"outcome":"answered","talk_s":60,"duration_s":75,"direction":"outbound",)"
      R"("call_id":"k1"},"time":"2026-11-25T08:00:00Z","type":"org.salesledger.call.completed.v1",)"
      R"("source":"pbx","id":"e1","specversion":"1.0"})";
  CHECK(canonical(shuffled) == kCall);
}

TEST_CASE("codec: spelling does not reach the stored bytes", "[events][codec]") {
  std::string spelled = changed(kCall, "\"k1\"", R"( "\u006b1" )");
  spelled = changed(spelled, "2026-11-25T08:00:00Z", "2026-11-25T10:00:00.000+02:00");
  CHECK(canonical("\n\t " + spelled + "\r\n") == kCall);
  CHECK(canonical(kCall) == kCall);
}

TEST_CASE("codec: an amendment's data are kept compact", "[events][codec]") {
  const auto submission = read(sent_correction(R"( { "a" : [ 1 , 2.5 ] , "b" : "\u0436" } )"));
  CHECK((*submission.data.get_if<EventCorrected>()).data.text == R"({"a":[1,2.5],"b":"ж"})");
}

TEST_CASE("codec: an empty list is an absent list", "[events][codec]") {
  const auto json = sent("client.registered.v1", R"({"client_id":"c-1","name":"A","phones":[]})");
  CHECK(json::to_json((*read(json).data.get_if<ClientRegistered>())) ==
        R"({"client_id":"c-1","name":"A"})");
}

TEST_CASE("codec: a name given twice is named", "[events][codec]") {
  CHECK(verdict_on(sent("call.completed.v1", kCallData, R"("id":"e2",)")) == "duplicate-name id");
  CHECK(verdict_on(changed(kCall, R"("talk_s":60)", R"("talk_s":60,"talk_s":61)")) ==
        "duplicate-name data.talk_s");
  // The second one behind the last member of the list, and one spelled by escapes.
  CHECK(verdict_on(changed(kCall, R"("answered")", R"("answered","call_id":"k2")")) ==
        "duplicate-name data.call_id");
  CHECK(verdict_on(changed(kCall, R"("answered")", R"("answered","\u0063all_id":"k2")")) ==
        "duplicate-name data.call_id");
  CHECK(verdict_on(changed(sent_amount("1"), R"("UAH")", R"("UAH","currency":"EUR")")) ==
        "duplicate-name data.amount.currency");
  CHECK(verdict_on(sent_correction(R"({"a":{"b":1,"b":2}})")) == "duplicate-name data.data.a.b");
  CHECK(verdict_on(sent_correction(R"({"a":[{},{"b":1,"b":2}]})")) ==
        "duplicate-name data.data.a.1.b");
}

TEST_CASE("codec: a type that the catalogue does not have is refused", "[events][codec]") {
  CHECK(verdict_on(sent("call.dreamt.v1", "{}")) == "unknown-type type");
  CHECK(verdict_on(sent("call.completed", "{}")) == "unknown-type type");
  CHECK(verdict_on(sent("call.completed.v", "{}")) == "unknown-type type");
  CHECK(verdict_on(sent("call.completed.vone", "{}")) == "unknown-type type");
  CHECK(verdict_on(sent("call.completed.v99999999999", "{}")) == "unknown-type type");
  CHECK(verdict_on(sent(".v1", "{}")) == "unknown-type type");
  CHECK(verdict_on(changed(kCall, "org.salesledger.", "com.example.")) == "unknown-type type");
  CHECK(verdict_on(changed(kCall, "org.salesledger.", "")) == "unknown-type type");
  CHECK(verdict_on(changed(kCall, "org.salesledger.call.completed.v1", "org.salesledger.v1")) ==
        "unknown-type type");
}

TEST_CASE("codec: a known type in another version is told apart", "[events][codec]") {
  CHECK(verdict_on(sent("call.completed.v2", kCallData)) == "unsupported-version type");
  CHECK(verdict_on(sent("call.completed.v0", kCallData)) == "unsupported-version type");
  CHECK(verdict_on(sent("call.completed.v-1", kCallData)) == "unsupported-version type");
  CHECK(verdict_on(changed(kCall, R"("1.0")", R"("0.3")")) == "unsupported-version specversion");
}

TEST_CASE("codec: one type has one spelling", "[events][codec]") {
  CHECK(verdict_on(sent("call.completed.v01", kCallData)) == "unknown-type type");
}

TEST_CASE("codec: a missing member is named", "[events][codec]") {
  CHECK(verdict_on(changed(kCall, R"("specversion":"1.0",)", "")) == "missing-field specversion");
  CHECK(verdict_on(changed(kCall, R"("id":"e1",)", "")) == "missing-field id");
  CHECK(verdict_on(changed(kCall, R"("source":"pbx",)", "")) == "missing-field source");
  CHECK(verdict_on(changed(kCall, R"("time":"2026-11-25T08:00:00Z",)", "")) ==
        "missing-field time");
  CHECK(verdict_on(changed(kCall, R"(,"data":)" + std::string(kCallData), "")) ==
        "missing-field data");
  CHECK(verdict_on(changed(kCall, R"("talk_s":60,)", "")) == "missing-field data.talk_s");
  CHECK(verdict_on(changed(sent_amount("1"), R"(,"currency":"UAH")", "")) ==
        "missing-field data.amount.currency");
  CHECK(verdict_on("{}") == "missing-field specversion");
}

TEST_CASE("codec: a member that the type does not have is named", "[events][codec]") {
  CHECK(verdict_on(changed(kCall, R"("answered")", R"("answered","mood":"good")")) ==
        "unknown-field data.mood");
  CHECK(verdict_on(changed(sent_amount("1"), R"("UAH")", R"("UAH","rate":41)")) ==
        "unknown-field data.amount.rate");
  CHECK(verdict_on(sent("call.completed.v1", kCallData, R"("comexample":"x",)")) ==
        "unknown-field comexample");
  CHECK(verdict_on(sent("call.completed.v1", kCallData, R"("data_base64":"e30=",)")) ==
        "unknown-field data_base64");
}

TEST_CASE("codec: tracing attributes are taken and not kept", "[events][codec]") {
  const auto traced = sent(
      "call.completed.v1", kCallData,
      R"("traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","tracestate":"a=b",)");
  CHECK(canonical(traced) == kCall);
}

TEST_CASE("codec: a sender cannot stamp", "[events][codec]") {
  for (const std::string_view attribute :
       {"actor", "recordedtime", "localday", "tzversion", "partitionkey"}) {
    const std::string name(attribute);
    CHECK(verdict_on(sent("call.completed.v1", kCallData, "\"" + name + "\":\"2026-11-25\",")) ==
          "invalid-field " + name);
  }
  const auto voided = R"({"target_source":"pbx","target_id":"e0","reason":"why","was":{}})";
  CHECK(verdict_on(sent("event.voided.v1", voided)) == "invalid-field data.was");
  CHECK(verdict_on(changed(sent_correction("{}"), R"("why")", R"("why","actor":"m-1")")) ==
        "invalid-field data.actor");
}

TEST_CASE("codec: a line of before the time zone's version was stamped has none",
          "[events][codec]") {
  JsonCodec codec;
  auto event = sample_events().front();
  const std::string old = line_of(event);
  const auto read_old = codec.decode_line(old);
  REQUIRE(read_old);
  CHECK_FALSE(read_old->stamps.tz_version);
  CHECK(line_of(*read_old) == old);
  event.stamps.tz_version = "2025b";
  const std::string line = line_of(event);
  CHECK(line.find(R"("localday":"2026-11-25","tzversion":"2025b","partitionkey")") !=
        std::string::npos);
  const auto read = codec.decode_line(line);
  REQUIRE(read);
  CHECK(read->stamps == event.stamps);
  CHECK(line_of(*read) == line);
}

TEST_CASE("checks: equal bounds are told as the one value that they allow", "[events]") {
  CHECK(check_within(2, 1, 1, "share_bp").error().message == "must be 1");
  CHECK(check_within(3, 1, 2, "share_bp").error().message == "must be from 1 to 2");
  CHECK(check_within(1, 1, 1, "share_bp"));
}

TEST_CASE("codec: the log's stamps are wanted in the log", "[events][codec]") {
  JsonCodec codec;
  for (const auto& sample : sample_events()) {
    const std::string line = line_of(sample);
    CHECK(verdict(codec.decode_line(line)) == "ok");
    CHECK(verdict(codec.decode_submission(line)) != "ok");
  }
  CHECK(verdict(codec.decode_line(kCall)) == "missing-field recordedtime");
  const std::string line = line_of(sample_events().front());
  CHECK(verdict(
            codec.decode_line(changed(line, R"("specversion":"1.0")", R"("specversion":"2.0")"))) ==
        "unsupported-version specversion");
}

TEST_CASE("codec: attributes are short printable text", "[events][codec]") {
  const std::string longest(limits::kIdBytesMax, 'x');
  for (const std::string name : {"id", "source"}) {
    const std::string was = name == "id" ? R"("id":"e1")" : R"("source":"pbx")";
    const auto with = [&](const std::string& value) {
      return verdict_on(changed(kCall, was, "\"" + name + "\":\"" + value + "\""));
    };
    CHECK(with(longest) == "ok");
    CHECK(with(longest + "x") == "too-large " + name);
    CHECK(with("") == "invalid-field " + name);
    CHECK(with(R"(a\nb)") == "invalid-field " + name);
    CHECK(with(R"(a\tb)") == "invalid-field " + name);
    CHECK(with(R"(a\u0000b)") == "invalid-field " + name);
    CHECK(with("АТС/Київ №1") == "ok");
  }
  CHECK(verdict_on(sent("call.completed.v1", kCallData, R"("datacontenttype":"text/xml",)")) ==
        "unsupported-media-type datacontenttype");
}

TEST_CASE("codec: text is neither empty nor full of control characters", "[events][codec]") {
  const auto with = [](std::string_view topic) {
    return verdict_on(sent("meeting.held.v1", R"({"client_id":"c-1","manager_id":"m-1","topic":")" +
                                                  std::string(topic) + R"("})"));
  };
  CHECK(with("") == "invalid-field data.topic");
  CHECK(with(R"(a\u0000b)") == "invalid-field data.topic");
  CHECK(with(R"(a\u0007b)") == "invalid-field data.topic");
  CHECK(with(R"(a\rb)") == "invalid-field data.topic");
  CHECK(with(R"(a\u001fb)") == "invalid-field data.topic");
  CHECK(with("a\nb") == "malformed");  // not escaped: not JSON
  CHECK(with(R"(a\nb\tc)") == "ok");
  CHECK(with(" ") == "ok");
  const std::string longest(limits::kTextBytesMax, 'x');
  CHECK(with(longest) == "ok");
  CHECK(with(longest + "x") == "too-large data.topic");
  // Bytes count, not letters.
  std::string cyrillic;
  while (cyrillic.size() < limits::kTextBytesMax) cyrillic += "ж";
  CHECK(with(cyrillic) == "ok");
  CHECK(with(cyrillic + "ж") == "too-large data.topic");
}

TEST_CASE("codec: lists are limited and their items named by number", "[events][codec]") {
  const auto with = [](std::size_t count, std::string_view last) {
    std::string items;
    for (std::size_t i = 1; i < count; ++i) items += R"("+380501234567",)";
    return verdict_on(sent("client.updated.v1",
                           R"({"client_id":"c-1","phones":[)" + items + std::string(last) + "]}"));
  };
  CHECK(with(limits::kListItemsMax, R"("+380501234567")") == "ok");
  CHECK(with(limits::kListItemsMax + 1, R"("+380501234567")") == "too-large data.phones");
  CHECK(with(3, R"("1234567")") == "invalid-field data.phones.2");
  CHECK(with(3, "null") == "invalid-field data.phones.2");
  CHECK(verdict_on(sent("client.updated.v1", R"({"client_id":"c-1","phones":"+380501234567"})")) ==
        "invalid-field data.phones");
}

TEST_CASE("codec: null is not a value; what is absent is left out", "[events][codec]") {
  CHECK(verdict_on(changed(kCall, R"("answered")", R"("answered","client_id":null)")) ==
        "invalid-field data.client_id");
  CHECK(verdict_on(changed(kCall, R"("id":"e1")", R"("id":null)")) == "invalid-field id");
  CHECK(verdict_on(sent("call.completed.v1", "null")) == "invalid-field data");
}

TEST_CASE("codec: a rule over several members names the one to change", "[events][codec]") {
  CHECK(verdict_on(changed(kCall, R"("talk_s":60)", R"("talk_s":76)")) ==
        "invalid-field data.talk_s");
  CHECK(verdict_on(changed(kCall, R"("talk_s":60)", R"("talk_s":75)")) == "ok");
  CHECK(verdict_on(sent("contract.signed.v1",
                        R"({"contract_id":"k","number":"1","client_id":"c","manager_id":"m",)"
                        R"("signed_on":"2026-11-25","valid_to":"2026-11-24"})")) ==
        "invalid-field data.valid_to");
}

TEST_CASE("codec: a correction is read by the type it corrects", "[events][codec]") {
  JsonCodec codec;
  CHECK(verdict(codec.decode_data("call.completed", kCallData, false)) == "ok");
  CHECK(verdict(codec.decode_data("call.completed", "{}", false)) == "missing-field call_id");
  CHECK(verdict(codec.decode_data("call.dreamt", kCallData, false)) == "unknown-type");
  const auto voided = json::to_json(sample<EventVoided>());
  CHECK(verdict(codec.decode_data("event.voided", voided, true)) == "ok");
  CHECK(verdict(codec.decode_data("event.voided", voided, false)) == "invalid-field was");
}

TEST_CASE("codec: the body of an event leaves out what the door stamped", "[events][codec]") {
  const EventData corrected = sample<EventCorrected>();
  const std::string body = body_of(instant("2026-11-25T08:00:00Z"), corrected);
  CHECK(body.find("\"was\"") == std::string::npos);
  CHECK(body.find("\"actor\"") == std::string::npos);
  const auto submission =
      encode_submission({"e1", "pbx", instant("2026-11-25T08:00:00Z"), {}, corrected});
  JsonCodec codec;
  const auto again = must(codec.decode_submission(submission));
  CHECK(body_of(again.time, again.data) == body);
}

TEST_CASE("codec: the body of a letter leaves out what is of one copy of it", "[events][codec]") {
  const auto at = [](std::string_view time, const EventData& data) {
    return body_of(instant(time), data);
  };
  auto letter = sample<OfferEmailed>();
  auto copy = letter;
  copy.sender_date = "Tue, 24 Nov 2026 10:15:00 +0200";
  copy.offer_headers.clear();
  CHECK(at("2026-11-25T08:00:00Z", copy) == at("2026-11-25T08:02:00Z", letter));
  copy.subject = "Інше";
  CHECK(at("2026-11-25T08:00:00Z", copy) != at("2026-11-25T08:00:00Z", letter));
  // What its sender says of it goes to the door all the same.
  CHECK(encode_submission({"e1", "mail", instant("2026-11-25T08:00:00Z"), {}, letter})
            .find("sender_date") != std::string::npos);
  const EventData call = sample<CallCompleted>();
  CHECK(at("2026-11-25T08:00:00Z", call) != at("2026-11-25T08:02:00Z", call));
}

TEST_CASE("codec: the body is the same from the log's line as from a delivery", "[events][codec]") {
  for (auto& event : sample_events()) {
    event.id = R"(,"data":{"x":1})";  // what the line holds of it has its quotes escaped
    CHECK(body_of(event, line_of(event)) == body_of(event.time, event.data));
  }
}

TEST_CASE("codec: a line is summed up without being decoded", "[events][codec]") {
  for (auto& event : sample_events()) {
    event.id = R"(,"type":"org.salesledger.x.v1)";  // its quotes are escaped in the line
    const auto line = line_of(event);
    INFO(line);
    CHECK(summary_of(line).type == type_name(event.data));
    CHECK(summary_of(line).has_client == event.stamps.subject.has_value());
    CHECK(summary_of(line).has_manager == event.stamps.actor.has_value());
    CHECK(summary_of(line).recorded_time == format_timestamp(event.stamps.recorded_time));
    CHECK(summary_of(line).local_day == format_date(event.stamps.local_day));
  }
  CHECK(summary_of("not a line").type.empty());
}

TEST_CASE("codec: a codec goes on after a refusal", "[events][codec]") {
  JsonCodec codec;
  CHECK(verdict(codec.decode_submission("{")) == "malformed");
  CHECK(verdict(codec.decode_submission(std::string(100'000, ' '))) == "too-large");
  CHECK(verdict(codec.decode_submission(kCall)) == "ok");
  JsonCodec moved = std::move(codec);
  CHECK(verdict(moved.decode_submission(kCall)) == "ok");
}

TEST_CASE("codec: what a refusal quotes is whole characters", "[events][codec]") {
  JsonCodec codec;
  for (const std::string_view lead : {"", "a"}) {
    std::string word(lead);
    while (word.size() < 130) word += "ж";
    for (const std::string& json :
         {sent("client.updated.v1", R"({"client_id":"c","segment":")" + word + "\"}"),
          sent("client.updated.v1", R"({"client_id":"c","phones":[")" + word + "\"]}"),
          sent("client.updated.v1", R"({"client_id":"c","emails":[")" + word + "\"]}"),
          sent("client.updated.v1", R"({"client_id":"c","ibans":[")" + word + "\"]}"),
          sent("client.updated.v1", R"({"client_id":"c","tax_code":")" + word + "\"}"),
          changed(sent_amount("1"), "UAH", word), sent(word, "{}"), changed(kCall, "1.0", word),
          changed(kCall, "2026-11-25T08:00:00Z", word)}) {
      const auto refused = codec.decode_submission(json);
      REQUIRE_FALSE(refused);
      CHECK(is_valid_utf8(refused.error().message));
    }
  }
}

}  // namespace ledger::testing
