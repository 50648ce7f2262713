// Goal: whatever is told of money, in whatever order, the sums hold: what is open less what is free
// is what was invoiced less what was paid; nothing is allocated beyond what is open or free; the
// door refuses nothing that the rule decides but where instructions wait; and folded again in
// another order the rows are the same. Method: random histories through the real door, the rule
// reacting to each event.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "consumers/reactors/allocation.h"
#include "events/json_codec.h"
#include "platform/calendar_month.h"
#include "projections/receivables/queries.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

constexpr unsigned kHistories = 40;
constexpr int kEvents = 70;
constexpr AsOf kEver{kLastDay, std::nullopt};

class Firm {
 public:
  explicit Firm(unsigned seed) : random_(seed) {
    tell("manager.hired", R"({"manager_id":"m-1","name":"Олена","hired_on":"2026-01-01"})");
    for (const auto& client : kClients) {
      tell("client.registered", fmt::format(R"({{"client_id":"{0}","name":"{0}"}})", client));
    }
  }

  void live(int events) {
    for (int i = 0; i < events; ++i) {
      step();
      check();
    }
  }

  // The same lines, each partition in its order, the partitions interleaved by chance.
  void fold_again(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::vector<std::string>> lines(static_cast<std::size_t>(house_.log.partitions()));
    std::vector<std::size_t> turns;
    for (const auto& stored : all_lines()) {
      const auto partition = static_cast<std::size_t>(stored.position.partition);
      lines[partition].emplace_back(stored.line);
      turns.push_back(partition);
    }
    std::shuffle(turns.begin(), turns.end(), random);
    House other("2026-11-25T15:00:00Z", house_.log.partitions());
    std::vector<std::size_t> next(lines.size(), 0);
    for (const auto partition : turns) {
      other.log.inject(static_cast<std::int32_t>(partition), lines[partition][next[partition]++]);
      if (random() % 4 == 0) other.settle();
    }
    other.settle();
    REQUIRE(testing::all_rows(*other.views->current()) ==
            testing::all_rows(*house_.views->current()));
  }

 private:
  inline static const std::vector<std::string> kClients{"c-1", "c-2", "c-3"};
  struct Invoice {
    std::string client;
    std::int64_t minor = 0;
    bool cancelled = false;
  };
  struct Payment {
    std::string client;
    std::int64_t minor = 0;
    bool voided = false;
    bool reversed = false;
    std::string same_as = {};  // a booking that was told of another client first
  };

  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  template <class Map>
  auto any(Map& map) {
    return std::next(map.begin(), below(static_cast<int>(map.size())));
  }
  std::string day() { return fmt::format("2026-{:02}-{:02}", 9 + below(2), 1 + below(28)); }
  static std::string money(std::int64_t minor) {
    return fmt::format(R"({{"amount_minor":{},"currency":"UAH"}})", minor);
  }

  // Whether it was accepted; then the rule has had its turn, as often as it has something to say.
  bool tell(const std::string& type, const std::string& data) {
    now_s_ += 30;
    house_.set_now(format_timestamp(parse_timestamp("2026-11-25T08:00:00Z").value() +
                                    std::chrono::seconds(now_s_)));
    id_ = fmt::format("e{}", ++told_);
    const auto response = house_.post(fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"2026-11-24T08:00:00Z","data":{}}})",
        id_, type, data));
    INFO(type << " " << data << " " << response.body);
    REQUIRE((response.status == 201 || response.status == 409));
    if (response.status != 201) return false;
    const std::string line(all_lines().back().line);
    react(line);
    return true;
  }

  void react(const std::string& line) {
    const AllocationReactor rule(BusinessZone::named("Europe/Kyiv").value());
    if (!rule.concerns(summary_of(line))) return;
    const auto event = JsonCodec().decode_line(line).value();
    bool waited = false;
    for (int turn = 0; turn < 2; ++turn) {  // the second time after a crash: nothing is left to say
      const auto views = house_.views->current();
      waited = waited || anything_waits(*views);
      const Frontier read = house_.log.end().value();
      const Sight sight{*views, read, parse_date("2026-11-25").value()};
      const auto decided = rule.react(event, sight).value();
      for (const auto& one : decided) {
        const auto response = house_.post(encode_submission(one));
        INFO("the rule: " << encode_submission(one) << " " << response.body);
        REQUIRE((response.status == 201 || response.status == 409));
        // Only where an instruction waits, which a decision before this one let through: it takes
        // what this one was to give, or frees what nothing was known of at the first time.
        REQUIRE((turn == 0 || waited));
        REQUIRE((response.status == 201 || waited));
      }
    }
  }

  static bool anything_waits(const ViewSnapshot& views) {
    const auto clients = receivables::clients(views, std::nullopt).value();
    return std::any_of(clients.begin(), clients.end(), [&](const std::string& id) {
      const auto client = directory::one_client(views, id, std::nullopt).value();
      const auto account = receivables::account_of(views, client).value();
      return !receivables::settle(account, kEver).value().conflicts.empty();
    });
  }

  std::vector<StoredLine> all_lines() {
    // By the time of recording: partitions are read one after the other.
    auto cursor = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    auto lines = cursor->poll(1'000'000, 0, {}).value();
    std::sort(lines.begin(), lines.end(), [](const auto& left, const auto& right) {
      return std::pair(summary_of(left.line).recorded_time, left.position) <
             std::pair(summary_of(right.line).recorded_time, right.position);
    });
    return lines;
  }

  void invoice() {
    const Invoice one{kClients[static_cast<std::size_t>(below(3))], 1 + below(1000)};
    const std::string id = fmt::format("i-{}", invoices_.size());
    const std::string on = day();
    REQUIRE(tell(
        "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"{0}","number":"РФ-{0}","client_id":"{1}","issued_on":"{2}","due_on":"2026-11-10","amount":{3}}})",
            id, one.client, on, money(one.minor))));
    invoices_.emplace(id, one);
  }

  std::string payment_data(const std::string& reference, const Payment& one) {
    return fmt::format(
        R"({{"bank_reference":"{}","our_account":"UA1","client_id":"{}","booked_on":"2026-10-05","amount":{},"purpose":"{}"}})",
        reference, one.client, money(one.minor),
        below(3) == 0 && !invoices_.empty() ? "рахунок РФ-" + any(invoices_)->first : "оплата");
  }

  void payment() {
    Payment one{kClients[static_cast<std::size_t>(below(3))], 1 + below(1500)};
    std::string reference = fmt::format("B-{}", payments_.size());
    if (below(5) == 0 && !payments_.empty()) {  // the same booking, told of another client
      const auto& [id, first] = *any(payments_);
      if (first.same_as.empty() && first.client != one.client && !first.voided && !first.reversed) {
        one = {one.client, first.minor, false, false, id};
        reference = references_[id];
      }
    }
    REQUIRE(tell("payment.received", payment_data(reference, one)));
    references_[id_] = reference;
    if (!one.same_as.empty()) shared_.insert({id_, one.same_as});
    payments_.emplace(id_, one);
  }

  void correct_payment() {
    auto& [id, one] = *any(payments_);
    if (one.voided || shared_.contains(id)) return;
    Payment changed = one;
    changed.minor = 1 + below(1500);
    const bool done =
        tell("event.corrected",
             fmt::format(R"({{"target_source":"test","target_id":"{}","reason":"сума","data":{}}})",
                         id, payment_data(references_[id], changed)));
    if (done) one.minor = changed.minor;
  }

  void void_payment() {
    auto& [id, one] = *any(payments_);
    if (one.voided || one.reversed) return;
    one.voided =
        tell("event.voided",
             fmt::format(R"({{"target_source":"test","target_id":"{}","reason":"не наш"}})", id));
  }

  void reverse_payment() {
    auto& [id, one] = *any(payments_);
    if (one.voided || one.reversed || shared_.contains(id)) return;
    one.reversed = tell(
        "payment.reversed",
        fmt::format(
            R"({{"client_id":"{}","payment_source":"test","payment_id":"{}","reversed_on":"2026-11-01"}})",
            one.client, id));
  }

  void pair(const char* type, const std::string& more) {
    const auto& [id, one] = *any(payments_);
    (void)tell(
        type,
        fmt::format(
            R"({{"client_id":"{}","payment_source":"test","payment_id":"{}","invoice_id":"{}"{}}})",
            one.client, id, any(invoices_)->first, more));
  }

  void cancel_invoice() {
    auto& [id, one] = *any(invoices_);
    if (one.cancelled) return;
    one.cancelled = tell(
        "invoice.cancelled",
        fmt::format(
            R"({{"client_id":"{}","invoice_id":"{}","cancelled_on":"2026-11-02","reason":"помилка"}})",
            one.client, id));
  }

  void merge() {
    if (merged_.empty()) {
      const bool done = tell("client.merged",
                             R"({"client_id":"c-1","absorbed_client_id":"c-2","reason":"один"})");
      if (done) merged_ = id_;
    } else if (tell("event.voided",
                    fmt::format(R"({{"target_source":"test","target_id":"{}","reason":"різні"}})",
                                merged_))) {
      merged_.clear();
    }
  }

  void step() {
    if (invoices_.empty() || payments_.empty()) {
      invoice();
      payment();
      return;
    }
    switch (below(16)) {
      case 0:
      case 1:
      case 2:
        return invoice();
      case 3:
      case 4:
      case 5:
        return payment();
      case 6:
      case 7:
        return correct_payment();
      case 8:
        return void_payment();
      case 9:
        return reverse_payment();
      case 10:
        return cancel_invoice();
      case 11:
        return merge();
      case 12:
        return pair("payment.deallocated", R"(,"reason":"інший")");
      case 13:
        return pair("payment.allocation_rejected", R"(,"reason":"аванс")");
      default:
        return pair("payment.allocated",
                    fmt::format(R"(,"amount":{},"effective_on":"2026-11-03","method":"person")",
                                money(1 + below(700))));
    }
  }

  // What was invoiced less what was paid, each booking of the bank once.
  std::int64_t expected() const {
    std::int64_t balance = 0;
    for (const auto& [id, one] : invoices_) balance += one.cancelled ? 0 : one.minor;
    std::set<std::string> counted;
    for (const auto& [id, one] : payments_) {
      if (one.voided || one.reversed) continue;
      const bool first = counted.insert(one.same_as.empty() ? id : one.same_as).second;
      if (first) balance -= one.minor;
    }
    return balance;
  }

  void check() {
    const auto views = house_.views->current();
    std::int64_t balance = 0;
    const auto clients = receivables::clients(*views, std::nullopt).value();
    for (const auto& id : clients) {
      const auto client = directory::one_client(*views, id, std::nullopt).value();
      const auto account = receivables::account_of(*views, client).value();
      const auto settled = receivables::settle(account, kEver).value();
      for (const auto& item : settled.items) {
        REQUIRE(item.open_minor >= 0);
        REQUIRE(item.open_minor <= item.invoice.amount.amount_minor);
      }
      std::map<std::size_t, std::int64_t> spent;
      for (const auto& slice : settled.slices) spent[slice.credit] += slice.amount_minor;
      for (std::size_t i = 0; i < settled.credits.size(); ++i) {
        const auto& credit = settled.credits[i];
        REQUIRE(credit.free_minor >= 0);
        if (!credit.reversed) REQUIRE(credit.free_minor + spent[i] == credit.amount.amount_minor);
      }
      const auto books = receivables::statements(account, kEver).value();
      for (const auto& [code, book] : books) {
        const auto ageing = receivables::age(book, Currency::parse(code).value()).value();
        REQUIRE(ageing.open_minor() - ageing.unallocated_minor == ageing.balance_minor);
        std::int64_t buckets = 0;
        for (const auto bucket : ageing.buckets_minor) buckets += bucket;
        REQUIRE(buckets - ageing.unallocated_minor == ageing.balance_minor);
        balance += ageing.balance_minor;
      }
    }
    REQUIRE(balance == expected());
  }

  std::mt19937 random_;
  House house_{"2026-11-25T08:00:00Z"};
  std::int64_t now_s_ = 0;
  int told_ = 0;
  std::string id_;  // of what was told last
  std::string merged_;
  std::map<std::string, Invoice> invoices_;
  std::map<std::string, Payment> payments_;
  std::map<std::string, std::string> references_;
  std::set<std::string> shared_;
};

}  // namespace

TEST_CASE("allocation: the sums hold in random histories, and in every order of folding",
          "[allocation]") {
  for (unsigned seed = 1; seed <= kHistories; ++seed) {
    INFO("seed " << seed);
    Firm firm(seed);
    firm.live(kEvents);
    firm.fold_again(seed);
  }
}
