// Goal: an act's figures add up whatever the amounts, and the term of a claim is counted by the
// law's calendar. Method: values at the edges.
#include "projections/acts/act.h"

#include <cstdint>
#include <limits>

#include "projections/acts/limitation.h"
#include "projections/receivables/fold.h"
#include "projections/store/view_batch.h"
#include "tests/support/catch.h"

namespace ledger::acts {

namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

// Invoices of one client, folded into a store.
std::unique_ptr<ViewStore> store_of(const std::vector<InvoiceIssued>& invoices) {
  auto store = memory_view_store(1);
  const auto snapshot = store->current();
  ViewBatch batch(family_of(receivables::kName, receivables::kVersion));
  batch.read_from(*snapshot);
  EventMeta meta;
  meta.source = "test";
  meta.recorded_time = parse_timestamp("2026-01-01T00:00:00Z").value();
  for (const auto& invoice : invoices) {
    receivables::Fold::apply(invoice, meta, batch);
    ++meta.position.offset;
  }
  auto transaction = store->begin();
  batch.collect(*transaction);
  REQUIRE(store->commit(std::move(transaction), Frontier({meta.position.offset})));
  return store;
}

InvoiceIssued invoice(std::string_view id, std::string_view on, std::int64_t minor) {
  return {InvoiceId(std::string(id)),
          std::string(id),
          ClientId("c-1"),
          day(on),
          day(on),
          Money{minor, Currency()},
          {},
          {}};
}

Subject november() {
  return {ClientId("c-1"), day("2026-11-01"), day("2026-11-30"), {}, Currency(), {}};
}

}  // namespace

TEST_CASE("acts: the greatest amount fits, one more is refused", "[acts]") {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const auto full = store_of({invoice("i-1", "2026-11-02", kMost)});
  CHECK(figures(*full->current(), november()).value().closing_minor == kMost);
  const auto over =
      store_of({invoice("i-1", "2026-11-02", kMost), invoice("i-2", "2026-11-03", 1)});
  CHECK(figures(*over->current(), november()).error().code == ErrorCode::kOutOfRange);
}

TEST_CASE("acts: one paper, one digest; the instant is not on it", "[acts]") {
  const auto store = store_of({invoice("i-1", "2026-11-02", 100)});
  Subject subject = november();
  const auto now = figures(*store->current(), subject).value();
  subject.known_at = parse_timestamp("2026-06-01T00:00:00Z").value();
  auto then = figures(*store->current(), subject).value();
  CHECK(digest(now) == digest(then));
  CHECK(canonical_json(then) ==
        R"({"client_id":"c-1","from":"2026-11-01","to":"2026-11-30","currency":"UAH",)"
        R"("opening_minor":0,"lines":[{"on":"2026-11-02","kind":"invoice","document":"i-1",)"
        R"("debit_minor":100,"credit_minor":0}],"debit_minor":100,"credit_minor":0,)"
        R"("closing_minor":100})");
  then.theirs = ActParty{"ТОВ", {}, {}, {}, {}, {}, {}};
  CHECK(digest(now) != digest(then));
}

TEST_CASE("acts: three years, without the days of the quarantine and of martial law", "[acts]") {
  const auto ends = [](std::string_view since) { return format_date(limitation_ends(day(since))); };
  CHECK(ends("2026-11-15") == "2029-11-15");
  CHECK(ends("2028-02-29") == "2031-02-28");
  // Over before the quarantine, and before the law of 2 April 2020 that made it count from
  // 12 March on; still running on the day of that law.
  CHECK(ends("2017-03-11") == "2020-03-11");
  CHECK(ends("2017-03-12") == "2020-03-12");
  CHECK(ends("2017-04-01") == "2020-04-01");
  CHECK(ends("2017-04-02") == "2025-09-25");
  // Over in the quarantine, and after it but in the war that began before it was over: one stop of
  // 2002 days from the first day of the one to the last of the other, no day of it twice.
  CHECK(ends("2019-02-23") == "2027-08-18");
  CHECK(ends("2020-03-11") == "2028-09-02");
  // Due on the first day of the quarantine, in the quarantine alone, in both, in the war alone.
  CHECK(ends("2020-03-12") == "2028-09-03");
  CHECK(ends("2021-06-01") == "2028-09-03");
  CHECK(ends("2022-02-24") == "2028-09-03");
  CHECK(ends("2025-09-03") == "2028-09-03");
  CHECK(ends("2025-09-04") == "2028-09-04");
}

}  // namespace ledger::acts
