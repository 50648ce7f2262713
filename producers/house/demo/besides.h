#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/event_data.h"
#include "events/ids.h"
#include "producers/house/demo/chance.h"
#include "producers/house/demo/people.h"

namespace ledger::demo {

class House;

// What the house tells besides calls, letters, goods and money: how clients are found and studied,
// what was agreed with them and what went wrong, so that each duty has its records. Drawn and
// numbered apart: whatever is told here, the rest of the story stays as it is. Split by theme, each
// from tables of texts: search.cpp, talks.cpp, fairs.cpp, market.cpp, base.cpp, offers.cpp,
// orders.cpp, stock.cpp, terms.cpp, order_at_work.cpp.
class Besides {
 public:
  Besides(std::uint64_t seed, House& house);

  // What nobody's story asks for, of the house and of each manager at his desk.
  void on_day(Date day);
  void on_working_day(Date day);
  void on_managers_day(std::size_t manager, Date day);

  // What belongs to something that the rest of the story tells.
  void on_hired(const Manager& manager, Date day);
  void on_card(const Client& client, Date day);
  struct Offer {
    std::string ref;  // Message-ID or call
    std::int64_t product = 0;
    Date day{};
    std::int64_t second = 0;
    std::optional<NeedId> need = {};  // made for it
  };
  void on_offer(const Client& client, const Manager& manager, const Offer& offer,
                std::int64_t described_per_mille);
  struct Shortage {
    CaseId id;
    std::string product;
    std::int64_t quantity = 0;
    Date day{};
    std::int64_t second = 0;
    Date due{};
  };
  void on_shortage(const Client& client, const Manager& manager, const Shortage& shortage);
  // The order behind an invoice, where the client orders in writing.
  [[nodiscard]] std::optional<OrderId> on_invoice(const Client& client, const OpenInvoice& invoice);

 private:
  void tell(std::string_view what, Date day, EventData data);  // at some hour of the office
  [[nodiscard]] std::string id(std::string_view what);
  [[nodiscard]] Date later(Date day, int from, int to);  // a working day so many days after
  [[nodiscard]] const Client& someone_of(std::size_t manager);
  // How often the span has begun before, on the working day on which it begins.
  [[nodiscard]] std::optional<std::int64_t> nth_begins(Date day, int first, int every) const;

  // search.cpp
  void publish_methods(Date day);
  void search(std::size_t manager, Date day);
  void take_inquiry(std::size_t manager, Date day);
  void arrange_visit(const Client& client, const Manager& manager, Date day);
  // talks.cpp
  void hear_out(std::size_t manager, Date day);
  void write_letters(const Client& client, const Manager& manager, Date day);
  // fairs.cpp
  void hold_fairs(Date day);
  void invite(std::size_t manager, const ExhibitionId& fair, Date day, Date from);
  void advertise(Date day);
  void send_survey(Date day);
  // market.cpp
  void meet_competitors(Date day);
  void compare(Date day);
  void watch_competitors(std::size_t manager, Date day);
  [[nodiscard]] CompetitorId some_competitor();
  // base.cpp
  void place_client(const Client& client, const Manager& manager, Date day);
  void set_key_account(const Client& client, const Manager& manager, Date day);
  void announce(const Client& client, const Manager& manager, Date day);
  void study_clients(std::size_t manager, Date day);
  void assess(const Client& client, const Manager& manager, Date day);
  void bid(std::size_t manager, Date day);
  // offers.cpp
  void keep_price_list(Date day);
  void match_offer(const Client& client, const Manager& manager, const Offer& offer);
  // orders.cpp
  void deliver(const Client& client, const OpenInvoice& invoice, const OrderId& order);
  // stock.cpp
  void offer_analogue(const Client& client, const Manager& manager, const Shortage& shortage);
  void ask_supply(const Client& client, const Manager& manager, const Shortage& shortage);
  void ask_experts(std::size_t manager, Date day);
  void run_shop(Date day);
  // terms.cpp
  void agree_terms(std::size_t manager, Date day);
  void follow_scheme(const Client& client, const Manager& manager, Date day);
  void follow_project(const Client& client, const Manager& manager, Date day);
  void draft_contract(const Client& client, const Manager& manager, Date day);
  // order_at_work.cpp
  void publish_criteria(Date day);
  void ask_inside(std::size_t manager, Date day);
  void record_breach(const Manager& manager, Date day);
  void record_incident(const Manager& manager, Date day);

  Chance chance_;
  House& house_;
  std::int64_t told_ = 0;
};

}  // namespace ledger::demo
