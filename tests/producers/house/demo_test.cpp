// Goal: the demo house is the same everywhere, goes on without contradicting itself, and everything
// that a house does happens in it. Method: a small house, read as what its senders would push.
#include "producers/house/demo/demo.h"

#include <map>
#include <set>

#include "events/json_codec.h"
#include "producers/house/demo/names.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

demo::Settings settings(std::uint64_t seed, std::string_view until) {
  demo::Settings settings{.zone = BusinessZone::named("Europe/Kyiv").value()};
  settings.seed = seed;
  settings.clients = 200;
  settings.managers = 4;
  settings.from = parse_date("2025-06-01").value();
  settings.until = parse_timestamp(until).value();
  return settings;
}

std::vector<std::string> lines(const demo::Settings& settings) {
  demo::Demo house(settings);
  std::vector<std::string> all;
  for (std::int64_t day = 0; day < house.days(); ++day) {
    for (const auto& fact : house.next_day()) all.push_back(encode_submission(fact));
  }
  return all;
}

}  // namespace

TEST_CASE("demo: one seed, one house; another seed, another", "[house][demo]") {
  const auto first = lines(settings(1, "2026-02-15T12:00:00Z"));
  CHECK(first.size() > 1000);
  CHECK(first == lines(settings(1, "2026-02-15T12:00:00Z")));
  CHECK(first != lines(settings(2, "2026-02-15T12:00:00Z")));
}

TEST_CASE("demo: a later end goes on with the same story", "[house][demo]") {
  const auto early = lines(settings(1, "2026-02-15T12:00:00Z"));
  const auto later = lines(settings(1, "2026-03-20T12:00:00Z"));
  const std::set<std::string> all(later.begin(), later.end());
  for (const auto& line : early) {
    if (!all.contains(line)) FAIL(line);
  }
}

TEST_CASE("demo: all that is pushed is what the door would take", "[house][demo]") {
  JsonCodec codec;
  std::set<std::pair<std::string, std::string>> ids;
  std::map<std::string, int> types;
  for (const auto& line : lines(settings(1, "2026-12-31T12:00:00Z"))) {
    const auto read = codec.decode_submission(line);
    INFO(line);
    REQUIRE(read);
    CHECK(read->time <= parse_timestamp("2026-12-31T12:00:00Z").value());
    CHECK(ids.emplace(read->source, read->id).second);
    ++types[std::string(type_name(read->data))];
  }
  for (const char* type : {"absence.recorded",
                           "call.completed",
                           "call.result_recorded",
                           "client.merged",
                           "complaint.opened",
                           "contract.signed",
                           "credit_note.applied",
                           "credit_note.issued",
                           "dispute.opened",
                           "dunning.sent",
                           "event.corrected",
                           "event.voided",
                           "invoice.written_off",
                           "manager.dismissed",
                           "offer.delivery_changed",
                           "offer.emailed",
                           "offer.phoned",
                           "outage.recorded",
                           "payment.received",
                           "payment.refunded",
                           "payment.reversed",
                           "promise_to_pay.made",
                           "reconciliation.confirmed",
                           "reconciliation.disagreed",
                           "reconciliation.drafted",
                           "reconciliation.signed",
                           "stand_in.appointed",
                           "stock_promise.made"}) {
    INFO(type);
    CHECK(types[type] > 0);
  }
}

TEST_CASE("demo: codes have right check digits, and everybody his own name", "[house][demo]") {
  std::set<std::string> names;
  std::set<std::string> codes;
  std::set<std::string> numbers;
  for (std::int64_t n = 0; n < 10'000; ++n) {
    const auto firm = demo::firm_name(n);
    CHECK(names.insert(firm.name).second);
    const auto code = demo::tax_code(n, firm.is_person);
    CHECK(code.check_digit_ok());
    CHECK(codes.insert(code.text()).second);
    CHECK(numbers.insert(demo::phone(n).text()).second);
    CHECK(numbers.insert(demo::iban(n).text()).second);
  }
}

}  // namespace ledger::testing
