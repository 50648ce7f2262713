// Goal: what of an answer a role does not see, and what it does: masked bank details, clients who
// are another's beside his own figures, history that came with the client. Method: a house in
// memory; the same question asked by several.
#include <fmt/format.h>

#include <string>

#include "consumers/access/masking.h"
#include "events/line_texts.h"
#include "tests/consumers/access/departments.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

bool has(const std::string& body, std::string_view text) {
  return body.find(text) != std::string::npos;
}

std::string ask(House& house, const std::shared_ptr<const Principal>& who,
                std::string_view question, int status = 200) {
  house.ask_as(who);
  const auto response = house.get(question);
  INFO(question << ' ' << response.body);
  CHECK(response.status == status);
  return response.body;
}

// Where the event of an id lies.
std::string position_of(House& house, std::string_view id) {
  const std::string wanted = fmt::format(R"("id":"{}")", id);
  const auto end = house.log.end().value();
  for (std::size_t partition = 0; partition < end.next.size(); ++partition) {
    for (std::int64_t offset = 0; offset < end.next[partition]; ++offset) {
      const Position position{static_cast<std::int32_t>(partition), offset};
      if (has(house.log.read(position).value(), wanted)) return to_string(position);
    }
  }
  FAIL("no event " << id);
  return {};
}

void hire(House& house, std::string_view manager, std::string_view department,
          std::string_view extension) {
  tell(
      house, fmt::format("hired-{}", manager), "manager.hired", "2026-01-05T08:00:00Z",
      fmt::format(
          R"({{"manager_id":"{0}","department":"{1}","name":"Ім'я {0}","hired_on":"2026-01-05","extensions":["{2}"],"phones":["+3806711122{2}"]}})",
          manager, department, extension));
}

void open_card(House& house, std::string_view client, std::string_view rest,
               std::string_view manager) {
  tell(house, fmt::format("card-{}", client), "client.registered", "2026-02-01T08:00:00Z",
       fmt::format(R"({{"client_id":"{0}","name":"Фірма {0}","segment":"corporate"{1}}})", client,
                   rest));
  tell(house, fmt::format("given-{}", client), "client.assigned", "2026-02-01T08:00:00Z",
       fmt::format(R"({{"client_id":"{}","manager_id":"{}","effective_from":"2026-02-01"}})",
                   client, manager));
}

House two_managers() {
  House house;
  hire(house, "m-own", "гурт", "11");
  hire(house, "m-far", "роздріб", "22");
  open_card(house, "c-own", R"(,"tax_code":"14360570")", "m-own");
  open_card(house, "c-far", R"(,"tax_code":"32855961","phones":["+380501112233"])", "m-far");
  return house;
}

}  // namespace

TEST_CASE("fields: accounts and the bank's references are masked for a manager alone", "[access]") {
  House house = two_managers();
  tell(
      house, "paid", "payment.received", "2026-11-25T08:00:00Z",
      R"({"bank_reference":"BANK-REF-7788","our_account":"UA213223130000026007233566001","payer_iban":"UA903052992990004149123456789","amount":{"amount_minor":4242,"currency":"UAH"},"booked_on":"2026-11-25","client_id":"c-own"})");
  const std::string line = "/v1/log/" + position_of(house, "paid");
  for (const std::string& question :
       {line, std::string("/v1/clients/c-own/timeline"),
        std::string("/v1/duties/receivables.collected/records?client=c-own"),
        std::string("/v1/duties/receivables.collected/records?client=c-own&format=csv")}) {
    const std::string masked = ask(house, manager_of(own_side()), question);
    INFO(masked);
    CHECK(has(masked, "****7788"));
    CHECK_FALSE(has(masked, "BANK-REF"));
    CHECK_FALSE(has(masked, "UA21322313"));
    CHECK_FALSE(has(masked, "UA90305299"));
    for (const auto& who : {head_of({"гурт"}), somebody(Role::kAuditor)}) {
      CHECK(has(ask(house, who, question), "BANK-REF-7788"));
    }
  }
  // Bytes that the log does not hold are no event of it.
  house.ask_as(manager_of(own_side()));
  CHECK(house.get(line).content_type == "application/json");
  house.ask_as(head_of({"гурт"}));
  CHECK(house.get(line).content_type == "application/cloudevents+json");
}

TEST_CASE("fields: another's client is told of by exact code or phone, and no more", "[access]") {
  House house = two_managers();
  for (const std::string_view q : {"32855961", "%2B380501112233", "0501112233"}) {
    const std::string plain(q == "%2B380501112233" ? "+380501112233" : q);
    const auto body = ask(house, manager_of(own_side()), "/v1/clients?q=" + plain);
    INFO(body);
    CHECK(has(
        body,
        R"("clients":[{"client_id":"c-far","name":"Фірма c-far","owner":"m-far","restricted":true}])"));
  }
  for (const std::string_view question :
       {"q=c-far", "q=Фірма c-far", "q=3285596", "q=050111", "", "q=32855961&segment=corporate",
        "q=32855961&class=none"}) {
    const auto body = ask(house, manager_of(own_side()), fmt::format("/v1/clients?{}", question));
    INFO(question << ' ' << body);
    CHECK_FALSE(has(body, "c-far"));
  }
  CHECK(has(ask(house, manager_of(own_side()), "/v1/clients?q=14360570"),
            R"("tax_code":"14360570")"));
}

TEST_CASE("fields: whom a search told of stands on record, once an hour", "[access]") {
  House house = two_managers();
  const auto log = [&] { return ask(house, somebody(Role::kAuditor), "/v1/access-log"); };
  ask(house, manager_of(own_side()), "/v1/clients?q=14360570");
  ask(house, manager_of(own_side()), "/v1/clients?q=39999999");
  CHECK(has(log(), R"("looks":[])"));
  ask(house, manager_of(own_side()), "/v1/clients?q=32855961");
  ask(house, manager_of(own_side()), "/v1/clients?q=%2B380501112233");
  ask(house, manager_of(own_side()), "/v1/clients?q=+380501112233");
  const auto seen = log();
  INFO(seen);
  CHECK(has(seen, R"("resource":"/v1/clients","client_id":"c-far")"));
  CHECK(has(seen, R"("total":1)"));
}

TEST_CASE("fields: who left the house is told of nobody's clients", "[access]") {
  House house = two_managers();
  tell(house, "left", "manager.dismissed", "2026-11-20T08:00:00Z",
       R"({"manager_id":"m-own","dismissed_on":"2026-11-20"})");
  for (const char* q : {"32855961", "+380501112233", "14360570"}) {
    CHECK(has(ask(house, manager_of(own_side()), fmt::format("/v1/clients?q={}", q)),
              R"("clients":[])"));
  }
}

TEST_CASE("fields: an event's position as an instant is for who sees the event", "[access]") {
  House house = two_managers();
  const auto far = position_of(house, "card-c-far");
  const auto own = position_of(house, "card-c-own");
  const auto absent = far.substr(0, far.find(':')) + ":9999";
  const auto mine = manager_of(own_side());
  ask(house, mine, "/v1/quotas?known_at=" + own);
  const auto refused = ask(house, mine, "/v1/quotas?known_at=" + far, 403);
  CHECK(refused == ask(house, mine, "/v1/quotas?known_at=" + absent, 403));
  CHECK(refused == ask(house, mine, "/v1/quotas?known_at=999:1", 403));
  ask(house, mine, "/v1/quotas?known_at=2026-11-25T08:00:00Z");
  ask(house, mine, "/v1/quotas?known_at=yesterday", 422);
  ask(house, somebody(Role::kAuditor), "/v1/quotas?known_at=" + far);
  ask(house, somebody(Role::kAuditor), "/v1/quotas?known_at=" + absent, 404);
}

TEST_CASE("fields: a client takes his history along, and leaves nothing behind", "[access]") {
  House house = two_managers();
  tell(house, "met", "meeting.held", "2026-11-10T08:00:00Z",
       R"({"client_id":"c-own","manager_id":"m-own","topic":"таємна тема"})");
  tell(
      house, "called", "call.completed", "2026-11-10T09:00:00Z",
      R"({"call_id":"call-1","direction":"outbound","client_id":"c-own","manager_id":"m-own","duration_s":90,"talk_s":80,"outcome":"answered"})");
  tell(
      house, "signed", "contract.signed", "2026-11-10T09:00:00Z",
      R"({"contract_id":"k-1","number":"ДОГ-1","client_id":"c-own","manager_id":"m-own","signed_on":"2026-11-10","amount":{"amount_minor":777123,"currency":"UAH"},"kind":"contract"})");
  tell(house, "moved", "client.assigned", "2026-11-20T08:00:00Z",
       R"({"client_id":"c-own","manager_id":"m-far","effective_from":"2026-11-20"})");
  const auto former = manager_of(own_side());
  const auto owner = manager_of(far_side());
  CHECK(has(ask(house, owner, "/v1/clients/c-own/timeline"), "таємна тема"));
  ask(house, owner, "/v1/log/" + position_of(house, "met"));
  CHECK(has(ask(house, owner, "/v1/clients?as_of=2026-11-24"), "c-own"));

  ask(house, former, "/v1/clients/c-own/timeline?as_of=2026-11-15", 403);
  ask(house, former, "/v1/log/" + position_of(house, "met"), 403);
  // On the day that is asked about the client was his; whether he may see it, today says.
  for (const std::string_view question :
       {"/v1/clients?owner=m-own&as_of=2026-11-15", "/v1/managers/m-own/handover?as_of=2026-11-15",
        "/v1/contact-plan?as_of=2026-11-15", "/v1/obligations?as_of=2026-11-15",
        "/v1/acts?month=2026-11&as_of=2026-11-15", "/v1/receivables?as_of=2026-11-15",
        "/v1/duties/meetings.held/records", "/v1/breaches?from=2026-11-01"}) {
    house.ask_as(former);
    const auto body = house.get(question).body;
    INFO(question << ' ' << body);
    CHECK_FALSE(has(body, "c-own"));
    CHECK_FALSE(has(body, "таємна тема"));
  }
  // His own figure stays his, and says of whom it is no more than that he is another's.
  const auto items = ask(house, former, "/v1/quotas/m-own?date=2026-11-10");
  CHECK(has(items, R"("restricted":true)"));
  CHECK(has(items, R"("counted":1)"));
  CHECK_FALSE(has(items, "c-own"));
  house.set_now("2026-11-25T16:00:00Z");
  for (const std::string_view form : {"json", "html", "csv"}) {
    const auto report =
        ask(house, former, fmt::format("/v1/reports/m-own?month=2026-11&format={}", form));
    INFO(report);
    CHECK_FALSE(has(report, "c-own"));
    CHECK_FALSE(has(report, "ДОГ-1"));
  }
  CHECK(has(ask(house, former, "/v1/reports/m-own?month=2026-11&format=html"),
            "клієнт іншого менеджера"));
  CHECK(has(ask(house, head_of({"*"}), "/v1/reports/m-own?month=2026-11"), "ДОГ-1"));
}

TEST_CASE("fields: what waits is of who brought it, payments are for heads", "[access]") {
  House house = two_managers();
  tell(
      house, "unknown-own", "call.completed", "2026-11-25T08:00:00Z",
      R"({"call_id":"u-1","direction":"inbound","client_phone":"+380630000011","manager_extension":"11","duration_s":9,"talk_s":5,"outcome":"answered"})");
  tell(
      house, "unknown-far", "call.completed", "2026-11-25T08:00:00Z",
      R"({"call_id":"u-2","direction":"inbound","client_phone":"+380630000022","manager_extension":"22","duration_s":9,"talk_s":5,"outcome":"answered"})");
  tell_nobodys(house);
  const auto own = ask(house, manager_of(own_side()), "/v1/unmatched?limit=1");
  CHECK(has(own, "+380630000011"));
  CHECK_FALSE(has(own, "next_cursor"));  // and no page of his is short for what he may not see
  CHECK_FALSE(has(own, "+380630000022"));
  CHECK_FALSE(has(own, "4242"));
  CHECK_FALSE(
      has(ask(house, manager_of(own_side()), "/v1/unmatched?kind=payments&sort=age"), "4242"));
  const auto head = ask(house, head_of({"гурт"}), "/v1/unmatched");
  CHECK(has(head, "+380630000011"));
  CHECK_FALSE(has(head, "+380630000022"));
  CHECK(has(head, "4242"));
  ask(house, manager_of(own_side()), "/v1/unmatched/" + position_of(house, "unknown-own"));
  ask(house, manager_of(own_side()), "/v1/unmatched/" + position_of(house, "unknown-far"), 403);
  ask(house, manager_of(own_side()), "/v1/unmatched/99:0", 403);
  ask(house, manager_of(own_side()), "/v1/log/" + position_of(house, "unknown-own"));
  // Matched to another's client it is that client's, also at an instant when it was not yet.
  house.ask_as(nullptr);
  house.set_now("2026-11-25T15:05:00Z");
  tell(
      house, "whose", "interaction.matched", "2026-11-25T09:00:00Z",
      R"({"target_source":"test","target_id":"unknown-own","client_id":"c-far","manager_id":"m-far","reason":"сказав"})");
  ask(house, manager_of(own_side()), "/v1/unmatched/" + position_of(house, "unknown-own"), 403);
  ask(house, manager_of(own_side()), "/v1/log/" + position_of(house, "unknown-own"), 403);
  ask(house, manager_of(far_side()), "/v1/log/" + position_of(house, "unknown-own"));
  const std::string then = "/v1/unmatched?known_at=2026-11-25T15:01:00Z";
  CHECK_FALSE(has(ask(house, manager_of(own_side()), then), "+380630000011"));
  CHECK_FALSE(has(ask(house, head_of({"гурт"}), then), "+380630000011"));
  CHECK(has(ask(house, somebody(Role::kAuditor), then), "+380630000011"));
}

TEST_CASE("fields: a colleague's numbers are his head's; rules are everybody's", "[access]") {
  House house = two_managers();
  tell(
      house, "rule", "quota_policy.set", "2026-01-05T08:00:00Z",
      R"({"policy_id":"p-1","metric":"calls","scope":"all","target":20,"effective_from":"2026-01-01"})");
  const auto hired = "/v1/log/" + position_of(house, "hired-m-far");
  ask(house, manager_of(own_side()), hired, 403);
  ask(house, head_of({"гурт"}), hired, 403);
  CHECK(has(ask(house, head_of({"роздріб"}), hired), "+380671112222"));
  ask(house, manager_of(far_side()), hired);
  ask(house, manager_of(own_side()), "/v1/log/" + position_of(house, "rule"));
  ask(house, manager_of(own_side()), "/v1/log/" + position_of(house, "card-c-own"));
  ask(house, manager_of(own_side()), "/v1/log/" + position_of(house, "card-c-far"), 403);
}

TEST_CASE("fields: of a split, an event is of the card that holds it now", "[access]") {
  House house = two_managers();
  tell(house, "met", "meeting.held", "2026-11-10T08:00:00Z",
       R"({"client_id":"c-own","manager_id":"m-own","topic":"одне"})");
  tell(
      house, "split", "client.split", "2026-11-11T08:00:00Z",
      R"({"client_id":"c-own","new_client_id":"c-far","manager_id":"m-own","reason":"два","events":[{"source":"test","id":"met"}]})");
  const auto met = "/v1/log/" + position_of(house, "met");
  ask(house, manager_of(own_side()), met, 403);
  ask(house, manager_of(far_side()), met);
  CHECK_FALSE(has(ask(house, manager_of(own_side()), "/v1/clients/c-own/timeline"), "одне"));
  CHECK(has(ask(house, manager_of(far_side()), "/v1/clients/c-far/timeline"), "одне"));
}

TEST_CASE("fields: a manager who names nobody asks for his own", "[access]") {
  House house = two_managers();
  const auto own = manager_of(own_side());
  for (const std::string_view question : {"/v1/contact-plan", "/v1/obligations", "/v1/offer-checks",
                                          "/v1/breaches", "/v1/acts?month=2026-11"}) {
    const std::string named =
        fmt::format("{}{}manager=m-own", question, question.find('?') == question.npos ? '?' : '&');
    CHECK(ask(house, own, question) == ask(house, own, named));
  }
}

TEST_CASE("fields: one booking told of two clients names the other to who sees him", "[access]") {
  House house = two_managers();
  const auto pay = [&](std::string_view id, std::string_view client) {
    tell(
        house, id, "payment.received", "2026-11-25T08:00:00Z",
        fmt::format(
            R"({{"bank_reference":"REF-1","our_account":"UA213223130000026007233566001","amount":{{"amount_minor":4242,"currency":"UAH"}},"booked_on":"2026-11-25","client_id":"{}"}})",
            client));
  };
  pay("paid-far", "c-far");
  house.set_now("2026-11-25T15:01:00Z");
  pay("paid-own", "c-own");
  tell(
      house, "bill-far", "invoice.issued", "2026-11-20T08:00:00Z",
      R"({"invoice_id":"inv-far","number":"СФ-9091","client_id":"c-far","issued_on":"2026-11-20","amount":{"amount_minor":9999,"currency":"UAH"}})");
  tell(
      house, "names-far", "payment.received", "2026-11-25T08:10:00Z",
      R"({"bank_reference":"REF-2","our_account":"UA213223130000026007233566001","amount":{"amount_minor":77,"currency":"UAH"},"booked_on":"2026-11-25","purpose":"Оплата за рах. СФ-9091 від 20.11.2026","client_id":"c-own"})");
  const std::string_view waits = "/v1/unallocated";
  const auto own = ask(house, manager_of(own_side()), waits);
  INFO(own);
  CHECK(has(own, R"("counts_for":{"restricted":true)"));
  CHECK_FALSE(has(own, "c-far"));
  CHECK(has(own, R"("named_of_others":{"invoices":[{"restricted":true}])"));
  CHECK_FALSE(has(own, "inv-far"));
  const auto whole = ask(house, head_of({"*"}), waits);
  CHECK(has(whole, R"("counts_for":{"client_id":"c-far")"));
  CHECK(has(whole, R"("invoice_id":"inv-far")"));
  for (const std::string_view question : {"/v1/receivables", "/v1/clients/c-own/receivables"}) {
    const auto books = ask(house, manager_of(own_side()), question);
    CHECK(has(books, R"("restricted":true)"));
    CHECK_FALSE(has(books, "c-far"));
    CHECK(has(ask(house, nullptr, question), "c-far"));
  }
}

TEST_CASE("fields: what somebody owes for another's client is his, the client is not", "[access]") {
  House house = two_managers();
  tell(
      house, "complaint", "complaint.opened", "2026-11-24T08:00:00Z",
      R"({"complaint_id":"complaint-9","client_id":"c-far","manager_id":"m-far","kind":"quality","text":"таємна скарга","due_on":"2026-11-27"})");
  tell(house, "given", "complaint.assigned", "2026-11-24T09:00:00Z",
       R"({"complaint_id":"complaint-9","client_id":"c-far","assignee_id":"m-own"})");
  const auto body = ask(house, manager_of(own_side()), "/v1/obligations?kind=complaint");
  INFO(body);
  CHECK(has(body, R"("restricted":true)"));
  CHECK(has(body, R"("due_on":"2026-11-27")"));
  CHECK(has(body, R"("total":1)"));
  for (const std::string_view mark : {"c-far", "таємна", "complaint-9", "m-far"}) {
    CHECK_FALSE(has(body, mark));
  }
  CHECK(has(ask(house, manager_of(far_side()), "/v1/clients/c-far/timeline"), "таємна скарга"));
}

TEST_CASE("fields: texts are masked to four signs, wherever they stand in a line", "[access]") {
  CHECK(last_four("UA903052992990004149123456789") == "****6789");
  CHECK(last_four("12345678") == "****");
  CHECK(last_four("") == "****");
  const std::string line =
      R"({"id":"a","data":{"bank_reference":"REF-0123456","amount":{"amount_minor":-7},"ok":true,"n":null,"list":["x","y"],"was":{"data":{"payer_iban":"UA903052992990004149123456789"}}}})";
  const auto kept = with_texts(line, [](auto, auto) { return TextFate::kept(); });
  CHECK(kept.value() == line);
  const auto masked = with_texts(line, [](std::string_view name, std::string_view text) {
    return is_bank_detail(name) ? TextFate::replaced(last_four(text)) : TextFate::kept();
  });
  CHECK(
      masked.value() ==
      R"({"id":"a","data":{"bank_reference":"****3456","amount":{"amount_minor":-7},"ok":true,"n":null,"list":["x","y"],"was":{"data":{"payer_iban":"****6789"}}}})");
  CHECK_FALSE(with_texts("{", [](auto, auto) { return TextFate::kept(); }));
}
