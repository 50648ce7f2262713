#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"
#include "events/money.h"
#include "events/types/client.h"
#include "platform/clock.h"

// Who the demo house is made of.
namespace ledger::demo {

struct Manager {
  ManagerId id;
  std::string name;
  std::string email;
  std::string extension;
  Segment segment = Segment::kCorporate;  // one manager never works both (article)
  Date hired;
  std::optional<Date> dismissed;
  std::int64_t diligence = 100;  // per cent of what the norm asks
};

// The head of the departments: has no clients and no norm, and decides what a test call was.
inline constexpr std::string_view kHead = "m-head";

enum class Habit { kPunctual, kLate, kPartial, kDisputes, kBad };

struct OpenInvoice {
  InvoiceId id;
  std::string number;
  std::int64_t open_minor = 0;
  Date issued;
  Date due;
  Date pays_on;
  std::int64_t reminders = 0;
  std::optional<Date> credited_on = {};   // when goods of it come back
  std::optional<Date> pays_half_on = {};  // of a promise that is half kept
};

struct Client {
  std::int64_t number = 0;
  ClientId id;
  std::string name;
  std::size_t manager = 0;  // index
  Segment segment = Segment::kCorporate;
  Email email;
  Date known_since;
  bool is_customer = false;
  Habit habit = Habit::kPunctual;
  std::int64_t terms_days = 14;
  std::int64_t orders_every_days = 30;
  std::int64_t order_minor = 100'000'00;
  Currency currency;
  Date next_order;
  bool has_double = false;
  std::vector<OpenInvoice> open;
  std::vector<OpenInvoice> reopened;   // paid by what the bank is going to take back
  std::int64_t owed_minor = 0;         // by our books
  std::int64_t owed_before_minor = 0;  // before the month of the last movement
  Date moved_in{};                     // that month
};

}  // namespace ledger::demo
