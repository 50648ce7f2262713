#include "tests/producers/telephony/cdr.h"

#include "events/json_codec.h"
#include "tests/support/catch.h"

namespace ledger::cdr {

namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

// An unset time is an empty field without quotes.
std::string time(const std::string& text) { return text.empty() ? text : quoted(text); }

}  // namespace

std::string line(const Record& r, int columns) {
  std::string text = "\"\"," + quoted(r.src) + "," + quoted(r.dst) + ",\"from-internal\"," +
                     quoted(r.clid) + "," + quoted(r.channel) + "," + quoted(r.dst_channel) + "," +
                     quoted(r.last_app) + ",\"PJSIP/trunk,30\"," + time(r.start) + "," +
                     time(r.answer) + "," + time(r.end) + "," + r.duration + "," + r.billsec + "," +
                     quoted(r.disposition) + ",\"DOCUMENTATION\"";
  if (columns == 17 || columns == 18 || columns >= 20) text += "," + quoted(r.uniqueid);
  if (columns == 18 || columns == 21) text += ",\"\"";
  if (columns >= 19) text += ",\"\"," + quoted(r.linkedid) + ",7";
  return text + "\n";
}

asterisk::Settings settings() {
  return asterisk::Settings{.zone = BusinessZone::named("Europe/Kyiv").value()};
}

Mapped map(const std::string& csv, const asterisk::Settings& settings) {
  Mapped mapped = asterisk::map_cdr(csv, settings);
  JsonCodec codec;
  for (const Submission& event : mapped.events) {
    const auto again = codec.decode_submission(encode_submission(event));
    REQUIRE(again.has_value());
    CHECK(again->id == event.id);
    CHECK(body_of(again->time, again->data) == body_of(event.time, event.data));
  }
  return mapped;
}

Mapped map(const std::string& csv) { return map(csv, settings()); }

CallCompleted only_call(const Mapped& mapped) {
  for (const auto& refused : mapped.refused) FAIL(refused.where + ": " + refused.error.message);
  REQUIRE(mapped.skipped.empty());
  REQUIRE(mapped.events.size() == 1);
  return (*mapped.events[0].data.get_if<CallCompleted>());
}

}  // namespace ledger::cdr
