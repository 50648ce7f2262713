// Goal: the paper of an act says what its figures say, leaves the client's half to the client, and
// is the same bytes when it is printed again, in the form in which it was drafted. Method: a house
// in which things are recorded after the act.
#include <fmt/format.h>

#include <string>

#include "platform/sha256.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

namespace {

void tell(House& house, std::string_view id, std::string_view type, std::string_view data) {
  const auto response = house.post(fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"2026-11-30T08:00:00Z","data":{}}})",
      id, type, data));
  INFO(response.body);
  REQUIRE(response.status == 201);
}

std::string invoice(std::string_view id, std::string_view number, std::string_view day,
                    std::int64_t minor) {
  return fmt::format(
      R"({{"invoice_id":"{}","number":"{}","client_id":"c-1","issued_on":"{}","due_on":"2026-12-14","amount":{{"amount_minor":{},"currency":"UAH"}}}})",
      id, number, day, minor);
}

// A house with one act, drafted as ledgerctl drafts it: from the preview.
void draft_act(House& house) {
  tell(house, "card", "client.registered",
       R"({"client_id":"c-1","name":"ТОВ «Ромашка» <і сини>","tax_code":"14360570"})");
  tell(house, "i-1", "invoice.issued", invoice("i-1", "РФ-1", "2026-10-10", 200'000));
  tell(house, "i-2", "invoice.issued", invoice("i-2", "РФ-2", "2026-11-10", 3'105));
  house.set_now("2026-12-01T12:00:00Z");
  const std::string preview =
      house.get("/v1/acts/preview?client=c-1&from=2026-11-01&to=2026-11-30").body;
  const std::size_t from = preview.find(R"("draft":{"act_id":"act-c-1-2026-11-30",)");
  REQUIRE(from != std::string::npos);
  std::string data = preview.substr(from + 8);
  data.pop_back();  // the answer's own brace
  data.insert(1, R"("manager_id":"m-1","number":"АЗ-11","place":"Київ",)");
  tell(house, "draft", "reconciliation.drafted", data);
}

constexpr const char* kAct = "/v1/acts/act-c-1-2026-11-30";

std::string print_of(House& house, std::string_view format) {
  return house.get(fmt::format("{}?{}", kAct, format)).body;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("act: our half, room for theirs, the balance in words, and no markup from names",
          "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  const std::string page = print_of(house, "format=html");
  CHECK(holds(page, "<h1>Акт звірки взаєморозрахунків № АЗ-11</h1>"));
  CHECK(holds(page, "Київ, 30.11.2026"));
  CHECK(holds(page, "За даними ТОВ «Гурт»"));
  CHECK(holds(page, "За даними ТОВ «Ромашка» &lt;і сини&gt;"));
  CHECK_FALSE(holds(page, "<і сини>"));
  CHECK(holds(page,
              "<td>Рахунок № РФ-2</td><td class=\"number\">31,05</td>"
              "<td class=\"number\"></td><td></td><td></td><td></td><td></td></tr>"));
  CHECK(holds(page,
              "<tr class=\"sum\"><td colspan=\"3\">Сальдо на початок</td>"
              "<td class=\"number\">2\u00a0000,00</td><td class=\"number\"></td>"
              "<td colspan=\"2\">Сальдо на початок</td><td></td><td></td></tr>"));
  CHECK(holds(page,
              "Станом на 30.11.2026 заборгованість на користь ТОВ «Гурт» становить "
              "2\u00a0031,05\u00a0грн (дві тисячі тридцять одна гривня 05 копійок)."));
  CHECK(holds(page, "<p><span>директор</span><i></i><span>Марія Левченко</span></p>"));
  CHECK(holds(page, "Головний бухгалтер"));
  CHECK(holds(page, "М.П."));
  CHECK_FALSE(holds(page, "Таблиця розбіжностей"));
  const std::string english = print_of(house, "format=html&lang=en");
  CHECK(holds(english,
              "the debt in favour of ТОВ «Гурт» is 2,031.05\u00a0UAH "
              "(two thousand thirty-one hryvnias 05 kopiykas)."));
}

TEST_CASE("act: printed again it is the same bytes, whatever was recorded since", "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  const std::string page = print_of(house, "format=html");
  const std::string csv = print_of(house, "format=csv");
  house.set_now("2027-03-01T12:00:00Z");
  tell(house, "late", "invoice.issued", invoice("i-3", "РФ-3", "2026-11-11", 77));
  tell(house, "rename", "client.updated", R"({"client_id":"c-1","name":"ТОВ «Волошка»"})");
  tell(house, "void", "event.voided",
       R"({"target_source":"test","target_id":"i-2","reason":"помилка"})");
  CHECK(print_of(house, "format=html") == page);
  CHECK(print_of(house, "format=csv") == csv);
  CHECK(holds(print_of(house, "format=json"), R"("digest_holds":true)"));
  CHECK(holds(print_of(house, "format=json"), R"("same":false)"));
}

TEST_CASE("act: a digest is printed as a proof only if it is of the figures", "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  const std::string proven = print_of(house, "format=html");
  CHECK(holds(proven, "Показники за даними журналу подій, відомими на 01.12.2026 13:59; "));
  CHECK(holds(proven, "; позиція журналу "));
  CHECK(holds(proven, "Валюта: гривня (UAH)."));
  const std::string made_up(64, '5');
  const auto redraft = [&](std::string_view id, std::string_view known_at) {
    tell(
        house, id, "reconciliation.drafted",
        fmt::format(
            R"({{"act_id":"act-c-1-2026-11-30","client_id":"c-1","manager_id":"m-1","from":"2026-11-01","to":"2026-11-30","closing":{{"amount_minor":203105,"currency":"UAH"}},"position":"0","digest":"{}"{}}})",
            made_up, known_at));
    const std::string page = print_of(house, "format=html");
    CHECK(holds(page, "контрольною сумою чернетки не підтверджено"));
    CHECK_FALSE(holds(page, "SHA-256"));
    CHECK(holds(print_of(house, "format=html&lang=en"), "not proven"));
  };
  redraft("other", R"(,"known_at":"2026-12-01T11:00:00Z")");
  redraft("without", "");
}

TEST_CASE("act: drafted before there was another form, it is the bytes that it was",
          "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  const std::string told =
      R"({"act_id":"act-c-1-2026-11-30","client_id":"c-1","manager_id":"m-1","from":"2026-11-01","to":"2026-11-30","closing":{"amount_minor":203105,"currency":"UAH"},"position":"0","digest":"5555555555555555555555555555555555555555555555555555555555555555","number":"АЗ-11","known_at":"2026-12-01T11:00:00Z","ours":{"name":"ТОВ «Гурт»","tax_code":"32855961","signatory":"Марія Левченко","post":"директор"},"theirs":{"name":"ТОВ «Ромашка»"},"place":"Київ")";
  tell(house, "old", "reconciliation.drafted", told + "}");
  CHECK(holds(print_of(house, "format=json"), R"("form":"act.v1")"));
  const auto digest_of = [&](std::string_view format) {
    return to_hex(sha256(print_of(house, format)));
  };
  CHECK(digest_of("format=html") ==
        "6ac03e63ff7b12cf016cd57e0da407d03e41a304493a13869d1b45d9592d9e07");
  CHECK(digest_of("format=html&lang=en") ==
        "b5078224b09739a1ba44c405d1fd1c8959153380d709cd94b14a852df9d9ceb7");
  // The client's half is the mirror, and a draft looked like any act.
  const std::string page = print_of(house, "format=html");
  CHECK(holds(page, "<td>10.11.2026</td><td>Рахунок № РФ-2</td><td class=\"number\"></td>"));
  CHECK_FALSE(holds(page, "ЧЕРНЕТКА"));
  tell(house, "new", "reconciliation.drafted", told + R"(,"form":"act.v2"})");
  CHECK(holds(print_of(house, "format=json"), R"("form":"act.v2")"));
  CHECK(holds(print_of(house, "format=html"), "<p class=\"draft\">ЧЕРНЕТКА</p>"));
}

TEST_CASE("act: what was sent is no draft", "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  CHECK(holds(print_of(house, "format=html"), "ЧЕРНЕТКА"));
  CHECK(holds(print_of(house, "format=html&lang=en"), "DRAFT"));
  tell(
      house, "sent", "reconciliation.sent",
      R"({"act_id":"act-c-1-2026-11-30","client_id":"c-1","manager_id":"m-1","sent_on":"2026-12-01","channel":"courier"})");
  CHECK_FALSE(holds(print_of(house, "format=html"), "ЧЕРНЕТКА"));
}

TEST_CASE("act: a table for a spreadsheet, both halves in a row", "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  CHECK(print_of(house, "format=csv") ==
        "row,on,kind,document,our_debit_minor,our_credit_minor,their_debit_minor,"
        "their_credit_minor,currency\r\n"
        "opening,2026-11-01,,,200000,0,0,200000,UAH\r\n"
        "line,2026-11-10,invoice,РФ-2,3105,0,0,3105,UAH\r\n"
        "turnover,,,,3105,0,0,3105,UAH\r\n"
        "closing,2026-11-30,,,203105,0,0,203105,UAH\r\n");
  CHECK(holds(print_of(house, "format=pdf"), R"("field":"format")"));
}

TEST_CASE("act: differences and signatures stand on the paper once they are told",
          "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  tell(
      house, "no", "reconciliation.disagreed",
      R"({"act_id":"act-c-1-2026-11-30","client_id":"c-1","their_closing":{"amount_minor":200000,"currency":"UAH"},"differences":[{"kind":"absent_at_them","document":"РФ-2","ours":{"amount_minor":3105,"currency":"UAH"},"note":"накладну не отримали"}]})");
  std::string page = print_of(house, "format=html");
  CHECK(holds(page, "Таблиця розбіжностей"));
  CHECK(holds(page,
              "<tr><td>немає у клієнта</td><td>РФ-2</td><td class=\"number\">31,05\u00a0грн"
              "</td><td class=\"number\"></td><td>накладну не отримали</td></tr>"));
  CHECK(holds(page, "сальдо кінцеве становить 2\u00a0000,00\u00a0грн."));
  tell(
      house, "yes", "reconciliation.signed",
      R"({"act_id":"act-c-1-2026-11-30","client_id":"c-1","signed_on":"2026-11-30","our_signatory":"Марія Левченко","their_signatory":"Ірина Бондар","their_authority":"довіреність № 5"})");
  page = print_of(house, "format=html");
  CHECK(holds(page,
              "Підписано 30.11.2026: Марія Левченко; Ірина Бондар, діє на підставі: "
              "довіреність № 5."));
}

TEST_CASE("act: each way to differ has its words on the paper", "[print][acts]") {
  House house("2026-11-30T15:00:00Z");
  draft_act(house);
  tell(
      house, "no", "reconciliation.disagreed",
      R"({"act_id":"act-c-1-2026-11-30","client_id":"c-1","differences":[{"kind":"amount","document":"РФ-2","ours":{"amount_minor":3105,"currency":"UAH"},"theirs":{"amount_minor":310500,"currency":"UAH"}},{"kind":"date_shift","document":"РФ-3","note":"оприбутковано 1 грудня"},{"kind":"sign","document":"К-1","ours":{"amount_minor":500,"currency":"KWD"},"theirs":{"amount_minor":-500,"currency":"KWD"}}]})");
  const std::string page = print_of(house, "format=html");
  CHECK(holds(page,
              "<tr><td>різна сума</td><td>РФ-2</td><td class=\"number\">31,05\u00a0грн</td>"
              "<td class=\"number\">3\u00a0105,00\u00a0грн</td><td></td></tr>"));
  CHECK(holds(page,
              "<tr><td>зсув дати</td><td>РФ-3</td><td class=\"number\"></td>"
              "<td class=\"number\"></td><td>оприбутковано 1 грудня</td></tr>"));
  CHECK(holds(page,
              "<tr><td>різний знак</td><td>К-1</td><td class=\"number\">0,500\u00a0KWD</td>"
              "<td class=\"number\">−0,500\u00a0KWD</td><td></td></tr>"));
  const std::string english = print_of(house, "format=html&lang=en");
  CHECK(holds(english, "<td>amount</td><td>РФ-2</td>"));
  CHECK(holds(english, "<td>date shifted</td><td>РФ-3</td>"));
  CHECK(holds(english, "<td>sign</td><td>К-1</td>"));
}

}  // namespace ledger::testing
