#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/call.h"
#include "events/types/payment.h"
#include "events/types/reconciliation.h"
#include "producers/house/demo/besides.h"
#include "producers/house/demo/chance.h"
#include "producers/house/demo/demo.h"
#include "producers/house/demo/people.h"

namespace ledger::demo {

// The state of the house and what its senders say. Split by what happens: cards.cpp, staff.cpp,
// traffic.cpp, trade.cpp, adjustments.cpp, service.cpp; each adds to the day. What nothing of that
// depends on is told by Besides.
class House {
 public:
  explicit House(const Settings& settings);

  [[nodiscard]] std::int64_t days() const { return days_; }
  [[nodiscard]] std::vector<Submission> next_day();
  [[nodiscard]] const std::vector<Submission>& found_later() const { return found_later_; }

  // Who is there, for Besides.
  [[nodiscard]] Date first() const { return first_; }
  [[nodiscard]] const BusinessZone& zone() const { return settings_.zone; }
  [[nodiscard]] const std::vector<Manager>& managers() const { return managers_; }
  [[nodiscard]] const Client& client(std::size_t number) const { return clients_[number]; }
  [[nodiscard]] const std::vector<std::size_t>& clients_of(std::size_t manager) const {
    return of_manager_[manager];
  }
  [[nodiscard]] bool is_working(Date day) const;
  [[nodiscard]] Date working_day(Date day) const;  // it or the next that is
  [[nodiscard]] bool is_present(const Manager& manager, Date day) const;
  // A fact at a local time of the day, delivered on that day or so many days late; what lies after
  // `until` is not told.
  void say(std::string_view source, std::string id, Date day, std::int64_t second, EventData data,
           std::int64_t late_days = 0);

 private:
  [[nodiscard]] std::string id(std::string_view what);
  [[nodiscard]] std::int64_t office_second() { return chance_.between(9 * 3600, 18 * 3600 - 1); }
  [[nodiscard]] Client& someone_of(std::size_t manager);

  // cards.cpp
  void hire(Date day);
  void open_cards(Date day);
  void open_card(Client& client, Date day, std::int64_t second);
  void merge_doubles(Date day);
  // staff.cpp
  void plan_absences();
  void tell_absences(Date day);
  void tell_outages(Date day);
  void set_tasks(const Manager& manager, Date day);
  void set_plan(const Manager& manager, Date day);
  void train_and_attest(const Manager& manager, Date day);
  void publish_rate(Date day);
  void publish_late_tables(Date day);
  // traffic.cpp
  void make_calls(std::size_t manager, Date day);
  void make_call(std::size_t manager, Client& client, Date day);
  void talk_over(const Manager& manager, Client& client, Date day, std::int64_t second,
                 const CallId& call, std::int64_t talk_s);
  void mail_offers(std::size_t manager, Date day);
  void meet(std::size_t manager, Date day);
  // trade.cpp
  void win_contracts(std::size_t manager, Date day);
  void take_orders(Date day);
  void issue_invoice(Client& client, Date day);
  void collect(Date day);
  // adjustments.cpp
  void credit(Client& client, OpenInvoice& invoice, Date day);
  void take_back(Client& client, OpenInvoice& invoice, const PaymentReceived& payment, Date day);
  void refund(Client& client, const PaymentReceived& payment, std::int64_t minor, Date day);
  [[nodiscard]] bool give_up(Client& client, OpenInvoice& invoice, Date day);
  static void book(Client& client, Date day, std::int64_t change_minor);
  void pay(Client& client, OpenInvoice& invoice, Date day);
  void pay(Client& client, OpenInvoice& invoice, std::int64_t amount, Date day);
  void pay_half(Client& client, OpenInvoice& invoice, Date day);
  void settle_later(Date day);
  void remind(Client& client, OpenInvoice& invoice, Date day);
  // service.cpp
  void serve(std::size_t manager, Date day);
  void reconcile(Date day);
  void answer_act(const Client& client, const ReconciliationDrafted& act, Date day);
  // What was written down wrongly: taken back, or given to whom it was.
  void void_later(std::string_view source, const std::string& target, std::string_view reason,
                  Date day);
  void find_out_later(const CallCompleted& call, Date day);
  void correct_call(const CallCompleted& call, std::size_t manager, Date day);

  // What happens to a payment after it came.
  struct Aftermath {
    std::size_t client;
    PaymentReceived payment;
    InvoiceId invoice_id;
    std::int64_t refund_minor = 0;  // 0: the bank takes it back
  };

  struct Absence {
    std::size_t manager;
    Date from;
    Date to;
    bool sick;
  };

  Settings settings_;
  Chance chance_;
  Besides besides_;
  Date first_;
  Date today_;
  std::int64_t days_ = 0;
  std::int64_t said_ = 0;
  std::int64_t calls_ = 0;
  std::int64_t invoices_ = 0;
  bool telephony_is_down_ = false;
  std::vector<Manager> managers_;
  std::vector<Client> clients_;
  std::vector<std::vector<std::size_t>> of_manager_;  // clients whose card is open
  std::vector<Absence> absences_;
  std::multimap<Date, Aftermath> aftermath_;
  std::vector<Submission> day_;
  std::vector<Submission> found_later_;
  std::multimap<Date, Submission> to_come_;  // by the day of delivery
};

}  // namespace ledger::demo
