// Goal: who may ask is an administrator's business, and is answered without a secret.
#include "platform/access_limits.h"
#include "tests/consumers/access/gate.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using ledger::testing::Gate;

namespace {

struct House : Gate {
  House() {
    add("admin", Role::kAdmin);
    add("olena", Role::kManager);
    admin = bearer(key_of("admin"));
  }
  Headers admin;
};

}  // namespace

TEST_CASE("principals: pages end in a cursor that names nobody, and together are all", "[access]") {
  House house;
  const auto page = [&](const std::string& question) {
    return boost::json::parse(house.ask("GET", "/v1/principals?" + question, house.admin, "").body);
  };
  const auto first = page("limit=1");
  CHECK(first.at("items").as_array().size() == 1);
  CHECK(first.at("items").at(0).at("id") == "admin");
  const std::string cursor(first.at("next_cursor").as_string());
  CHECK(cursor.find("admin") == std::string::npos);
  const auto rest = page("limit=1&cursor=" + cursor);
  CHECK(rest.at("items").at(0).at("id") == "olena");
  CHECK(rest.as_object().if_contains("next_cursor") == nullptr);
  CHECK(page("cursor=admin").at("field") == "cursor");
  CHECK(page("after=admin").at("field") == "after");
}

TEST_CASE("principals: no other role gets to them", "[access]") {
  House house;
  const std::vector<std::array<const char*, 3>> all{
      {"GET", "/v1/principals", ""},
      {"POST", "/v1/principals", R"({"id":"x","role":"admin","name":"x"})"},
      {"PATCH", "/v1/principals/olena", R"({"role":"admin"})"},
      {"POST", "/v1/principals/admin/keys", "{}"},
      {"DELETE", "/v1/principals/admin/keys/0000000000000000", ""},
      {"POST", "/v1/principals/admin/one-time", "{}"},
      {"PUT", "/v1/principals/admin/password", R"({"password":"a long enough one"})"}};
  for (const auto role : {Role::kSource, Role::kManager, Role::kHead, Role::kAuditor}) {
    const std::string id = "the-" + std::string(name_of(role));
    house.add(id, role);
    const auto key = Gate::bearer(house.key_of(id));
    for (const auto& [method, path, body] : all) {
      INFO(id << ' ' << method << ' ' << path);
      CHECK(house.ask(method, path, key, body).status == 403);
      CHECK(house.ask(method, path, {}, body).status == 401);
    }
  }
}

TEST_CASE("principals: added, listed by pages, changed; mistakes by their field", "[access]") {
  House house;
  const auto made =
      house.ask("POST", "/v1/principals", house.admin,
                R"({"id":"pbx","role":"source","name":"PBX","sources":["asterisk/main"],)"
                R"("event_types":["call.completed"]})");
  REQUIRE(made.status == 201);
  CHECK(boost::json::parse(made.body).at("role") == "source");
  const auto field = [&](const std::string& body) {
    const auto answer = house.ask("POST", "/v1/principals", house.admin, body);
    CHECK(answer.status >= 400);
    return std::string(boost::json::parse(answer.body).at("field").as_string());
  };
  CHECK(field(R"({"id":"A","role":"auditor","name":"x"})") == "id");
  CHECK(field(R"({"id":"pbx","role":"auditor","name":"x"})") == "id");
  CHECK(field(R"({"id":"x","role":"king","name":"x"})") == "role");
  CHECK(field(R"({"id":"x","role":"manager","name":"x"})") == "manager_id");
  CHECK(field(R"({"id":"x","role":"auditor"})") == "name");
  CHECK(field(R"({"id":"x","role":"auditor","name":"x","admin":true})") == "admin");
  auto page = boost::json::parse(house.ask("GET", "/v1/principals", house.admin).body);
  CHECK(page.at("items").as_array().size() == 3);
  for (const std::string cursor : {"", "Olena", "o%20k"}) {
    INFO(cursor);
    const auto refused = house.ask("GET", "/v1/principals?cursor=" + cursor, house.admin);
    CHECK(refused.status == 422);
    CHECK(refused.body.find(R"("field":"cursor")") != std::string::npos);
  }
  CHECK(page.at("items").at(0).at("id") == "admin");
  CHECK(house.ask("PATCH", "/v1/principals/nobody", house.admin, R"({"name":"x"})").status == 404);
  const auto head = house.ask("PATCH", "/v1/principals/olena", house.admin,
                              R"({"role":"head","departments":["Опт"]})");
  CHECK(boost::json::parse(head.body).at("departments").at(0) == "Опт");
  const auto auditor =
      house.ask("PATCH", "/v1/principals/olena", house.admin, R"({"role":"auditor"})");
  CHECK(auditor.status == 200);
  CHECK(house.ask("PATCH", "/v1/principals/olena", house.admin, R"({"subject":"7f3a"})").status ==
        200);
  const auto source = house.ask("PATCH", "/v1/principals/olena", house.admin,
                                R"({"role":"source","sources":["crm/main"]})");
  CHECK(source.status == 200);
  CHECK(source.body.find("7f3a") == std::string::npos);
  CHECK(boost::json::parse(auditor.body).at("departments").as_array().empty());
}

TEST_CASE("principals: no answer holds a secret, but the one that makes it", "[access]") {
  House house;
  house.set_password("olena", "a long enough one");
  const auto made = house.ask("POST", "/v1/principals/olena/keys", house.admin, "{}");
  REQUIRE(made.status == 201);
  const std::string key(boost::json::parse(made.body).at("key").as_string());
  CHECK(house.ask("GET", "/v1/clients/c-1", Gate::bearer(key)).body == "olena");
  const std::string all = house.ask("GET", "/v1/principals", house.admin).body;
  CHECK(all.find(key.substr(4, 16)) != std::string::npos);
  CHECK(all.find(key.substr(21)) == std::string::npos);
  CHECK(all.find(digest_of(key.substr(21))) == std::string::npos);
  CHECK(all.find("argon2") == std::string::npos);
  CHECK(house.ask("GET", "/v1/principals/olena/keys", house.admin).status == 405);
}

TEST_CASE("principals: an administrator's key sets any password, another's key its own by the old",
          "[access]") {
  House house;
  const auto put = [&](const Gate::Headers& who, const std::string& id) {
    return house
        .ask("PUT", "/v1/principals/" + id + "/password", who,
             R"({"password":"a long enough one"})")
        .status;
  };
  // A key that leaked must not make a way in that outlives it.
  CHECK(put(Gate::bearer(house.key_of("olena")), "olena") == 403);
  CHECK(put(house.admin, "admin") == 204);
  CHECK(put(house.admin, "admin") == 204);
  CHECK(put(house.admin, "olena") == 204);
  CHECK(put(house.admin, "nobody") == 404);
  CHECK(put(Gate::bearer(house.key_of("olena")), "olena") == 422);
}

TEST_CASE("principals: a link is in the fragment, and a key's life may be told", "[access]") {
  House house;
  const auto link = boost::json::parse(
      house.ask("POST", "/v1/principals/olena/one-time", house.admin, "{}").body);
  CHECK(std::string(link.at("link").as_string()).starts_with("/#/login?token="));
  CHECK(link.at("expires_at") == "2026-11-26T08:15:00Z");
  const auto keys = [&](const std::string& body) {
    return house.ask("POST", "/v1/principals/olena/keys", house.admin, body).status;
  };
  CHECK(keys(R"({"expires_at":"2026-12-26T08:00:00Z"})") == 201);
  CHECK(keys(R"({"expires_at":"2026-11-25T08:00:00Z"})") == 422);
  CHECK(keys(R"({"overlap_hours":1})") == 422);
  CHECK(keys(R"({"replaces":"0000000000000000"})") == 404);
}
