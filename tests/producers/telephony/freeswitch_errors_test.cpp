// Goal: what cannot be a leg says which of FreeSWITCH's own fields is to blame, and a sender who
// does not know the secret is known by it. Method: one change of a good record at a time.
#include "platform/base64.h"
#include "tests/producers/telephony/freeswitch_record.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::freeswitch_record;

namespace {

Error error_of(const std::string& body, const std::string& uuid = {}) {
  return refusal_of(freeswitch::map_delivery(delivery(body, uuid), {}));
}

Error error_with(const Values& changes) { return error_of(json_of(with(from_client(), changes))); }

std::string verdict(const Error& error) {
  return std::string(name_of(error.code)) + ' ' + error.field;
}

}  // namespace

TEST_CASE("freeswitch: a record that says what cannot be is refused by its field",
          "[producers][telephony]") {
  const auto refused = [](const std::string& name, const std::string& value) {
    return verdict(error_with({{name, value}}));
  };
  CHECK(refused("core-uuid", "") == "missing-field core-uuid");
  CHECK(refused("variables.uuid", "") == "missing-field variables.uuid");
  CHECK(refused("variables.start_epoch", "") == "missing-field variables.start_epoch");
  CHECK(refused("variables.start_epoch", "0") == "out-of-range variables.start_epoch");
  CHECK(refused("variables.start_epoch", "soon") == "invalid-field variables.start_epoch");
  CHECK(refused("variables.duration", "") == "missing-field variables.duration");
  CHECK(refused("variables.duration", "-1") == "out-of-range variables.duration");
  CHECK(refused("variables.billsec", "71") == "invalid-field variables.billsec");
  CHECK(refused("variables.answer_epoch", "0") == "invalid-field variables.billsec");
  CHECK(refused("variables.answer_epoch", "1795593599") == "invalid-field variables.answer_epoch");
  CHECK(refused("variables.end_epoch", "1795593599") == "invalid-field variables.end_epoch");
  CHECK(refused("variables.call_uuid", "leg a") == "invalid-field ");
}

TEST_CASE("freeswitch: the uuid of the address is the record's own", "[producers][telephony]") {
  CHECK(verdict(error_of(json_of(from_client()), "leg-b")) == "invalid-field uuid");
  CHECK(verdict(error_of(xml_of(from_client()), "a_leg-b")) == "invalid-field uuid");
}

TEST_CASE("freeswitch: a record that was encoded twice says what to set",
          "[producers][telephony]") {
  // encode=true does not escape the percent signs of encode-values=true again.
  std::string merged;
  for (const char c : json_of(from_client())) {
    merged += c == '%' ? "%" : escaped(std::string(1, c));
  }
  const Error error = error_of("cdr=" + merged);
  CHECK(verdict(error) == "malformed cdr");
  CHECK(error.message.find("set encode to false in json_cdr.conf.xml") != std::string::npos);
  // Where no value holds a quotation mark there is nothing to lose.
  std::string lucky;
  for (const char c :
       json_of(with(from_client(), {{"callflow.0.caller_profile.caller_id_name", "Ivan"}}))) {
    lucky += c == '%' ? "%" : escaped(std::string(1, c));
  }
  CHECK(freeswitch::map_delivery(delivery("cdr=" + lucky), {}).events.size() == 1);
}

TEST_CASE("freeswitch: what is no record at all", "[producers][telephony]") {
  CHECK(verdict(error_of("")) == "missing-field cdr");
  CHECK(verdict(error_of(" \r\n")) == "missing-field cdr");
  CHECK(verdict(error_of("hello")) == "malformed cdr");
  CHECK(verdict(error_of("cdr=")) == "malformed cdr");
  CHECK(verdict(error_of("cdr=%%%")) == "malformed cdr");
  CHECK(verdict(error_of("cdr=" + base64_encode("hello"))) == "malformed cdr");
  CHECK(error_of("{\"a\":").code == ErrorCode::kMalformed);
  CHECK(error_of("{}").code == ErrorCode::kMissingField);
  CHECK(error_of("<cdr><a></cdr>").code == ErrorCode::kMalformed);
  CHECK(verdict(error_of("<html/>")) == "malformed cdr");
  CHECK(error_of("<!DOCTYPE cdr [<!ENTITY x \"y\">]><cdr>&x;</cdr>").code == ErrorCode::kMalformed);
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<cdr>";
  CHECK(error_of(deep).message.find("nested too deeply") != std::string::npos);
  // Values that were decoded once too often, as some proxies do.
  CHECK(error_of("<cdr><sip_full_from><sip:101@pbx></sip_full_from></cdr>").code ==
        ErrorCode::kMalformed);
}

TEST_CASE("freeswitch: a name that is there twice", "[producers][telephony]") {
  std::string json = json_of(from_client());
  json.replace(json.find("\"billsec\""), 9, "\"billsec\":\"1\",\"billsec\"");
  CHECK(verdict(error_of(json)) == "duplicate-name variables.billsec");
  std::string xml = xml_of(from_client());
  xml.replace(xml.find("<billsec>"), 9, "<billsec>1</billsec><billsec>");
  CHECK(verdict(error_of(xml)) == "duplicate-name variables.billsec");
  // Of what is not read nobody minds.
  xml = xml_of(from_client());
  xml.replace(xml.find("<billsec>"), 9, "<odd>1</odd><odd>2</odd><billsec>");
  CHECK(freeswitch::map_delivery(delivery(xml), {}).events.size() == 1);
}

TEST_CASE("freeswitch: many small elements below long names take no more room than they are",
          "[producers][telephony]") {
  std::string xml = xml_of(from_client());
  const std::string name(100'000, 'n');
  std::string leaves;
  for (int i = 0; i < 20'000; ++i) leaves += "<a>1</a>";
  xml.insert(xml.find("<variables>"), "<" + name + ">" + leaves + "</" + name + ">");
  CHECK(freeswitch::map_delivery(delivery(xml), {}).events.size() == 1);
}

TEST_CASE("freeswitch: bytes that are no text once decoded", "[producers][telephony]") {
  std::string json = json_of(from_client());
  const std::size_t at = json.find("%2B380");
  json.replace(at, 3, "%FF");
  CHECK(error_of(json).code == ErrorCode::kMalformed);
}

TEST_CASE("freeswitch: bytes that are no text cost a call only where they are read",
          "[producers][telephony]") {
  const auto spoilt = [](std::string record, const std::string& what, const std::string& by) {
    const std::size_t at = record.find(what);
    REQUIRE(at != std::string::npos);
    record.replace(at, what.size(), by);
    return record;
  };
  for (const std::string& record : {json_of(from_client()), xml_of(from_client())}) {
    // The switch's name in windows-1251, half a character, one that is too long.
    for (const std::string bytes : {"\xc8\xe2\xe0\xed", "\xd0", "\xe0\x80\xaf"}) {
      const auto mapped =
          freeswitch::map_delivery(delivery(spoilt(record, "CS_REPORTING", bytes)), {});
      CHECK(leg_of(mapped) == leg_of(map(from_client())));
      CHECK(verdict(error_of(spoilt(record, "0445550101", "04455" + bytes))) ==
            "malformed callflow.0.caller_profile.destination_number");
    }
  }
}

TEST_CASE("freeswitch: by the path or by Basic, each for itself", "[producers][telephony]") {
  CHECK(freeswitch::webhooks({}).empty());
  const auto ways = freeswitch::webhooks({.secret = "s3cret", .credentials = "pbx:pass"});
  REQUIRE(ways.size() == 2);
  CHECK(ways[0].secret == "s3cret");
  CHECK_FALSE(ways[0].forged);
  CHECK(ways[1].secret.empty());
  REQUIRE(ways[1].forged);
  const auto forged = [&](const std::string& header) {
    auto request = delivery("{}");
    if (!header.empty()) request.headers.emplace_back("authorization", header);
    return ways[1].forged(request).has_value();
  };
  CHECK_FALSE(forged("Basic " + base64_encode("pbx:pass")));
  CHECK(forged("Basic " + base64_encode("pbx:guess")));
  CHECK(forged("Basic " + base64_encode("pbx:pas")));
  CHECK(forged("Bearer pbx:pass"));
  CHECK(forged(""));
}
