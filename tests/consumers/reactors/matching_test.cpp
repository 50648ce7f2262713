// Goal: the rule finds whose a call is as soon as its number is one client's, and never decides
// what a person refused, by whichever of the client's cards it finds him. Method: the house in
// memory; the rule reacts to the card's event.
#include "consumers/reactors/matching.h"

#include <fmt/format.h>

#include "events/json_codec.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

class Exchange {
 public:
  void tell(const std::string& id, const std::string& type, const std::string& data) {
    const auto response = house_.post(fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"2026-11-25T08:00:00Z","data":{}}})",
        id, type, data));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  void card(const std::string& client, const std::string& phone) {
    tell("card-" + client, "client.registered",
         fmt::format(R"({{"client_id":"{}","name":"{}","phones":["{}"]}})", client, client, phone));
  }
  void call(const std::string& id, const std::string& phone) {
    tell(
        id, "call.completed",
        fmt::format(
            R"({{"call_id":"{}","direction":"inbound","client_phone":"{}","duration_s":15,"talk_s":10,"outcome":"answered"}})",
            id, phone));
  }
  void hire(const std::string& id, const std::string& manager, const std::string& extensions,
            const std::string& hired_on = "2026-01-05") {
    tell(id, "manager.hired",
         fmt::format(R"({{"manager_id":"{}","name":"{}","hired_on":"{}","extensions":[{}]}})",
                     manager, manager, hired_on, extensions));
  }
  void call_of(const std::string& id, const std::string& phone, const std::string& extension) {
    tell(
        id, "call.completed",
        fmt::format(
            R"({{"call_id":"{}","direction":"outbound","client_phone":"{}","manager_extension":"{}","duration_s":75,"talk_s":60,"outcome":"answered"}})",
            id, phone, extension));
  }
  // What the rule says of the id of a submission, as the door records it.
  void record(const std::string& id, const std::string& call, const std::string& client,
              const std::string& manager) {
    tell(
        id, "interaction.matched",
        fmt::format(
            R"({{"target_source":"test","target_id":"{}","client_id":"{}","credited_manager_id":"{}","reason":"matching.v2: extension 105"}})",
            call, client, manager));
  }
  // What the rule says at the turn of a day.
  std::size_t at_turn_of_day() {
    const auto views = house_.views->current();
    const Frontier read = house_.log.end().value();
    return MatchingReactor()
        .turn_of_day({*views, read, parse_date("2026-11-25").value()})
        .value()
        .size();
  }
  // Of nobody: `more` members tell who paid.
  void payment(const std::string& id, const std::string& more) {
    tell(
        id, "payment.received",
        fmt::format(
            R"({{"bank_reference":"{}","our_account":"UA1","booked_on":"2026-11-20","amount":{{"amount_minor":500,"currency":"UAH"}},{}}})",
            id, more));
  }
  void reject(const std::string& call, const std::string& client) {
    tell(
        "no-" + call, "interaction.match_rejected",
        fmt::format(
            R"({{"target_source":"test","target_id":"{}","client_id":"{}","reason":"дзвонили не їм"}})",
            call, client));
  }

  // Whose the rule says the calls are, after it read the event of that id.
  std::vector<std::string> matches(const std::string& id) {
    const MatchingReactor rule;
    JsonCodec codec;
    auto cursor = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    std::vector<std::string> found;
    const auto lines = cursor->poll(1'000'000, 0, {}).value();
    for (const auto& stored : lines) {
      const auto event = codec.decode_line(stored.line).value();
      if (event.id != id || !rule.concerns(summary_of(stored.line))) continue;
      const auto views = house_.views->current();
      const Frontier read = house_.log.end().value();
      const auto said = rule.react(event, {*views, read, parse_date("2026-11-25").value()}).value();
      for (const auto& one : said) {
        const auto& matched = *one.data.get_if<InteractionMatched>();
        const auto& credited = matched.credited_manager_id;
        found.push_back(matched.target_id + " is " + matched.client_id.text() +
                        (credited ? " by " + credited->text() : ""));
      }
    }
    return found;
  }

 private:
  House house_;
};

using Matches = std::vector<std::string>;

}  // namespace

TEST_CASE("matching: the rule leaves alone what a person refused", "[matching]") {
  Exchange exchange;
  exchange.call("k-1", "+380501112233");
  exchange.call("k-2", "+380501112233");
  exchange.reject("k-1", "c-1");
  exchange.card("c-1", "+380501112233");
  CHECK(exchange.matches("card-c-1") == Matches{"k-2 is c-1"});
  exchange.tell("undo", "event.voided",
                R"({"target_source":"test","target_id":"no-k-1","reason":"таки їм"})");
  CHECK(exchange.matches("card-c-1") == Matches{"k-1 is c-1", "k-2 is c-1"});
}

TEST_CASE("matching: whoever refused a client refused his merged cards too", "[matching]") {
  Exchange exchange;
  exchange.card("c-9", "+380671112233");
  exchange.call("k-1", "+380501112233");
  exchange.reject("k-1", "c-9");
  exchange.card("c-1", "+380501112233");
  CHECK(exchange.matches("card-c-1") == Matches{"k-1 is c-1"});
  exchange.tell("merge", "client.merged",
                R"({"client_id":"c-9","absorbed_client_id":"c-1","reason":"один клієнт"})");
  CHECK(exchange.matches("card-c-1").empty());
}

TEST_CASE("matching: a contact person's number finds the call that waits for it", "[matching]") {
  Exchange exchange;
  exchange.card("c-1", "+380671112233");
  exchange.call("k-1", "+380501112233");
  exchange.tell(
      "ivan", "contact_person.set",
      R"({"client_id":"c-1","person_id":"ivan","name":"Іван","role":"user","phones":["0501112233"]})");
  CHECK(exchange.matches("ivan") == Matches{"k-1 is c-1"});
}

TEST_CASE("matching: a number that one of two cards gives up is the other's", "[matching]") {
  Exchange exchange;
  exchange.card("c-1", "+380501112233");
  exchange.card("c-2", "+380501112233");
  exchange.call("k-1", "+380501112233");
  CHECK(exchange.matches("k-1").empty());

  SECTION("it has another one") {
    exchange.tell("new", "client.updated", R"({"client_id":"c-2","phones":["+380671112233"]})");
    CHECK(exchange.matches("new") == Matches{"k-1 is c-1"});
  }
  SECTION("it was opened by mistake") {
    exchange.tell("void", "event.voided",
                  R"({"target_source":"test","target_id":"card-c-2","reason":"помилка"})");
    CHECK(exchange.matches("void") == Matches{"k-1 is c-1"});
  }
  SECTION("the number was written wrong") {
    exchange.tell(
        "right", "event.corrected",
        R"({"target_source":"test","target_id":"card-c-2","reason":"помилка","data":{"client_id":"c-2","name":"c-2","phones":["+380671112233"]}})");
    CHECK(exchange.matches("right") == Matches{"k-1 is c-1"});
  }
  SECTION("they are one") {
    exchange.tell("merge", "client.merged",
                  R"({"client_id":"c-1","absorbed_client_id":"c-2","reason":"один клієнт"})");
    CHECK(exchange.matches("merge") == Matches{"k-1 is c-1"});
  }
}

TEST_CASE("matching: a number goes with the contact person who had it", "[matching]") {
  Exchange exchange;
  exchange.card("c-1", "+380501112233");
  exchange.card("c-2", "+380671112233");
  exchange.tell(
      "ivan", "contact_person.set",
      R"({"client_id":"c-2","person_id":"ivan","name":"Іван","role":"user","phones":["0501112233"]})");
  exchange.call("k-1", "+380501112233");
  CHECK(exchange.matches("ivan").empty());
  exchange.tell("gone", "contact_person.removed", R"({"client_id":"c-2","person_id":"ivan"})");
  CHECK(exchange.matches("gone") == Matches{"k-1 is c-1"});
}

TEST_CASE("matching: a refusal that is taken back leaves the fact to the rule", "[matching]") {
  Exchange exchange;
  exchange.call("k-1", "+380501112233");
  exchange.reject("k-1", "c-1");
  exchange.card("c-1", "+380501112233");
  CHECK(exchange.matches("card-c-1").empty());
  exchange.tell("undo", "event.voided",
                R"({"target_source":"test","target_id":"no-k-1","reason":"таки їм"})");
  CHECK(exchange.matches("undo") == Matches{"k-1 is c-1"});
}

TEST_CASE("matching: money that is a client's after all is matched", "[matching]") {
  Exchange exchange;
  exchange.payment("p-1", R"("payer_tax_code":"32855961")");
  exchange.tell(
      "no-p-1", "payment.ruled_out",
      R"({"target_source":"test","target_id":"p-1","nature":"loan","manager_id":"m-1","reason":"позика"})");
  exchange.tell("card", "client.registered",
                R"({"client_id":"c-1","name":"Ромашка","tax_code":"32855961"})");
  CHECK(exchange.matches("card").empty());
  exchange.tell("undo", "event.voided",
                R"({"target_source":"test","target_id":"no-p-1","reason":"оплата"})");
  CHECK(exchange.matches("undo") == Matches{"p-1 is c-1"});
}

// A payer's account and his code are of one client, or a person says whose the money is.
TEST_CASE("matching: an account and a code of two clients match neither", "[matching]") {
  constexpr const char* kBoth =
      R"("payer_iban":"UA213223130000026007233566001","payer_tax_code":"32855961")";
  Exchange exchange;
  exchange.payment("p-1", kBoth);
  exchange.tell(
      "account", "client.registered",
      R"({"client_id":"c-1","name":"Ромашка","ibans":["UA213223130000026007233566001"]})");
  CHECK(exchange.matches("account") == Matches{"p-1 is c-1"});
  exchange.tell("code", "client.registered",
                R"({"client_id":"c-2","name":"Волошка","tax_code":"32855961"})");
  CHECK(exchange.matches("code").empty());
  CHECK(exchange.matches("account").empty());
  exchange.tell("one", "client.merged",
                R"({"client_id":"c-1","absorbed_client_id":"c-2","reason":"один клієнт"})");
  CHECK(exchange.matches("one") == Matches{"p-1 is c-1"});
}

// A number tells what is paid; who pays is told by his code or his name beside it.
TEST_CASE("matching: an invoice's number with the client's code or name names the payer",
          "[matching]") {
  Exchange exchange;
  exchange.tell("card-1", "client.registered",
                R"({"client_id":"c-1","name":"ТОВ «Ромашка»","tax_code":"32855961"})");
  exchange.tell("card-2", "client.registered",
                R"({"client_id":"c-2","name":"ТОВ «Волошка»","tax_code":"14360570"})");
  const auto invoice = [&](const std::string& id, const std::string& client) {
    exchange.tell(
        id, "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"{0}","number":"РФ-{0}","client_id":"{1}","issued_on":"2026-11-02","due_on":"2026-11-16","amount":{{"amount_minor":500,"currency":"UAH"}}}})",
            id, client));
  };
  invoice("106", "c-1");
  invoice("206", "c-2");
  struct Row {
    const char* more;
    Matches matches;
  };
  const Row rows[] = {
      {R"("purpose":"за рах. РФ-106, ЄДРПОУ 32855961")", {"p is c-1"}},
      {R"("purpose":"за рах. РФ-106","payer_name":"РОМАШКА ТОВ")", {"p is c-1"}},
      {R"("purpose":"за рах. РФ-106")", {}},
      {R"("purpose":"за рах. РФ-106","payer_name":"ТОВ Ромашка-Плюс")", {}},
      {R"("purpose":"за товар, ЄДРПОУ 32855961","payer_name":"ТОВ Ромашка")", {}},
      // somebody pays for him
      {R"("purpose":"за ТОВ Ромашка, 32855961, рах. РФ-106","payer_name":"ТОВ Інший")", {}},
      {R"("purpose":"рах. РФ-106","payer_name":"ТОВ Ромашка","payer_tax_code":"21133352")", {}},
      // another's beside it
      {R"("purpose":"рах. РФ-106 та РФ-206","payer_name":"ТОВ Ромашка")", {}},
      {R"("purpose":"рах. РФ-106, 32855961, за 14360570")", {}},
      {R"("purpose":"рах. РФ-106, 32855961","payer_iban":"UA213223130000026007233566001")",
       {"p is c-1"}}};
  int n = 0;
  for (const auto& row : rows) {
    const std::string id = "p-" + std::to_string(++n);
    exchange.payment(id, row.more);
    Matches expected;
    for (const auto& match : row.matches) expected.push_back(id + match.substr(1));
    INFO(row.more);
    CHECK(exchange.matches(id) == expected);
  }
  exchange.tell("reject", "interaction.match_rejected",
                R"({"target_source":"test","target_id":"p-1","client_id":"c-1","reason":"ні"})");
  CHECK(exchange.matches("p-1").empty());
}

TEST_CASE("matching: a call of nobody's extension is his who has it since", "[matching]") {
  Exchange exchange;
  exchange.card("c-1", "+380501112233");
  exchange.hire("m-1", "m-1", R"("101")");
  exchange.call_of("k-1", "+380501112233", "105");
  exchange.call_of("k-2", "+380501112233", "106");  // the neighbour: still nobody's
  exchange.call_of("k-3", "+380501112233", "101");  // hers at once
  CHECK(exchange.matches("k-1").empty());
  CHECK(exchange.matches("k-3").empty());
  exchange.hire("more", "m-1", R"("101","105")");
  CHECK(exchange.matches("more") == Matches{"k-1 is c-1 by m-1"});
  CHECK(exchange.at_turn_of_day() == 1);
  // The hire was on the way when the call came.
  CHECK(exchange.matches("k-1") == Matches{"k-1 is c-1 by m-1"});
  exchange.record("credit", "k-1", "c-1", "m-1");
  CHECK(exchange.matches("more").empty());
  CHECK(exchange.matches("credit").empty());
  CHECK(exchange.at_turn_of_day() == 0);
}

TEST_CASE("matching: an extension of two is nobody's until one gives it up", "[matching]") {
  Exchange exchange;
  exchange.card("c-1", "+380501112233");
  exchange.hire("m-1", "m-1", R"("105")");
  exchange.hire("m-2", "m-2", R"("105")");
  exchange.call_of("k-1", "+380501112233", "105");
  CHECK(exchange.matches("k-1").empty());
  SECTION("by another word about him") {
    exchange.hire("less", "m-2", R"("102")");
    CHECK(exchange.matches("less") == Matches{"k-1 is c-1 by m-1"});
  }
  SECTION("he was told of by mistake") {
    exchange.tell("void", "event.voided",
                  R"({"target_source":"test","target_id":"m-2","reason":"помилка"})");
    CHECK(exchange.matches("void") == Matches{"k-1 is c-1 by m-1"});
  }
  SECTION("his extension was written wrong") {
    exchange.tell(
        "right", "event.corrected",
        R"({"target_source":"test","target_id":"m-2","reason":"помилка","data":{"manager_id":"m-2","name":"m-2","hired_on":"2026-01-05","extensions":["102"]}})");
    CHECK(exchange.matches("right") == Matches{"k-1 is c-1 by m-1"});
  }
}

TEST_CASE("matching: who was not employed on the day made no call on it", "[matching]") {
  Exchange exchange;
  exchange.card("c-1", "+380501112233");
  exchange.call_of("k-1", "+380501112233", "105");
  exchange.hire("late", "m-1", R"("105")", "2026-11-26");
  CHECK(exchange.matches("late").empty());
}

TEST_CASE("matching: a call of nobody's number and nobody's extension finds both", "[matching]") {
  Exchange exchange;
  exchange.call_of("k-1", "+380501112233", "105");
  SECTION("the manager first") {
    exchange.hire("m-1", "m-1", R"("105")");
    CHECK(exchange.matches("m-1").empty());
    exchange.card("c-1", "+380501112233");
    CHECK(exchange.matches("card-c-1") == Matches{"k-1 is c-1 by m-1"});
  }
  SECTION("the client first") {
    exchange.card("c-1", "+380501112233");
    CHECK(exchange.matches("card-c-1") == Matches{"k-1 is c-1"});
    exchange.tell(
        "match", "interaction.matched",
        R"({"target_source":"test","target_id":"k-1","client_id":"c-1","reason":"назвався"})");
    exchange.hire("m-1", "m-1", R"("105")");
    CHECK(exchange.matches("m-1") == Matches{"k-1 is c-1 by m-1"});
    CHECK(exchange.matches("match") == Matches{"k-1 is c-1 by m-1"});
  }
}
