// Goal: nobody records what is not his to say, and everybody what is. Method: the house of two
// departments in memory with its real routes; each rule with its nearest neighbour on the other
// side.
#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

constexpr const char* kMeeting = R"({"client_id":"c-1","manager_id":"m-1","topic":"умови"})";
constexpr const char* kOther = R"({"client_id":"c-2","manager_id":"m-1","topic":"умови"})";
constexpr const char* kAs2 = R"({"client_id":"c-1","manager_id":"m-2","topic":"умови"})";
constexpr const char* kOfRetail = R"({"client_id":"c-3","manager_id":"m-3","topic":"умови"})";
constexpr const char* kTask =
    R"({{"task_id":"t-1","manager_id":"{}","assigned_by":"{}","due_on":"2026-11-30","text":"прайс"}})";

std::string task(std::string_view of, std::string_view by) {
  return fmt::format(fmt::runtime(kTask), of, by);
}

std::string voiding(std::string_view source, std::string_view id, std::string_view more = "") {
  return fmt::format(R"({{"target_source":"{}","target_id":"{}","reason":"помилка"{}}})", source,
                     id, more);
}

}  // namespace

TEST_CASE("recording: with nobody asked all is as before") {
  TwoDepartments house;
  check_recorded(house.say("meeting.held", kOther, "whoever"));
  check_recorded(house.say("rule.published",
                           R"({"rule":"call","version":"call.v7","valid_from":"2026-12-01"})"));
}

TEST_CASE("recording: a manager says what he did with his clients") {
  TwoDepartments house;
  house.as_manager();
  check_recorded(house.say("meeting.held", kMeeting));
  check_forbidden(house.say("meeting.held", kMeeting, "people/p.m-2"), "source");
  check_forbidden(house.say("meeting.held", kMeeting, "house/crm"), "source");
  check_forbidden(house.say("meeting.held", kMeeting, "people/p.m-1/x"), "source");
  check_forbidden(house.say("meeting.held", kAs2), "data.manager_id");
  check_forbidden(house.say("meeting.held", kOther), "data.client_id");
  check_forbidden(
      house.say("meeting.held", R"({"client_id":"c-0","manager_id":"m-1","topic":"т"})"),
      "data.client_id");
  check_forbidden(
      house.say("meeting.held", R"({"client_id":"c-404","manager_id":"m-1","topic":"т"})"),
      "data.client_id");
}

TEST_CASE(
    "recording: a stand-in speaks for the clients in his hands, from the first day to the last") {
  TwoDepartments house;
  house.tell(
      "stand_in.appointed",
      R"({"appointment_id":"s-1","absent_manager_id":"m-2","stand_in_id":"m-1","from":"2026-11-24","to":"2026-11-25"})");
  house.as_manager();
  check_recorded(house.say("meeting.held", kOther));
  house.set_now("2026-11-26T09:00:00Z");
  check_forbidden(house.say("meeting.held", kOther), "data.client_id");
}

TEST_CASE("recording: what is a head's word, or a machine's, no manager says") {
  TwoDepartments house;
  house.as_manager();
  check_forbidden(house.say("task.assigned", task("m-1", "Надія")), "type");
  check_forbidden(house.say("rule.published",
                            R"({"rule":"call","version":"call.v7","valid_from":"2026-12-01"})"),
                  "type");
  check_forbidden(house.say("access.logged",
                            R"({"principal":"x","action":"viewed","resource":"/v1/clients/c-1"})"),
                  "type");
  check_forbidden(
      house.say("interaction.matched",
                R"({"target_source":"a","target_id":"b","client_id":"c-1","reason":"мій"})"),
      "type");
}

TEST_CASE("recording: who was let in is the ledger's own word, not even an admin's") {
  TwoDepartments house;
  const auto let_in = R"({"principal":"admin","change":"principal_added","holder":"x"})";
  house.as_role(Role::kAdmin);
  check_forbidden(house.say("access.changed", let_in), "type");
  house.as({"any", Role::kSource, "Будь-що", std::nullopt, {}, {"any"}, {}});
  check_forbidden(house.say("access.changed", let_in, "any"), "type");
}

TEST_CASE("recording: nobody speaks as the ledger, nor of who looked, nor takes a look back") {
  TwoDepartments house;
  house.as_role(Role::kAuditor);
  REQUIRE(house.get("/v1/clients/c-1").status == 200);
  house.as_role(Role::kAdmin);
  const auto lines = house.get("/v1/log").body;
  const auto log = boost::json::parse(house.get("/v1/access-log").body);
  const auto end = lines.find(R"("source":"ledger/access")");
  REQUIRE(end != std::string::npos);
  const auto begin = lines.rfind(R"("id":")", end) + 6;
  const std::string look = lines.substr(begin, lines.find('"', begin) - begin);
  REQUIRE(log.at("total") == 2);  // of the client and, to find it, of the log
  const auto looked = R"({"principal":"p.m-9","action":"viewed","resource":"/v1/clients/c-1"})";
  const auto as_each = [&](const auto& check) {
    house.as_role(Role::kAdmin);
    check();
    house.as_bookkeeper();
    check();
    house.as_head();
    check();
  };
  as_each([&] {
    check_forbidden(house.say("access.logged", looked), "type");
    check_forbidden(house.say("access.logged", looked, "ledger/access"), "type");
    for (const char* source :
         {"ledger", "ledger/", "ledger/access", "ledger/access/x", "ledger/notice", "people"}) {
      INFO(source);
      check_forbidden(house.say("client.updated", R"({"client_id":"c-1","name":"Ю"})", source),
                      "source");
    }
    check_forbidden(house.say("event.voided", voiding("ledger/access", look)),
                    "data.target_source");
    check_forbidden(house.say("event.corrected",
                              voiding("ledger/access", look, fmt::format(R"(,"data":{})", looked))),
                    "data.target_source");
  });
  house.as_role(Role::kAdmin);
  check_forbidden(
      house.say(
          "interaction.matched",
          fmt::format(
              R"({{"target_source":"ledger/access","target_id":"{}","client_id":"c-2","reason":"т"}})",
              look)),
      "data.target_source");
  check_forbidden(
      house.post_restated(fmt::format(
          R"({{"specversion":"1.0","id":"{}","source":"ledger/access","type":"org.salesledger.access.logged.v1","time":"2026-11-25T10:00:00Z","data":{}}})",
          look, looked)),
      "type");
  house.as({"any", Role::kSource, "Будь-що", std::nullopt, {}, {"any"}, {}});
  check_forbidden(house.say("access.logged", looked, "any"), "type");
  // What was told under another source while nobody was asked is a look for nobody, but told.
  const auto forged = house.tell("access.logged", looked);
  house.as_role(Role::kAdmin);
  check_forbidden(house.say("event.voided", voiding("house/crm", forged)), "data.target_id");
  CHECK(boost::json::parse(house.get("/v1/access-log").body).at("looks") == log.at("looks"));
  house.as_nobody();
  check_recorded(house.say("event.voided", voiding("ledger/access", look)));
  CHECK(boost::json::parse(house.get("/v1/access-log").body).at("looks") == log.at("looks"));
}

TEST_CASE("recording: a bookkeeper brings a machine's file, and no person's words in it") {
  TwoDepartments house;
  const auto paid =
      R"({"bank_reference":"R-1","our_account":"UA213223130000026007233566001","amount":{"amount_minor":100,"currency":"UAH"},"booked_on":"2026-11-25"})";
  const auto rate = R"({"currency":"USD","date":"2026-11-25","rate_e6":41532500})";
  house.as_head();
  check_forbidden(house.say("payment.received", paid, "camt/main"), "source");
  house.as_bookkeeper();
  check_recorded(house.say("payment.received", paid, "camt/main"));
  check_forbidden(house.say("payment.received", paid, "people/p.m-1"), "source");
  check_forbidden(house.say("meeting.held", kMeeting, "camt/main"), "type");
  check_forbidden(house.say("manager.dismissed",
                            R"({"manager_id":"m-1","dismissed_on":"2026-11-25"})", "camt/main"),
                  "type");
  check_forbidden(house.say("fx_rate.published", rate), "type");  // his own word it is not
  check_recorded(house.say("fx_rate.published", rate, "nbu"));
  const auto key_rate = R"({"valid_from":"2026-10-23","rate_bp":1550})";
  check_forbidden(house.say("key_rate.published", key_rate), "type");
  check_recorded(house.say("key_rate.published", key_rate, "nbu"));
  const auto index = R"({"month":"2026-10-01","index_e4":10090})";
  check_forbidden(house.say("price_index.published", index), "type");
  check_recorded(house.say("price_index.published", index, "nbu"));
  const auto again = house.post_restated(fmt::format(
      R"({{"specversion":"1.0","id":"s-1","source":"camt/main","type":"org.salesledger.payment.received.v1","time":"2026-11-25T10:00:00Z","data":{}}})",
      paid));
  check_recorded(again);
}

TEST_CASE("recording: a call is told by hand or by the exchange") {
  TwoDepartments house;
  house.as_manager();
  const auto call = [](std::string_view more) {
    return fmt::format(
        R"({{"call_id":"k-1","direction":"outbound","duration_s":60,"talk_s":50,"outcome":"answered","client_id":"c-1","manager_id":"m-1"{}}})",
        more);
  };
  check_forbidden(house.say("call.completed", call("")), "data.self_reported");
  check_forbidden(house.say("call.completed", call(R"(,"self_reported":false)")),
                  "data.self_reported");
  check_recorded(house.say("call.completed", call(R"(,"self_reported":true)")));
}

TEST_CASE("recording: whom a manager brings is his, and nobody else's client becomes so") {
  TwoDepartments house;
  house.as_manager();
  const auto registered = R"({"client_id":"c-9","name":"Новий","manager_id":"m-1"})";
  const auto assigned = R"({"client_id":"c-9","manager_id":"m-1","effective_from":"2026-11-25"})";
  check_forbidden(house.say("client.assigned", assigned), "data.client_id");  // of no card
  check_recorded(house.say("client.registered", registered));
  check_recorded(house.say("client.assigned", assigned));
  check_recorded(
      house.say("meeting.held", R"({"client_id":"c-9","manager_id":"m-1","topic":"знайомство"})"));
  for (const char* client : {"c-0", "c-2"}) {
    INFO(client);
    check_forbidden(
        house.say(
            "client.assigned",
            fmt::format(R"({{"client_id":"{}","manager_id":"m-1","effective_from":"2026-11-25"}})",
                        client)),
        "data.client_id");
  }
  check_forbidden(house.say("client.registered", R"({"client_id":"c-2","name":"Чужий"})"),
                  "data.client_id");
  check_forbidden(
      house.say("client.assigned",
                R"({"client_id":"c-9","manager_id":"m-2","effective_from":"2026-11-25"})"),
      "data.manager_id");
}

TEST_CASE("recording: a client is opened, taken and spoken of in one batch") {
  TwoDepartments house;
  house.as_manager();
  const auto one = [](std::string_view type, std::string_view data) {
    return fmt::format(
        R"({{"specversion":"1.0","id":"b-{0}","source":"people/p.m-1","type":"org.salesledger.{0}.v1","time":"2026-11-25T10:00:00Z","data":{1}}})",
        type, data);
  };
  const auto registered =
      one("client.registered", R"({"client_id":"c-9","name":"Новий","manager_id":"m-1"})");
  const auto assigned = one(
      "client.assigned", R"({"client_id":"c-9","manager_id":"m-1","effective_from":"2026-11-25"})");
  const auto met =
      one("meeting.held", R"({"client_id":"c-9","manager_id":"m-1","topic":"знайомство"})");
  check_forbidden(house.post_batch("[" + assigned + "," + registered + "]"),
                  "items.0.data.client_id");
  check_recorded(house.post_batch("[" + registered + "," + assigned + "," + met + "]"));
}

TEST_CASE("recording: a manager takes back what he said himself") {
  TwoDepartments house;
  const auto told = house.tell("meeting.held", kMeeting);
  house.as_manager();
  check_recorded(house.say("meeting.held", kMeeting));
  const std::string mine = house.last_id();
  check_recorded(house.say("event.voided", voiding("people/p.m-1", mine)));
  check_forbidden(house.say("event.voided", voiding("house/crm", told)), "data.target_source");
  check_forbidden(house.say("event.voided", voiding("house/crm", "absent")), "data.target_source");
  check_recorded(house.say("meeting.held", kMeeting));
  const std::string again = house.last_id();
  const auto correcting = [&](std::string_view data) {
    return voiding("people/p.m-1", again, fmt::format(R"(,"data":{})", data));
  };
  // Nor does he give what he did to another, or himself another's client, by a correction.
  check_forbidden(house.say("event.corrected", correcting(kAs2)), "data.data.manager_id");
  check_forbidden(house.say("event.corrected", correcting(kOther)), "data.data.client_id");
  check_recorded(house.say("event.corrected",
                           correcting(R"({"client_id":"c-1","manager_id":"m-1","topic":"ціни"})")));
  house.as_manager("m-2");
  check_forbidden(house.say("event.voided", voiding("people/p.m-1", again)), "data.target_source");
}

TEST_CASE("recording: a head speaks for his departments and judges his managers, not himself") {
  TwoDepartments house;
  house.as_head();
  check_recorded(
      house.say("meeting.held", R"({"client_id":"c-2","manager_id":"m-2","topic":"умови"})"));
  check_forbidden(house.say("meeting.held", kOfRetail), "data.manager_id");
  check_forbidden(
      house.say(
          "need.recorded",
          R"({"need_id":"n-1","client_id":"c-3","manager_id":"m-1","text":"папір","level":"urgent"})"),
      "data.client_id");
  check_recorded(house.say("task.assigned", task("m-1", "p.m-9")));
  check_forbidden(house.say("task.assigned", task("m-1", "Марта Лис")), "data.assigned_by");
  check_forbidden(house.say("task.assigned", task("m-3", "p.m-9")), "data.manager_id");
  check_forbidden(house.say("report.accepted",
                            R"({"manager_id":"m-9","month":"2026-10-01","accepted_by":"p.m-9"})"),
                  "data.manager_id");
  check_forbidden(house.say("rule.published",
                            R"({"rule":"call","version":"call.v7","valid_from":"2026-12-01"})"),
                  "type");
  check_forbidden(
      house.say("manager.hired", R"({"manager_id":"m-7","name":"Новий","hired_on":"2026-11-25"})"),
      "type");
}

TEST_CASE("recording: a head ends who stands in in his departments, and in no others") {
  TwoDepartments house;
  house.tell(
      "stand_in.appointed",
      R"({"appointment_id":"s-1","absent_manager_id":"m-2","stand_in_id":"m-1","from":"2026-11-24","to":"2026-11-30"})");
  const auto ended = R"({"appointment_id":"s-1","ended_on":"2026-11-25"})";
  house.as_head("m-8");
  check_forbidden(house.say("stand_in.ended", ended), "data.appointment_id");
  check_forbidden(
      house.say("stand_in.ended", R"({"appointment_id":"absent","ended_on":"2026-11-25"})"),
      "data.appointment_id");
  house.as_head();
  check_recorded(house.say("stand_in.ended", ended));
  house.as_manager();
  check_forbidden(house.say("stand_in.ended", ended), "type");
}

TEST_CASE("recording: a head takes back what was told of his department's clients") {
  TwoDepartments house;
  const auto ours = house.tell("meeting.held", kMeeting);
  const auto theirs = house.tell("meeting.held", kOfRetail);
  const auto rule = house.tell("rule.published",
                               R"({"rule":"call","version":"call.v7","valid_from":"2026-12-01"})");
  house.as_head();
  check_recorded(house.say("event.voided", voiding("house/crm", ours)));
  check_forbidden(house.say("event.voided", voiding("house/crm", theirs)), "data.target_id");
  check_forbidden(house.say("event.voided", voiding("house/crm", "absent")), "data.target_id");
  check_forbidden(house.say("event.voided", voiding("house/crm", rule)), "data.target_id");
  check_forbidden(house.say("event.voided", voiding("house/crm", ours, R"(,"manager_id":"m-8")")),
                  "data.manager_id");
}

TEST_CASE("recording: a source tells of its own sources and types") {
  TwoDepartments house;
  const auto call =
      R"({"call_id":"k-1","direction":"outbound","client_phone":"+380501112233","duration_s":60,"talk_s":50,"outcome":"answered"})";
  house.as_source();
  check_recorded(house.say("call.completed", call, "asterisk/main", "k-1"));
  check_recorded(house.say("call.completed", call, "cdr", "k-1"));
  for (const char* source : {"asterisk", "asterisk/", "asteriskX/main", "cdr/1", "house/crm",
                             "people/p.m-1", "ledger/access"}) {
    INFO(source);
    check_forbidden(house.say("call.completed", call, source), "source");
  }
  check_forbidden(house.say("meeting.held", kMeeting, "cdr"), "type");
  check_recorded(house.say("event.voided", voiding("asterisk/main", "k-1"), "asterisk/main"));
  check_forbidden(house.say("event.voided", voiding("house/crm", "e-1"), "asterisk/main"),
                  "data.target_source");
}

TEST_CASE("recording: an auditor says nothing, an admin everything as himself or as a machine") {
  TwoDepartments house;
  house.as_role(Role::kAuditor);
  check_forbidden(house.say("meeting.held", kMeeting), "");
  house.as_role(Role::kAdmin);
  check_recorded(house.say("meeting.held", kMeeting));
  check_recorded(house.say("meeting.held", kMeeting, "house/import"));
  check_recorded(house.say("rule.published",
                           R"({"rule":"call","version":"call.v7","valid_from":"2026-12-01"})"));
  check_forbidden(house.say("meeting.held", kMeeting, "people/p.m-1"), "source");
}

TEST_CASE("recording: of a batch none goes in if one may not, and each says why") {
  TwoDepartments house;
  house.as_manager();
  const auto one = [](int id, std::string_view data) {
    return fmt::format(
        R"({{"specversion":"1.0","id":"b-{}","source":"people/p.m-1","type":"org.salesledger.meeting.held.v1","time":"2026-11-25T10:00:00Z","data":{}}})",
        id, data);
  };
  const auto before = house.log.end().value();
  const auto answer = house.post_batch("[" + one(1, kMeeting) + "," + one(2, kOther) + "]");
  check_forbidden(answer, "items.1.data.client_id");
  const auto items = boost::json::parse(answer.body).at("items");
  CHECK(items.at(0).at("status") == 424);
  CHECK(items.at(1).at("status") == 403);
  CHECK(items.at(1).at("error") == "forbidden");
  CHECK(house.log.end().value() == before);
  CHECK(house.post_batch("[" + one(1, kMeeting) + "]").status == 201);
}
