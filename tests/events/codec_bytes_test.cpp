// Goal: bytes that are not strict JSON, or more of it than the limits allow, never get in. Method:
// both sides of each limit, and the known ways of bending JSON.
#include "events/json_codec.h"
#include "platform/limits.h"
#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

const std::string kCall = sent("call.completed.v1", kCallData);

std::string padded(std::size_t bytes) { return kCall + std::string(bytes - kCall.size(), ' '); }

// Data of a correction that reach `levels` of nesting, the event's own object counted.
std::string nested(std::size_t levels) {
  const std::size_t arrays = levels - 3;  // the event, its data, and the correction's data
  return sent_correction(R"({"a":)" + std::string(arrays, '[') + std::string(arrays, ']') + "}");
}

}  // namespace

TEST_CASE("codec: only one whole JSON object is an event", "[events][codec]") {
  for (const std::string_view text : {"", " ", "\n"}) CHECK(verdict_on(text) == "malformed");
  for (const std::string_view text : {"[]", "5", "\"event\"", "null", "true"}) {
    CHECK(verdict_on(text) == "invalid-field");
  }
  CHECK(verdict_on(kCall.substr(0, kCall.size() - 1)) == "malformed");
  CHECK(verdict_on(kCall + "x") == "malformed");
  CHECK(verdict_on(kCall + kCall) == "malformed");
  CHECK(verdict_on(kCall + std::string(1, '\0')) == "malformed");
  CHECK(verdict_on("\xEF\xBB\xBF" + kCall) == "malformed");
}

TEST_CASE("codec: JSON is strict", "[events][codec]") {
  CHECK(verdict_on(changed(kCall, R"("talk_s":60)", R"('talk_s':60)")) == "malformed");
  CHECK(verdict_on(changed(kCall, R"("talk_s":60)", R"(talk_s:60)")) == "malformed");
  CHECK(verdict_on(changed(kCall, R"("answered"})", R"("answered",})")) == "malformed");
  CHECK(verdict_on(changed(kCall, R"("talk_s":60)", R"("talk_s":NaN)")) == "malformed");
  CHECK(verdict_on(changed(kCall, R"({"spec)", R"(/* */{"spec)")) == "malformed");
  CHECK(verdict_on(changed(kCall, R"("e1")", R"("e\x31")")) == "malformed");
}

TEST_CASE("codec: text is valid UTF-8", "[events][codec]") {
  for (const std::string_view bytes :
       {"\xff", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"}) {
    CHECK(verdict_on(changed(kCall, "e1", bytes)) == "malformed");
    CHECK(verdict_on(changed(kCall, "call_id", bytes)) == "malformed");
  }
  CHECK(verdict_on(changed(kCall, "e1", "\xf4\x8f\xbf\xbf")) == "ok");
}

TEST_CASE("codec: half a surrogate pair is no character", "[events][codec]") {
  CHECK(verdict_on(changed(kCall, "e1", R"(\ud800)")) == "malformed");
  CHECK(verdict_on(changed(kCall, "e1", R"(\udc00)")) == "malformed");
  CHECK(verdict_on(changed(kCall, "e1", R"(\ud83dx)")) == "malformed");
  CHECK(verdict_on(changed(kCall, "e1", R"(\udc00\ud800)")) == "malformed");
  CHECK(verdict_on(changed(kCall, "e1", R"(\ud83d\ude00)")) == "ok");
  CHECK(verdict_on(sent_correction(R"({"a":"\ud800"})")) == "malformed");
}

TEST_CASE("codec: an event has its largest size", "[events][codec]") {
  JsonCodec codec;
  CHECK(verdict(codec.decode_submission(padded(limits::kEventBytesMax))) == "ok");
  CHECK(verdict(codec.decode_submission(padded(limits::kEventBytesMax + 1))) == "too-large");
  const std::string line = line_of(sample_events().front());
  const auto line_of_size = [&](std::size_t bytes) {
    return line + std::string(bytes - line.size(), ' ');
  };
  CHECK(verdict(codec.decode_line(line_of_size(limits::kEventBytesMax))) == "ok");
  CHECK(verdict(codec.decode_line(line_of_size(limits::kEventBytesMax + 1))) == "too-large");
}

TEST_CASE("codec: JSON has its greatest depth", "[events][codec]") {
  CHECK(verdict_on(nested(limits::kJsonDepthMax)) == "ok");
  CHECK(verdict_on(nested(limits::kJsonDepthMax + 1)) == "too-large");
  CHECK(verdict_on(std::string(30'000, '[') + std::string(30'000, ']')) == "too-large");
}

TEST_CASE("codec: an object has its greatest number of members", "[events][codec]") {
  const auto with = [](std::size_t count) {
    std::string members;
    for (std::size_t i = 0; i < count; ++i) {
      members += (i == 0 ? "\"m" : ",\"m") + std::to_string(i) + "\":1";
    }
    return verdict_on(sent_correction("{" + members + "}"));
  };
  CHECK(with(limits::kJsonMembersMax) == "ok");
  CHECK(with(limits::kJsonMembersMax + 1) == "too-large data.data");
}

TEST_CASE("codec: whole numbers are whole, within int64, and without quotes", "[events][codec]") {
  CHECK(verdict_on(sent_amount("9223372036854775807")) == "ok");
  CHECK(verdict_on(sent_amount("-9223372036854775808")) == "ok");
  for (const std::string_view beyond :
       {"9223372036854775808", "18446744073709551615", "18446744073709551616",
        "-9223372036854775809", "123456789012345678901234567890"}) {
    INFO(beyond);
    CHECK(verdict_on(sent_amount(beyond)) == "out-of-range data.amount.amount_minor");
  }
  for (const std::string_view other : {"1.0", "1.5", "1e3", "-0.0", "\"100\"", "true", "[1]"}) {
    INFO(other);
    CHECK(verdict_on(sent_amount(other)) == "invalid-field data.amount.amount_minor");
  }
  CHECK(verdict_on(sent_amount("1e400")) == "out-of-range data.amount.amount_minor");
  for (const std::string_view bent : {"01", "+1", "1.", ".5", "-", "0x10", "1_000"}) {
    INFO(bent);
    CHECK(verdict_on(sent_amount(bent)) != "ok");
  }
}

TEST_CASE("codec: the number to blame is named, not one before it", "[events][codec]") {
  // The largest that fits stands first, and a text full of digits.
  const auto call = changed(kCall, R"("duration_s":75,"talk_s":60)",
                            R"("duration_s":9223372036854775807,"talk_s":99999999999999999999)");
  CHECK(verdict_on(changed(call, "\"k1\"", "\"12345678901234567890123\"")) ==
        "out-of-range data.talk_s");
  CHECK(verdict_on(sent_correction(R"({"a":[{"b":1},{"c":[0,18446744073709551616]}]})")) ==
        "out-of-range data.data.a.1.c.1");
}

TEST_CASE("codec: time lies in the years that the ledger keeps", "[events][codec]") {
  const auto with = [](std::string_view time) {
    return verdict_on(changed(kCall, "2026-11-25T08:00:00Z", time));
  };
  CHECK(with("1990-01-01T00:00:00Z") == "ok");
  CHECK(with("2100-12-31T23:59:59.999999Z") == "ok");
  CHECK(with("1989-12-31T23:59:59Z") == "out-of-range time");
  CHECK(with("2101-01-01T00:00:00Z") == "out-of-range time");
  CHECK(with("1969-12-31T23:59:59Z") == "out-of-range time");
  CHECK(with("9999-12-31T23:59:59Z") == "out-of-range time");
  CHECK(with("yesterday") == "invalid-field time");
  CHECK(verdict_on(changed(kCall, R"("2026-11-25T08:00:00Z")", "1764057600")) ==
        "invalid-field time");
}

TEST_CASE("codec: what is accepted at the edge of time can be read back", "[events][codec]") {
  // By its offset an instant may leave the years that its own spelling lies in.
  for (const std::string_view time : {"1990-01-01T00:00:00+02:00", "1990-01-01T02:00:00+02:00",
                                      "2100-12-31T23:59:59-05:00", "2100-12-31T18:59:59-05:00"}) {
    JsonCodec codec;
    const auto submission = codec.decode_submission(changed(kCall, "2026-11-25T08:00:00Z", time));
    if (!submission) continue;
    const Stamps stamps{submission->time, day("2026-11-25"), {}, {}, "key"};
    INFO(time);
    CHECK(verdict(codec.decode_line(encode_line(*submission, stamps))) == "ok");
  }
}

}  // namespace ledger::testing
