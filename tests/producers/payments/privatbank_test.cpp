// Goal: of PrivatBank's rows money that came is a payment once, whatever state it passes through,
// and nothing else is. Method: one posted credit, and one member of it otherwise at a time.
#include "producers/payments/privatbank/mapping.h"

#include "events/types/amendment.h"
#include "tests/producers/payments/bank_answers.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

privatbank::Settings settings() {
  return {.bank = {.zone = BusinessZone::named("Europe/Kyiv").value(), .source = "privatbank"},
          .own_codes = {"40000001"},
          .own_accounts = {"UA903052992990004149123456789"}};
}

Result<privatbank::Page> page(const std::string& json) {
  return privatbank::map_page(json, settings(), kHouseAccount,
                              parse_timestamp("2026-11-26T12:00:00Z").value());
}

Told map(const Members& changes) {
  auto mapped = page(privat_page({privat_row(changes)}));
  REQUIRE(mapped);
  return told(std::move(mapped->told));
}

void skipped(const Members& changes, std::string_view reason) {
  const auto read = map(changes);
  CHECK(read.payments.empty());
  REQUIRE(read.skipped.size() == 1);
  CHECK(read.skipped[0].reason == reason);
}

void refused(const Members& changes, ErrorCode code, std::string_view field) {
  const auto read = map(changes);
  CHECK(read.payments.empty());
  REQUIRE(read.refused.size() == 1);
  INFO(read.refused[0].error.message);
  CHECK(read.refused[0].error.code == code);
  CHECK(read.refused[0].error.field == field);
  CHECK(read.refused[0].raw.find("OSND") != std::string::npos);
}

}  // namespace

TEST_CASE("privatbank: a posted credit is a payment", "[producers][payments]") {
  const auto read = map({});
  REQUIRE(read.payments.size() == 1);
  CHECK(read.payments[0].source == "privatbank");
  CHECK(read.payments[0].id == std::string(kHouseAccount) + "|JBKLOB7|1");
  CHECK(format_timestamp(read.payments[0].time) == "2026-11-24T08:15:00Z");
  const auto& paid = read.payment();
  CHECK(paid.our_account == kHouseAccount);
  CHECK(paid.amount == Money{15050, {}});
  CHECK(format_date(paid.booked_on) == "2026-11-24");
  CHECK(paid.payer_name == "ТОВ РОМАШКА");
  CHECK(paid.payer_tax_code->text() == "00032129");
  CHECK(paid.payer_iban->text() == kPayerAccount);
  CHECK(paid.purpose == "Оплата за товар, рах. 7");
}

TEST_CASE("privatbank: the final day's row is the one of before", "[producers][payments]") {
  const auto before = map({});
  const auto after = map({{"ID", "700000001"}, {"TECHNICAL_TRANSACTION_ID", "x"}});
  CHECK(encode_submission(before.payments.at(0)) == encode_submission(after.payments.at(0)));
}

TEST_CASE("privatbank: what is no client's money is left out", "[producers][payments]") {
  skipped({{"TRANTYPE", "D"}}, "outgoing money");
  skipped({{"PR_PR", "p"}}, "pending: not posted yet");
  skipped({{"FL_REAL", "i"}}, "informational: no money moved");
  skipped({{"AUT_CNTR_CRF", "32855961"}}, "between own accounts");
  skipped({{"AUT_CNTR_CRF", "40000001"}}, "between own accounts");
  skipped({{"AUT_CNTR_ACC", "UA903052992990004149123456789"}}, "between own accounts");
  skipped({{"AUT_MY_ACC", kPayerAccount}}, "another account's");
  skipped({{"TRANTYPE", "D"}, {"PR_PR", "t"}}, "outgoing money");
}

TEST_CASE("privatbank: what the bank reverses or rejects is taken back", "[producers][payments]") {
  for (const char* state : {"t", "n"}) {
    const auto read = map({{"PR_PR", state}});
    REQUIRE(read.payments.size() == 1);
    const auto* voided = read.payments[0].data.get_if<EventVoided>();
    REQUIRE(voided != nullptr);
    CHECK(voided->target_source == "privatbank");
    CHECK(voided->target_id == std::string(kHouseAccount) + "|JBKLOB7|1");
    CHECK(voided->reason.find(std::string("PR_PR ") + state) != std::string::npos);
    CHECK(read.payments[0].id != voided->target_id);
  }
}

TEST_CASE("privatbank: zeros are no payer's code", "[producers][payments]") {
  for (const char* code : {"0000000000", "00000000", "", "123"}) {
    const auto read =
        map({{"AUT_CNTR_CRF", code}, {"AUT_MY_CRF", code}, {"AUT_CNTR_ACC", "26007"}});
    REQUIRE(read.payments.size() == 1 - (std::string(code) == "123" ? 1U : 0U));
    if (read.payments.empty()) continue;
    CHECK_FALSE(read.payment().payer_tax_code);
    CHECK_FALSE(read.payment().payer_iban);
  }
}

TEST_CASE("privatbank: what is posted for a later moment waits for it", "[producers][payments]") {
  skipped({{"DATE_TIME_DAT_OD_TIM_P", "26.11.2026 18:20:00"}},
          "posted for a later moment: recorded once that has come");
}

TEST_CASE("privatbank: days and times as they are spelled", "[producers][payments]") {
  CHECK(format_timestamp(map({{"DATE_TIME_DAT_OD_TIM_P", ""}}).payments.at(0).time) ==
        "2026-11-24T08:15:00Z");
  CHECK(
      format_timestamp(map({{"DATE_TIME_DAT_OD_TIM_P", ""}, {"TIM_P", ""}}).payments.at(0).time) ==
      "2026-11-23T22:00:00Z");
  // In summer Kyiv is three hours ahead.
  CHECK(format_timestamp(
            map({{"DATE_TIME_DAT_OD_TIM_P", "01.07.2026 00:30:00"}}).payments.at(0).time) ==
        "2026-06-30T21:30:00Z");
  refused({{"DATE_TIME_DAT_OD_TIM_P", "30.02.2026 10:00:00"}}, ErrorCode::kInvalidField,
          "DATE_TIME_DAT_OD_TIM_P");
  refused({{"DATE_TIME_DAT_OD_TIM_P", "24.11.2026 25:00:00"}}, ErrorCode::kInvalidField,
          "DATE_TIME_DAT_OD_TIM_P");
  refused({{"DATE_TIME_DAT_OD_TIM_P", "2026-11-24 10:00:00"}}, ErrorCode::kInvalidField,
          "DATE_TIME_DAT_OD_TIM_P");
  refused({{"DATE_TIME_DAT_OD_TIM_P", ""}, {"DAT_OD", ""}}, ErrorCode::kMissingField, "DAT_OD");
  refused({{"DATE_TIME_DAT_OD_TIM_P", ""}, {"TIM_P", "1015"}}, ErrorCode::kInvalidField, "TIM_P");
}

TEST_CASE("privatbank: rows that cannot be believed are kept", "[producers][payments]") {
  refused({{"TRANTYPE", "X"}}, ErrorCode::kInvalidField, "TRANTYPE");
  refused({{"TRANTYPE", ""}}, ErrorCode::kMissingField, "TRANTYPE");
  refused({{"PR_PR", "q"}}, ErrorCode::kInvalidField, "PR_PR");
  refused({{"FL_REAL", "x"}}, ErrorCode::kInvalidField, "FL_REAL");
  refused({{"REF", ""}}, ErrorCode::kMissingField, "REF");
  refused({{"REFN", ""}}, ErrorCode::kMissingField, "REFN");
  refused({{"AUT_MY_ACC", ""}}, ErrorCode::kMissingField, "AUT_MY_ACC");
  refused({{"CCY", "XXX"}}, ErrorCode::kInvalidField, "CCY");
  for (const char* sum : {"0.00", "-1.00", "1,50", "1.005"}) {
    refused({{"SUM", sum}}, ErrorCode::kInvalidField, "SUM");
  }
}

TEST_CASE("privatbank: one row twice is one payment, two under one reference are none to choose",
          "[producers][payments]") {
  auto twice = page(privat_page({privat_row(), privat_row()}));
  REQUIRE(twice);
  CHECK(twice->told.events.size() == 1);
  CHECK(twice->told.skipped.size() == 1);
  for (const Members& other : {Members{{"SUM", "1.00"}}, Members{{"PR_PR", "t"}}}) {
    auto two = page(privat_page({privat_row(), privat_row(other)}));
    REQUIRE(two);
    REQUIRE(two->told.refused.size() == 1);
    CHECK(two->told.refused[0].error.code == ErrorCode::kConflict);
  }
}

TEST_CASE("privatbank: a page names the one behind it", "[producers][payments]") {
  CHECK_FALSE(page(privat_page({}))->next);
  CHECK(page(privat_page({}, R"("exist_next_page":true,"next_page_id":"F1")"))->next == "F1");
  const auto cut = page(privat_page({}, R"("exist_next_page":true)"));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().field == "next_page_id");
}

TEST_CASE("privatbank: what is no whole answer is none", "[producers][payments]") {
  const std::string whole = privat_page({privat_row()});
  for (std::size_t length = 0; length < whole.size(); length += 17) {
    CHECK_FALSE(page(whole.substr(0, length)));
  }
  const auto said = page(R"({"status":"ERROR","message":"Невірний токен"})");
  REQUIRE_FALSE(said);
  CHECK(said.error().message.find("Невірний токен") != std::string::npos);
  CHECK_FALSE(page(R"({"status":"SUCCESS"})"));
  CHECK_FALSE(page("[]"));
}

TEST_CASE("privatbank: the bank says when not to ask", "[producers][payments]") {
  const auto phase = [](const std::string& settings) {
    return privatbank::read_phase(R"({"status":"SUCCESS","settings":)" + settings + "}").value();
  };
  CHECK(phase(R"({"phase":"WRK","work_balance":"N"})").open);
  CHECK(phase(R"({"phase":"WRK","work_balance":"Y"})").why == "work_balance is Y");
  CHECK(phase(R"({"phase":"NOP","work_balance":"N"})").why == "phase is NOP");
  CHECK_FALSE(privatbank::read_phase(R"({"status":"SUCCESS"})"));
}
