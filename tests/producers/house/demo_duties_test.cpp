// Goal: on a first look every duty has something to show. Method: a small demo house through the
// real door and folds; then what /v1/duties lists, one by one.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <string>

#include "events/json_codec.h"
#include "producers/house/demo/demo.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

namespace {

namespace json = boost::json;

// Duties of which the demo house by itself tells nothing, and why.
const std::map<std::string, std::string, std::less<>> kNothingToTell = {
    {"report.monthly", "a report hands in the server's own figures: `ledgerctl demo` adds it"},
    {"reporting.completeness", "likewise; a correction is kept as the fact that it puts right"},
};

demo::Settings small() {
  demo::Settings settings{.zone = BusinessZone::named("Europe/Kyiv").value()};
  settings.clients = 60;
  settings.managers = 4;
  settings.from = parse_date("2026-03-02").value();
  settings.until = parse_timestamp("2026-08-31T15:00:00Z").value();
  return settings;
}

void push(House& house, std::string& batch) {
  if (batch.empty()) return;
  const auto answer = house.post_batch("[" + batch + "]");
  batch.clear();
  const auto items = json::parse(answer.body).at("items").as_array();
  for (const auto& one : items) {
    const int status = one.at("status").to_number<int>();
    if (status >= 300 && status != 424) FAIL(json::serialize(one));  // 424: for another's sake
  }
}

void fill(House& house) {
  demo::Demo demo(small());
  for (std::int64_t day = 0; day < demo.days(); ++day) {
    std::string batch;
    for (const auto& fact : demo.next_day()) {
      // What is taken back or put right is looked for among what was folded.
      if (type_name(fact.data).starts_with("event.")) push(house, batch);
      batch += (batch.empty() ? "" : ",") + encode_submission(fact);
    }
    push(house, batch);
  }
}

}  // namespace

TEST_CASE("demo: each duty of the job description has records", "[house][demo]") {
  House house("2026-08-31T15:00:00Z");
  fill(house);
  const auto duties = json::parse(house.get("/v1/duties").body).at("duties").as_array();
  CHECK(duties.size() == 93);
  for (const auto& duty : duties) {
    const std::string id(duty.at("duty_id").as_string());
    const auto answer =
        house.get(fmt::format("/v1/duties/{}/records?from=2026-03-01&to=2026-08-31&limit=1", id));
    INFO(id << " " << answer.body.substr(0, 400));
    REQUIRE(answer.status == 200);
    const bool has_records = json::parse(answer.body).at("total").to_number<int>() > 0;
    CHECK(has_records != kNothingToTell.contains(id));
  }
}

}  // namespace ledger::testing
