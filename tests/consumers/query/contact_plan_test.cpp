// Goal: the plan is the same list whatever order clients were told of in, and its cost follows the
// manager's clients. Method: houses in memory; rows read by one question are counted.
#include "projections/contact_plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "platform/cursor.h"
#include "projections/obligations/queries.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

struct Told {
  std::string type;
  std::string time;
  std::string data;
};

void tell(House& house, const std::string& id, const Told& told) {
  const auto response = house.post(fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
      id, told.type, told.time, told.data));
  INFO(response.body);
  REQUIRE(response.status == 201);
}

Told hired(const std::string& manager) {
  return {"manager.hired", "2026-01-05T08:00:00Z",
          fmt::format(R"({{"manager_id":"{0}","name":"{0}","hired_on":"2026-01-05"}})", manager)};
}

// A client with a debt, a talk and a plan, each of some days ago.
std::vector<Told> client(int number, const std::string& manager) {
  const int day = 1 + number % 17;
  const std::string time = fmt::format("2026-11-{:02}T09:00:00Z", day);
  const std::string on = time.substr(0, 10);
  std::vector<Told> all;
  all.push_back({"client.registered", "2026-11-01T08:00:00Z",
                 fmt::format(R"({{"client_id":"c-{0}","name":"Клієнт {0}"}})", number)});
  all.push_back(
      {"client.assigned", "2026-11-01T08:00:00Z",
       fmt::format(R"({{"client_id":"c-{}","manager_id":"{}","effective_from":"2026-11-01"}})",
                   number, manager)});
  all.push_back(
      {"meeting.held", time,
       fmt::format(R"({{"client_id":"c-{}","manager_id":"{}","topic":"Ціни"}})", number, manager)});
  if (number % 3 == 0) {
    all.push_back(
        {"follow_up.set", "2026-11-02T09:00:00Z",
         fmt::format(
             R"({{"follow_up_id":"f-{0}","client_id":"c-{0}","manager_id":"{1}","due_on":"{2}","kind":"visit","subject":"Ціни"}})",
             number, manager, on)});
  }
  if (number % 4 == 0) {
    all.push_back(
        {"invoice.issued", "2026-11-01T09:00:00Z",
         fmt::format(
             R"({{"invoice_id":"i-{0}","number":"{0}","client_id":"c-{0}","issued_on":"2026-11-01","due_on":"{1}","amount":{{"amount_minor":5000,"currency":"UAH"}}}})",
             number, on)});
  }
  return all;
}

// Rows that a question takes out of the store.
class Counting final : public ViewSnapshot {
 public:
  explicit Counting(std::shared_ptr<const ViewSnapshot> below) : below_(std::move(below)) {}
  [[nodiscard]] const Frontier& position() const override { return below_->position(); }
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view family,
                                                       std::string_view key) const override {
    ++rows;
    return below_->get(family, key);
  }
  [[nodiscard]] Status scan(std::string_view family, std::string_view prefix, std::string_view from,
                            const Visit& row) const override {
    ++rows;
    return below_->scan(family, prefix, from, [&](std::string_view key, std::string_view value) {
      ++rows;
      return row(key, value);
    });
  }
  void report(std::string_view family, const std::string& detail) const override {
    below_->report(family, detail);
  }
  mutable int rows = 0;

 private:
  std::shared_ptr<const ViewSnapshot> below_;
};

constexpr std::string_view kPath = "/v1/contact-plan?manager=m-1&as_of=2026-11-25";

std::string plan_of(House& house) {
  const std::string body = house.get(std::string(kPath)).body;
  // Positions of events, and of the answer, depend on the order of telling.
  std::string plan;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t found = body.find("\"position\":\"", at);
    plan += body.substr(at, found - at);
    if (found == std::string::npos) break;
    at = body.find('"', found + 12) + 1;
  }
  return plan;
}

int rows_read(int foreign_clients) {
  House house;
  tell(house, "m-1", hired("m-1"));
  tell(house, "m-2", hired("m-2"));
  for (int i = 0; i < 10 + foreign_clients; ++i) {
    int part = 0;
    for (const auto& told : client(i, i < 10 ? "m-1" : "m-2")) {
      tell(house, fmt::format("{}-{}", i, part++), told);
    }
  }
  const auto zone = BusinessZone::named("Europe/Kyiv").value();
  const Counting counted(house.views->current());
  const Date day = parse_date("2026-11-25").value();
  const ManagerId manager("m-1");
  const auto plan = contact_plan::contact_plan(
      counted, {manager, {day, std::nullopt}, parse_timestamp("2026-11-25T15:00:00Z").value()},
      zone);
  REQUIRE(plan.has_value());
  CHECK_FALSE(plan->empty());
  const auto owed = obligations::obligations(counted, {manager, {day, std::nullopt}}, zone);
  REQUIRE(owed.has_value());
  CHECK_FALSE(owed->rows.empty());
  return counted.rows;
}

}  // namespace

TEST_CASE("contact plan: the same list in whatever order clients were told of",
          "[consumers][query]") {
  std::string first;
  for (unsigned seed = 0; seed < 4; ++seed) {
    std::vector<int> numbers(40);
    for (int i = 0; i < 40; ++i) numbers[static_cast<std::size_t>(i)] = i;
    std::mt19937 random(seed);
    if (seed > 0) std::shuffle(numbers.begin(), numbers.end(), random);
    House house;
    tell(house, "m-1", hired("m-1"));
    for (const int number : numbers) {
      int part = 0;
      for (const auto& told : client(number, "m-1")) {
        tell(house, fmt::format("{}-{}", number, part++), told);
      }
    }
    const std::string plan = plan_of(house);
    CHECK(plan == plan_of(house));
    if (seed == 0) first = plan;
    CHECK(plan == first);
    CHECK(plan.find("\"total\":0") == std::string::npos);
  }
}

TEST_CASE("contact plan: other managers' clients cost nothing", "[consumers][query]") {
  CHECK(rows_read(0) == rows_read(100));
}

// What is kept between questions follows what is told: one house that was asked all the time says
// what another says that is asked for the first time.
TEST_CASE("contact plan: what is kept of a client reacts to the next event", "[consumers][query]") {
  House house;
  tell(house, "m-1", hired("m-1"));
  tell(house, "m-2", hired("m-2"));
  for (int number = 4; number < 9; number += 4) {
    int part = 0;
    for (const auto& told : client(number, "m-1")) {
      tell(house, fmt::format("{}-{}", number, part++), told);
    }
  }
  const auto has = [&](std::string_view words) {
    return plan_of(house).find(words) != std::string::npos;
  };
  REQUIRE(has("debt_untouched"));
  REQUIRE(has("\"total\":2"));
  CHECK_FALSE(has("\"last_contact_on\":\"2026-11-24\""));

  tell(
      house, "call",
      {"call.completed", "2026-11-24T09:00:00Z",
       R"({"call_id":"k-1","direction":"outbound","client_id":"c-4","client_phone":"+380500000001","duration_s":60,"talk_s":40,"outcome":"answered","manager_id":"m-1"})"});
  CHECK(has("\"last_contact_on\":\"2026-11-24\""));

  for (const int number : {4, 8}) {
    tell(
        house, fmt::format("paid-{}", number),
        {"payment.received", "2026-11-24T10:00:00Z",
         fmt::format(
             R"({{"bank_reference":"b-{0}","our_account":"UA1","amount":{{"amount_minor":5000,"currency":"UAH"}},"booked_on":"2026-11-24","client_id":"c-{0}"}})",
             number)});
    tell(
        house, fmt::format("allocated-{}", number),
        {"payment.allocated", "2026-11-24T10:00:00Z",
         fmt::format(
             R"({{"payment_source":"test","payment_id":"paid-{0}","client_id":"c-{0}","invoice_id":"i-{0}","method":"fifo","rule_version":"allocation.v1","effective_on":"2026-11-24","amount":{{"amount_minor":5000,"currency":"UAH"}}}})",
             number)});
  }
  CHECK_FALSE(has("debt_untouched"));

  CHECK_FALSE(has("\"c-20\""));
  int part = 0;
  for (const auto& told : client(20, "m-1")) tell(house, fmt::format("20-{}", part++), told);
  CHECK(has("\"c-20\""));

  tell(house, "given",
       {"client.assigned", "2026-11-24T11:00:00Z",
        R"({"client_id":"c-20","manager_id":"m-2","effective_from":"2026-11-24"})"});
  CHECK_FALSE(has("\"c-20\""));
}

// The value that is kept is of the whole day; an instant within it hears nothing of what was said
// later, and the evening all of it.
TEST_CASE("contact plan: an hour of a kept day knows nothing of later ones", "[consumers][query]") {
  House house;
  tell(house, "m-1", hired("m-1"));
  int part = 0;
  for (const auto& told : client(4, "m-1")) tell(house, fmt::format("4-{}", part++), told);
  tell(
      house, "call",
      {"call.completed", "2026-11-24T12:00:00Z",
       R"({"call_id":"k-1","direction":"outbound","client_id":"c-4","client_phone":"+380500000001","duration_s":60,"talk_s":40,"outcome":"answered","manager_id":"m-1"})"});
  const auto total_at = [&](std::string_view hour) {
    const std::string body =
        house.get(fmt::format("/v1/contact-plan?manager=m-1&now=2026-11-24T{}:00:00Z", hour)).body;
    return body.find("\"total\":1") != std::string::npos;
  };
  CHECK_FALSE(total_at("13"));  // talked to on that day
  CHECK(total_at("11"));
  CHECK_FALSE(total_at("12"));
}

// Calls are made while one scrolls: the list is shorter than it was, and the rest of it is none.
TEST_CASE("contact plan: a page behind the end is empty, and the last", "[consumers][query]") {
  House house;
  tell(house, "m-1", hired("m-1"));
  int part = 0;
  for (const auto& told : client(4, "m-1")) tell(house, fmt::format("4-{}", part++), told);
  const auto page = [&](std::string_view place) {
    return house.get(fmt::format("/v1/contact-plan?manager=m-1&limit=1&cursor={}",
                                 seal_cursor("/v1/contact-plan", place)));
  };
  CHECK(page("0").body.find("\"c-4\"") != std::string::npos);
  for (const auto* cursor : {"1", "50"}) {
    const auto answer = page(cursor);
    INFO(answer.body);
    CHECK(answer.status == 200);
    CHECK(answer.body.find("\"rows\":[]") != std::string::npos);
    CHECK(answer.body.find("\"total\":1") != std::string::npos);
    CHECK(answer.body.find("next_cursor") == std::string::npos);
  }
  CHECK(page("x").status == 422);
  CHECK(page("-1").status == 422);
}
