// Goal: each sender's words become the ledger's, unknown ones are kept as they came, and what
// cannot be a call says which field is to blame. Method: deliveries made up from the senders' field
// lists.
#include <map>

#include "events/types/call.h"
#include "producers/telephony/binotel/mapping.h"
#include "producers/telephony/pushed_call.h"
#include "producers/telephony/ringostat/mapping.h"
#include "producers/telephony/threecx/mapping.h"
#include "producers/telephony/zadarma/mapping.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

using Form = std::map<std::string, std::string>;

http::Request post(const Form& fields) {
  http::Request request;
  request.method = "POST";
  for (const auto& [name, value] : fields) {
    if (!request.body.empty()) request.body += '&';
    request.body += name + '=';
    for (const char c : value) {
      if (c == '+') {
        request.body += "%2B";
      } else {
        request.body += c == ' ' ? '+' : c;
      }
    }
  }
  return request;
}

Form with(Form fields, const Form& changes) {
  for (const auto& [name, value] : changes) fields[name] = value;
  return fields;
}

struct Call {
  Submission submission;
  CallCompleted data;
};

Call only(const Mapped& mapped) {
  INFO((mapped.refused.empty() ? std::string() : mapped.refused.front().error.message));
  REQUIRE(mapped.events.size() == 1);
  const auto* call = mapped.events.front().data.get_if<CallCompleted>();
  REQUIRE(call != nullptr);
  REQUIRE(call->validate());
  return {mapped.events.front(), *call};
}

Error refusal(const Mapped& mapped) {
  REQUIRE(mapped.events.empty());
  REQUIRE(mapped.refused.size() == 1);
  return mapped.refused.front().error;
}

BusinessZone kyiv() { return BusinessZone::named("Europe/Kyiv").value(); }

const Form kBinotel{{"requestType", "apiCallCompleted"},
                    {"callDetails[companyID]", "7"},
                    {"callDetails[generalCallID]", "901"},
                    {"callDetails[startTime]", "1795593600"},
                    {"callDetails[callType]", "0"},
                    {"callDetails[internalNumber]", "101"},
                    {"callDetails[externalNumber]", "0671112233"},
                    {"callDetails[waitsec]", "5"},
                    {"callDetails[billsec]", "61"},
                    {"callDetails[disposition]", "ANSWER"}};

Mapped binotel_with(const Form& changes) {
  return binotel::map_delivery(post(with(kBinotel, changes)), {});
}

const Form kRingostat{{"uniqueid", "ua1-1"},
                      {"calldate", "2026-11-24 10:00:00"},
                      {"call_type", "in"},
                      {"caller_number", "380671112233"},
                      {"dst", "380445550101"},
                      {"employee_number", "101"},
                      {"disposition", "ANSWERED"},
                      {"duration", "70"},
                      {"billsec", "60"}};

Mapped ringostat_with(const Form& changes) {
  return ringostat::map_delivery(post(with(kRingostat, changes)), {.zone = kyiv()});
}

const Form kZadarma{{"event", "NOTIFY_END"},
                    {"call_start", "2026-11-24 10:00:00"},
                    {"pbx_call_id", "in_1"},
                    {"caller_id", "+380671112233"},
                    {"called_did", "380445550101"},
                    {"internal", "101"},
                    {"duration", "42"},
                    {"disposition", "answered"}};

Mapped zadarma_with(const Form& changes) {
  return zadarma::map_delivery(post(with(kZadarma, changes)), {.zone = kyiv()});
}

const Form kThreecx{{"call_type", "Outbound"},
                    {"number", "0671112233"},
                    {"agent", "101"},
                    {"duration_s", "35"},
                    {"start_utc", "2026-11-24T08:00:00Z"}};

Mapped threecx_with(const Form& changes) {
  return threecx::map_report(post(with(kThreecx, changes)), {});
}

}  // namespace

TEST_CASE("zadarma: a disposition is a word in whichever case") {
  CHECK(only(zadarma_with({{"disposition", "Answered"}})).data.outcome == CallOutcome::kAnswered);
  const auto mail = only(zadarma_with({{"disposition", "Voicemail"}})).data;
  CHECK(mail.outcome == CallOutcome::kUnknown);
  CHECK(mail.outcome_raw == "Voicemail");
}

TEST_CASE("binotel: a completed call") {
  const auto call = only(binotel_with({}));
  CHECK(call.submission.id == "7|901");
  CHECK(call.submission.source == "binotel");
  CHECK(format_timestamp(call.submission.time) == "2026-11-25T08:00:00Z");
  CHECK(call.data.direction == CallDirection::kInbound);
  CHECK(call.data.client_phone->text() == "+380671112233");
  CHECK(call.data.manager_extension == "101");
  CHECK(call.data.duration_s == 66);
  CHECK(call.data.talk_s == 61);
}

TEST_CASE("binotel: every disposition") {
  const std::map<std::string, CallOutcome> words{
      {"ANSWER", CallOutcome::kAnswered},   {"TRANSFER", CallOutcome::kAnswered},
      {"SUCCESS", CallOutcome::kAnswered},  {"VM", CallOutcome::kMissed},
      {"VM-SUCCESS", CallOutcome::kMissed}, {"NOANSWER", CallOutcome::kMissed},
      {"BUSY", CallOutcome::kBusy},         {"CANCEL", CallOutcome::kCancelled},
      {"CONGESTION", CallOutcome::kFailed}, {"CHANUNAVAIL", CallOutcome::kFailed},
      {"FAILED", CallOutcome::kFailed}};
  for (const auto& [word, outcome] : words) {
    INFO(word);
    const auto call = only(binotel_with({{"callDetails[disposition]", word}}));
    CHECK(call.data.outcome == outcome);
    CHECK(call.data.talk_s == (outcome == CallOutcome::kAnswered ? 61 : 0));
    CHECK_FALSE(call.data.outcome_raw);
  }
  const auto unknown = only(binotel_with({{"callDetails[disposition]", "TELEPORTED"}}));
  CHECK(unknown.data.outcome == CallOutcome::kUnknown);
  CHECK(unknown.data.outcome_raw == "TELEPORTED");
  for (const auto* word : {"ONLINE", "CALLING", "SMS-SUCCESS", "SMS-FAILED", "SMS-SENDING"}) {
    CHECK(binotel_with({{"callDetails[disposition]", word}}).skipped.size() == 1);
  }
}

TEST_CASE("binotel: numbers come national, or foreign without their plus") {
  const auto number = [](const std::string& raw) {
    return only(binotel_with({{"callDetails[externalNumber]", raw}})).data;
  };
  CHECK(number("48221234567").client_phone->text() == "+48221234567");
  CHECK(number("380671112233").client_phone->text() == "+380671112233");
  CHECK_FALSE(number("101").client_phone);
  CHECK(number("101").client_phone_raw == "101");
  CHECK_FALSE(number("").client_phone_raw);
  // Its documents' own example; codes of one, two and three digits.
  CHECK(number("74993836476").client_phone->text() == "+74993836476");
  CHECK(number("12025550123").client_phone->text() == "+12025550123");
  CHECK(number("37360123456").client_phone->text() == "+37360123456");
  CHECK(number("4915112345678").client_phone->text() == "+4915112345678");
  // No country has such a code, or such a length.
  for (const std::string raw : {"999999999999999", "21012345678", "7499383647", "749938364761",
                                "120255501234", "482212345678", "38067111223"}) {
    INFO(raw);
    CHECK_FALSE(number(raw).client_phone);
    CHECK(number(raw).client_phone_raw == raw);
  }
}

TEST_CASE("binotel: what is no completed call is skipped, what is broken names its field") {
  CHECK(binotel_with({{"requestType", "receivedTheCall"}}).skipped.size() == 1);
  CHECK(refusal(binotel_with({{"callDetails[startTime]", "soon"}})).field ==
        "callDetails.startTime");
  CHECK(refusal(binotel_with({{"callDetails[startTime]", "12"}})).code == ErrorCode::kOutOfRange);
  CHECK(refusal(binotel_with({{"callDetails[callType]", "2"}})).field == "callDetails.callType");
  CHECK(refusal(binotel_with({{"callDetails[billsec]", "-1"}})).code == ErrorCode::kOutOfRange);
  CHECK(refusal(binotel_with({{"callDetails[generalCallID]", ""}})).field ==
        "callDetails.generalCallID");
  CHECK(refusal(binotel_with({{"requestType", ""}})).field == "requestType");
}

TEST_CASE("ringostat: both directions") {
  const auto in = only(ringostat_with({}));
  CHECK(in.submission.id == "ua1-1");
  CHECK(format_timestamp(in.submission.time) == "2026-11-24T08:00:00Z");
  CHECK(in.data.client_phone->text() == "+380671112233");
  const auto out = only(ringostat_with({{"call_type", "out"}, {"dst", "0501234567"}}));
  CHECK(out.data.direction == CallDirection::kOutbound);
  CHECK(out.data.client_phone->text() == "+380501234567");
  CHECK(only(ringostat_with({{"disposition", "VOICEMAIL"}})).data.outcome == CallOutcome::kMissed);
  CHECK(only(ringostat_with({{"disposition", "VOICEMAIL"}})).data.talk_s == 0);
  CHECK(only(ringostat_with({{"disposition", "ODD"}})).data.outcome_raw == "ODD");
  CHECK(ringostat_with({{"disposition", "IN PROGRESS"}}).skipped.size() == 1);
}

TEST_CASE("ringostat, zadarma: what no plus marks as foreign stays as it was sent") {
  for (const std::string raw : {"84951234567", "999999999999999", "48221234567"}) {
    INFO(raw);
    for (const auto& call :
         {only(ringostat_with({{"call_type", "out"}, {"dst", raw}})),
          only(zadarma_with({{"event", "NOTIFY_OUT_END"}, {"destination", raw}}))}) {
      CHECK_FALSE(call.data.client_phone);
      CHECK(call.data.client_phone_raw == raw);
    }
  }
  CHECK(only(zadarma_with({{"caller_id", "+48221234567"}})).data.client_phone->text() ==
        "+48221234567");
  CHECK(only(ringostat_with({{"caller_number", "80671112233"}})).data.client_phone->text() ==
        "+380671112233");
}

TEST_CASE("ringostat: what is broken names its field") {
  CHECK(refusal(ringostat_with({{"calldate", "24.11.2026"}})).field == "calldate");
  CHECK(refusal(ringostat_with({{"call_type", "sideways"}})).field == "call_type");
  CHECK(refusal(ringostat_with({{"duration", ""}})).field == "duration");
  CHECK(refusal(ringostat_with({{"billsec", "71"}})).field == "talk_s");
}

TEST_CASE("zadarma: the end of a call, both ways") {
  const auto in = only(zadarma_with({}));
  CHECK(in.submission.id == "in_1|NOTIFY_END");
  CHECK(in.data.direction == CallDirection::kInbound);
  CHECK(in.data.talk_s == 42);
  const auto out = only(zadarma_with({{"event", "NOTIFY_OUT_END"}, {"destination", "0501234567"}}));
  CHECK(out.data.direction == CallDirection::kOutbound);
  CHECK(out.data.client_phone->text() == "+380501234567");
  const auto broke = only(zadarma_with({{"disposition", "no money, no limit"}}));
  CHECK(broke.data.outcome == CallOutcome::kFailed);
  CHECK(broke.data.talk_s == 0);
  CHECK(broke.data.duration_s == 42);
  CHECK(zadarma_with({{"event", "NOTIFY_RECORD"}}).skipped.size() == 1);
  CHECK(refusal(zadarma_with({{"duration", "-1"}})).field == "duration");
  CHECK(refusal(zadarma_with({{"call_start", ""}})).field == "call_start");
}

TEST_CASE("zadarma: the signature is base64 of the hex of the HMAC") {
  zadarma::Settings settings{.zone = kyiv(), .api_secret = "secret"};
  auto request = post(kZadarma);
  CHECK(zadarma::forged(request, settings));
  // printf %s '+3806711122333804455501012026-11-24 10:00:00' |
  //   openssl dgst -sha1 -hmac secret -hex | tr -d '\n' | base64
  request.headers = {{"signature", "Yjk4MmU1NTJmY2M4ZjM4NGQzMzBjMWEwYzRmYTMwNTAwZThiOTU4Ng=="}};
  CHECK_FALSE(zadarma::forged(request, settings));
  settings.api_secret = "another";
  CHECK(zadarma::forged(request, settings));
  settings.api_secret = "";
  CHECK(zadarma::forged(request, settings));
  // Registration is signed by nobody, and brings no call.
  request.query = {{"zd_echo", "x"}};
  CHECK_FALSE(zadarma::forged(request, settings));
}

TEST_CASE("3cx: the four kinds of call") {
  const auto out = only(threecx_with({}));
  CHECK(out.submission.id == "101|0671112233|2026-11-24T08:00:00Z|Outbound");
  CHECK(out.data.talk_s == 35);
  CHECK(out.data.direction == CallDirection::kOutbound);
  const auto missed = only(threecx_with({{"call_type", "Missed"}, {"agent", "[Agent]"}}));
  CHECK(missed.data.outcome == CallOutcome::kMissed);
  CHECK(missed.data.direction == CallDirection::kInbound);
  CHECK_FALSE(missed.data.manager_extension);
  CHECK(missed.data.talk_s == 0);
  CHECK(only(threecx_with({{"call_type", "Notanswered"}})).data.direction ==
        CallDirection::kOutbound);
  CHECK(only(threecx_with({{"start_utc", "2026-11-24 08:00:00"}})).submission.time ==
        out.submission.time);
}

TEST_CASE("3cx: a variable that was left unfilled is a missing field") {
  CHECK(refusal(threecx_with({{"start_utc", "[CallStartTimeUTC]"}})).field == "start_utc");
  CHECK(refusal(threecx_with({{"call_type", "[CallType]"}})).field == "call_type");
  CHECK(refusal(threecx_with({{"duration_s", "[DurationSeconds]"}})).field == "duration_s");
}

TEST_CASE("3cx: a caller who withheld his number has none") {
  for (const std::string number : {"[Number]", ""}) {
    const auto call = only(threecx_with({{"number", number}, {"call_type", "Missed"}}));
    CHECK(call.submission.id == "101||2026-11-24T08:00:00Z|Missed");
    CHECK_FALSE(call.data.client_phone);
    CHECK_FALSE(call.data.client_phone_raw);
    CHECK(call.data.outcome == CallOutcome::kMissed);
  }
}

TEST_CASE("3cx: a kind of call that is not in the table is unknown, with the word") {
  const auto call = only(threecx_with({{"call_type", "Teleported"}}));
  CHECK(call.submission.id == "101|0671112233|2026-11-24T08:00:00Z|Teleported");
  CHECK(call.data.outcome == CallOutcome::kUnknown);
  CHECK(call.data.outcome_raw == "Teleported");
  // Nobody's attempt, and nobody waits to be called back.
  CHECK(call.data.direction == CallDirection::kInbound);
  CHECK(call.data.duration_s == 35);
  CHECK(call.data.talk_s == 0);
  CHECK(only(threecx_with({{"call_type", "Teleported"}, {"duration_s", ""}})).data.duration_s == 0);
}

TEST_CASE("a wall clock's time needs no zone of its own, and nothing else is one") {
  const auto zone = kyiv();
  CHECK(format_timestamp(telephony::local_time("2026/11/24 10:00:00", zone).value().instant) ==
        "2026-11-24T08:00:00Z");
  CHECK(format_timestamp(telephony::local_time("2026-07-01T10:00:00", zone).value().instant) ==
        "2026-07-01T07:00:00Z");
  // The hour that spring leaves out: the instant of the jump, and said to be suspect.
  const auto missing = telephony::local_time("2026-03-29 03:30:00", zone).value();
  CHECK(format_timestamp(missing.instant) == "2026-03-29T01:00:00Z");
  CHECK(missing.suspect);
  for (const auto* there : {"2026-03-29 02:59:59", "2026-03-29 04:00:00", "2026-10-25 03:30:00"}) {
    INFO(there);
    CHECK_FALSE(telephony::local_time(there, zone).value().suspect);
  }
  for (const auto* wrong : {"", "2026-11-24", "2026-11-24 10:00", "2026-02-30 10:00:00",
                            "2026-11-24 25:00:00", "2026-11-24T10:00:00Z", "24/11/2026 10:00:00"}) {
    INFO(wrong);
    CHECK_FALSE(telephony::local_time(wrong, zone));
  }
}
