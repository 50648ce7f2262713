// Goal: no figure of the board says anything else than the list behind it, whatever happened on a
// day. Method: days of events drawn by chance, in the house in memory; every figure is counted
// again from the items of its own answer, and compared with the board's.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <random>
#include <set>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

using boost::json::value;

// A house on a day, to which anything may be told that a day of a manager can hold.
class Day {
 public:
  explicit Day(unsigned seed) : chance_(seed) {
    tell(
        "manager.hired", "2026-01-05T08:00:00Z",
        R"({"manager_id":"m-1","name":"Олена","hired_on":"2026-01-05","extensions":["101"],"emails":["o@house.example"]})");
    for (int n = 0; n < 4; ++n) {
      // The last card is opened on the day after.
      tell("client.registered", n == 3 ? "2026-11-25T08:00:00Z" : "2026-02-01T08:00:00Z",
           fmt::format(R"({{"client_id":"c-{0}","name":"К{0}","phones":["{1}"],"emails":["{2}"]}})",
                       n, phone(n), mail(n)));
    }
  }

  void something() {
    switch (below(8)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return call();
      case 4:
        return letter();
      case 5:
        return tell(
            "offer.phoned", time(),
            fmt::format(R"({{"client_id":"c-{}","manager_id":"m-1","subject":"x"}})", below(4)));
      case 6:
        return sign();
      default:
        return take_back();
    }
  }

  value ask(std::string_view path) {
    const auto response = house_.get(path);
    INFO(response.body);
    REQUIRE(response.status == 200);
    return boost::json::parse(response.body);
  }

 private:
  int below(int limit) { return static_cast<int>(chance_() % static_cast<unsigned>(limit)); }
  std::string time() { return fmt::format("2026-11-24T{:02}:{:02}:00Z", 8 + below(2), below(60)); }
  static std::string phone(int n) { return fmt::format("+38050111000{}", n); }
  static std::string mail(int n) { return fmt::format("a@firm{}.example", n); }

  void tell(const std::string& type, const std::string& time, const std::string& data) {
    const auto id = fmt::format("e{}", told_++);
    const auto response = house_.post(fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
        id, type, time, data));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }

  void call() {
    constexpr std::string_view kDirections[] = {"outbound", "outbound", "inbound", "internal"};
    constexpr std::string_view kOutcomes[] = {"answered", "answered", "missed", "busy"};
    const int talk = below(40);
    // Few ids and few numbers, so that calls are told twice and redialled; the fifth is a
    // stranger's.
    tell(
        "call.completed", time(),
        fmt::format(
            R"({{"call_id":"k{}","direction":"{}","client_phone":"{}","manager_extension":"101","duration_s":60,"talk_s":{},"outcome":"{}","self_reported":{}}})",
            below(80), kDirections[below(4)], phone(below(5)), talk, kOutcomes[below(4)],
            below(8) == 0));
  }
  void letter() {
    tell(
        "offer.emailed", time(),
        fmt::format(
            R"({{"message_id":"<{}@x>","sender":"o@house.example","recipients":["{}"],"attachments":[{{"name":"p.pdf","media_type":"a/b","size_bytes":1,"sha256":"{}"}}]}})",
            below(6), mail(below(5)), std::string(64, static_cast<char>('0' + below(3)))));
  }
  void sign() {
    tell(
        "contract.signed", "2026-11-24T08:00:00Z",
        fmt::format(
            R"({{"contract_id":"d-{}","number":"1","client_id":"c-{}","manager_id":"m-1","signed_on":"2026-11-{:02}","kind":"{}"}})",
            told_, below(4), 1 + below(24), below(4) == 0 ? "amendment" : "contract"));
  }
  // Whatever it is: a card or a hire is left alone, and so is what was taken back before.
  void take_back() {
    constexpr int kFirst = 5;
    if (told_ <= kFirst) return;
    const int target = kFirst + below(told_ - kFirst);
    if (!gone_.insert(target).second) return;
    gone_.insert(told_);
    tell("event.voided", "2026-11-24T16:00:00Z",
         fmt::format(R"({{"target_source":"test","target_id":"e{}","reason":"x"}})", target));
  }

  House house_;
  std::mt19937 chance_;
  std::set<int> gone_;  // voided, and voids
  int told_ = 0;
};

std::int64_t number(const value& figure, std::string_view member) {
  const auto* found = figure.as_object().if_contains(member);
  return found == nullptr ? 0 : found->as_int64();
}

std::string text(const value& item, std::string_view member) {
  return std::string(item.at(member).as_string());
}

}  // namespace

TEST_CASE("quotas: a figure is the sum of the list behind it", "[query][quotas]") {
  std::set<std::string> seen;  // verdicts, so that the days show all that they can
  for (unsigned seed = 1; seed <= 12; ++seed) {
    Day day(seed);
    for (int i = 0; i < 160; ++i) day.something();
    const value board = day.ask("/v1/quotas?date=2026-11-24");
    const value list = day.ask("/v1/quotas/m-1?date=2026-11-24");
    const auto& figures = board.at("managers").as_array().at(0).at("metrics").as_array();
    const auto& lists = list.at("metrics").as_array();
    REQUIRE(figures.size() == lists.size());
    for (std::size_t n = 0; n < figures.size(); ++n) {
      const value& figure = figures[n];
      std::map<std::string, std::int64_t> times;
      std::set<std::string> positions;
      for (const value& item : lists[n].at("items").as_array()) {
        const std::string why = text(item, "why");
        CHECK(item.at("counted").as_bool() == (why == "counted"));
        CHECK(positions.insert(text(item, "position")).second);
        ++times[why];
        seen.insert(why);
      }
      INFO("seed " << seed << ": " << text(figure, "metric"));
      CHECK(number(figure, "counted") == times["counted"]);
      CHECK(number(lists[n], "counted") == times["counted"]);
      CHECK(number(figure, "unmatched") == times["no_client"]);
      CHECK(number(figure, "doubles") == times["double"]);
      CHECK(number(figure, "attempts") == number(lists[n], "attempts"));
    }
  }
  for (const std::string why :
       {"counted", "no_client", "not_answered", "too_short", "inbound", "internal", "redial",
        "self_reported", "double", "no_card_yet", "same_offer", "same_company", "not_new",
        "no_contract", "taken_back"}) {
    INFO(why);
    CHECK(seen.contains(why));
  }
}
