#include "projections/receivables/settlement.h"

#include <functional>
#include <map>
#include <random>

#include "projections/receivables/fold.h"
#include "projections/receivables/queries.h"
#include "projections/store/view_batch.h"
#include "tests/support/catch.h"

// The sums of receivables over histories by chance.
namespace ledger::receivables {

namespace {

const Date kStart = parse_date("2026-01-01").value();
const Timestamp kMidnight = parse_timestamp("2026-01-01T00:00:00Z").value();
constexpr int kDays = 200;

// Two clients with few invoices and payments, so that what is said about them often collides.
class History {
 public:
  explicit History(unsigned seed) : random_(seed) {
    const int length = 5 + pick(60);
    for (int i = 0; i < length; ++i) steps_.push_back(step(i));
  }

  [[nodiscard]] std::size_t size() const { return steps_.size(); }
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  // Folds all steps but `without`, then takes back `voided`.
  std::vector<AccountRow> fold(std::optional<std::size_t> without,
                               std::optional<std::size_t> voided) {
    const auto store = memory_view_store(1);
    const auto snapshot = store->current();
    ViewBatch batch("test");
    batch.read_from(*snapshot);
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (i != without) steps_[i](batch, meta(i, Effect::kApply));
    }
    if (voided) steps_[*voided](batch, meta(*voided, Effect::kRetract));
    return {batch.edit<AccountRow>("c-0"), batch.edit<AccountRow>("c-1")};
  }

  // The instant by which the first `steps` are recorded.
  static Timestamp known(std::size_t steps) {
    return kMidnight + std::chrono::hours(4) * static_cast<int>(steps);
  }

 private:
  using Step = std::function<void(ViewBatch&, EventMeta)>;

  static EventMeta meta(std::size_t step, Effect effect) {
    EventMeta meta;
    meta.position = {0, static_cast<std::int64_t>(step)};
    meta.source = "test";
    meta.recorded_time = known(effect == Effect::kApply ? step : std::size_t{kDays});
    meta.effect = effect;
    return meta;
  }

  template <class E>
  static Step folding(E event, std::string id = {}) {
    return [event = std::move(event), id = std::move(id)](ViewBatch& batch, EventMeta meta) {
      meta.id = id;
      if constexpr (requires { event.bank_reference; }) meta.client = event.client_id;
      Fold::apply(event, meta, batch);
    };
  }

  Date day() { return add_days(kStart, pick(kDays)); }
  Money money() { return {1 + pick(1000), Currency::parse(pick(4) == 0 ? "USD" : "UAH").value()}; }
  ClientId client() { return ClientId("c-" + std::to_string(pick(2))); }
  InvoiceId invoice() { return InvoiceId("i-" + std::to_string(pick(8))); }
  std::string payment() { return "p-" + std::to_string(pick(8)); }
  CreditNoteId note() { return CreditNoteId("n-" + std::to_string(pick(3))); }

  Step step(int number) {
    switch (number < 4 ? pick(2) : pick(17)) {
      case 0: {
        const Date issued = day();
        InvoiceIssued event{invoice(), "1", client(), issued, add_days(issued, pick(60)),
                            money(),   {},  {}};
        if (pick(3) == 0) event.due_on.reset();
        if (pick(4) == 0) event.delivery_id = DeliveryId("d-" + std::to_string(pick(2)));
        if (pick(6) == 0) event.charge = ChargeKind::kPenalty;
        return folding(event);
      }
      case 1:
        return folding(received(), payment());
      case 2:
        return folding(DisputeOpened{DisputeId("d"), client(), invoice(), day(), money(), "", {}});
      case 3: {
        CreditNoteIssued issued{note(), "1", client(), day(), money(), {}, {}};
        if (pick(2) == 0) issued.invoice_id = invoice();
        return folding(issued);
      }
      case 4:
        return folding(CreditNoteApplied{note(), client(), invoice(), money(), day()});
      case 5:
        return folding(InvoiceWrittenOff{
            invoice(), client(), money(), day(), WriteOffKind::kBadDebt, "x", {}});
      case 6:
        return folding(InvoiceCancelled{invoice(), client(), day(), ""});
      case 7:
        return folding(PaymentRefunded{client(), "test", payment(), money(), day(), {}});
      case 8:
        return folding(PaymentReversed{client(), "test", payment(), day(), {}});
      case 9:
        return folding(FxConverted{client(), money(), money(), day(), ""}, payment());
      case 10:
        return folding(PaymentDeallocated{client(), "test", payment(), invoice(), "", {}});
      case 14:
        return folding(terms());
      case 15:
        return folding(offset(), payment());
      case 16:
        return folding(DeliveryMade{
            DeliveryId("d-" + std::to_string(pick(2))), client(), day(), {}, {}, money(), {}});
      default:
        return folding(PaymentAllocated{client(),
                                        "test",
                                        payment(),
                                        invoice(),
                                        money(),
                                        day(),
                                        AllocationMethod::kFifo,
                                        {},
                                        {}});
    }
  }

  PaymentReceived received() {
    PaymentReceived payment;
    payment.amount = money();
    payment.booked_on = day();
    payment.client_id = client();
    if (pick(2) == 0) payment.bank_reference = "r-" + std::to_string(pick(2));
    if (pick(4) == 0) payment.invoice_ids = {invoice()};
    return payment;
  }

  ClientTermsSet terms() {
    ClientTermsSet terms;
    terms.client_id = client();
    terms.valid_from = day();
    terms.payment_days = pick(40);
    if (pick(2) == 0) terms.days_kind = DaysKind::kBanking;
    if (pick(2) == 0) terms.base = TermsBase::kShipment;
    if (pick(2) == 0) terms.settlement_order = SettlementOrder::kCostsInterestPrincipal;
    for (int left = 10000; pick(2) == 0;) {
      const int share = 1 + pick(left);
      terms.instalments.push_back({share, pick(40)});
      left -= share;
      if (left == 0) break;
    }
    return terms;
  }

  OffsetMade offset() {
    OffsetMade offset{OffsetId("z"), "1", client(), day(), money(), {}, {}, {}, {}};
    offset.ours = {{invoice(), offset.amount}};
    return offset;
  }

  std::mt19937 random_;
  std::vector<Step> steps_;
};

void check_sums(const AccountRow& account, const AsOf& as_of) {
  const auto books = statements(account, as_of).value();
  for (const auto& [code, book] : books) {
    const auto ageing = age(book, Currency::parse(code).value()).value();
    std::int64_t sum = -ageing.unallocated_minor;
    for (const std::int64_t bucket : ageing.buckets_minor) sum += bucket;
    REQUIRE(sum == ageing.balance_minor);
    REQUIRE(ageing.disputed_minor <= ageing.balance_minor + ageing.unallocated_minor);
  }
}

// Nothing is negative, and each item and credit is accounted for to the last minor unit.
void check_parts(const Settlement& settled) {
  std::vector<std::int64_t> items(settled.items.size());
  std::vector<std::int64_t> credits(settled.credits.size());
  for (const auto& slice : settled.slices) {
    REQUIRE(slice.amount_minor > 0);
    items[slice.item] += slice.amount_minor;
    credits[slice.credit] += slice.amount_minor;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Settlement::Item& item = settled.items[i];
    REQUIRE(item.open_minor >= 0);
    REQUIRE(item.written_off_minor >= 0);
    REQUIRE(items[i] + item.open_minor + item.written_off_minor ==
            (item.cancelled ? 0 : item.invoice.amount.amount_minor));
  }
  for (std::size_t i = 0; i < credits.size(); ++i) {
    const Settlement::Credit& credit = settled.credits[i];
    REQUIRE(credit.free_minor >= 0);
    REQUIRE(credits[i] + credit.free_minor + (credit.reversed ? 0 : credit.spent_minor) ==
            (credit.reversed ? 0 : credit.amount.amount_minor));
  }
  for (const auto& conflict : settled.conflicts) REQUIRE(conflict.rest.amount_minor > 0);
  std::vector<std::int64_t> open(settled.items.size());
  std::map<Currency, std::int64_t> balances;
  for (const auto& posting : settled.postings) {
    balances[posting.currency] += posting.balance_minor;
    if (posting.item != Settlement::Posting::kNone) open[posting.item] += posting.open_minor;
  }
  for (std::size_t i = 0; i < items.size(); ++i) REQUIRE(open[i] == settled.items[i].open_minor);
  for (const auto& [currency, balance] : settled.balances_minor) {
    REQUIRE(balances[currency] == balance);
  }
}

std::string rows(const std::vector<AccountRow>& accounts, const AsOf& as_of) {
  std::string text;
  for (const auto& account : accounts) {
    const auto settled = settle(account, as_of).value();
    for (const auto& item : settled.items) {
      text += item.invoice.invoice_id.text() + to_string(item.position) + ':' +
              std::to_string(item.open_minor) + ' ';
    }
    for (const auto& credit : settled.credits) {
      text +=
          credit.id + to_string(credit.position) + ':' + std::to_string(credit.free_minor) + ' ';
    }
    text += std::to_string(settled.conflicts.size()) + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("buckets less unallocated are the balance, whatever happened") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    History history(seed);
    const auto accounts = history.fold({}, {});
    for (const auto& account : accounts) {
      for (int day = 0; day <= kDays; day += 7) {
        const Date date = add_days(kStart, day);
        for (const auto& known_at :
             {std::optional<Timestamp>(), std::optional(History::known(history.size() / 2))}) {
          check_sums(account, {date, known_at});
          check_parts(settle(account, {date, known_at}).value());
        }
      }
    }
  }
}

TEST_CASE("what was voided never happened, but for who asks what was known before") {
  const Date end = add_days(kStart, kDays);
  for (unsigned seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    History history(seed);
    const auto step = static_cast<std::size_t>(history.pick(static_cast<int>(history.size())));
    const auto voided = history.fold({}, step);
    CHECK(rows(voided, {end, {}}) == rows(history.fold(step, {}), {end, {}}));
    const AsOf before{end, History::known(history.size())};
    CHECK(rows(voided, before) == rows(history.fold({}, {}), before));
  }
}

}  // namespace ledger::receivables
