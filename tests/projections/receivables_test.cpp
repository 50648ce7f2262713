// Goal: whatever happened, in whatever order, the parts add up to the balance and no part is
// negative. Method: random histories of one account, asked for on days of theirs.
#include <fmt/format.h>

#include <random>

#include "projections/receivables/queries.h"
#include "projections/receivables/turnover.h"
#include "projections/store/row_codec.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::receivables;

namespace {

constexpr int kDays = 60;
const Date kFirst = std::chrono::year(2026) / 9 / 1;

class History {
 public:
  explicit History(unsigned seed) : random_(seed) {}

  AccountRow make(int events) {
    for (int i = 0; i < events; ++i) add(i);
    return std::move(account_);
  }

 private:
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  Date day() { return add_days(kFirst, below(kDays)); }
  Money money() {
    return {1 + below(1000), Currency::parse(below(4) == 0 ? "USD" : "UAH").value()};
  }
  InvoiceId invoice() { return InvoiceId(fmt::format("i-{}", below(12))); }
  std::string payment() { return fmt::format("p-{}", below(12)); }

  template <class E>
  void say(std::vector<Said<E>>& list, E data, int i) {
    list.push_back({{0, i}, {}, std::move(data)});
  }

  void add(int i) {
    switch (below(10)) {
      case 0:
      case 1:
      case 2: {
        InvoiceIssued issued;
        issued.invoice_id = invoice();
        issued.issued_on = day();
        issued.due_on = add_days(issued.issued_on, below(30));
        issued.amount = money();
        say(account_.invoices, issued, i);
        return;
      }
      case 3:
      case 4:
        account_.payments.push_back(
            {{0, i}, {}, "bank", payment(), "", day(), money(), {}, {}, {}, {}});
        return;
      case 5:
      case 6: {
        PaymentAllocated allocated;
        allocated.payment_source = "bank";
        allocated.payment_id = payment();
        allocated.invoice_id = invoice();
        allocated.amount = money();
        allocated.effective_on = day();
        say(account_.allocated, allocated, i);
        return;
      }
      case 7:
        say(account_.reversed, PaymentReversed{{}, "bank", payment(), day(), {}}, i);
        return;
      case 8: {
        CreditNoteIssued note;
        note.amount = money();
        note.issued_on = day();
        if (below(2) == 0) note.invoice_id = invoice();
        say(account_.credit_notes, note, i);
        return;
      }
      default:
        say(account_.refunded, PaymentRefunded{{}, "bank", payment(), money(), day(), {}}, i);
    }
  }

  std::mt19937 random_;
  AccountRow account_;
};

}  // namespace

TEST_CASE("receivables: parts add up to the balance over 10,000 histories", "[receivables]") {
  for (unsigned seed = 0; seed < 10'000; ++seed) {
    const AccountRow account = History(seed).make(40);
    // Other days for other histories: together they are all days.
    for (int i = static_cast<int>(seed % 30); i <= kDays; i += 30) {
      const auto books = statements(account, {add_days(kFirst, i), {}}).value();
      for (const auto& [code, statement] : books) {
        INFO("seed " << seed << ", day " << i << ", " << code);
        const auto ageing = age(statement, Currency::parse(code).value()).value();
        std::int64_t buckets = 0;
        for (const auto bucket : ageing.buckets_minor) {
          REQUIRE(bucket >= 0);
          buckets += bucket;
        }
        REQUIRE(buckets - ageing.unallocated_minor == ageing.balance_minor);
        REQUIRE(ageing.unallocated_minor >= 0);
        std::int64_t proposed = 0;
        for (const auto& item : statement.items) {
          REQUIRE(item.open_minor >= 0);
          REQUIRE(item.open_minor <= item.invoice.amount.amount_minor);
          proposed += item.proposed_minor;
        }
        REQUIRE(proposed <= ageing.unallocated_minor);
      }
    }
  }
}

TEST_CASE("receivables: the head of an account's row tells what was paid as the whole row does",
          "[receivables]") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const AccountRow account = History(seed).make(40);
    const std::string bytes = rows::encode(account);
    const auto head = rows::decode_head<PaidHead>(bytes);
    REQUIRE(head);
    REQUIRE(head->payments.size() == account.payments.size());
    for (int i = 0; i <= kDays; i += 10) {
      const AsOf as_of{add_days(kFirst, i), {}};
      REQUIRE(paid_turnover(*head, as_of).value() == paid_turnover(account, as_of).value());
    }
    REQUIRE_FALSE(rows::decode_head<PaidHead>(std::string_view(bytes).substr(0, 3)));
  }
}

TEST_CASE("receivables: whole minor units beyond 64 bits are an error, not a wrong sum",
          "[receivables]") {
  AccountRow account;
  for (int i = 0; i < 2; ++i) {
    InvoiceIssued issued;
    issued.invoice_id = InvoiceId(fmt::format("i-{}", i));
    issued.issued_on = kFirst;
    issued.due_on = kFirst;
    issued.amount = {std::numeric_limits<std::int64_t>::max(), Currency()};
    account.invoices.push_back({{0, i}, {}, issued});
  }
  const auto books = statements(account, {kFirst, {}});
  REQUIRE_FALSE(books);
  CHECK(books.error().code == ErrorCode::kOutOfRange);
}

TEST_CASE("receivables: both sides of every bucket's limit", "[receivables]") {
  for (const auto& [days, bucket] : std::vector<std::pair<int, std::size_t>>{{-400, 0},
                                                                             {0, 0},
                                                                             {1, 1},
                                                                             {30, 1},
                                                                             {31, 2},
                                                                             {60, 2},
                                                                             {61, 3},
                                                                             {90, 3},
                                                                             {91, 4},
                                                                             {4000, 4}}) {
    CHECK(bucket_of(days) == bucket);
  }
}
