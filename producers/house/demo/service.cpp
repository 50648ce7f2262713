// What clients are owed besides goods: answers to complaints, goods that were not there, acts.
#include <fmt/format.h>

#include <algorithm>

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
    const std::int64_t quantity = chance_.between(5, 200);
    besides_.on_shortage(client, who, {shortage, product, quantity, day, second, due});
    say(kHouse, shortage.text(), day, second,
        EventData(StockoutReported{shortage, client.id, who.id, product, quantity}));
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
    drafted.form = ActForm::kSecond;  // as the program prints whatever is drafted now
    drafted.ours = ActParty{};
    drafted.ours->name = "ТОВ «Торговий дім»";
    drafted.theirs = ActParty{};
    drafted.theirs->name = client.name;
    say(kHouse, act.text() + "-drafted", day, 10 * 3600 + client.number % 3600, EventData(drafted));
    say(kHouse, act.text() + "-sent", day, 11 * 3600 + client.number % 3600,
        EventData(ReconciliationSent{act, client.id, manager.id, day, ActChannel::kEmail}));
    answer_act(client, drafted, day);
  }
}

// Most confirm by letter, some sign, a few have other figures: then the act is made anew, and
// signed.
void House::answer_act(const Client& client, const ReconciliationDrafted& act, Date day) {
  const std::string id = act.act_id.text();
  const ManagerId& manager = managers_[client.manager].id;
  const std::int64_t answer = chance_.below(100);
  if (answer >= 90) return;
  const Date answered = working_day(add_days(day, static_cast<int>(chance_.between(1, 9))));
  ReconciliationSigned both;
  both.act_id = act.act_id;
  both.client_id = client.id;
  both.manager_id = manager;
  both.signed_on = answered;
  both.our_signatory = "Директор Гончар С. П.";
  both.their_signatory = person_name(client.number * 13 + 5);
  both.their_authority = client.number % 2 == 0 ? "статут" : "довіреність № 12 від 10.01.2025";
  if (answer < 60) {
    ReconciliationConfirmed confirmed{act.act_id, client.id, manager, answered, "бухгалтерія"};
    say(kHouse, id + "-confirmed", answered, 12 * 3600, EventData(confirmed));
    return;
  }
  if (answer < 84) {
    say(kHouse, id + "-signed", answered, 14 * 3600, EventData(both));
    return;
  }
  const std::int64_t missing = chance_.around(1'000, 60'000) * 100;
  ReconciliationDisagreed differs;
  differs.act_id = act.act_id;
  differs.client_id = client.id;
  differs.manager_id = manager;
  differs.their_closing = Money{act.closing.amount_minor - missing, act.closing.currency};
  ActDifference line;
  line.kind = chance_.per_mille(600) ? DifferenceKind::kAbsentAtThem : DifferenceKind::kDateShift;
  line.document = fmt::format("РФ-{:05}", chance_.between(1, std::max<std::int64_t>(invoices_, 1)));
  line.ours = Money{missing, act.closing.currency};
  if (line.kind == DifferenceKind::kDateShift) line.theirs = line.ours;
  line.note = line.kind == DifferenceKind::kDateShift ? "оприбутковано наступного місяця"
                                                      : "накладну не отримали";
  differs.differences = {line};
  say(kHouse, id + "-disagreed", answered, 12 * 3600, EventData(differs));
  if (!chance_.per_mille(750)) return;
  const Date again = working_day(add_days(answered, static_cast<int>(chance_.between(1, 4))));
  const Date agreed = working_day(add_days(again, static_cast<int>(chance_.between(1, 6))));
  both.signed_on = agreed;
  say(kHouse, id + "-signed", agreed, 14 * 3600, EventData(both));
  say(kHouse, id + "-sent-again", again, 11 * 3600,
      EventData(ReconciliationSent{act.act_id, client.id, manager, again, ActChannel::kEmail}));
  say(kHouse, id + "-reissued", again, 10 * 3600, EventData(act));
}

}  // namespace ledger::demo
