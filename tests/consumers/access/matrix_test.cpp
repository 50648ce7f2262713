// Goal: nothing of what another manager or another department has comes out of any route, whoever
// asks and with whatever parameters. Method: three houses of which one is the others' beginning:
// own, own and a colleague's, both and another department's. Every question of every route is asked
// by every role; an answer must have the same bytes whether or not there is more that its asker may
// not see, and none of the other's marks. That the marks come out for who may see them shows that
// the test can fail.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "consumers/access/policy.h"
#include "tests/consumers/access/questions.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

constexpr std::string_view kLater = "2026-11-25T16:00:00Z";

using Answers = std::map<std::string, Asked>;

struct Houses {
  House own;
  House department;
  House all;
  std::vector<std::string> questions;

  Houses() {
    std::size_t types = 0;
    for (House* house : {&own, &department, &all}) {
      tell_nobodys(*house);
      types = std::max(types, tell_side(*house, own_side()));
    }
    CHECK(types > 110);
    for (House* house : {&department, &all}) tell_side(*house, mate_side());
    CHECK(tell_side(all, far_side()) > 90);
    // What was recorded in the last seconds is not in every figure.
    for (House* house : {&own, &department, &all}) {
      house->set_now(kLater);
      house->keep_no_looks();  // they would move the position that answers stand at
    }
    questions = all_questions(all);
  }
};

Answers asked_as(House& house, std::shared_ptr<const Principal> who,
                 const std::vector<std::string>& questions) {
  house.ask_as(std::move(who));
  return ask_all(house, questions);
}

// The same for everybody, and so is what they tell of machines that send.
bool is_of_operations(const std::string& question) {
  return question.starts_with("/v1/sources") || question.starts_with("/v1/status");
}

std::string excerpt(const std::string& body, const std::string& mark) {
  const std::size_t at = body.find(mark);
  const std::size_t from = at < 160 ? 0 : at - 160;
  return body.substr(from, 320);
}

// What a mark of the other side stands in, but for what the question itself says.
std::vector<std::string> leaks(const Answers& answers, const Side& side) {
  std::vector<std::string> found;
  for (const auto& [question, answer] : answers) {
    for (const auto& mark : side.marks()) {
      if (answer.body.find(mark) == std::string::npos) continue;
      if (question.find(mark.substr(0, mark.find('"'))) != std::string::npos) continue;
      found.push_back(question + " says " + mark + ": " + excerpt(answer.body, mark));
    }
  }
  return found;
}

std::vector<std::string> differences(const Answers& left, const Answers& right) {
  std::vector<std::string> found;
  for (const auto& [question, answer] : left) {
    const auto& other = right.at(question);
    if (is_of_operations(question)) continue;
    if (answer.body == other.body && answer.status == other.status) continue;
    const auto at =
        std::mismatch(answer.body.begin(), answer.body.end(), other.body.begin(), other.body.end())
            .first -
        answer.body.begin();
    const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 80));
    found.push_back(fmt::format("{}\n  {} …{}…\n  {} …{}…", question, answer.status,
                                answer.body.substr(std::min(from, answer.body.size()), 1240),
                                other.status,
                                other.body.substr(std::min(from, other.body.size()), 1240)));
  }
  return found;
}

void check_none(const std::vector<std::string>& found) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 25); ++i) text += found[i] + '\n';
  INFO(found.size() << " of them:\n" << text);
  CHECK(found.empty());
}

void check_no_failure(const Answers& answers) {
  std::vector<std::string> found;
  for (const auto& [question, answer] : answers) {
    if (answer.status >= 500) found.push_back(question + " " + answer.body);
  }
  check_none(found);
}

// Routes, by their pattern, in whose answers a mark of the side stands.
std::set<std::string> routes_that_say(const House& house, const Answers& answers,
                                      const Side& side) {
  std::set<std::string> patterns;
  for (const auto& [question, answer] : answers) {
    if (answer.status != 200) continue;
    const auto marks = side.marks();
    if (std::none_of(marks.begin(), marks.end(), [&](const std::string& mark) {
          return answer.body.find(mark) != std::string::npos;
        })) {
      continue;
    }
    std::vector<std::string> segments;
    std::string path = question.substr(1, question.find('?') - 1);
    for (std::size_t at = 0; at != std::string::npos;) {
      const std::size_t slash = path.find('/', at);
      segments.push_back(path.substr(at, slash == std::string::npos ? slash : slash - at));
      at = slash == std::string::npos ? slash : slash + 1;
    }
    patterns.emplace(house.router().find("GET", segments).pattern);
  }
  return patterns;
}

// Pages behind the first are asked for too, and there are some.
void check_pages(const Answers& answers) {
  const auto pages = std::count_if(answers.begin(), answers.end(), [](const auto& one) {
    return one.first.find("cursor=") != std::string::npos && one.second.status == 200;
  });
  CHECK(pages > 200);
}

// Every route that is about somebody says something of him to who may see him; the statements of
// the house, what is parked and unjoined are nobody's, and the text of duties is everybody's.
void check_said(const House& house, const Answers& answers, const Side& side, Role role) {
  const auto said = routes_that_say(house, answers, side);
  for (const auto& rule : policy::rules()) {
    if (rule.method != "GET" || !rule.pattern.starts_with("/v1/")) continue;
    if (rule.about == policy::About::kNothing || rule.pattern.ends_with('*')) continue;
    if (!rule.roles.contains(role)) continue;
    if (rule.pattern == "/v1/stream") continue;  // has no end: tests/consumers/stream
    if (rule.pattern == "/v1/statements" || rule.pattern == "/v1/sources") continue;
    if (rule.pattern == "/v1/breaches/preview") continue;         // warns where there is a reason
    if (rule.pattern == "/v1/receivables/ageing/days") continue;  // sums, which name nobody
    INFO(rule.pattern << " says nothing of " << side.name);
    CHECK(said.contains(std::string(rule.pattern)));
  }
}

}  // namespace

TEST_CASE("matrix: nobody is told of what another has, by whatever question", "[access]") {
  Houses houses;
  const auto& questions = houses.questions;
  const auto manager = manager_of(own_side());
  const auto alone = asked_as(houses.own, manager, questions);
  const auto beside_mate = asked_as(houses.department, manager, questions);
  const auto beside_all = asked_as(houses.all, manager, questions);
  check_no_failure(beside_all);
  check_none(leaks(beside_all, mate_side()));
  check_none(leaks(beside_all, far_side()));
  check_none(differences(alone, beside_mate));
  check_none(differences(alone, beside_all));
  check_said(houses.all, beside_all, own_side(), Role::kManager);
  check_pages(beside_all);

  const auto head = head_of({"гурт"});
  const auto his = asked_as(houses.department, head, questions);
  const auto beside_far = asked_as(houses.all, head, questions);
  check_no_failure(beside_far);
  check_none(leaks(beside_far, far_side()));
  check_none(differences(his, beside_far));
  check_said(houses.all, beside_far, own_side(), Role::kHead);
  check_said(houses.all, beside_far, mate_side(), Role::kHead);

  // Who may see it is told.
  for (const auto& who : {somebody(Role::kAdmin), somebody(Role::kAuditor), head_of({"*"})}) {
    const auto everything = asked_as(houses.all, who, questions);
    check_no_failure(everything);
    check_said(houses.all, everything, far_side(), who->role);
  }
}

TEST_CASE("matrix: auditor and admin read what is read where nobody is asked", "[access]") {
  Houses houses;
  const auto open = asked_as(houses.all, nullptr, houses.questions);
  check_none(differences(open, asked_as(houses.all, somebody(Role::kAuditor), houses.questions)));
  check_none(differences(open, asked_as(houses.all, somebody(Role::kAdmin), houses.questions)));
}

TEST_CASE("matrix: a source, who is dismissed and whom nobody knows are told nothing", "[access]") {
  Houses houses;
  tell(houses.all, "dismissed", "manager.dismissed", "2026-11-24T08:00:00Z",
       R"({"manager_id":"m-own","dismissed_on":"2026-11-24"})");
  Side stranger = own_side();
  stranger.name = "absent";
  for (const auto& who : {somebody(Role::kSource), manager_of(own_side()), manager_of(stranger)}) {
    const auto answers = asked_as(houses.all, who, houses.questions);
    check_no_failure(answers);
    for (const auto& side : {own_side(), mate_side(), far_side()}) {
      check_none(leaks(answers, side));
    }
  }
}

TEST_CASE("matrix: what is another's and what there is not are one answer", "[access]") {
  Houses houses;
  for (const auto& who : {manager_of(own_side()), head_of({"гурт"})}) {
    houses.all.ask_as(who);
    for (const std::string path :
         {"/v1/clients/c-{}", "/v1/clients/c-{}/timeline", "/v1/clients/c-{}/receivables",
          "/v1/clients/c-{}/handover", "/v1/clients/c-{}/order-check?amount_minor=1",
          "/v1/managers/m-{}/handover", "/v1/quotas/m-{}", "/v1/attestations/m-{}",
          "/v1/reports/m-{}?month=2026-11", "/v1/acts/act-1-{}", "/v1/acts?client=c-{}",
          "/v1/contact-plan?manager=m-{}", "/v1/obligations?manager=m-{}",
          "/v1/offer-checks?client=c-{}", "/v1/breaches?manager=m-{}", "/v1/clients?owner=m-{}",
          "/v1/duties/calls.daily/records?client=c-{}",
          "/v1/duties/calls.daily/records?manager=m-{}"}) {
      const auto far = houses.all.get(fmt::format(fmt::runtime(path), "far"));
      const auto absent = houses.all.get(fmt::format(fmt::runtime(path), "absent"));
      const auto own = houses.all.get(fmt::format(fmt::runtime(path), "own"));
      INFO(path << ' ' << far.body << ' ' << own.body);
      CHECK(far.status == 403);
      CHECK(far.body == absent.body);
      CHECK(far.status == absent.status);
      CHECK(own.status == 200);
    }
  }
}

TEST_CASE("matrix: who stands in sees the clients, and not their owner's figures", "[access]") {
  Houses houses;
  House& house = houses.all;
  const auto stand_in = manager_of(own_side());
  house.ask_as(stand_in);
  CHECK(house.get("/v1/clients/c-mate").status == 403);
  house.ask_as(nullptr);
  tell(
      house, "away", "absence.recorded", "2026-11-20T08:00:00Z",
      R"({"absence_id":"a-9","manager_id":"m-mate","kind":"vacation","from":"2026-11-23","to":"2026-11-27"})");
  tell(
      house, "instead", "stand_in.appointed", "2026-11-20T08:00:00Z",
      R"({"appointment_id":"s-9","absent_manager_id":"m-mate","stand_in_id":"m-own","from":"2026-11-23","to":"2026-11-27"})");
  const auto answers = asked_as(house, stand_in, houses.questions);
  check_no_failure(answers);
  check_none(leaks(answers, far_side()));
  const auto said = routes_that_say(house, answers, mate_side());
  for (const std::string route :
       {"/v1/clients", "/v1/clients/{id}", "/v1/clients/{id}/timeline",
        "/v1/clients/{id}/receivables", "/v1/receivables", "/v1/unallocated", "/v1/obligations",
        "/v1/contact-plan", "/v1/acts", "/v1/log/{position}"}) {
    INFO(route);
    CHECK(said.contains(route));
  }
  for (const std::string path :
       {"/v1/quotas/m-mate", "/v1/attestations/m-mate", "/v1/reports/m-mate?month=2026-11",
        "/v1/managers/m-mate/handover", "/v1/breaches?manager=m-mate"}) {
    INFO(path);
    CHECK(house.get(path).status == 403);
  }
  CHECK(answers.at("/v1/quotas").body.find("m-mate") == std::string::npos);
  // The day after, they are another's again.
  house.set_now("2026-11-28T10:00:00Z");
  CHECK(house.get("/v1/clients/c-mate").status == 403);
}

TEST_CASE("matrix: a client of nobody is the heads'", "[access]") {
  Houses houses;
  for (const std::string path : {"/v1/clients/c-nobody", "/v1/clients/c-nobody/timeline",
                                 "/v1/clients/c-nobody/receivables"}) {
    houses.all.ask_as(manager_of(own_side()));
    CHECK(houses.all.get(path).status == 403);
    houses.all.ask_as(head_of({"гурт"}));
    CHECK(houses.all.get(path).status == 200);
  }
}
