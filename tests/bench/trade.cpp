#include "tests/bench/trade.h"

#include "events/catalogue.h"

#include <fmt/format.h>

namespace ledger::bench {

namespace {

using namespace std::chrono;
constexpr int kManagers = 12;
constexpr Timestamp kStart = sys_days{2025y / 5 / 1} + hours(6);
constexpr auto kSpan = days(548);

}  // namespace

Trade::Trade(std::uint64_t seed, std::int64_t events, int clients)
    : random_(seed), events_(events), clients_(clients) {}

Trade::Fact Trade::next() {
  const std::int64_t n = made_++;
  const int client = static_cast<int>(random_() % static_cast<std::uint64_t>(clients_));
  const int manager = client % kManagers;
  const auto since_start =
      duration_cast<microseconds>(kSpan) / events_ * n + microseconds(random_() % 1'000'000);
  Fact fact;
  fact.submission.time = floor<seconds>(kStart + since_start);
  fact.submission.source = "bench/house";
  fact.submission.id = fmt::format("{:012}.{}", n, client % 7);
  fact.stamps.recorded_time = fact.submission.time + milliseconds(700);
  fact.stamps.local_day = Date{floor<days>(fact.submission.time)};
  fact.stamps.subject = ClientId(fmt::format("c-{:05}", client));
  fact.stamps.actor = ManagerId(fmt::format("m-{:02}", manager));
  fact.stamps.partition_key = fact.stamps.subject->text();
  fact.submission.data =
      data_of(static_cast<int>(random_() % 100), client, manager, n, fact.stamps.local_day);
  return fact;
}

EventData Trade::data_of(int kind, int client, int manager, std::int64_t n, Date day) {
  const ClientId client_id(fmt::format("c-{:05}", client));
  const ManagerId manager_id(fmt::format("m-{:02}", manager));
  if (kind < 62) {
    CallCompleted call;
    call.call_id = CallId(fmt::format("1764{:08}.{}", n, n % 10));
    call.direction = CallDirection::kOutbound;
    call.client_phone_raw = fmt::format("0{:09}", 500000000 + client);
    call.client_phone = Phone::parse(fmt::format("+380{:09}", 500000000 + client)).value();
    call.manager_extension = fmt::format("{}", 101 + manager);
    call.talk_s = static_cast<std::int64_t>(random_() % 300);
    call.duration_s = call.talk_s + 12;
    call.outcome = random_() % 4 == 0 ? CallOutcome::kMissed : CallOutcome::kAnswered;
    return call;
  }
  if (kind < 82) {
    OfferEmailed offer;
    offer.message_id = fmt::format("<{:012}@gurt.example>", n);
    offer.sender = Email::parse(fmt::format("m{}@gurt.example", manager)).value();
    offer.recipients = {Email::parse(fmt::format("zakup@firm{}.example", client)).value()};
    offer.subject = "Комерційна пропозиція: папір офісний";
    return offer;
  }
  if (kind < 90) return OfferPhoned{client_id, manager_id, "картриджі", {}, {}};
  const Money amount{static_cast<std::int64_t>(random_() % 5'000'000) + 100, Currency()};
  if (kind < 95) {
    const auto number = fmt::format("РФ-{}", n);
    return InvoiceIssued{InvoiceId(fmt::format("i-{}", n)),
                         number,
                         client_id,
                         day,
                         add_days(day, 14),
                         amount,
                         {},
                         manager_id};
  }
  if (kind < 99) {
    PaymentReceived payment;
    payment.bank_reference = fmt::format("B{}", n);
    payment.our_account = "UA213223130000026007233566001";
    payment.amount = amount;
    payment.booked_on = day;
    payment.client_id = client_id;
    return payment;
  }
  return MeetingHeld{client_id, manager_id, "умови поставки", {}, {}, {}};
}

}  // namespace ledger::bench
