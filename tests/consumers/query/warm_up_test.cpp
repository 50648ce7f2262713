// Goal: nobody's question is the first of its day. Method: a clock that stands still, and a store
// that counts what is read of it.
#include "consumers/query/warm_up.h"

#include <atomic>

#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

class CountingSnapshot final : public ViewSnapshot {
 public:
  CountingSnapshot(std::shared_ptr<const ViewSnapshot> of, std::atomic<int>& rows)
      : of_(std::move(of)), rows_(rows) {}
  [[nodiscard]] const Frontier& position() const override { return of_->position(); }
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view family,
                                                       std::string_view key) const override {
    ++rows_;
    return of_->get(family, key);
  }
  [[nodiscard]] Status scan(std::string_view family, std::string_view prefix, std::string_view from,
                            const Visit& row) const override {
    return of_->scan(family, prefix, from, [&](std::string_view key, std::string_view value) {
      ++rows_;
      return row(key, value);
    });
  }
  void report(std::string_view family, const std::string& detail) const override {
    of_->report(family, detail);
  }

 private:
  std::shared_ptr<const ViewSnapshot> of_;
  std::atomic<int>& rows_;
};

// Counts what questions read; what the projector reads is not theirs.
class CountingStore final : public ViewStore {
 public:
  CountingStore(std::unique_ptr<ViewStore> of, std::atomic<int>& rows)
      : of_(std::move(of)), rows_(rows) {}
  [[nodiscard]] Result<Frontier> progress(std::string_view family,
                                          std::int32_t partitions) const override {
    return of_->progress(family, partitions);
  }
  [[nodiscard]] std::unique_ptr<ViewTransaction> begin() override { return of_->begin(); }
  [[nodiscard]] Status commit(std::unique_ptr<ViewTransaction> changes,
                              const Frontier& position) override {
    return of_->commit(std::move(changes), position);
  }
  [[nodiscard]] std::shared_ptr<const ViewSnapshot> current() const override {
    return std::make_shared<CountingSnapshot>(of_->current(), rows_);
  }
  [[nodiscard]] Renewals& renewals() const override { return of_->renewals(); }
  [[nodiscard]] std::shared_ptr<const ViewSnapshot> unguarded() const override {
    return of_->unguarded();
  }
  [[nodiscard]] Status empty(std::string_view family) override { return of_->empty(family); }
  Status purge() override { return of_->purge(); }
  void give_back(std::string_view family) override { of_->give_back(family); }

 private:
  std::unique_ptr<ViewStore> of_;
  std::atomic<int>& rows_;
};

BusinessZone kyiv() { return BusinessZone::named("Europe/Kyiv").value(); }

// Ten clients of one manager, with an invoice each that is overdue.
void fill(House& house) {
  const auto event = [](const std::string& id, const std::string& type, const std::string& data) {
    return R"({"specversion":"1.0","id":")" + id +
           R"(","source":"house","type":"org.salesledger.)" + type +
           R"(.v1","time":"2026-11-02T08:00:00Z","data":)" + data + "}";
  };
  std::string batch = "[" + event("h", "manager.hired",
                                  R"({"manager_id":"m-1","name":"Олена","hired_on":"2026-01-05"})");
  for (const auto* number : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
    const std::string client = std::string("c-") + number;
    batch += "," + event(client, "client.registered",
                         R"({"client_id":")" + client + R"(","name":"ТОВ «Лан»"})");
    batch += "," + event("a-" + client, "client.assigned",
                         R"({"client_id":")" + client +
                             R"(","manager_id":"m-1","effective_from":"2026-11-02"})");
    batch += "," + event("i-" + client, "invoice.issued",
                         R"({"invoice_id":"i-)" + client + R"(","number":"1","client_id":")" +
                             client + R"(","issued_on":"2026-11-02","due_on":"2026-11-20",)" +
                             R"("amount":{"amount_minor":120000,"currency":"UAH"}})");
  }
  const auto answer = house.post_batch(batch + "]");
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  REQUIRE(answer.body.find("\"error\"") == std::string::npos);
}

}  // namespace

TEST_CASE("warm-up: the first question of a day reads no more than the second", "[query]") {
  std::atomic<int> rows = 0;
  House house("2026-11-25T20:00:00Z", 1,
              std::make_unique<CountingStore>(memory_view_store(1), rows));
  fill(house);
  const auto rows_of = [&](const char* question) {
    const int before = rows;
    CHECK(house.get(question).status == 200);
    return rows - before;
  };
  constexpr std::array kQuestions{"/v1/quotas",
                                  "/v1/obligations",
                                  "/v1/receivables",
                                  "/v1/receivables?by=manager",
                                  "/v1/contact-plan?manager=m-1",
                                  "/v1/offer-checks",
                                  "/v1/breaches"};
  // Without it a day's first question does read more: of each kind once, so that the sum says it.
  int first = 0;
  int second = 0;
  for (const auto* question : kQuestions) first += rows_of(question);
  for (const auto* question : kQuestions) second += rows_of(question);
  CHECK(first > second);

  WarmUp warm_up({house.router(), *house.views, *house.progress, house.log, house.clock, kyiv()});
  CHECK(warm_up.look());
  CHECK_FALSE(warm_up.look());  // it is that day still
  for (const auto* now : {"2026-11-25T20:01:00Z", "2026-11-25T22:00:30Z", "2026-11-26T22:01:00Z"}) {
    house.set_now(now);  // at 22:00 a day begins in Kyiv
    (void)warm_up.look();
    for (const auto* question : kQuestions) {
      INFO(now << ' ' << question);
      const int cold = rows_of(question);
      CHECK(cold == rows_of(question));
    }
  }
  CHECK(warm_up.counters().days == 3);
}

TEST_CASE("warm-up: it waits for the views, and asks again what could not be answered", "[query]") {
  House house("2026-11-25T20:00:00Z", 1);
  fill(house);
  house.log.inject(0, "one more line");
  WarmUp warm_up({house.router(), *house.views, *house.progress, house.log, house.clock, kyiv()});
  CHECK_FALSE(warm_up.look());
  house.settle();
  std::string debts;
  for (const auto& family : projector_families()) {
    if (family.starts_with("receivables.")) debts = family;
  }
  house.views->renewals().set_aside({debts, RenewalCause::kBehind, ""});
  CHECK_FALSE(warm_up.look());
  house.views->give_back(debts);
  CHECK(warm_up.look());
  CHECK(warm_up.counters().days == 1);
  house.views->renewals().set_aside({debts, RenewalCause::kUnreadable, ""});
  house.views->give_back(debts);
  CHECK(warm_up.look());  // nothing that was kept is kept any more
}

TEST_CASE("warm-up: a question that cannot be answered ends nothing and is asked again",
          "[query]") {
  House house("2026-11-25T20:00:00Z", 1);
  fill(house);
  http::Router router;
  bool broken = true;
  router.add("GET", "/v1/quotas", http::RunOn::kWorker, [&](const http::Request&) {
    if (broken) throw std::bad_alloc();
    return http::Response{200, "application/json", "{}"};
  });
  WarmUp warm_up({router, *house.views, *house.progress, house.log, house.clock, kyiv()});
  CHECK_FALSE(warm_up.look());
  broken = false;
  CHECK(warm_up.look());
}

TEST_CASE("warm-up: its thread does the same, and ends at once", "[query]") {
  House house("2026-11-25T20:00:00Z", 1);
  fill(house);
  WarmUp warm_up({house.router(), *house.views, *house.progress, house.log, house.clock, kyiv()});
  warm_up.start();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (warm_up.counters().days == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  CHECK(warm_up.counters().days == 1);
}
