// Goal: batches and binary mode are held to the same rules as single events. Method: as
// codec_test.cpp, through decode_batch and decode_binary.
#include "events/json_codec.h"
#include "platform/limits.h"
#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

const std::string kCall = sent("call.completed.v1", kCallData);

std::string batch_of(std::size_t count, std::string_view item) {
  std::string json = "[";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) json += ',';
    json += item;
  }
  return json + "]";
}

JsonCodec::Attributes attributes() {
  return {"1.0", "e1", "pbx", "org.salesledger.call.completed.v1", "2026-11-25T08:00:00Z", ""};
}

std::string verdict_on_binary(const JsonCodec::Attributes& given,
                              std::string_view body = kCallData) {
  JsonCodec codec;
  return verdict(codec.decode_binary(given, body));
}

}  // namespace

TEST_CASE("batch: each event has its own answer in its place", "[events][codec]") {
  JsonCodec codec;
  const auto answers = codec.decode_batch("[" + kCall + R"(,{"id":"x"},5,)" +
                                          changed(kCall, R"("e1")", R"("e2")") + "]");
  REQUIRE(answers);
  REQUIRE(answers->size() == 4);
  CHECK((*answers)[0]->id == "e1");
  CHECK(verdict((*answers)[1]) == "missing-field specversion");
  CHECK(verdict((*answers)[2]) == "invalid-field");
  CHECK((*answers)[3]->id == "e2");
}

TEST_CASE("batch: it is an array", "[events][codec]") {
  JsonCodec codec;
  CHECK(verdict(codec.decode_batch(kCall)) == "malformed");
  CHECK(verdict(codec.decode_batch("")) == "malformed");
  CHECK(verdict(codec.decode_batch("[" + kCall)) == "malformed");
  CHECK(verdict(codec.decode_batch("[" + kCall + "]x")) == "malformed");
  CHECK(codec.decode_batch("[]")->empty());
}

TEST_CASE("batch: its length is limited", "[events][codec]") {
  JsonCodec codec;
  CHECK(codec.decode_batch(batch_of(limits::kBatchEventsMax, kCall))->size() ==
        limits::kBatchEventsMax);
  CHECK(verdict(codec.decode_batch(batch_of(limits::kBatchEventsMax + 1, kCall))) == "too-large");
}

TEST_CASE("batch: its bytes are limited", "[events][codec]") {
  JsonCodec codec;
  const std::string most = "[" + kCall + "]";
  const auto padded = [&](std::size_t bytes) {
    return most + std::string(bytes - most.size(), ' ');
  };
  CHECK(verdict(codec.decode_batch(padded(limits::kHttpBodyBytesMax))) == "ok");
  CHECK(verdict(codec.decode_batch(padded(limits::kHttpBodyBytesMax + 1))) == "too-large");
}

TEST_CASE("batch: an event may be as deep in it as alone", "[events][codec]") {
  const std::size_t arrays = limits::kJsonDepthMax - 3;
  const auto deepest =
      sent_correction(R"({"a":)" + std::string(arrays, '[') + std::string(arrays, ']') + "}");
  JsonCodec codec;
  CHECK(verdict(codec.decode_submission(deepest)) == "ok");
  CHECK(verdict(codec.decode_batch("[" + deepest + "]")) == "ok");
}

TEST_CASE("binary mode: attributes and data make the same event", "[events][codec]") {
  JsonCodec codec;
  const auto binary = must(codec.decode_binary(attributes(), kCallData));
  const auto structured = must(codec.decode_submission(kCall));
  CHECK(encode_submission(binary) == encode_submission(structured));
  auto with_subject = attributes();
  with_subject.subject = "c-1";
  CHECK(must(codec.decode_binary(with_subject, kCallData)).subject == "c-1");
}

TEST_CASE("binary mode: a missing attribute is named", "[events][codec]") {
  const auto without = [](std::string JsonCodec::Attributes::* member) {
    auto given = attributes();
    (given.*member).clear();
    return verdict_on_binary(given);
  };
  CHECK(without(&JsonCodec::Attributes::specversion) == "missing-field specversion");
  CHECK(without(&JsonCodec::Attributes::id) == "missing-field id");
  CHECK(without(&JsonCodec::Attributes::source) == "missing-field source");
  CHECK(without(&JsonCodec::Attributes::type) == "missing-field type");
  CHECK(without(&JsonCodec::Attributes::time) == "missing-field time");
  CHECK(without(&JsonCodec::Attributes::subject) == "ok");
}

TEST_CASE("binary mode: attributes are held to the rules of text", "[events][codec]") {
  for (const auto& [member, name] : {std::pair{&JsonCodec::Attributes::id, "id"},
                                     std::pair{&JsonCodec::Attributes::source, "source"},
                                     std::pair{&JsonCodec::Attributes::subject, "subject"}}) {
    for (const std::string_view value : {std::string_view("a\x01"), std::string_view("a\0b", 3)}) {
      auto given = attributes();
      given.*member = value;
      CHECK(verdict_on_binary(given) == std::string("invalid-field ") + name);
    }
    // Percent-decoding of headers can give any bytes; the log holds UTF-8.
    auto given = attributes();
    given.*member = "a\xff";
    CHECK(verdict_on_binary(given) == std::string("malformed ") + name);
  }
  auto given = attributes();
  given.id = std::string(limits::kIdBytesMax + 1, 'x');
  CHECK(verdict_on_binary(given) == "too-large id");
  given = attributes();
  given.time = "2026-11-25";
  CHECK(verdict_on_binary(given) == "invalid-field time");
  given = attributes();
  given.type = "org.salesledger.call.completed.v2";
  CHECK(verdict_on_binary(given) == "unsupported-version type");
  given = attributes();
  given.specversion = "0.3";
  CHECK(verdict_on_binary(given) == "unsupported-version specversion");
}

TEST_CASE("binary mode: errors of the body are named as in structured mode", "[events][codec]") {
  CHECK(verdict_on_binary(attributes(), "") == "malformed");
  CHECK(verdict_on_binary(attributes(), "[]") == "invalid-field data");
  CHECK(verdict_on_binary(attributes(), "{}") == "missing-field data.call_id");
  CHECK(verdict_on_binary(attributes(), changed(std::string(kCallData), "60", "1e400")) ==
        "out-of-range data.talk_s");
  CHECK(verdict_on_binary(attributes(), changed(std::string(kCallData), "60", "60,\"talk_s\":1")) ==
        "duplicate-name data.talk_s");
}

}  // namespace ledger::testing
