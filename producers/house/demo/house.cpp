#include "producers/house/demo/house.h"

#include <fmt/format.h>

#include <algorithm>

#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

using namespace std::chrono;

// The days over which clients come and managers change, whatever the last day is.
constexpr std::int64_t kStoryDays = 540;

Habit habit_of(std::int64_t number) {
  const std::int64_t kind = number * 7 % 20;
  if (kind < 11) return Habit::kPunctual;
  if (kind < 16) return Habit::kLate;
  if (kind < 18) return Habit::kPartial;
  return kind == 18 ? Habit::kDisputes : Habit::kBad;
}

}  // namespace

House::House(const Settings& settings)
    : settings_(settings),
      chance_(settings.seed),
      besides_(settings.seed, *this),
      first_(settings.from),
      today_(first_) {
  const Date last = settings.zone.local_day(settings.until);
  days_ = std::max(days_between(first_, last) + 1, 0);
  const auto managers = static_cast<std::size_t>(settings.managers);
  for (std::size_t i = 0; i < managers; ++i) {
    const auto number = static_cast<std::int64_t>(i);
    Manager manager;
    manager.id = ManagerId(fmt::format("m-{:02}", i + 1));
    manager.name = person_name(number);
    manager.email = fmt::format("{}{}@house.example", latin_name(number), i < 30 ? "" : "2");
    manager.extension = fmt::format("{}", 201 + i);
    manager.segment = i % 4 == 3 ? Segment::kRetail : Segment::kCorporate;
    manager.hired = first_;
    manager.diligence = chance_.around(82, 125);
    managers_.push_back(std::move(manager));
  }
  // One came later, one left before the end.
  if (managers > 3) {
    managers_[2].hired = add_days(first_, kStoryDays / 3);
    managers_[managers - 2].dismissed = add_days(first_, kStoryDays * 4 / 5);
  }
  for (std::int64_t n = 0; n < settings.clients; ++n) {
    Client client;
    client.number = n;
    client.id = ClientId(fmt::format("c-{:05}", n + 1));
    const FirmName firm = firm_name(n);
    client.name = firm.name;
    client.manager = static_cast<std::size_t>(n) % managers;
    client.segment = managers_[client.manager].segment;
    if (client.segment == Segment::kCorporate && n % 29 == 7) client.segment = Segment::kGovernment;
    client.email = Email::parse(firm.is_person ? fmt::format("{}@ukr.net", firm.latin)
                                               : fmt::format("zakup@{}.example", firm.latin))
                       .value();
    // Two thirds were there already; the others come one by one.
    const bool is_old = n % 3 != 2;
    client.known_since =
        is_old ? first_ : add_days(first_, static_cast<int>(chance_.below(kStoryDays)));
    client.is_customer = is_old && n % 2 == 0;
    client.habit = habit_of(n);
    constexpr std::int64_t kTerms[] = {7, 14, 14, 30, 45};
    client.terms_days = chance_.one_of(kTerms);
    client.orders_every_days = chance_.around(18, 75);
    client.order_minor = chance_.around(4'000, 160'000) * 100;
    if (n % 97 == 11) client.currency = Currency::parse("USD").value();
    if (n % 97 == 11) client.order_minor /= 40;
    client.next_order = add_days(first_, static_cast<int>(chance_.below(client.orders_every_days)));
    clients_.push_back(std::move(client));
  }
  of_manager_.resize(managers);
  plan_absences();
}

std::vector<Submission> House::next_day() {
  const Date day = today_;
  day_.clear();
  for (auto at = to_come_.begin(); at != to_come_.end() && at->first <= day;
       at = to_come_.erase(at)) {
    day_.push_back(std::move(at->second));
  }
  hire(day);
  open_cards(day);
  tell_absences(day);
  tell_outages(day);
  publish_rate(day);
  publish_late_tables(day);
  besides_.on_day(day);
  if (is_working(day)) {
    for (std::size_t m = 0; m < managers_.size(); ++m) {
      if (!is_present(managers_[m], day) || of_manager_[m].empty()) continue;
      make_calls(m, day);
      mail_offers(m, day);
      meet(m, day);
      win_contracts(m, day);
      serve(m, day);
      set_tasks(managers_[m], day);
      set_plan(managers_[m], day);
      train_and_attest(managers_[m], day);
      besides_.on_managers_day(m, day);
    }
    besides_.on_working_day(day);
    take_orders(day);
    settle_later(day);
    collect(day);
    reconcile(day);
    merge_doubles(day);
  }
  // In the order of time, and of what was said first within a second.
  std::multimap<Timestamp, Submission> in_order;
  for (auto& fact : day_) in_order.emplace(fact.time, std::move(fact));
  day_.clear();
  for (auto& [time, fact] : in_order) day_.push_back(std::move(fact));
  today_ = add_days(today_, 1);
  return std::move(day_);
}

void House::say(std::string_view source, std::string id, Date day, std::int64_t second,
                EventData data, std::int64_t late_days) {
  const Timestamp when = settings_.zone.to_instant(day, seconds(second));
  if (when > settings_.until) return;
  Submission fact{std::move(id), std::string(source), when, std::nullopt, std::move(data)};
  const Date delivered_on = add_days(day, static_cast<int>(late_days));
  if (delivered_on <= today_) {
    day_.push_back(std::move(fact));
  } else {
    to_come_.emplace(delivered_on, std::move(fact));
  }
}

std::string House::id(std::string_view what) { return fmt::format("{}-{:07}", what, ++said_); }

// Martial law: Monday to Friday, whatever the feast.
bool House::is_working(Date day) const {
  const auto weekday = std::chrono::weekday{sys_days{day}}.iso_encoding();
  return weekday <= 5;
}

Date House::working_day(Date day) const {
  while (!is_working(day)) day = add_days(day, 1);
  return day;
}

bool House::is_present(const Manager& manager, Date day) const {
  if (day < manager.hired || (manager.dismissed && day > *manager.dismissed)) return false;
  return std::none_of(absences_.begin(), absences_.end(), [&](const Absence& absence) {
    return &managers_[absence.manager] == &manager && absence.from <= day && day <= absence.to;
  });
}

// Of his own clients, the customers twice as often as the prospects.
Client& House::someone_of(std::size_t manager) {
  const auto& mine = of_manager_[manager];
  Client& first = clients_[chance_.one_of(mine)];
  return first.is_customer ? first : clients_[chance_.one_of(mine)];
}

Demo::Demo(const Settings& settings) : house_(std::make_unique<House>(settings)) {}
Demo::~Demo() = default;
std::int64_t Demo::days() const { return house_->days(); }
std::vector<Submission> Demo::next_day() { return house_->next_day(); }
const std::vector<Submission>& Demo::found_later() const { return house_->found_later(); }

}  // namespace ledger::demo
