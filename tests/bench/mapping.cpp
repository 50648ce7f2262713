#include <fmt/format.h>

#include <cstdlib>
#include <functional>
#include <string>

#include "producers/payments/camt/mapping.h"
#include "producers/payments/mt940/mapping.h"
#include "producers/telephony/asterisk/mapping.h"
#include "producers/telephony/binotel/mapping.h"
#include "producers/telephony/freeswitch/mapping.h"
#include "producers/telephony/ringostat/mapping.h"
#include "producers/telephony/threecx/cdr.h"
#include "producers/telephony/threecx/mapping.h"
#include "producers/telephony/twilio/mapping.h"
#include "producers/telephony/zadarma/mapping.h"
#include "tests/bench/measure.h"

// What it costs to read one record of each sender: from its bytes to the event, without the door.
//
//   bench_mapping [RECORDS]

namespace {

using namespace ledger;

constexpr std::string_view kBinotel =
    "requestType=apiCallCompleted&attemptsCounter=1&callDetails[companyID]=7"
    "&callDetails[generalCallID]=901&callDetails[startTime]=1795593600&callDetails[callType]=1"
    "&callDetails[internalNumber]=101&callDetails[externalNumber]=0671112233"
    "&callDetails[waitsec]=5&callDetails[billsec]=61&callDetails[disposition]=ANSWER";
constexpr std::string_view kRingostat =
    R"({"uniqueid":"ua1-1","calldate":"2026-11-24 10:00:00","call_type":"out","dst":"380671112233",)"
    R"("employee_number":"101","disposition":"PROPER","duration":"70","billsec":60})";
constexpr std::string_view kZadarma =
    "event=NOTIFY_END&call_start=2026-11-24+10:00:00&pbx_call_id=in_1&caller_id=%2B380671112233"
    "&called_did=380445550101&internal=101&duration=42&disposition=answered";
constexpr std::string_view kReport =
    R"({"call_type":"Outbound","number":"0671112233","agent":"101","duration_s":"35",)"
    R"("start_utc":"2026-11-24T08:00:00Z"})";
constexpr std::string_view kRecord =
    "Call 612504,00000C21DE5C2470_6531,00:01:00,2026/11/24 10:00:00,2026/11/24 10:00:05,"
    "2026/11/24 10:01:05,TerminatedBySrc,0671112233,Ext.800,10021,800,800,,Ext.101,101,,,,,"
    "Chain: 0671112233;Ext.800;Ext.101;,Line,Queue,Extension,,,,";
constexpr std::string_view kFreeswitch =
    R"({"core-uuid":"c1","channel_data":{"direction":"inbound"},"variables":{"uuid":"l1",)"
    R"("call_uuid":"l1","start_epoch":"1764000000","answer_epoch":"0","end_epoch":"1764000020",)"
    R"("duration":"20","billsec":"0","hangup_cause":"NO_ANSWER"},"callflow":[{"caller_profile":)"
    R"({"caller_id_number":"%2B380501112233","destination_number":"0800"}}]})";
constexpr std::string_view kTwilio =
    "CallSid=CA2&ParentCallSid=CA1&CallStatus=completed&CallDuration=60&Direction=outbound-dial"
    "&From=%2B380501112233&To=client%3Aolena&Timestamp=Wed%2C+25+Nov+2026+08%3A01%3A10+%2B0000";

std::string asterisk_file(std::int64_t records) {
  std::string text;
  for (std::int64_t i = 0; i < records; ++i) {
    text += fmt::format(
        "\"\",\"0501112233\",\"600\",\"from-trunk\",\"\"\"Ivan\"\" "
        "<0501112233>\",\"PJSIP/t-{0:x}\","
        "\"PJSIP/101-{0:x}\",\"Queue\",\"sales,t\",\"2026-11-24 10:00:00\",\"2026-11-24 10:00:05\","
        "\"2026-11-24 10:01:05\",65,60,\"ANSWERED\",\"DOCUMENTATION\",\"1764000000.{0}\",\"\",\"\","
        "\"1764000000.{0}\",{0}\n",
        i);
  }
  return text;
}

std::string camt_file(std::int64_t records) {
  std::string text =
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>"
      "<Id>S1</Id><Acct><Id><IBAN>UA213223130000026007233566001</IBAN></Id></Acct>";
  for (const auto& [kind, amount] : {std::pair{"OPBD", std::int64_t{0}}, {"CLBD", 150 * records}}) {
    text += fmt::format(
        "<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"UAH\">{}.00</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-24</Dt></Dt></Bal>",
        kind, amount);
  }
  for (std::int64_t i = 0; i < records; ++i) {
    text += fmt::format(
        "<Ntry><Amt Ccy=\"UAH\">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        "<BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-24</Dt></ValDt>"
        "<AcctSvcrRef>PB{}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>ТОВ "
        "Ромашка</Nm>"
        "</Pty></Dbtr><DbtrAcct><Id><IBAN>UA493052990000026000000000001</IBAN></Id></DbtrAcct>"
        "</RltdPties><RmtInf><Ustrd>Оплата згідно рах. РФ-{}</Ustrd></RmtInf></TxDtls></NtryDtls>"
        "</Ntry>",
        i, i);
  }
  return text + "</Stmt></BkToCstmrStmt></Document>";
}

std::string mt940_file(std::int64_t records) {
  std::string text = ":20:STMT\n:25:UA213223130000026007233566001\n:28C:115/1\n:60F:C261123UAH0,\n";
  for (std::int64_t i = 0; i < records; ++i) {
    text += fmt::format(
        ":61:2611241124C150,NTRFNONREF//PB{}\n:86:166?20Оплата згідно рах. РФ-{}"
        "?31UA493052990000026000000000001?32ТОВ Ромашка\n",
        i, i);
  }
  return text + fmt::format(":62F:C261124UAH{},\n-\n", 150 * records);
}

void print(std::string_view sender, std::int64_t records, std::size_t bytes,
           const bench::Stopwatch& watch) {
  fmt::print("{:<22} {:>6} bytes  {:>7.0f} ns CPU a record  {:>9.0f} /s\n", sender, bytes,
             watch.cpu_seconds() * 1e9 / static_cast<double>(records),
             static_cast<double>(records) / watch.seconds());
  std::fflush(stdout);
}

void measure(std::string_view sender, std::int64_t records, std::string_view body,
             const std::function<Mapped(const http::Request&)>& map) {
  const bench::Stopwatch watch;
  for (std::int64_t i = 0; i < records; ++i) {
    http::Request request;
    request.method = "POST";
    request.body = body;
    if (map(request).events.size() != 1) std::abort();
  }
  print(sender, records, body.size(), watch);
}

// Statements in one file, of so many lines as fit into the limits of XML.
void measure_file(std::string_view sender, std::string (*make)(std::int64_t),
                  const std::function<Mapped(const std::string&)>& map) {
  constexpr std::int64_t kLines = 50'000;
  const std::string file = make(kLines);
  const bench::Stopwatch watch;
  if (map(file).events.size() != static_cast<std::size_t>(kLines)) std::abort();
  print(sender, kLines, file.size() / static_cast<std::size_t>(kLines), watch);
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t records = argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 200'000;
  const auto zone = BusinessZone::named("Europe/Kyiv").value();
  {
    const std::string file = asterisk_file(records);
    const bench::Stopwatch watch;
    const auto mapped = asterisk::map_cdr(file, {.zone = zone});
    if (mapped.events.size() != static_cast<std::size_t>(records)) std::abort();
    print("asterisk cdr_csv", records, file.size() / static_cast<std::size_t>(records), watch);
  }
  measure_file("camt.053", camt_file,
               [&](const std::string& file) { return camt::map_statements(file, {.zone = zone}); });
  measure_file("mt940", mt940_file, [&](const std::string& file) {
    return mt940::map_statements(file, {.bank = {.zone = zone}});
  });
  measure("freeswitch json", records, kFreeswitch, [](const auto& request) {
    return freeswitch::map_delivery(request, freeswitch::Settings());
  });
  measure("twilio form", records, kTwilio,
          [](const auto& request) { return twilio::map_delivery(request, {}); });
  measure("binotel form", records, kBinotel,
          [](const auto& request) { return binotel::map_delivery(request, {}); });
  measure("ringostat json", records, kRingostat,
          [&](const auto& request) { return ringostat::map_delivery(request, {.zone = zone}); });
  measure("zadarma form", records, kZadarma,
          [&](const auto& request) { return zadarma::map_delivery(request, {.zone = zone}); });
  measure("3cx report", records, kReport,
          [](const auto& request) { return threecx::map_report(request, {}); });
  measure("3cx call record", records, kRecord,
          [&](const auto& request) { return threecx::map_cdr_line(request, {.zone = zone}); });
  return 0;
}
