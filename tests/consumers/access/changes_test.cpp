// Goal: what may be changed about access, and that nothing changes without its notice. Method:
// pure, on tables in memory.
#include "consumers/access/changes.h"

#include "events/json_codec.h"
#include "platform/access_limits.h"
#include "platform/limits.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using namespace std::chrono_literals;

namespace {

const Timestamp kNow = parse_timestamp("2026-11-26T08:00:00Z").value();
const Actor kAdmin{"admin", kNow};

PrincipalRow row(const std::string& id, Role role) {
  PrincipalRow made;
  made.id = id;
  made.role = role;
  made.name = "Somebody";
  if (role == Role::kManager) made.manager_id = ManagerId("m-1");
  if (role == Role::kHead) made.departments = {"Опт"};
  if (role == Role::kSource) made.sources = {"asterisk/main"};
  return made;
}

struct House {
  Tables tables;
  Change last;

  template <class... Given>
  Status run(Status (*rule)(const Tables&, Change&, const Actor&, Given...),
             std::type_identity_t<Given>... given) {
    last = {};
    auto status = rule(tables, last, kAdmin, given...);
    if (status) last.apply_to(tables);
    return status;
  }
  House() {
    REQUIRE(run(&add_principal, row("admin", Role::kAdmin)));
    REQUIRE(run(&add_principal, row("olena", Role::kManager)));
    REQUIRE(run(&add_principal, row("pbx", Role::kSource)));
  }
  [[nodiscard]] std::vector<AccessChanged> notices() const {
    std::vector<AccessChanged> all;
    for (const auto& [id, notice] : last.notices) all.push_back(notice->what);
    return all;
  }
};

std::string field_of(const Status& status) { return status ? "nothing" : status.error().field; }

}  // namespace

TEST_CASE("principals: an id is small letters, digits and three signs", "[access]") {
  for (const char* good : {"a", "o.savchuk", "pbx-1", "a_b"}) CHECK(check_principal_id(good));
  for (const std::string bad : {"", "O.Savchuk", "a b", "a/b", "олена", "a\n"}) {
    CHECK_FALSE(check_principal_id(bad));
  }
  CHECK(check_principal_id(std::string(64, 'a')));
  CHECK_FALSE(check_principal_id(std::string(65, 'a')));
}

TEST_CASE("principals: each role has what it needs and nothing of another's", "[access]") {
  for (const auto role :
       {Role::kSource, Role::kManager, Role::kHead, Role::kAuditor, Role::kAdmin}) {
    CHECK(check_principal(row("x", role)));
  }
  auto manager = row("x", Role::kManager);
  manager.manager_id.reset();
  CHECK(field_of(check_principal(manager)) == "manager_id");
  auto auditor = row("x", Role::kAuditor);
  auditor.manager_id = ManagerId("m-1");
  CHECK(field_of(check_principal(auditor)) == "manager_id");
  auditor = row("x", Role::kAuditor);
  auditor.departments = {"Опт"};
  CHECK(field_of(check_principal(auditor)) == "departments");
  auto head = row("x", Role::kHead);
  head.departments.clear();
  CHECK(field_of(check_principal(head)) == "departments");
  head.manager_id = ManagerId("m-1");
  CHECK(check_principal(head));
  manager = row("x", Role::kManager);
  manager.event_types = {"call.completed"};
  CHECK(field_of(check_principal(manager)) == "event_types");
}

TEST_CASE("principals: a source may not be given what people or the ledger itself say",
          "[access]") {
  auto source = row("x", Role::kSource);
  for (const std::string reserved :
       {"people/olena", "people/*", "ledger/decisions", "ledger", "*", "**"}) {
    source.sources = {"asterisk/main", reserved};
    INFO(reserved);
    CHECK(field_of(check_principal(source)) == "sources");
  }
  source.sources = {"asterisk/*", "peoples/x"};
  source.event_types = {"call.completed"};
  CHECK(check_principal(source));
  source.event_types = {"call.invented"};
  CHECK(field_of(check_principal(source)) == "event_types");
  source.event_types.clear();
  source.sources.clear();
  CHECK(field_of(check_principal(source)) == "sources");
}

TEST_CASE("principals: each addition and change is a notice, and no change is none", "[access]") {
  House house;
  REQUIRE(house.run(&add_principal, row("ivan", Role::kHead)));
  REQUIRE(house.notices().size() == 1);
  const auto added = house.notices().front();
  CHECK(added.principal == "admin");
  CHECK(added.holder == "ivan");
  CHECK(added.change == AccessChange::kPrincipalAdded);
  CHECK(added.role == "head");
  CHECK(added.departments == std::vector<std::string>{"Опт"});
  CHECK(house.run(&change_principal, house.tables.principals.at("ivan")));
  CHECK(house.notices().empty());
  CHECK(field_of(house.run(&add_principal, row("ivan", Role::kHead))) == "id");
}

TEST_CASE("principals: by what somebody is known is in the notice too", "[access]") {
  House house;
  auto olena = house.tables.principals.at("olena");
  olena.certificate = "CN=olena";
  olena.subject = "7f3a";
  REQUIRE(house.run(&change_principal, olena));
  CHECK(house.notices().front().certificate == "CN=olena");
  CHECK(house.notices().front().subject == "7f3a");
}

TEST_CASE("principals: the last administrator stays one", "[access]") {
  House house;
  auto admin = house.tables.principals.at("admin");
  admin.active = false;
  CHECK(field_of(house.run(&change_principal, admin)) == "active");
  admin.active = true;
  admin.role = Role::kAuditor;
  CHECK(field_of(house.run(&change_principal, admin)) == "role");
  REQUIRE(house.run(&add_principal, row("second", Role::kAdmin)));
  CHECK(house.run(&change_principal, admin));
}

TEST_CASE("principals: a subject or a certificate is of one alone", "[access]") {
  House house;
  auto ivan = row("ivan", Role::kAuditor);
  ivan.subject = "7f3a";
  ivan.certificate = "CN=ivan";
  REQUIRE(house.run(&add_principal, ivan));
  auto other = row("other", Role::kAuditor);
  other.subject = "7f3a";
  CHECK(field_of(house.run(&add_principal, other)) == "subject");
  other.subject.reset();
  other.certificate = "CN=ivan";
  CHECK(field_of(house.run(&add_principal, other)) == "certificate");
  // Nobody is known by his id.
  CHECK(house.run(&add_principal, row("7f3a", Role::kAuditor)));
}

TEST_CASE("principals: a key is of the role for which it was made", "[access]") {
  House house;
  const ApiKey key = new_api_key();
  REQUIRE(house.run(&add_key, KeyOrder{"olena"}, key));
  auto olena = house.tables.principals.at("olena");
  olena.manager_id = ManagerId("m-2");
  REQUIRE(house.run(&change_principal, olena));
  CHECK_FALSE(house.tables.keys.at(key.id).revoked);
  olena.role = Role::kAdmin;
  olena.manager_id.reset();
  REQUIRE(house.run(&change_principal, olena));
  CHECK(house.tables.keys.at(key.id).revoked == kNow);
  const auto notices = house.notices();
  CHECK(std::count_if(notices.begin(), notices.end(), [&](const auto& each) {
          return each.change == AccessChange::kKeyRevoked && each.key_id == key.id;
        }) == 1);
}

TEST_CASE("principals: a new role or reach signs out, a new name does not", "[access]") {
  House house;
  start_session(house.tables, house.last, "olena", "token", kNow, false);
  house.last.apply_to(house.tables);
  auto olena = house.tables.principals.at("olena");
  olena.name = "Олена Савчук-Бондар";
  REQUIRE(house.run(&change_principal, olena));
  CHECK(house.tables.sessions.size() == 1);
  olena.manager_id = ManagerId("m-2");
  REQUIRE(house.run(&change_principal, olena));
  CHECK(house.tables.sessions.empty());
}

TEST_CASE("keys: kept as a digest, rotated with an overlap, revoked once", "[access]") {
  House house;
  const ApiKey first{"00000000000000aa", "secret-one"};
  const ApiKey second{"00000000000000bb", "secret-two"};
  REQUIRE(house.run(&add_key, KeyOrder{"pbx"}, first));
  CHECK(house.tables.keys.at(first.id).digest == digest_of("secret-one"));
  CHECK(house.notices().front().key_id == first.id);
  KeyOrder order{"pbx", std::nullopt, first.id, kNow + 24h};
  REQUIRE(house.run(&add_key, order, second));
  CHECK(house.notices().front().change == AccessChange::kKeyRotated);
  CHECK(house.notices().front().former_key == first.id);
  CHECK(house.tables.keys.at(first.id).expires == kNow + 24h);
  CHECK_FALSE(house.tables.keys.at(second.id).expires);
  CHECK_FALSE(house.run(&revoke_key, "olena", second.id));
  REQUIRE(house.run(&revoke_key, "pbx", second.id));
  REQUIRE(house.run(&revoke_key, "pbx", second.id));
  CHECK(house.notices().empty());
  order.replaces = second.id;
  CHECK(field_of(house.run(&add_key, order, ApiKey{"cc", "x"})) == "replaces");
}

TEST_CASE("keys: of nobody, of yesterday, and too many are refused", "[access]") {
  House house;
  CHECK(field_of(house.run(&add_key, KeyOrder{"nobody"}, ApiKey{"a", "x"})) == "id");
  CHECK(field_of(house.run(&add_key, KeyOrder{"pbx", kNow}, ApiKey{"a", "x"})) == "expires_at");
  for (std::size_t i = 0; i < limits::kKeysOfPrincipalMax; ++i) {
    REQUIRE(house.run(&add_key, KeyOrder{"pbx"}, ApiKey{"k" + std::to_string(i), "x"}));
  }
  CHECK_FALSE(house.run(&add_key, KeyOrder{"pbx"}, ApiKey{"one-more", "x"}));
  REQUIRE(house.run(&revoke_key, "pbx", "k0"));
  CHECK(house.run(&add_key, KeyOrder{"pbx"}, ApiKey{"one-more", "x"}));
}

TEST_CASE("links: once, for a quarter of an hour, and gone with a new password", "[access]") {
  House house;
  REQUIRE(house.run(&add_one_time, "olena", "token"));
  CHECK_FALSE(house.run(&add_one_time, "pbx", "token"));
  Change change;
  CHECK_FALSE(use_one_time(house.tables, change, "token", kNow + limits::kOneTimeLifetime));
  CHECK_FALSE(use_one_time(house.tables, change, "other", kNow));
  CHECK(change.one_time.empty());
  CHECK(use_one_time(house.tables, change, "token", kNow) == "olena");
  change.apply_to(house.tables);
  CHECK_FALSE(use_one_time(house.tables, change, "token", kNow));
  REQUIRE(house.run(&add_one_time, "olena", "again"));
  REQUIRE(house.run(&set_password, "olena", "hash"));
  CHECK(house.tables.one_time.empty());
  CHECK(field_of(house.run(&set_password, "pbx", "hash")) == "id");
}

TEST_CASE("sessions: the oldest of too many ends", "[access]") {
  House house;
  for (std::size_t i = 0; i <= limits::kSessionsOfPrincipalMax; ++i) {
    Change change;
    start_session(house.tables, change, "olena", "t" + std::to_string(i),
                  kNow + std::chrono::seconds(i), false);
    change.apply_to(house.tables);
  }
  CHECK(house.tables.sessions.size() == limits::kSessionsOfPrincipalMax);
  CHECK(find(house.tables.sessions, digest_of("t0")) == nullptr);
  CHECK(find(house.tables.sessions, digest_of("t1")) != nullptr);
}

TEST_CASE("passwords: long, not the login, not one letter", "[access]") {
  CHECK(check_password("olena", "дванадцять літер"));
  CHECK(check_password("olena", "four plain words here"));
  CHECK_FALSE(check_password("olena", "short"));
  CHECK_FALSE(check_password("olena", "фффффффффффф"));
  CHECK_FALSE(check_password("olena", "aaaaaaaaaaaaaaaa"));
  CHECK_FALSE(check_password("olena", "my name is OLENA"));
  CHECK_FALSE(check_password("olena", std::string(limits::kPasswordBytesMax, 'a') + "b"));
}

TEST_CASE("tokens: a key is read as it is written and no other way", "[access]") {
  const ApiKey key = new_api_key();
  const auto read = parse_api_key(key.text());
  REQUIRE(read);
  CHECK(read->id == key.id);
  CHECK(read->secret == key.secret);
  CHECK(new_api_key().secret != key.secret);
  for (const std::string& bad :
       {std::string(), std::string("sal_"), key.text() + "a", key.text().substr(1),
        "sal_" + key.id + "-" + key.secret, "sal_" + key.id + "_" + key.secret.substr(1) + "="}) {
    CHECK_FALSE(parse_api_key(bad));
  }
  CHECK(csrf_token_of("a") != csrf_token_of("b"));
}

TEST_CASE("changes: what somebody reaches fits the event that says so", "[access]") {
  House house;
  const std::string longest(kPrincipalReachBytesMax / 4, '"');  // twice as long in JSON
  PrincipalRow crm = row("crm", Role::kSource);
  crm.sources.assign(4, longest);
  crm.subject.reset();
  crm.certificate = std::string(limits::kTextBytesMax, '"');
  CHECK(house.run(&add_principal, crm));
  Submission said;
  said.id = "notice";
  said.source = "ledger/access";
  said.data = EventData(house.notices().front());
  CHECK(encode_line(said, {}).size() < limits::kEventBytesMax);
  crm.id = "crm2";
  crm.certificate.reset();
  crm.sources.push_back("x");
  const auto refused = house.run(&add_principal, crm);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kTooLarge);
  CHECK(refused.error().field == "sources");
  CHECK(house.last.notices.empty());
  PrincipalRow head = row("head", Role::kHead);
  CHECK(house.run(&add_principal, head));
  head.departments.assign(300, std::string(250, 'x'));
  const auto wider = house.run(&change_principal, head);
  REQUIRE_FALSE(wider);
  CHECK(wider.error().field == "departments");
  CHECK(house.last.notices.empty());
}
