#include <map>
#include <set>
#include <string>

#include "projections/duty_records/ratios.h"

namespace ledger::duty_records {

namespace {

// 29: of the clients who ordered in these days, those who had ordered before, then or earlier. An
// order that is placed again under its id is the same order. Credited to who took the last one.
void count_repeats(const Book& book, Tally& tally) {
  struct Buyer {
    std::set<std::string_view> orders;  // up to the last day that is asked about
    const Entry* last = nullptr;        // of the days that are asked about
  };
  std::map<std::string_view, Buyer> buyers;
  for (const auto* order : book.all("order.placed")) {
    if (order->day > book.scope().to || order->client_id.empty()) continue;
    Buyer& buyer = buyers[order->client_id];
    buyer.orders.insert(order->text("order_id"));
    if (book.is_asked(order->day)) buyer.last = order;
  }
  for (const auto& [client, buyer] : buyers) {
    if (buyer.last == nullptr) continue;
    tally.add(buyer.last->manager_id, "", "clients");
    if (buyer.orders.size() > 1) tally.add(buyer.last->manager_id, "", "ordered_again");
  }
}

// 65: late is behind the day that was agreed; by the department through whose fault it was.
void count_delays(const Book& book, Tally& tally) {
  for (const auto* delivery : book.asked("delivery.made")) {
    const auto promised = delivery->date("promised_on");
    const auto department = delivery->text("department");
    tally.add(delivery->manager_id, department, "deliveries");
    if (!promised) continue;
    tally.add(delivery->manager_id, department, "promised");
    const int late =
        days_between(*promised, delivery->date("delivered_on").value_or(delivery->day));
    if (late <= 0) continue;
    tally.add(delivery->manager_id, department, "late");
    tally.add(delivery->manager_id, department, "days_late", late);
    if (!department.empty()) tally.add(delivery->manager_id, department, "late_by_us");
  }
}

// 68: a client whom the shortage did not drive away within the days after it is saved; before they
// are over nobody knows.
void count_retention(const Book& book, Tally& tally) {
  std::set<std::string_view> cases;
  for (const auto* shortage : book.asked("stockout.reported")) {
    if (!cases.insert(shortage->text("case_id")).second) continue;
    bool lost = false;
    for (const auto* loss : book.all("client.lost")) {
      const int after = days_between(shortage->day, loss->day);
      lost = lost || (loss->client_id == shortage->client_id && after >= 0 && after <= kFruitDays);
    }
    const bool over = days_between(shortage->day, book.scope().as_of) > kFruitDays;
    const auto product = shortage->text("product");
    tally.add(shortage->manager_id, product, "cases");
    if (!lost && !over) {
      tally.add(shortage->manager_id, product, "open");
      tally.wait(shortage->manager_id, *shortage);
      continue;
    }
    tally.add(shortage->manager_id, product, "decided");
    tally.add(shortage->manager_id, product, lost ? "lost" : "saved");
  }
}

// 75: what was in the drawer against what had to be there; money by till and currency alone.
void count_shifts(const Book& book, Tally& tally) {
  std::map<std::string_view, const Entry*> last;  // a shift that is closed again is one shift
  for (const auto* shift : book.asked("cash_shift.closed")) last[shift->text("shift_id")] = shift;
  for (const auto& [id, shift] : last) {
    const auto difference =
        shift->number("counted.amount_minor") - shift->number("expected.amount_minor");
    std::string till(shift->text("till"));
    till += ' ';
    till += shift->text("counted.currency");
    const auto& manager = shift->manager_id;
    tally.add(manager, till, "shifts");
    tally.add(manager, till, difference == 0 ? "even" : (difference < 0 ? "short" : "over"));
    tally.add_to_key(manager, till, "difference_minor", difference);
  }
}

constexpr Rule kRules[] = {
    {.duty_id = "clients.repeat_orders",
     .name = "repeat_orders.v1",
     .reads = {"order.placed"},
     .figures = {"clients", "ordered_again"},
     .part = "ordered_again",
     .of = "clients",
     .count = count_repeats},
    {.duty_id = "deliveries.interests",
     .name = "delays_by_department.v1",
     .reads = {"delivery.made"},
     .figures = {"deliveries", "promised", "late", "late_by_us", "days_late"},
     .part = "late",
     .of = "promised",
     .key = "department",
     .count = count_delays},
    {.duty_id = "stockouts.retention",
     .name = "stockout_retention.v1",
     .reads = {"stockout.reported", "client.lost"},
     .figures = {"cases", "decided", "saved", "lost", "open"},
     .part = "saved",
     .of = "decided",
     .key = "product",
     .count = count_retention},
    {.duty_id = "cash.reconciled",
     .name = "cash_difference.v1",
     .reads = {"cash_shift.closed"},
     .figures = {"shifts", "even", "short", "over"},
     .part = "even",
     .of = "shifts",
     .key = "till",
     .count = count_shifts},
};

}  // namespace

std::span<const Rule> service_rules() { return kRules; }

}  // namespace ledger::duty_records
