#include "projections/monthly_report/changes.h"

#include <algorithm>
#include <set>

#include "platform/calendar_month.h"
#include "projections/activity/rows.h"
#include "projections/acts/rows.h"
#include "projections/client_card/dealings.h"
#include "projections/client_card/rows.h"
#include "projections/directory/rows.h"
#include "projections/directory/working_time.h"
#include "projections/monthly_report/answered.h"
#include "projections/monthly_report/counted.h"
#include "projections/monthly_report/debts.h"
#include "projections/monthly_report/moved_money.h"
#include "projections/obligations/case_rows.h"
#include "projections/obligations/portfolio.h"
#include "projections/obligations/rows.h"
#include "projections/plans/rows.h"
#include "projections/quota_compliance/month_rows.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::monthly_report {

namespace {

namespace quota = quota_compliance;

constexpr auto kAll = [](const auto&) { return true; };

void in_order(std::vector<Position>& positions) {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
}

void append(std::vector<Position>& all, const std::vector<Position>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

bool wrote_any(const receivables::AccountRow& account, const ManagerId& manager) {
  return std::any_of(account.invoices.begin(), account.invoices.end(),
                     [&](const auto& said) { return said.data.manager_id == manager; });
}

}  // namespace

// What plans and counts of events tell by other names.
Result<std::vector<Position>> Changes::behind(std::string_view figure) {
  if (figure == "plan.new_clients.fact") figure = "clients.new_cards";
  if (figure == "plan.meetings.fact") figure = "meetings.held";
  if (figure == "plan.other.fact") figure = "plan.items_done";
  for (const auto& line : counted_lines()) {
    if (line.id == figure) return counted(line.types);
  }
  Positions all;
  for (const Kind kind : kinds_of(figure)) {
    LEDGER_TRY(const auto some, of(kind));
    append(all, some);
  }
  in_order(all);
  return all;
}

Result<std::vector<Position>> Changes::of(Kind kind) {
  if (const auto found = read_.find(kind); found != read_.end()) return found->second;
  LEDGER_TRY(auto positions, read(kind));
  in_order(positions);
  return read_[kind] = std::move(positions);
}

Result<std::vector<Position>> Changes::read(Kind kind) {
  switch (kind) {
    case Kind::kCalls:
    case Kind::kMailed:
    case Kind::kPhoned:
    case Kind::kBase:
      return days(kind, month_);
    case Kind::kOffered:
      return offered();
    case Kind::kReplies:
      return replies();
    case Kind::kTime:
      return time();
    case Kind::kPolicies:
      return policies();
    case Kind::kContracts:
      return contracts();
    case Kind::kCards:
    case Kind::kActs:
      return clients(kind);
    case Kind::kMoney:
      return money();
    case Kind::kDebts:
    case Kind::kPromises:
    case Kind::kKept:
    case Kind::kActions:
    case Kind::kReminders:
      return debts(kind);
    case Kind::kAnswered:
      return answered();
    case Kind::kPlan:
      return plan(month_);
    case Kind::kNextPlanSet:
      return plan(month_start(month_, 1));
    case Kind::kBreaches:
      return breaches();
  }
  return Positions();
}

Result<std::vector<Position>> Changes::counted(const std::vector<std::string_view>& types) const {
  static const std::string family = family_of(activity::kName, activity::kVersion);
  LEDGER_TRY(const auto row,
             read_row<activity::MonthRow>(*snapshot_, family,
                                          activity::month_key(manager_.manager_id.text(), month_)));
  Positions found;
  if (!row) return found;
  take(found, row->done, [&](const auto& done) {
    return std::find(types.begin(), types.end(), done.type) != types.end();
  });
  in_order(found);
  return found;
}

Result<std::vector<Position>> Changes::time() const {
  static const std::string family = family_of(directory::kName, directory::kVersion);
  const Date last = last_of_month(month_);
  Positions found;
  LEDGER_TRY(const auto leave, directory::leave(*snapshot_, manager_.manager_id));
  take(found, leave.absences,
       [&](const auto& said) { return said.data.from <= last && said.data.to >= month_; });
  take(found, leave.dismissals, [&](const auto& said) { return said.data.dismissed_on <= last; });
  LEDGER_TRY(const auto stand_ins, directory::stand_ins(*snapshot_));
  const auto is_his = [&](const StandInAppointed& one) {
    const bool his =
        one.stand_in_id == manager_.manager_id || one.absent_manager_id == manager_.manager_id;
    return his && one.from <= last && one.to >= month_;
  };
  take(found, stand_ins.appointed, [&](const auto& said) { return is_his(said.data); });
  take(found, stand_ins.ended, [&](const auto& ended) {
    return std::any_of(
        stand_ins.appointed.begin(), stand_ins.appointed.end(), [&](const auto& said) {
          return said.data.appointment_id == ended.data.appointment_id && is_his(said.data);
        });
  });
  LEDGER_TRY(const auto calendar,
             read_row<directory::CalendarRow>(
                 *snapshot_, family, directory::calendar_key(CalendarKind::kBusiness, month_)));
  if (calendar) take(found, calendar->days, kAll);
  LEDGER_TRY(const auto outages, read_row<directory::OutagesRow>(*snapshot_, family, ""));
  if (!outages) return found;
  take(found, outages->outages, [&](const auto& said) {
    return zone_->local_day(said.data.from) <= last && zone_->local_day(said.data.to) >= month_;
  });
  return found;
}

// Orders of norms, and the rules of the house by which is counted.
Result<std::vector<Position>> Changes::policies() const {
  Positions found;
  LEDGER_TRY(const auto row, directory::policies(*snapshot_));
  take(found, row.policies, [&](const auto& set) {
    const QuotaPolicySet& policy = set.data;
    const bool his =
        policy.scope == PolicyScope::kAll ||
        (policy.scope == PolicyScope::kManager && policy.scope_id == manager_.manager_id.text()) ||
        (policy.scope == PolicyScope::kDepartment && policy.scope_id == manager_.department);
    return his && policy.effective_from <= last_of_month(month_);
  });
  take(found, row.rules,
       [&](const auto& said) { return said.data.valid_from <= last_of_month(month_); });
  return found;
}

// A merge makes a client of long ago out of a new one; a contract may be ended before it began.
Result<std::vector<Position>> Changes::contracts() const {
  static const std::string family = family_of(quota::kName, quota::kVersion);
  static const std::string cards = family_of(directory::kName, directory::kVersion);
  static const std::string card_family = family_of(client_card::kName, client_card::kVersion);
  Positions found;
  LEDGER_TRY(const auto row,
             read_row<quota::MonthContractsRow>(
                 *snapshot_, family, quota::month_key(month_, manager_.manager_id.text())));
  if (!row) return found;
  take(found, row->contracts, kAll);
  for (const auto& contract : row->contracts) {
    LEDGER_TRY(const auto joined, directory::ever_joined(*snapshot_, contract.client_id));
    std::set<std::string> all = joined;
    all.insert(contract.client_id);
    for (const auto& card : all) {
      LEDGER_TRY(const auto merges, read_row<directory::MergesRow>(*snapshot_, cards, card));
      if (merges) take(found, merges->merges, kAll);
      LEDGER_TRY(const auto theirs, read_row<quota::ClientContractsRow>(*snapshot_, family, card));
      if (theirs) {
        take(found, theirs->contracts,
             [&](const auto& other) { return other.signed_on <= contract.signed_on; });
      }
      LEDGER_TRY(const auto dealings,
                 read_row<client_card::DealingsRow>(*snapshot_, card_family, card));
      if (dealings) take(found, dealings->terminated, kAll);
    }
  }
  return found;
}

Result<std::vector<Position>> Changes::clients(Kind kind) const {
  static const std::string card_family = family_of(client_card::kName, client_card::kVersion);
  static const std::string act_family = family_of(acts::kName, acts::kVersion);
  const Date last = last_of_month(month_);
  Positions found;
  LEDGER_TRY(const auto ids, obligations::clients_of(*snapshot_, {manager_.manager_id}, now_));
  for (const auto& id : ids) {
    if (kind == Kind::kCards) {
      LEDGER_TRY(const auto row, read_row<client_card::CardRow>(*snapshot_, card_family, id));
      if (!row) continue;
      client_card::CardRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
        take(found, (*row).*member, [&](const auto& told) { return told.day <= last; });
      });
      continue;
    }
    LEDGER_TRY(const auto listed, read_row<acts::ClientActsRow>(*snapshot_, act_family, id));
    if (!listed) continue;
    for (const auto& act : listed->acts) {
      if (first_of_month(act.to) != month_) continue;
      LEDGER_TRY(const auto row, read_row<acts::ActRow>(*snapshot_, act_family, act.act_id.text()));
      if (!row) continue;
      acts::ActRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
        take(found, (*row).*member, kAll);
      });
    }
  }
  return found;
}

Result<std::vector<Position>> Changes::money() const {
  const Date last = last_of_month(month_);
  Positions found;
  LEDGER_TRY(const auto ids, receivables::clients(*snapshot_, now_));
  for (const auto& id : ids) {
    LEDGER_TRY(const auto client, directory::one_client(*snapshot_, id, now_));
    LEDGER_TRY(const auto account, receivables::account_of(*snapshot_, client));
    if (!wrote_any(account, manager_.manager_id)) continue;
    LEDGER_CHECK(
        add_moved_money(found, account, {last, then_}, {last, now_},
                        [&](const auto& item) { return item.manager_id == manager_.manager_id; }));
  }
  return found;
}

Result<const Changes::Clients*> Changes::answered_for() {
  if (answered_for_) return &*answered_for_;
  std::map<std::string, int> by_how_many;
  for (const Timestamp known_at : {then_, now_}) {
    LEDGER_TRY(const auto cards,
               answered_clients(*snapshot_, manager_.manager_id, {month_, known_at, *zone_}));
    for (const auto& card : cards) ++by_how_many[card.client.survivor];
  }
  Clients clients;
  for (const auto& [id, knowledges] : by_how_many) {
    LEDGER_TRY(auto client, directory::one_client(*snapshot_, id, now_));
    if (knowledges == 1) clients.moved.emplace(id, client);
    std::string survivor = client.survivor;
    clients.all.emplace(std::move(survivor), std::move(client));
  }
  return &answered_for_.emplace(std::move(clients));
}

Result<std::vector<Position>> Changes::debts(Kind kind) {
  static const std::string family = family_of(obligations::kName, obligations::kVersion);
  const Date last = last_of_month(month_);
  const auto in_month = [&](Date day) { return month_ <= day && day <= last; };
  Date end = last;
  if (kind == Kind::kKept) {
    LEDGER_TRY(const auto calendar, promise_calendar(*snapshot_, month_, now_));
    LEDGER_TRY(const auto rule, promise_rule_of(*snapshot_, month_, now_));
    end = receivables::grace_until(last, calendar, rule);
  }
  Positions found;
  LEDGER_TRY(const auto* clients, answered_for());
  for (const auto& [id, client] : clients->all) {
    if (kind == Kind::kActions) {
      for (const auto& home : client.homes) {
        LEDGER_TRY(const auto row, read_row<obligations::ClientRow>(*snapshot_, family, home));
        if (row) take(found, row->actions, [&](const auto& told) { return in_month(told.day); });
      }
      continue;
    }
    LEDGER_TRY(const auto account, receivables::account_of(*snapshot_, client));
    if (kind == Kind::kPromises) {
      take(found, account.promises, [&](const auto& said) {
        return in_month(said.data.made_on) || in_month(said.data.due_on);
      });
    } else if (kind == Kind::kReminders) {
      take(found, account.dunning, [&](const auto& said) { return in_month(said.data.sent_on); });
      take(found, account.dunning_delivery,
           [&](const auto& said) { return in_month(said.data.changed_on); });
    } else {
      LEDGER_CHECK(add_moved_money(found, account, {end, then_}, {end, now_}, kAll));
    }
  }
  return found;
}

// Who was given a client, stood in for another, or whose cards became one.
Result<std::vector<Position>> Changes::answered() {
  static const std::string card_family = family_of(client_card::kName, client_card::kVersion);
  static const std::string cards = family_of(directory::kName, directory::kVersion);
  Positions found;
  LEDGER_TRY(const auto* clients, answered_for());
  if (clients->moved.empty()) return found;
  for (const auto& [id, client] : clients->moved) {
    for (const auto& home : client.homes) {
      LEDGER_TRY(const auto row, read_row<client_card::CardRow>(*snapshot_, card_family, home));
      if (row) take(found, row->assigned, kAll);
      LEDGER_TRY(const auto merges, read_row<directory::MergesRow>(*snapshot_, cards, home));
      if (merges) take(found, merges->merges, kAll);
    }
  }
  LEDGER_TRY(const auto when, of(Kind::kTime));
  found.insert(found.end(), when.begin(), when.end());
  return found;
}

Result<std::vector<Position>> Changes::plan(Date month) const {
  static const std::string family = family_of(plans::kName, plans::kVersion);
  Positions found;
  LEDGER_TRY(const auto row,
             read_row<plans::PlanRow>(*snapshot_, family,
                                      plans::plan_key(manager_.manager_id.text(), month)));
  if (row) take(found, row->set, kAll);
  return found;
}

// By the day on which they happened, whenever they were told.
Result<std::vector<Position>> Changes::breaches() const {
  static const std::string family = family_of(obligations::kName, obligations::kVersion);
  Positions found;
  LEDGER_CHECK(scan_rows<obligations::BreachRow>(
      *snapshot_, family, "", "", [&](std::string_view, const obligations::BreachRow& row) {
        const bool his = std::any_of(row.asked.begin(), row.asked.end(), [&](const auto& told) {
          return told.data.manager_id == manager_.manager_id &&
                 first_of_month(told.data.happened_on) == month_;
        });
        if (!his) return true;
        take(found, row.asked, kAll);
        take(found, row.done, kAll);
        return true;
      }));
  return found;
}

}  // namespace ledger::monthly_report
