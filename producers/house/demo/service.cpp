// What clients are owed besides goods: answers to complaints, goods that were not there, acts.
#include <fmt/format.h>

#include "events/types/feedback.h"
#include "events/types/market.h"
#include "events/types/person.h"
#include "events/types/reconciliation.h"
#include "events/types/reconciliation_answer.h"
#include "events/types/stock.h"
#include "platform/sha256.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";

}  // namespace

void House::serve(std::size_t manager, Date day) {
  const Manager& who = managers_[manager];
  if (chance_.per_mille(60)) {
    const Client& client = someone_of(manager);
    ComplaintOpened complaint;
    complaint.complaint_id = ComplaintId(id("complaint"));
    complaint.client_id = client.id;
    complaint.manager_id = who.id;
    constexpr ComplaintKind kKinds[] = {ComplaintKind::kQuality, ComplaintKind::kDelivery,
                                        ComplaintKind::kDocuments};
    complaint.kind = chance_.one_of(kKinds);
    complaint.text = "Скарга щодо: " + product_name(chance_.below(20));
    complaint.due_on = working_day(add_days(day, 5));
    if (chance_.per_mille(930)) {
      const Date when = working_day(add_days(day, static_cast<int>(chance_.between(1, 8))));
      ComplaintResolved resolved{complaint.complaint_id, client.id, who.id, "товар замінено",
                                 chance_.per_mille(800)};
      say(kHouse, complaint.complaint_id.text() + "-resolved", when, 16 * 3600,
          EventData(resolved));
    }
    say(kHouse, complaint.complaint_id.text(), day, office_second(), EventData(complaint));
  }
  if (chance_.per_mille(90)) {
    const Client& client = someone_of(manager);
    const std::string product = product_name(chance_.below(20));
    const CaseId shortage(id("case"));
    const std::int64_t second = chance_.between(9 * 3600, 17 * 3600);
    const Date due = working_day(add_days(day, static_cast<int>(chance_.between(3, 15))));
    say(kHouse, shortage.text(), day, second,
        EventData(StockoutReported{shortage, client.id, who.id, product, chance_.between(5, 200)}));
    say(kHouse, shortage.text() + "-promise", day, second + 120,
        EventData(StockPromiseMade{shortage, client.id, who.id, product, due}));
    if (chance_.per_mille(880)) {
      say(kHouse, shortage.text() + "-kept", due, 12 * 3600,
          EventData(StockPromiseKept{shortage, client.id, who.id, std::nullopt}));
    }
  }
  if (chance_.per_mille(120)) {
    const Client& client = someone_of(manager);
    GreetingSent greeting;
    greeting.client_id = client.id;
    greeting.manager_id = who.id;
    greeting.occasion = GreetingOccasion::kProfessionalHoliday;
    say(kHouse, id("greeting"), day, 10 * 3600, EventData(greeting));
  }
}

// In the first days of a month the acts of the last one go out, and most come back.
void House::reconcile(Date day) {
  const Date month = first_of_month(day);
  if (working_day(add_days(month, 1)) != day || month <= first_) return;
  const Date last = add_days(month, -1);
  for (const auto& client : clients_) {
    if (!client.is_customer || client.known_since > last || !chance_.per_mille(880)) continue;
    const Manager& manager = managers_[client.manager];
    const ActId act(
        fmt::format("act-{}-{}{:02}", client.id.text(), int(last.year()), unsigned(last.month())));
    ReconciliationDrafted drafted;
    drafted.act_id = act;
    drafted.client_id = client.id;
    drafted.manager_id = manager.id;
    drafted.from = first_of_month(last);
    drafted.to = last;
    drafted.closing = {client.moved_in == month ? client.owed_before_minor : client.owed_minor,
                       client.currency};
    // Made on paper before the house had a ledger: nothing in it proves them.
    drafted.position = "0";
    drafted.digest = to_hex(sha256(act.text()));
    say(kHouse, act.text() + "-drafted", day, 10 * 3600 + client.number % 3600, EventData(drafted));
    say(kHouse, act.text() + "-sent", day, 11 * 3600 + client.number % 3600,
        EventData(ReconciliationSent{act, client.id, manager.id, day, ActChannel::kEmail}));
    if (!chance_.per_mille(900)) continue;
    ReconciliationConfirmed confirmed;
    confirmed.act_id = act;
    confirmed.client_id = client.id;
    confirmed.manager_id = manager.id;
    confirmed.confirmed_on = working_day(add_days(day, static_cast<int>(chance_.between(1, 9))));
    confirmed.confirmed_by = "бухгалтерія";
    const Date when = confirmed.confirmed_on;
    say(kHouse, act.text() + "-confirmed", when, 12 * 3600, EventData(confirmed));
  }
}

}  // namespace ledger::demo
