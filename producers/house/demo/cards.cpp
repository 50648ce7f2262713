// Who is there: managers hired and dismissed, cards opened, given to others, found to be doubles.
#include <fmt/format.h>

#include <algorithm>

#include "events/types/client_merge.h"
#include "events/types/client_terms.h"
#include "events/types/contract.h"
#include "events/types/credit.h"
#include "events/types/manager.h"
#include "events/types/person.h"
#include "events/types/quota_policy.h"
#include "events/types/staff.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"
#include "producers/house/demo/price_list.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";

std::string department(Segment segment) { return segment == Segment::kRetail ? "роздріб" : "гурт"; }

}  // namespace

void House::hire(Date day) {
  if (day == first_) {
    QuotaPolicySet policy;
    policy.policy_id = PolicyId("calls-by-order");
    policy.metric = QuotaMetric::kCalls;
    policy.scope = PolicyScope::kAll;
    policy.effective_from = day;
    policy.target = 30;
    policy.min_talk_s = 10;
    say(kHouse, "policy-calls", day, 8 * 3600, EventData(policy));
    ManagerHired head;
    head.manager_id = ManagerId(std::string(kHead));
    head.name = "Надія Савчук";
    head.hired_on = day;
    head.post = StaffPost::kSupervisor;
    say(kHouse, "hired-" + std::string(kHead), day, 8 * 3600, EventData(head));
  }
  for (const auto& manager : managers_) {
    if (manager.hired == day) {
      ManagerHired hired;
      hired.manager_id = manager.id;
      hired.name = manager.name;
      hired.department = department(manager.segment);
      hired.hired_on = day;
      hired.extensions = {manager.extension};
      hired.emails = {Email::parse(manager.email).value()};
      say(kHouse, "hired-" + manager.id.text(), day, 8 * 3600, EventData(hired));
      besides_.on_hired(manager, day);
    }
    if (manager.dismissed == day) {
      ManagerDismissed left;
      left.manager_id = manager.id;
      left.dismissed_on = day;
      left.order_no = "112-к";
      say(kHouse, "dismissed-" + manager.id.text(), day, 17 * 3600, EventData(left));
    }
  }
}

void House::open_cards(Date day) {
  std::int64_t second = 8 * 3600 + 60;
  for (auto& client : clients_) {
    if (client.known_since == day) open_card(client, day, second++);
  }
  // Who leaves hands his clients over to the next of his segment.
  for (std::size_t m = 0; m < managers_.size(); ++m) {
    if (managers_[m].dismissed != day) continue;
    std::size_t heir = m;
    do {
      heir = (heir + 1) % managers_.size();
    } while (heir != m && managers_[heir].segment != managers_[m].segment);
    for (const std::size_t n : of_manager_[m]) {
      ClientAssigned assigned;
      assigned.client_id = clients_[n].id;
      assigned.manager_id = managers_[heir].id;
      assigned.effective_from = add_days(day, 1);
      assigned.reason = "звільнення";
      say(kHouse, id("handover"), day, 17 * 3600 + 600, EventData(assigned));
      clients_[n].manager = heir;
      of_manager_[heir].push_back(n);
    }
    of_manager_[m].clear();
  }
}

void House::open_card(Client& client, Date day, std::int64_t second) {
  if (!is_present(managers_[client.manager], day)) {
    // Nobody is at the desk: the first colleague of the segment opens it.
    for (std::size_t m = 0; m < managers_.size(); ++m) {
      if (managers_[m].segment == managers_[client.manager].segment &&
          is_present(managers_[m], day)) {
        client.manager = m;
        break;
      }
    }
  }
  const auto& manager = managers_[client.manager];
  const FirmName firm = firm_name(client.number);
  ClientRegistered card;
  card.client_id = client.id;
  card.name = client.name;
  card.tax_code = tax_code(client.number, firm.is_person);
  card.segment = client.segment;
  card.status = client.is_customer ? ClientStatus::kMain : ClientStatus::kPotential;
  card.phones = {phone(client.number)};
  card.emails = {client.email};
  if (client.number % 11 != 5) card.ibans = {iban(client.number)};
  card.address = town(client.number) + ", вул. Торгова, " + std::to_string(client.number % 90 + 1);
  card.price_type = price_type_of(client.number);
  card.manager_id = manager.id;
  if (client.number % 7 != 3) {
    constexpr std::string_view kIndustries[] = {"46.73", "47.52", "43.34", "46.90", "41.20"};
    card.director = person_name(client.number * 13 + 5);
    card.industry = kIndustries[static_cast<std::size_t>(client.number) % std::size(kIndustries)];
  }
  say(kHouse, "card-" + client.id.text(), day, second, EventData(card));
  of_manager_[client.manager].push_back(static_cast<std::size_t>(client.number));

  besides_.on_card(client, day);
  ClientAssigned assigned{client.id, manager.id, day, std::nullopt};
  say(kHouse, "owner-" + client.id.text(), day, second, EventData(assigned));
  if (client.number % 5 != 4) {
    ContactPersonSet person;
    person.client_id = client.id;
    person.manager_id = manager.id;
    person.person_id = PersonId("p-" + client.id.text());
    person.name = person_name(client.number * 13 + 5);
    person.position = client.number % 2 == 0 ? "директор" : "завідувач закупівель";
    person.role = client.number % 2 == 0 ? PersonRole::kDecisionMaker : PersonRole::kInfluencer;
    person.birthday =
        fmt::format("--{:02}-{:02}", client.number * 5 % 12 + 1, client.number * 11 % 28 + 1);
    if (client.number == 8) person.birthday = "--02-29";
    say(kHouse, id("person"), day, second, EventData(person));
  }
  if (!client.is_customer) return;
  ContractSigned contract;
  contract.contract_id = ContractId("k-" + client.id.text());
  contract.number = fmt::format("{}/{}", client.number + 1, int(day.year()) % 100 - 1);
  contract.client_id = client.id;
  contract.manager_id = manager.id;
  contract.signed_on = add_days(day, -static_cast<int>(chance_.between(60, 900)));
  say(kHouse, "contract-" + client.id.text(), day, second, EventData(contract));
  if (client.number % 3 == 0) {
    CreditLimitSet limit;
    limit.client_id = client.id;
    limit.amount = {client.order_minor * 3, client.currency};
    limit.effective_from = day;
    limit.approved_by = "керівник відділу";
    say(kHouse, id("limit"), day, second, EventData(limit));
  }
}

// A card opened twice: the younger is found to be the older one's, and becomes one with it.
void House::merge_doubles(Date day) {
  if (!chance_.per_mille(30)) return;
  const auto& mine = chance_.one_of(of_manager_);
  if (mine.empty()) return;
  Client& kept = clients_[chance_.one_of(mine)];
  if (kept.has_double) return;
  kept.has_double = true;
  ClientRegistered twin;
  twin.client_id = ClientId(fmt::format("{}-double", kept.id.text()));
  twin.name = kept.name;
  twin.segment = kept.segment;
  twin.manager_id = managers_[kept.manager].id;
  const std::string twin_id = "card-" + twin.client_id.text();
  ClientMerged merged;
  merged.client_id = kept.id;
  merged.absorbed_client_id = twin.client_id;
  merged.manager_id = managers_[kept.manager].id;
  merged.reason = "картку заведено двічі";
  say(kHouse, twin_id, day, 10 * 3600, EventData(twin));
  say(kHouse, "merge-" + twin_id, day, 16 * 3600, EventData(merged));
}

}  // namespace ledger::demo
