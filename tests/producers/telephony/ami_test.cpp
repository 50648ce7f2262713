// Goal: the manager interface gives the same legs as the file, however its bytes arrive and
// whatever a caller calls himself.
#include "producers/telephony/asterisk/ami.h"

#include "producers/telephony/asterisk/leg.h"
#include "producers/telephony/asterisk/record_reader.h"
#include "tests/producers/telephony/cdr.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::asterisk;

namespace {

const std::string kGreeting = "Asterisk Call Manager/7.0.3\r\n";
const std::string kCdr =
    "Event: Cdr\r\nPrivilege: cdr,all\r\nAccountCode: \r\nSource: 0501112233\r\n"
    "Destination: 600\r\nDestinationContext: from-trunk\r\n"
    "CallerID: \"Ivan \"\"the\"\" caller: 1\" <0501112233>\r\nChannel: PJSIP/t-1\r\n"
    "DestinationChannel: PJSIP/101-2\r\nLastApplication: Queue\r\nLastData: sales,t\r\n"
    "StartTime: 2026-11-24 10:00:00\r\nAnswerTime: 2026-11-24 10:00:05\r\n"
    "EndTime: 2026-11-24 10:01:05\r\nDuration: 65\r\nBillableSeconds: 60\r\n"
    "Disposition: ANSWERED\r\nAMAFlags: DOCUMENTATION\r\nUniqueID: 1764000000.1\r\n"
    "UserField: \r\nLinkedID: 1764000000.1\r\nSequence: 7\r\n\r\n";

Leg leg_of(const std::string& csv) {
  RecordReader reader(csv, cdr::settings());
  auto row = reader.next();
  REQUIRE(row.has_value());
  REQUIRE(row->fields.has_value());
  auto leg = read_leg(*row->fields, cdr::settings());
  REQUIRE(leg.has_value());
  CHECK_FALSE(reader.next().has_value());
  return *leg;
}

}  // namespace

TEST_CASE("ami: messages are the same however the bytes are cut", "[producers][telephony]") {
  const std::string stream = kGreeting + "Response: Success\r\nMessage: hi\r\n\r\n" + kCdr + kCdr;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{7}, stream.size()}) {
    AmiParser parser;
    std::vector<AmiMessage> all;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      for (auto& message : parser.feed(std::string_view(stream).substr(at, piece))) {
        all.push_back(std::move(message));
      }
    }
    REQUIRE(all.size() == 3);
    CHECK(all[0].value("response") == "Success");
    CHECK(all[1].value("Event") == "Cdr");
    CHECK(all[2].value("CALLERID") == "\"Ivan \"\"the\"\" caller: 1\" <0501112233>");
    CHECK(all[2].value("nobody").empty());
    CHECK(parser.dropped() == 0);
  }
}

TEST_CASE("ami: a CDR event is the record that the file has", "[producers][telephony]") {
  AmiParser parser;
  const auto messages = parser.feed(kCdr);
  REQUIRE(messages.size() == 1);
  const auto record = to_record(messages[0], Linkedid::kRequired);
  REQUIRE(record.has_value());
  const Leg live = leg_of(to_csv_line(*record));
  const Leg filed = leg_of(cdr::line({.src = "0501112233",
                                      .dst = "600",
                                      .channel = "PJSIP/t-1",
                                      .dst_channel = "PJSIP/101-2",
                                      .last_app = "Queue"}));
  CHECK(live.call_key == filed.call_key);
  CHECK(live.started_at == filed.started_at);
  CHECK(live.answered_at == filed.answered_at);
  CHECK(live.ended_at == filed.ended_at);
  CHECK(live.dst_channel == filed.dst_channel);
  CHECK(live.talk_s == filed.talk_s);
  CHECK(live.outcome == filed.outcome);

  // A file without linkedid knows the call by uniqueid, so the event must too.
  CHECK(to_record(messages[0], Linkedid::kIgnored)->at(19).empty());
}

TEST_CASE("ami: an event without the mapped linkedid says what to map", "[producers][telephony]") {
  AmiParser parser;
  const auto messages = parser.feed("Event: Cdr\r\nUniqueID: 1.2\r\n\r\n");
  const auto record = to_record(messages.at(0), Linkedid::kRequired);
  REQUIRE_FALSE(record.has_value());
  CHECK(record.error().field == "LinkedID");
  CHECK(record.error().message.find("linkedid => LinkedID") != std::string::npos);
  // Without a file beside it there is nothing to agree with.
  CHECK(to_record(messages.at(0), Linkedid::kIfGiven)->at(16) == "1.2");
}

TEST_CASE("ami: what never ends is dropped, and the next message is whole",
          "[producers][telephony]") {
  AmiParser parser;
  for (int i = 0; i < 1000; ++i) CHECK(parser.feed(std::string(1024, 'x')).empty());
  auto after = parser.feed("\r\nEvent: Lost\r\n\r\n" + kCdr);
  REQUIRE(after.size() == 1);
  CHECK(after[0].value("Event") == "Cdr");
  CHECK(parser.dropped() == 1);

  std::string many;
  for (int i = 0; i < 300; ++i) many += "Key: value\r\n";
  CHECK(parser.feed(many + "\r\n").empty());
  CHECK(parser.dropped() == 2);

  const std::string longest = "Key: " + std::string(kAmiLineBytesMax - 5, 'x') + "\r\n\r\n";
  CHECK(parser.feed(longest).size() == 1);
  CHECK(parser.feed("x" + longest).empty());
  CHECK(parser.dropped() == 3);
}

TEST_CASE("ami: the first of two equal keys counts, and no value makes a line of its own",
          "[producers][telephony]") {
  AmiParser parser;
  const auto messages = parser.feed("Source: 101\r\nUserField: a\nSource: 666\r\n\n");
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].value("Source") == "101");
  CHECK(ami_action({{"Action", "Login"}, {"Secret", "a\r\nAction: Originate"}}) ==
        "Action: Login\r\nSecret: a\r\n\r\n");
}
