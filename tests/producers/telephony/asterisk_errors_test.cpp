// Goal: whatever stands in the file, a bad record is named by line and column, and its neighbours
// are read. Method: the fault between two good records.
#include "tests/producers/telephony/cdr.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::cdr;

namespace {

const std::string kBefore = line({.uniqueid = "1.1", .linkedid = "1764000001.1"});
const std::string kAfter = line({.uniqueid = "1.2", .linkedid = "1764000002.1"});

void check_neighbours(const Mapped& mapped) {
  REQUIRE(mapped.events.size() == 2);
  CHECK(mapped.events[0].id == "call:1764000001.1");
  CHECK(mapped.events[1].id == "call:1764000002.1");
}

void check_refused(const std::string& bad, ErrorCode code, const std::string& field) {
  const auto mapped = map(kBefore + bad + kAfter);
  check_neighbours(mapped);
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].where == "line 2");
  CHECK(name_of(mapped.refused[0].error.code) == name_of(code));
  CHECK(mapped.refused[0].error.field == field);
  CHECK_FALSE(mapped.refused[0].error.message.empty());
  CHECK(mapped.refused[0].raw == bad.substr(0, bad.find('\n')));
}

}  // namespace

TEST_CASE("asterisk: a seventeenth column that has a uniqueid's form is one",
          "[producers][telephony]") {
  CHECK(map(line({}, 17)).events.at(0).id == "call:1764000000.1");
  CHECK(map(line({.uniqueid = "pbx-1-1764000000.12"}, 17)).events.at(0).id ==
        "call:pbx-1-1764000000.12");
}

TEST_CASE("asterisk: other seventeen columns are refused until the settings say which it is",
          "[producers][telephony]") {
  for (const char* other : {"", "VIP", "12.5", "12345678.1", "1764000000", "1764000000.",
                            "1764000000.1x", "tel 1764000000.1", ".1764000000"}) {
    INFO(other);
    check_refused(line({.uniqueid = other}, 17), ErrorCode::kMisconfigured, "columns");
  }
  const auto message = map(line({.uniqueid = "VIP"}, 17)).refused.at(0).error.message;
  CHECK(message.find("loguniqueid") != std::string::npos);

  auto told = settings();
  told.columns = asterisk::Columns{.uniqueid = true};
  CHECK(map(line({}, 17), told).events.at(0).id == "call:1764000000.1");
  told.columns = asterisk::Columns{.userfield = true};
  CHECK(map(line({}, 17), told).events.at(0).id.starts_with("call:PJSIP/101-0000000a|"));
}

TEST_CASE("asterisk: sixteen to twenty-one columns are a record, one fewer or more is none",
          "[producers][telephony]") {
  for (const int columns : {16, 18, 19, 20, 21}) {
    INFO(columns);
    CHECK(map(line({}, columns)).events.size() == 1);
  }
  std::string fifteen = line({}, 16);
  fifteen.resize(fifteen.rfind(','));
  check_refused(fifteen + "\n", ErrorCode::kMalformed, "columns");
  std::string more = line({}, 21);
  more.insert(more.size() - 1, ",1");
  check_refused(more, ErrorCode::kMalformed, "columns");
  check_refused("\"only one\"\n", ErrorCode::kMalformed, "columns");

  auto told = settings();
  told.columns = asterisk::Columns{.uniqueid = true, .userfield = true};
  CHECK(map(line({}, 18), told).events.size() == 1);
  CHECK(map(line({}, 21), told).refused.at(0).error.field == "columns");
}

TEST_CASE("asterisk: durations that cannot be are named", "[producers][telephony]") {
  check_refused(line({.duration = "-1", .billsec = "0"}), ErrorCode::kOutOfRange, "duration");
  check_refused(line({.billsec = "-1"}), ErrorCode::kOutOfRange, "billsec");
  check_refused(line({.duration = "2592001"}), ErrorCode::kOutOfRange, "duration");
  check_refused(line({.end = "2052-11-24 09:00:00", .duration = "2592000"}), ErrorCode::kOutOfRange,
                "end");
  check_refused(line({.duration = "65.5"}), ErrorCode::kInvalidField, "duration");
  check_refused(line({.duration = ""}), ErrorCode::kInvalidField, "duration");
  check_refused(line({.duration = "99999999999999999999"}), ErrorCode::kInvalidField, "duration");
  check_refused(line({.billsec = "66"}), ErrorCode::kInvalidField, "billsec");
  CHECK(map(line({.billsec = "65"})).events.size() == 1);
  // From start to end there are 65 s.
  check_refused(line({.duration = "66"}), ErrorCode::kInvalidField, "duration");
  CHECK(map(line({.answer = "", .duration = "0", .billsec = "0"})).events.size() == 1);
}

TEST_CASE("asterisk: dates that cannot be are named", "[producers][telephony]") {
  check_refused(line({.start = "1969-12-31 23:59:59"}), ErrorCode::kOutOfRange, "start");
  check_refused(line({.start = "1989-12-31 23:59:59"}), ErrorCode::kOutOfRange, "start");
  check_refused(line({.end = "2101-01-01 00:00:00"}), ErrorCode::kOutOfRange, "end");
  check_refused(line({.start = "2026-13-24 10:00:00"}), ErrorCode::kInvalidField, "start");
  check_refused(line({.start = "2026-02-30 10:00:00"}), ErrorCode::kInvalidField, "start");
  check_refused(line({.start = "2026-11-24 24:00:00"}), ErrorCode::kInvalidField, "start");
  check_refused(line({.start = "2026-11-24T10:00:00"}), ErrorCode::kInvalidField, "start");
  check_refused(line({.start = "24.11.2026 10:00:00"}), ErrorCode::kInvalidField, "start");
  check_refused(line({.start = ""}), ErrorCode::kMissingField, "start");
  check_refused(line({.end = ""}), ErrorCode::kMissingField, "end");
  check_refused(line({.end = "2026-11-24 09:59:59"}), ErrorCode::kInvalidField, "end");
  check_refused(line({.answer = "2026-11-24 09:59:59"}), ErrorCode::kInvalidField, "answer");
  check_refused(line({.answer = "2026-11-24 10:01:06"}), ErrorCode::kInvalidField, "answer");
  CHECK(map(line({.start = "1990-01-02 10:00:00", .answer = "", .end = "1990-01-02 10:01:05"}))
            .events.size() == 1);
}

TEST_CASE("asterisk: bytes that are not UTF-8 are refused by the column's name",
          "[producers][telephony]") {
  const std::string ivan = "\xB2\xE2\xE0\xED";  // windows-1251
  check_refused(line({.dst = ivan}), ErrorCode::kMalformed, "dst");
  check_refused(line({.dst_channel = ivan}), ErrorCode::kMalformed, "dstchannel");
  check_refused(line({.uniqueid = ivan}, 18), ErrorCode::kMalformed, "uniqueid");
  check_refused(line({.linkedid = ivan}), ErrorCode::kMalformed, "linkedid");
  // A caller's name is not read, so it costs no call.
  CHECK(only_call(map(line({.clid = ivan}))).talk_s == 60);
  check_refused(line({.src = "10\x01"}), ErrorCode::kInvalidField, "src");
  CHECK(map(line({.clid = "Іван"})).events.size() == 1);
}

TEST_CASE("asterisk: an id is required where there is a column for it, and must be one",
          "[producers][telephony]") {
  check_refused(line({.uniqueid = ""}, 18), ErrorCode::kMissingField, "uniqueid");
  check_refused(line({.uniqueid = "", .linkedid = ""}), ErrorCode::kMissingField, "uniqueid");
  check_refused(line({.linkedid = ""}, 20), ErrorCode::kMissingField, "linkedid");
  check_refused(line({.linkedid = "17640 1"}), ErrorCode::kInvalidField, "linkedid");
  // "call:" belongs to the event's id, which takes 255 bytes.
  CHECK(map(line({.linkedid = std::string(250, '1')})).events.size() == 1);
  check_refused(line({.linkedid = std::string(251, '1')}), ErrorCode::kInvalidField, "linkedid");
}

TEST_CASE("asterisk: a quote that is never closed costs its own line and no more",
          "[producers][telephony]") {
  std::string open = line({});
  open.erase(open.rfind('"'), 1);
  check_refused(open, ErrorCode::kMalformed, "record");
  const std::string cut = line({});
  check_refused(cut.substr(0, 30) + "\n", ErrorCode::kMalformed, "record");
  check_refused("\"" + line({}), ErrorCode::kMalformed, "record");
  std::string inside = line({});
  inside.insert(inside.find("0501112233") + 3, "\"");
  check_refused(inside, ErrorCode::kMalformed, "record");
  // Also as the last thing in the file.
  const auto mapped = map(kBefore + kAfter + open);
  check_neighbours(mapped);
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].where == "line 3");
}

TEST_CASE("asterisk: a quoted field may hold line ends, commas and quotes",
          "[producers][telephony]") {
  const auto mapped = map(kBefore + line({.clid = "Ivan,\nthe \"\"Great\"\"\n<101>"}) +
                          line({.start = "x"}) + kAfter);
  CHECK(mapped.events.size() == 3);
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].where == "line 5");  // the record before it stands on three lines
}

TEST_CASE("asterisk: a last line without its line end is a record if it is whole",
          "[producers][telephony]") {
  std::string whole = kBefore + kAfter;
  whole.pop_back();
  check_neighbours(map(whole));
  const auto cut = map(whole.substr(0, whole.size() - 60));
  CHECK(cut.events.size() == 1);
  CHECK(cut.refused.size() == 1);
}

TEST_CASE("asterisk: a byte order mark, CRLF and empty lines are passed over",
          "[producers][telephony]") {
  std::string crlf = kBefore;
  crlf.insert(crlf.size() - 1, "\r");
  const auto mapped = map("\xEF\xBB\xBF" + crlf + "\n\r\n" + kAfter + "\n\n");
  check_neighbours(mapped);
  CHECK(mapped.refused.empty());
  CHECK(map("").events.empty());
  CHECK(map("\n\n").refused.empty());
}

TEST_CASE("asterisk: a record takes four KiB and no more", "[producers][telephony]") {
  const std::size_t rest = line({.clid = ""}).size() - 1;
  CHECK(map(line({.clid = std::string(4096 - rest, 'x')})).events.size() == 1);
  const auto mapped = map(kBefore + line({.clid = std::string(4097 - rest, 'x')}) + kAfter);
  check_neighbours(mapped);
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].error.code == ErrorCode::kTooLarge);
  CHECK(mapped.refused[0].raw.size() == 4096);
}

TEST_CASE("asterisk: an extension has two to six digits, or the settings are refused",
          "[producers][telephony]") {
  auto changed = settings();
  for (const std::size_t digits : {1U, 7U}) {
    changed.extension_digits_max = digits;
    const auto mapped = map(line({}), changed);
    CHECK(mapped.events.empty());
    REQUIRE(mapped.refused.size() == 1);
    CHECK(mapped.refused[0].error.code == ErrorCode::kMisconfigured);
  }
  for (const std::size_t digits : {3U, 6U}) {
    changed.extension_digits_max = digits;
    CHECK(map(line({}), changed).events.size() == 1);
  }
  changed.extension_digits_max = 3;
  CHECK(only_call(map(line({.dst = "1234"}), changed)).direction == CallDirection::kOutbound);
}
