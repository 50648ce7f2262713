// Goal: money is counted once and none is lost, whichever way a bank tells of one booking twice or
// of two alike. Method: two files at a time, told to a ledger that keeps the last word on each id.
#include <map>

#include "producers/payments/camt/mapping.h"
#include "producers/payments/mt940/mapping.h"
#include "tests/producers/payments/camt_message.h"
#include "tests/producers/payments/mt940_message.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

class Ledger {
 public:
  void camt(const std::string& xml) { take(camt::map_statements(xml, {.zone = kyiv()})); }
  void mt940(const std::string& text) {
    take(mt940::map_statements(text, {.bank = {.zone = kyiv()}}));
  }
  [[nodiscard]] std::vector<std::int64_t> amounts() const {
    std::vector<std::int64_t> all;
    for (const auto& [id, payment] : payments_) all.push_back(payment.amount.amount_minor);
    std::sort(all.begin(), all.end());
    return all;
  }
  [[nodiscard]] const std::map<std::string, PaymentReceived>& payments() const { return payments_; }

 private:
  static BusinessZone kyiv() { return BusinessZone::named("Europe/Kyiv").value(); }
  void take(Mapped mapped) {
    CHECK(mapped.refused.empty());
    for (const auto& event : mapped.events) {
      payments_.insert_or_assign(event.id, *event.data.get_if<PaymentReceived>());
    }
    for (const auto& event : mapped.provisional) {
      const auto* payment = event.data.get_if<PaymentReceived>();
      if (payment != nullptr) payments_.try_emplace(event.id, *payment);
    }
  }
  std::map<std::string, PaymentReceived> payments_;
};

using Amounts = std::vector<std::int64_t>;

std::string reference(const std::string& text) { return "<AcctSvcrRef>" + text + "</AcctSvcrRef>"; }
std::string transaction(const std::string& amount, const std::string& own,
                        const std::string& more = "") {
  return "<TxDtls>" + (own.empty() ? "" : "<Refs>" + reference(own) + "</Refs>") +
         "<Amt Ccy=\"UAH\">" + amount + "</Amt>" + more + "</TxDtls>";
}
std::string details(const std::string& transactions) {
  return "<NtryDtls>" + transactions + "</NtryDtls>";
}
std::string purpose(const std::string& text) {
  return "<RmtInf><Ustrd>" + text + "</Ustrd></RmtInf>";
}

std::string statement(const std::string& entries, const std::string& closing,
                      const std::string& id = "S1", const std::string& currency = "UAH") {
  return camt_message(camt_part(
      {.id = id, .opening = "0.00", .closing = closing, .entries = entries, .currency = currency}));
}
std::string notification(const std::string& entries, const std::string& version = "054.001.08") {
  return camt_message(camt_part({.opening = "", .closing = "", .entries = entries},
                                version.starts_with("052") ? "Rpt" : "Ntfctn"),
                      version);
}

std::string lines(int number, const std::string& opening, const std::string& text,
                  const std::string& closing, const std::string& currency = "UAH") {
  return mt940_block({.number = std::to_string(number),
                      .opening = "C261123" + currency + opening,
                      .closing = "C261124" + currency + closing,
                      .lines = text});
}

// Both orders of two files.
template <class Tell>
void in_any_order(Tell tell, const std::string& one, const std::string& other,
                  const Amounts& expected) {
  for (const bool turned : {false, true}) {
    Ledger ledger;
    tell(ledger, turned ? other : one);
    tell(ledger, turned ? one : other);
    INFO((turned ? "the second first" : "the first first"));
    CHECK(ledger.amounts() == expected);
  }
}
void camt_in_any_order(const std::string& one, const std::string& other, const Amounts& expected) {
  in_any_order([](Ledger& ledger, const std::string& xml) { ledger.camt(xml); }, one, other,
               expected);
}
void mt940_in_any_order(const std::string& one, const std::string& other, const Amounts& expected) {
  in_any_order([](Ledger& ledger, const std::string& text) { ledger.mt940(text); }, one, other,
               expected);
}

}  // namespace

TEST_CASE("keys: one IBAN in two currencies is two accounts", "[producers][payments]") {
  const std::string line = ":61:2611241124C100,NTRFNONREF\n";
  mt940_in_any_order(lines(1, "0,", line, "100,"), lines(1, "0,", line, "100,", "USD"),
                     {10000, 10000});
  const auto in = [](const std::string& currency, const std::string& more) {
    return statement(camt_entry({.amount = "10.00", .more = more, .currency = currency}), "10.00",
                     "S1", currency);
  };
  for (const auto& more : {std::string(), reference("R1")}) {
    camt_in_any_order(in("UAH", more), in("USD", more), {1000, 1000});
  }
  Ledger ledger;
  ledger.camt(in("USD", reference("R1")));
  CHECK(ledger.payments().begin()->first == "UA1/USD|2026-11-24|R1");
}

TEST_CASE("keys: mt940: days told again in other statements and pages", "[producers][payments]") {
  const std::string first = ":61:2611231123C100,NTRFNONREF\n";
  const std::string second = ":61:2611241124C50,NTRFNONREF\n";
  const std::string again = lines(2, "100,", second, "150,");
  mt940_in_any_order(lines(1, "0,", first + second, "150,"), again, {5000, 10000});
  mt940_in_any_order(lines(1, "0,", first + second, "150,") + again, again, {5000, 10000});
  // one page, exported anew as two, on which equal lines stand
  const std::string pages =
      ":20:S\n:25:UA213223130000026007233566001\n:28C:1/1\n:60F:C261123UAH0,\n" + second +
      ":62M:C261124UAH50,\n-\n:20:S\n:25:UA213223130000026007233566001\n:28C:1/2\n"
      ":60M:C261124UAH50,\n" +
      second + ":62F:C261124UAH100,\n-\n";
  mt940_in_any_order(lines(1, "0,", second + second, "100,"), pages, {5000, 5000});
}

TEST_CASE("keys: mt940: a reference that the bank repeats is two payments in two files too",
          "[producers][payments]") {
  mt940_in_any_order(lines(1, "0,", ":61:2611241124C100,NTRFNONREF//55555\n", "100,"),
                     lines(2, "100,", ":61:2611241124C40,NTRFNONREF//55555\n", "140,"),
                     {4000, 10000});
}

TEST_CASE("keys: mt940: equal amounts of a day, of two payers, in statements of their own",
          "[producers][payments]") {
  const std::string line = ":61:2611241124C100,NTRFNONREF\n:86:";
  mt940_in_any_order(lines(1, "0,", line + "Ромашка\n", "100,"),
                     lines(2, "100,", line + "Волошка\n", "200,"), {10000, 10000});
}

TEST_CASE("keys: camt without references: one entry more, another statement",
          "[producers][payments]") {
  const auto entry = [](const std::string& amount, const std::string& words) {
    return camt_entry({.amount = amount, .more = details(transaction(amount, "", purpose(words)))});
  };
  const std::string two = entry("100.00", "a") + entry("50.00", "b");
  camt_in_any_order(statement(two, "150.00"), statement(entry("7.00", "c") + two, "157.00"),
                    {700, 5000, 10000});
  camt_in_any_order(statement(two, "150.00"), statement(two, "150.00", "S2"), {5000, 10000});
  // equal in all are two, and stay two
  const std::string twins = entry("5.00", "a") + entry("5.00", "a");
  camt_in_any_order(statement(twins, "10.00"), statement(twins, "10.00", "S2"), {500, 500});
}

TEST_CASE("keys: camt: a bank that numbers within the day", "[producers][payments]") {
  const auto day = [](const std::string& on, const std::string& amount) {
    return statement(camt_entry({.amount = amount,
                                 .more = reference("1") + details(transaction(amount, "")),
                                 .day = on}),
                     amount, on);
  };
  camt_in_any_order(day("2026-11-24", "100.00"), day("2026-11-25", "40.00"), {4000, 10000});
  camt_in_any_order(day("2026-11-24", "40.00"), day("2026-11-25", "40.00"), {4000, 4000});
}

TEST_CASE("keys: camt: a booking is known by the entry's reference, whatever its transaction's is",
          "[producers][payments]") {
  const std::string report =
      notification(camt_entry({.amount = "100.00", .more = reference("E1")}), "052.001.08");
  const std::string full = statement(
      camt_entry({.amount = "100.00",
                  .more = reference("E1") + details(transaction("100.00", "T1", purpose("x")))}),
      "100.00");
  camt_in_any_order(report, full, {10000});
  Ledger ledger;
  ledger.camt(report);
  ledger.camt(full);
  CHECK(ledger.payments().begin()->second.bank_reference == "T1");
}

TEST_CASE("keys: camt: a batch told as a whole and told by its transactions",
          "[producers][payments]") {
  const std::string whole =
      statement(camt_entry({.amount = "100.00", .more = reference("E")}), "100.00");
  const auto listed = [](const std::string& transactions) {
    return notification(
        camt_entry({.amount = "100.00", .more = reference("E") + details(transactions)}));
  };
  const std::string a = transaction("60.00", "A");
  const std::string b = transaction("40.00", "B");
  camt_in_any_order(listed(a + b), whole, {4000, 6000});
  camt_in_any_order(listed(a + b), listed(b + a), {4000, 6000});
  const std::string plain = transaction("50.00", "") + transaction("50.00", "");
  camt_in_any_order(listed(plain), whole, {5000, 5000});
  // the ledger counts what has one reference and amount once: so no two are told with one
  Ledger ledger;
  ledger.camt(listed(plain));
  CHECK(ledger.payments().begin()->second.bank_reference !=
        ledger.payments().rbegin()->second.bank_reference);
}

TEST_CASE("keys: camt: two transactions under one reference of an entry are not one",
          "[producers][payments]") {
  const auto part = [](const std::string& own) {
    return camt_entry(
        {.amount = "50.00", .more = reference("E") + details(transaction("50.00", own))});
  };
  const auto read =
      told(camt::map_statements(statement(part("A") + part("B"), "100.00"),
                                {.zone = BusinessZone::named("Europe/Kyiv").value()}));
  CHECK(read.payments.size() == 1);
  REQUIRE(read.refused.size() == 1);
  CHECK(read.refused[0].error.code == ErrorCode::kConflict);
}

TEST_CASE("keys: an account is one in whichever spelling", "[producers][payments]") {
  const auto with = [](const std::string& account) {
    return camt_message(
        camt_part({.account = account,
                   .opening = "0.00",
                   .closing = "10.00",
                   .entries = camt_entry({.amount = "10.00", .more = reference("R1")})}));
  };
  const std::string iban = "UA213223130000026007233566001";
  for (const auto& other :
       {std::string("<IBAN>ua213223130000026007233566001</IBAN>"),
        "<Othr><Id>" + iban + "</Id></Othr>",
        std::string("<Othr><Id>UA21 3223 1300 0002 6007 2335 6600 1</Id></Othr>")}) {
    camt_in_any_order(with("<IBAN>" + iban + "</IBAN>"), with(other), {1000});
  }
}
