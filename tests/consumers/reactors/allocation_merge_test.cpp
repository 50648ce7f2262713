// Goal: cards that are one client have one account for the rule that allocates; what it decided
// across them is not decided again when they are two. Method: the house in memory; the rule reacts
// to what was told last, and what it wants to record is posted as a sender would.
#include <fmt/format.h>

#include "consumers/reactors/allocation.h"
#include "events/json_codec.h"
#include "events/types/allocation.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

struct Decided {
  std::string card;
  std::string payment;
  std::string invoice;
  std::int64_t minor = 0;
  bool operator==(const Decided&) const = default;
};
using Decisions = std::vector<Decided>;

class Office {
 public:
  Office() {
    for (const std::string client : {"c-1", "c-2", "c-3"}) {
      tell("card-" + client, "client.registered",
           fmt::format(R"({{"client_id":"{}","name":"Ромашка"}})", client));
    }
  }

  void tell(const std::string& id, const std::string& type, const std::string& data) {
    // Each a minute later than the one before: which of two things was said first is the times'.
    house_.set_now(fmt::format("2026-11-25T10:{:02}:00Z", minute_++));
    const auto response = house_.post(fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"bank","type":"org.salesledger.{}.v1","time":"2026-11-25T08:00:00Z","data":{}}})",
        id, type, data));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  void merge(const std::string& id) {
    tell(id, "client.merged",
         R"({"client_id":"c-1","absorbed_client_id":"c-2","reason":"один клієнт"})");
  }
  void undo(const std::string& id) {
    tell("undo-" + id, "event.voided",
         fmt::format(R"({{"target_source":"bank","target_id":"{}","reason":"різні"}})", id));
  }

  // What the rule decides on an invoice or a payment of a card; recorded.
  Decisions invoice(const std::string& id, const std::string& client, std::int64_t minor,
                    const std::string& due_on) {
    tell(
        id, "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"{0}","number":"РФ-{0}","client_id":"{1}","issued_on":"2026-10-01","due_on":"{3}","amount":{{"amount_minor":{2},"currency":"UAH"}}}})",
            id, client, minor, due_on));
    return react(id);
  }
  Decisions payment(const std::string& id, const std::string& client, std::int64_t minor,
                    const std::string& purpose = "оплата") {
    tell(
        id, "payment.received",
        fmt::format(
            R"({{"bank_reference":"{0}","our_account":"UA1","client_id":"{1}","booked_on":"2026-11-02","amount":{{"amount_minor":{2},"currency":"UAH"}},"purpose":"{3}"}})",
            id, client, minor, purpose));
    return react(id);
  }
  std::string account(const std::string& client) {
    return house_.get("/v1/clients/" + client + "/receivables").body;
  }

 private:
  Decisions react(const std::string& id) {
    const AllocationReactor rule(BusinessZone::named("Europe/Kyiv").value());
    auto cursor = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    JsonCodec codec;
    std::optional<Event> last;
    const auto lines = cursor->poll(1'000'000, 0, {}).value();
    for (const auto& stored : lines) {
      if (!rule.concerns(summary_of(stored.line))) continue;
      auto event = codec.decode_line(stored.line).value();
      if (event.id == id) last = std::move(event);
    }
    REQUIRE(last.has_value());
    Decisions decisions;
    const auto found =
        rule.react(*last, *house_.views->current(), parse_date("2026-11-25").value()).value();
    for (const auto& one : found) {
      const auto& data = *one.data.get_if<PaymentAllocated>();
      decisions.push_back({data.client_id.text(), data.payment_id, data.invoice_id.text(),
                           data.amount.amount_minor});
      REQUIRE(house_.post(encode_submission(one)).status == 201);
    }
    return decisions;
  }

  House house_;
  int minute_ = 0;
};

bool says(const std::string& answer, const std::string& part) {
  return answer.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("allocation: a payment of the absorbed card pays the client's oldest invoice",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  CHECK(office.invoice("i-2", "c-2", 300, "2026-10-20").empty());
  CHECK(office.invoice("i-3", "c-3", 300, "2026-10-05").empty());
  office.merge("merge");
  CHECK(office.payment("p-1", "c-2", 1200) ==
        Decisions{{"c-2", "p-1", "i-1", 1000}, {"c-2", "p-1", "i-2", 200}});
  CHECK(says(office.account("c-1"), R"("balance_minor":100)"));
  CHECK_FALSE(says(office.account("c-1"), "conflict"));
  // And money of the card that stays an invoice of the other, named by its number.
  CHECK(office.payment("p-2", "c-1", 50, "за рахунок РФ-i-2") ==
        Decisions{{"c-1", "p-2", "i-2", 50}});
  // The neighbour owes what he owed.
  CHECK(says(office.account("c-3"), R"("open_minor":300)"));
}

TEST_CASE("allocation: cards that are two clients pay each its own", "[allocation]") {
  Office office;
  office.merge("merge");
  office.undo("merge");
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  CHECK(office.payment("p-1", "c-2", 1200).empty());
  CHECK(office.payment("p-2", "c-1", 400) == Decisions{{"c-1", "p-2", "i-1", 400}});
}

TEST_CASE("allocation: what was decided across two cards keeps its money when they are two again",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  office.merge("merge");
  CHECK(office.payment("p-1", "c-2", 1500) == Decisions{{"c-2", "p-1", "i-1", 1000}});
  office.undo("merge");
  // 1000 of the payment stand for c-1's invoice, whatever comes; 500 are free.
  CHECK(office.invoice("i-2", "c-2", 800, "2026-10-01") == Decisions{{"c-2", "p-1", "i-2", 500}});
  CHECK(office.payment("p-2", "c-2", 100) == Decisions{{"c-2", "p-2", "i-2", 100}});
  CHECK(says(office.account("c-2"), R"("cross_allocations")"));
  // c-1 owes again, and pays with its own money.
  CHECK(office.payment("p-3", "c-1", 400) == Decisions{{"c-1", "p-3", "i-1", 400}});
  // Until a person says so.
  office.tell(
      "back", "payment.deallocated",
      R"({"client_id":"c-2","payment_source":"bank","payment_id":"p-1","invoice_id":"i-1","reason":"різні"})");
  CHECK(office.payment("p-4", "c-2", 1) == Decisions{{"c-2", "p-4", "i-2", 1}});
  CHECK(office.invoice("i-4", "c-2", 2000, "2026-10-02") == Decisions{{"c-2", "p-1", "i-4", 1000}});
}

TEST_CASE("allocation: joined again, no pair is decided twice", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  office.merge("merge");
  CHECK(office.payment("p-1", "c-2", 400) == Decisions{{"c-2", "p-1", "i-1", 400}});
  office.undo("merge");
  office.merge("again");
  CHECK(office.payment("p-2", "c-2", 700) == Decisions{{"c-2", "p-2", "i-1", 600}});
  CHECK_FALSE(says(office.account("c-1"), "cross_allocations"));
}
