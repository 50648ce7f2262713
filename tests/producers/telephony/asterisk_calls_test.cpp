// Goal: one call of the house is one event, whatever the exchange made of it. Method: one good
// record, and one change at a time.
#include <fstream>
#include <iterator>

#include "tests/producers/telephony/cdr.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::cdr;

namespace {

std::string fixture(const std::string& name) {
  std::ifstream file(std::string(LEDGER_FIXTURES) + "/" + name, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string start_of(const Mapped& mapped) {
  REQUIRE(mapped.events.size() == 1);
  return format_timestamp(mapped.events[0].time);
}

}  // namespace

TEST_CASE("asterisk: an outbound call with all it says", "[producers][telephony]") {
  const auto mapped = map(line({}));
  const auto call = only_call(mapped);
  CHECK(mapped.events[0].source == "asterisk");
  CHECK(mapped.events[0].id == "call:1764000000.1");
  CHECK(start_of(mapped) == "2026-11-24T08:00:00Z");
  CHECK(call.call_id.text() == "1764000000.1");
  CHECK(call.direction == CallDirection::kOutbound);
  CHECK(call.client_phone_raw == "0501112233");
  CHECK(call.client_phone->text() == "+380501112233");
  CHECK(call.manager_extension == "101");
  CHECK(call.duration_s == 65);
  CHECK(call.talk_s == 60);
  CHECK(call.outcome == CallOutcome::kAnswered);
  CHECK_FALSE(call.outcome_raw.has_value());
}

TEST_CASE("asterisk: a file of eighteen and of twenty-one columns, with every kind of call",
          "[producers][telephony]") {
  auto with_own = settings();
  with_own.own_numbers = {"+380443334455"};
  const auto mapped = map(fixture("master-21.csv"), with_own);
  CHECK(mapped.refused.empty());
  REQUIRE(mapped.events.size() == 5);
  CHECK(mapped.skipped.size() == 1);
  CHECK((*mapped.events[1].data.get_if<CallCompleted>()).manager_extension == "102");
  CHECK((*mapped.events[4].data.get_if<CallCompleted>()).direction == CallDirection::kInbound);

  const auto example = map(fixture("source-formats-sample.csv"));
  CHECK(only_call(example).manager_extension == "101");
  CHECK(only_call(example).direction == CallDirection::kInbound);
}

TEST_CASE("asterisk: who is the house decides the direction", "[producers][telephony]") {
  struct Row {
    std::string src, dst, channel, dst_channel;
    std::optional<CallDirection> direction;  // nullopt: skipped
    std::string client;
    std::string extension;
  };
  const auto out = CallDirection::kOutbound;
  const auto in = CallDirection::kInbound;
  const std::vector<Row> rows{
      {"101", "0501112233", "PJSIP/101-1", "PJSIP/trunk-2", out, "0501112233", "101"},
      {"101", "90501112233", "PJSIP/101-1", "PJSIP/trunk-2", out, "90501112233", "101"},
      {"101", "2345678", "PJSIP/101-1", "PJSIP/trunk-2", out, "2345678", "101"},
      // Six digits are an extension, seven are a number.
      {"101", "123456", "PJSIP/101-1", "PJSIP/123456-2", std::nullopt, "", ""},
      {"101", "102", "PJSIP/101-1", "PJSIP/102-2", std::nullopt, "", ""},
      {"101", "*97", "PJSIP/101-1", "", std::nullopt, "", ""},
      {"101", "0443334455", "PJSIP/101-1", "PJSIP/trunk-2", std::nullopt, "", ""},
      // The caller's number replaced by the house's own: the channel still names the device.
      {"0443334455", "0501112233", "SIP/103-1", "SIP/trunk-2", out, "0501112233", "103"},
      {"0501112233", "101", "PJSIP/t-1", "PJSIP/101-2", in, "0501112233", "101"},
      // The device that answered is believed before the number that was dialled.
      {"0501112233", "600", "PJSIP/t-1", "Local/102@queue-3;1", in, "0501112233", "102"},
      {"0501112233", "0443334455", "SIP/t-1", "SIP/101-2", in, "0501112233", "101"},
      {"0501112233", "0443334455", "SIP/t-1", "", in, "0501112233", ""},
      {"0501112233", "s", "DAHDI/1-1", "", in, "0501112233", ""},
      // A line's channel is no extension.
      {"0501112233", "0997776655", "DAHDI/11-1", "DAHDI/12-1", std::nullopt, "", ""},
      {"anonymous", "101", "PJSIP/t-1", "PJSIP/101-2", in, "anonymous", "101"},
      {"", "101", "PJSIP/t-1", "PJSIP/101-2", in, "", "101"},
  };
  auto with_own = settings();
  with_own.own_numbers = {"380443334455"};
  for (const Row& row : rows) {
    INFO(row.src << " -> " << row.dst << " " << row.dst_channel);
    const auto mapped = map(line({.src = row.src,
                                  .dst = row.dst,
                                  .channel = row.channel,
                                  .dst_channel = row.dst_channel}),
                            with_own);
    REQUIRE(mapped.events.size() == (row.direction ? 1U : 0U));
    if (!row.direction) {
      CHECK(mapped.skipped.size() == 1);
      continue;
    }
    const auto call = only_call(mapped);
    CHECK(call.direction == *row.direction);
    CHECK(call.client_phone_raw.value_or("") == row.client);
    CHECK(call.manager_extension.value_or("") == row.extension);
  }
}

TEST_CASE("asterisk: a skipped call says why", "[producers][telephony]") {
  const auto internal = map(line({.dst = "102", .dst_channel = "PJSIP/102-2"}));
  REQUIRE(internal.skipped.size() == 1);
  CHECK(internal.skipped[0].where == "line 1");
  CHECK(internal.skipped[0].reason == "internal call");
  const auto unknown =
      map(line({.src = "0501112233", .dst = "0997776655", .channel = "PJSIP/a-1"}));
  REQUIRE(unknown.skipped.size() == 1);
  CHECK(unknown.skipped[0].reason.find("own_numbers") != std::string::npos);
}

TEST_CASE("asterisk: every disposition, and a word that nobody knows", "[producers][telephony]") {
  struct Row {
    std::string word;
    CallOutcome outcome;
    std::optional<std::string> raw;
  };
  const std::vector<Row> rows{{"ANSWERED", CallOutcome::kAnswered, {}},
                              {"NO ANSWER", CallOutcome::kMissed, {}},
                              {"BUSY", CallOutcome::kBusy, {}},
                              {"FAILED", CallOutcome::kFailed, {}},
                              {"CONGESTION", CallOutcome::kFailed, {}},
                              {"CANCEL", CallOutcome::kCancelled, {}},
                              {"UNKNOWN", CallOutcome::kUnknown, "UNKNOWN"},
                              {"Answered", CallOutcome::kUnknown, "Answered"},
                              {"", CallOutcome::kUnknown, {}}};
  for (const Row& row : rows) {
    INFO(row.word);
    const auto call = only_call(map(line({.disposition = row.word})));
    CHECK(call.outcome == row.outcome);
    CHECK(call.outcome_raw == row.raw);
    CHECK(call.talk_s == (row.outcome == CallOutcome::kAnswered ? 60 : 0));
  }
}

TEST_CASE("asterisk: a voicemail box is no talk", "[producers][telephony]") {
  const auto call = only_call(
      map(line({.src = "0501112233", .dst = "101", .dst_channel = "", .last_app = "VoiceMail"})));
  CHECK(call.outcome == CallOutcome::kMissed);
  CHECK(call.outcome_raw == "VoiceMail");
  CHECK(call.talk_s == 0);
}

TEST_CASE("asterisk: without linkedid legs join by uniqueid, without any id by channel and start",
          "[producers][telephony]") {
  Record other{.uniqueid = "1764000000.2"};
  CHECK(map(line({}, 18) + line(other, 18)).events.size() == 2);
  CHECK(map(line({}, 18) + line({}, 18)).events.size() == 1);
  CHECK(map(line({}, 21) + line(other, 21)).events.size() == 1);
  // An exchange may leave linkedid empty.
  CHECK(map(line({.linkedid = ""}, 21)).events[0].id == "call:1764000000.1");

  Record later{.channel = "Local/101@out-0000000c;1"};
  const auto bare = map(line({}, 16) + line({}, 16) + line(later, 16));
  REQUIRE(bare.events.size() == 2);
  CHECK(bare.events[0].id == "call:PJSIP/101-0000000a|2026-11-24_10:00:00");
  CHECK(bare.events[1].id == "call:Local/101@out-0000000c_1|2026-11-24_10:00:00");
}

TEST_CASE("asterisk: the same lines twice are the same calls", "[producers][telephony]") {
  const auto once = map(line({}));
  const auto twice = map(line({}) + line({}));
  REQUIRE(twice.events.size() == 1);
  CHECK(encode_submission(once.events[0]) == encode_submission(twice.events[0]));
}

TEST_CASE("asterisk: the clock is the zone's, or UTC if the exchange says so",
          "[producers][telephony]") {
  auto utc = settings();
  utc.gmtime = true;
  CHECK(start_of(map(line({}), utc)) == "2026-11-24T10:00:00Z");
  Record summer{.start = "2026-07-01 10:00:00", .answer = "", .end = "2026-07-01 10:01:05"};
  CHECK(start_of(map(line(summer))) == "2026-07-01T07:00:00Z");
}

TEST_CASE("asterisk: in the hour that autumn repeats, the duration tells which was meant",
          "[producers][telephony]") {
  struct Row {
    std::string start, end, duration, instant;
  };
  const std::vector<Row> rows{
      // Both within one hour: nothing tells, the earlier is taken.
      {"03:10:00", "03:11:00", "60", "2026-10-25T00:10:00Z"},
      // Over the turn: ends "before" it starts.
      {"03:50:00", "03:10:00", "1200", "2026-10-25T00:50:00Z"},
      // From the second pass into the time after it, and from the first through the second.
      {"03:50:00", "04:10:00", "1200", "2026-10-25T01:50:00Z"},
      {"03:50:00", "04:10:00", "4800", "2026-10-25T00:50:00Z"},
  };
  for (const Row& row : rows) {
    INFO(row.start << " to " << row.end);
    const auto mapped = map(line({.start = "2026-10-25 " + row.start,
                                  .answer = "",
                                  .end = "2026-10-25 " + row.end,
                                  .duration = row.duration}));
    CHECK(start_of(mapped) == row.instant);
    CHECK(only_call(mapped).duration_s == std::stoi(row.duration));
  }
}

TEST_CASE("asterisk: in the hour that autumn repeats, a call's id tells which of the two it was",
          "[producers][telephony]") {
  struct Row {
    std::string start, end, id, instant;
  };
  // 65 seconds each, by a wall clock that showed 03:00 to 04:00 twice.
  const std::vector<Row> rows{
      {"03:30:00", "03:31:05", "1792888200.3", "2026-10-25T00:30:00Z"},
      {"03:30:00", "03:31:05", "1792891800.3", "2026-10-25T01:30:00Z"},
      {"03:30:00", "03:31:05", "pbx-1792891800.3", "2026-10-25T01:30:00Z"},
      // The channel was there for a while; that it is from the first pass shuts out nothing.
      {"03:30:00", "03:31:05", "1792886400.3", "2026-10-25T00:30:00Z"},
      {"03:59:30", "04:00:35", "1792893570.3", "2026-10-25T01:59:30Z"},
      {"03:59:30", "03:00:35", "1792889970.3", "2026-10-25T00:59:30Z"},
      // No second of this call's.
      {"03:30:00", "03:31:05", "1764000000.3", "2026-10-25T00:30:00Z"},
      {"03:30:00", "03:31:05", "1800000000.3", "2026-10-25T00:30:00Z"},
      {"03:30:00", "03:31:05", "one.3", "2026-10-25T00:30:00Z"},
      // Elsewhere the clock is believed, whatever the id.
      {"05:30:00", "05:31:05", "1792900800.3", "2026-10-25T03:30:00Z"},
  };
  for (const Row& row : rows) {
    INFO(row.start << " by " << row.id);
    const auto mapped = map(line({.start = "2026-10-25 " + row.start,
                                  .answer = "2026-10-25 " + row.start,
                                  .end = "2026-10-25 " + row.end,
                                  .uniqueid = row.id,
                                  .linkedid = row.id}));
    CHECK(start_of(mapped) == row.instant);
    CHECK(only_call(mapped).duration_s == 65);
  }
  // So that the file, whose times are UTC, and the manager interface, whose are local, say one leg.
  auto utc = settings();
  utc.gmtime = true;
  const auto by_file = map(line({.start = "2026-10-25 01:30:00",
                                 .answer = "2026-10-25 01:30:05",
                                 .end = "2026-10-25 01:31:05",
                                 .uniqueid = "1792891800.3",
                                 .linkedid = "1792891800.3"}),
                           utc);
  const auto by_manager = map(line({.start = "2026-10-25 03:30:00",
                                    .answer = "2026-10-25 03:30:05",
                                    .end = "2026-10-25 03:31:05",
                                    .uniqueid = "1792891800.3",
                                    .linkedid = "1792891800.3"}));
  REQUIRE(by_file.events.size() == 1);
  REQUIRE(by_manager.events.size() == 1);
  CHECK(encode_submission(by_file.events[0]) == encode_submission(by_manager.events[0]));
}

TEST_CASE("asterisk: the legs of a call may come in any order and any number of times",
          "[producers][telephony]") {
  // Both legs begin in the same second and say different things about the client's number.
  Record trunk{
      .src = "0501112233", .dst = "600", .channel = "PJSIP/t-1", .dst_channel = "PJSIP/101-2"};
  Record forked = trunk;
  forked.src = "0671112233";
  forked.channel = "Local/600@queue-1;2";
  forked.dst_channel = "PJSIP/102-3";
  const auto one_way = map(line(trunk) + line(forked) + line(trunk));
  const auto other_way = map(line(forked) + line(trunk) + line(forked));
  REQUIRE(one_way.events.size() == 1);
  REQUIRE(other_way.events.size() == 1);
  CHECK(encode_submission(one_way.events[0]) == encode_submission(other_way.events[0]));
}

TEST_CASE("asterisk: cdr_custom has the columns that the house chose, in its order",
          "[producers][telephony]") {
  auto custom = settings();
  custom.order = {"clid",   "src", "dst", "channel",  "dstchannel", "lastapp",     "start",
                  "answer", "end", "-",   "duration", "billsec",    "disposition", "linkedid"};
  const std::string record =
      R"("""Ivan"" <0501112233>","0501112233","600","PJSIP/t-1","PJSIP/101-2","Queue",)"
      R"("2026-11-24 10:00:00","2026-11-24 10:00:05","2026-11-24 10:01:05","x",65,60,)"
      R"("ANSWERED","1764000000.1")";
  const auto mapped = map(record + "\n", custom);
  const auto call = only_call(mapped);
  CHECK(mapped.events[0].id == "call:1764000000.1");
  CHECK(call.direction == CallDirection::kInbound);
  CHECK(call.manager_extension == "101");
  CHECK(call.talk_s == 60);

  const auto short_of_one = map("1,2,3\n", custom);
  REQUIRE(short_of_one.refused.size() == 1);
  CHECK(short_of_one.refused[0].error.message == "has 3 columns, the settings name 14");

  const auto complaint = [&](std::vector<std::string> order) {
    custom.order = std::move(order);
    const auto refused = map(record, custom);
    REQUIRE(refused.refused.size() == 1);
    CHECK(refused.refused[0].error.code == ErrorCode::kMisconfigured);
    CHECK(refused.refused[0].error.field == "order");
    return refused.refused[0].error.message;
  };
  CHECK(complaint({"src", "src"}) == "names 'src' twice");
  CHECK(complaint({"caller"}).find("no CDR column 'caller'") != std::string::npos);
  CHECK(complaint({"src", "dst"}).find("does not name the column 'channel'") != std::string::npos);
}

TEST_CASE("asterisk: cdr_custom's JSON is the same record, an object a line",
          "[producers][telephony]") {
  auto json = settings();
  json.json = true;
  const std::string record =
      R"({"clid":"\"Ivan\" <0501112233>","src":"0501112233","dst":"600","My":"Literal",)"
      R"("channel":"PJSIP/t-1","dstchannel":"PJSIP/101-2","lastapp":"Queue",)"
      R"("start":"2026-11-24 10:00:00","answer":"2026-11-24 10:00:05",)"
      R"("end":"2026-11-24 10:01:05","duration":65,"billsec":"60","disposition":"ANSWERED",)"
      R"("uniqueid":"1764000000.1"})";
  const auto mapped = map(record + "\r\n\n" + record, json);
  const auto call = only_call(mapped);
  CHECK(mapped.events[0].id == "call:1764000000.1");
  CHECK(call.direction == CallDirection::kInbound);
  CHECK(call.manager_extension == "101");
  CHECK(call.duration_s == 65);
  CHECK(call.talk_s == 60);

  // A caller's name of bytes that are no UTF-8 costs no call, as in cdr_csv.
  std::string named = record;
  named.replace(named.find("Ivan"), 4, "\xB2\xE2\xE0\xED");
  CHECK(only_call(map(named, json)).talk_s == 60);

  struct Row {
    std::string line;
    ErrorCode code;
    std::string field;
  };
  const std::vector<Row> rows{
      {"{\"src\":\"\xB2\",\"dst\":\"600\"}", ErrorCode::kMalformed, "src"},
      {"{", ErrorCode::kMalformed, ""},
      {"[1]", ErrorCode::kMalformed, ""},
      {R"({"src":"1","src":"2"})", ErrorCode::kDuplicateName, "src"},
      {R"({"src":1.5})", ErrorCode::kInvalidField, "src"},
      {R"({"dst":"101"})", ErrorCode::kMissingField, "src"},
      {"{\"src\":\"" + std::string(5000, 'x') + "\"}", ErrorCode::kTooLarge, "record"},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const auto refused = map(row.line + "\n" + record + "\n", json);
    CHECK(refused.events.size() == 1);
    REQUIRE(refused.refused.size() == 1);
    CHECK(refused.refused[0].where == "line 1");
    CHECK(refused.refused[0].error.code == row.code);
    CHECK(refused.refused[0].error.field == row.field);
  }
  json.columns = asterisk::Columns{.uniqueid = true, .newcdrcolumns = true};
  CHECK(map(record, json).refused.at(0).error.field == "linkedid");
}
