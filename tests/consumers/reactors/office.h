#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "consumers/reactors/allocation.h"
#include "events/json_codec.h"
#include "events/types/allocation.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

// A house in memory with its rule; what the rule wants to record is posted as a sender would.
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
    tell_invoice(id, client, minor, due_on);
    return react(id);
  }
  Decisions payment(const std::string& id, const std::string& client, std::int64_t minor,
                    const std::string& purpose = "оплата") {
    tell_payment(id, client, minor, purpose);
    return react(id);
  }

  // Told while the rule is busy elsewhere: it reads them later, by react().
  void tell_invoice(const std::string& id, const std::string& client, std::int64_t minor,
                    const std::string& due_on) {
    tell(
        id, "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"{0}","number":"РФ-{0}","client_id":"{1}","issued_on":"2026-10-01","due_on":"{3}","amount":{{"amount_minor":{2},"currency":"UAH"}}}})",
            id, client, minor, due_on));
  }
  void tell_payment(const std::string& id, const std::string& client, std::int64_t minor,
                    const std::string& purpose) {
    tell(
        id, "payment.received",
        fmt::format(
            R"({{"bank_reference":"{0}","our_account":"UA1","client_id":"{1}","booked_on":"2026-11-02","amount":{{"amount_minor":{2},"currency":"UAH"}},"purpose":"{3}"}})",
            id, client, minor, purpose));
  }
  std::string account(const std::string& client) {
    return house_.get("/v1/clients/" + client + "/receivables").body;
  }

  // The rule's turn at an event: it has read what was told up to it, and nothing behind it.
  Decisions react(const std::string& id) {
    const AllocationReactor rule(BusinessZone::named("Europe/Kyiv").value());
    const auto event = line_of(id);
    REQUIRE(event.has_value());
    const Frontier read = read_up_to(*event);
    const auto views = house_.views->current();
    const Sight sight{*views, read, parse_date("2026-11-25").value()};
    const std::string line = encoded(id);
    if (!rule.concerns(summary_of(line))) return {};
    return record(rule.react(*event, sight).value());
  }

  // The first turn of the rule on a day of which `now` is an instant; it has read everything.
  Decisions turn_of(const std::string& day, const std::string& now) {
    const AllocationReactor rule(BusinessZone::named("Europe/Kyiv").value());
    house_.set_now(now);
    const Frontier read = house_.log.end().value();
    const auto views = house_.views->current();
    return record(rule.turn_of_day({*views, read, parse_date(day).value()}).value());
  }

 private:
  Decisions record(const std::vector<Submission>& found) {
    Decisions decisions;
    for (const auto& one : found) {
      const auto& data = *one.data.get_if<PaymentAllocated>();
      decisions.push_back({data.client_id.text(), data.payment_id, data.invoice_id.text(),
                           data.amount.amount_minor});
      REQUIRE(house_.post(encode_submission(one)).status == 201);
    }
    return decisions;
  }
  std::string encoded(const std::string& id) {
    for (const auto& stored : lines()) {
      const auto event = JsonCodec().decode_line(stored.line).value();
      if (event.id == id && event.source == "bank") return std::string(stored.line);
    }
    return {};
  }
  std::vector<StoredLine> lines() {
    auto cursor = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    return cursor->poll(1'000'000, 0, {}).value();
  }
  std::optional<Event> line_of(const std::string& id) {
    const std::string line = encoded(id);
    if (line.empty()) return std::nullopt;
    return JsonCodec().decode_line(line).value();
  }
  Frontier read_up_to(const Event& event) {
    Frontier read = Frontier::start(house_.log.partitions());
    for (const auto& stored : lines()) {
      const auto recorded = JsonCodec().decode_line(stored.line).value().stamps.recorded_time;
      if (recorded <= event.stamps.recorded_time) read.include(stored.position);
    }
    return read;
  }

  House house_;
  int minute_ = 0;
};

}  // namespace ledger::testing
