// Goal: in one batch, of which the views know nothing yet, money is given out once, and what a
// correction gives back is there once. Method: the house in memory, batches of allocations of one
// payment of 120 to an invoice of 100, and of corrections of the first.
#include <fmt/format.h>

#include <string>

#include "tests/support/catch.h"
#include "tests/support/house.h"

using ledger::testing::House;

namespace {

std::string event(const std::string& id, const std::string& type, const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"2026-11-24T08:00:00Z","data":{}}})",
      id, type, data);
}

std::string allocation(int minor) {
  return fmt::format(
      R"({{"client_id":"c-1","payment_source":"test","payment_id":"p-1","invoice_id":"i-1","amount":{{"amount_minor":{},"currency":"UAH"}},"effective_on":"2026-11-24","method":"person"}})",
      minor);
}

std::string allocated(const std::string& id, int minor) {
  return event(id, "payment.allocated", allocation(minor));
}

std::string corrected(const std::string& id, const std::string& target, int minor) {
  return event(
      id, "event.corrected",
      fmt::format(R"({{"target_source":"test","target_id":"{}","reason":"сума","data":{}}})",
                  target, allocation(minor)));
}

// 60 of the 100 are paid.
class Books {
 public:
  Books() {
    tell(event("card", "client.registered", R"({"client_id":"c-1","name":"Ромашка"})"));
    tell(event(
        "i-1", "invoice.issued",
        R"({"invoice_id":"i-1","number":"1","client_id":"c-1","issued_on":"2026-11-01","due_on":"2026-11-30","amount":{"amount_minor":100,"currency":"UAH"}})"));
    tell(event(
        "p-1", "payment.received",
        R"({"bank_reference":"B-1","our_account":"UA1","amount":{"amount_minor":120,"currency":"UAH"},"booked_on":"2026-11-02","client_id":"c-1"})"));
    tell(allocated("a-1", 60));
  }
  int batch(const std::string& first, const std::string& second) {
    return int(house_.post_batch("[" + first + "," + second + "]").status);
  }

 private:
  void tell(const std::string& line) {
    const auto response = house_.post(line);
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  House house_;
};

}  // namespace

TEST_CASE("money: what one event of a batch takes is gone for the next", "[producers][append]") {
  Books books;
  CHECK(books.batch(allocated("a-2", 30), allocated("a-3", 11)) == 409);
  CHECK(books.batch(allocated("a-2", 30), allocated("a-3", 10)) == 201);
}

TEST_CASE("money: what a correction leaves is there for the next of its batch, and no more",
          "[producers][append]") {
  Books books;
  CHECK(books.batch(corrected("x-1", "a-1", 80), allocated("a-2", 21)) == 409);
  CHECK(books.batch(allocated("a-2", 21), corrected("x-1", "a-1", 80)) == 409);
  CHECK(books.batch(corrected("x-1", "a-1", 80), allocated("a-2", 20)) == 201);
}
