#include "tests/events/samples.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <set>

#include "events/catalogue.h"
#include "events/fields_json.h"
#include "events/json_codec.h"

namespace ledger::testing {

namespace {

Money uah(std::int64_t amount_minor) { return {amount_minor, Currency()}; }

CallCompleted call() {
  CallCompleted event;
  event.call_id = CallId("1764057600.42");
  event.direction = CallDirection::kOutbound;
  event.client_phone_raw = "8 (050) 123-45-67";
  event.client_phone = must(Phone::parse("+380501234567"));
  event.manager_extension = "101";
  event.duration_s = 75;
  event.talk_s = 60;
  event.outcome = CallOutcome::kAnswered;
  event.outcome_raw = "ANSWERED";
  event.client_id = ClientId("c-1001");
  event.manager_id = ManagerId("m-1");
  event.self_reported = false;
  event.time_suspect = true;
  return event;
}

// ClientRegistered and ClientUpdated hold the same members.
template <class E>
E card() {
  E event;
  event.client_id = ClientId("c-1001");
  event.name = "ТОВ «Ромашка»";
  event.tax_code = must(TaxCode::parse("14360570"));
  event.segment = Segment::kGovernment;
  event.status = ClientStatus::kMain;
  event.phones = {must(Phone::parse("+380442345678")), must(Phone::parse("+380501234567"))};
  event.emails = {must(Email::parse("zakup@romashka.example"))};
  event.ibans = {must(Iban::parse("UA213223130000026007233566001"))};
  event.address = "Київ, вул. Хрещатик, 1\nпід'їзд 2";
  event.price_type = "гурт-2";
  event.manager_id = ManagerId("m-1");
  event.vat_number = "143605726553";
  event.director = "Бондар Ірина Петрівна";
  event.industry = "41.20";
  event.short_name = "Ромашка";
  event.actual_address = "м. Київ, вул. Нова, 5";
  event.director_authority = "статут";
  return event;
}

ManagerHired hired() {
  return {ManagerId("m-1"),
          "Олена Коваль",
          "гурт",
          day("2026-01-05"),
          {"101", "201"},
          {must(Phone::parse("+380671112233"))},
          {must(Email::parse("olena@gurt.example"))},
          StaffPost::kManager,
          "12-к"};
}

OfferEmailed emailed() {
  OfferEmailed event;
  event.message_id = "<20261125.1@gurt.example>";
  event.sender = must(Email::parse("olena@gurt.example"));
  event.recipients = {must(Email::parse("zakup@romashka.example")),
                      must(Email::parse("dyrektor@romashka.example"))};
  event.subject = R"(Пропозиція "папір \ картон")";
  event.in_reply_to = "<20261120.7@romashka.example>";
  event.attachments = {{"price-2026-11.pdf", "application/pdf", 48213,
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}};
  event.client_id = ClientId("c-1001");
  event.manager_id = ManagerId("m-1");
  event.house_recipients = {must(Email::parse("offers@gurt.example"))};
  event.weak_id = true;
  event.sender_date = "Wed, 31 Dec 1969 23:59:59 +0000";
  event.text_sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  event.authentication_failure = "dmarc=fail";
  event.offer_headers = {"X-Offer: 17", "X-Template: spring"};
  return event;
}

PaymentReceived payment() {
  PaymentReceived event;
  event.bank_reference = "2026-11-25/000123";
  event.our_account = "UA213223130000026007233566001";
  event.amount = uah(4'500'000);
  event.booked_on = day("2026-11-25");
  event.value_on = day("2026-11-24");
  event.payer_name = "ТОВ «Ромашка»";
  event.payer_tax_code = must(TaxCode::parse("00032129"));
  event.payer_iban = must(Iban::parse("UA213223130000026007233566001"));
  event.purpose = "Оплата за рах. 501 від 25.11.2026, у т.ч. ПДВ";
  event.client_id = ClientId("c-1001");
  event.invoice_ids = {InvoiceId("inv-501")};
  event.contract_id = ContractId("k-2026-77");
  return event;
}

QuotaPolicySet policy() {
  QuotaPolicySet event;
  event.policy_id = PolicyId("p-1");
  event.metric = QuotaMetric::kNewClientContracts;
  event.scope = PolicyScope::kDepartment;
  event.scope_id = "гурт";
  event.effective_from = day("2026-12-01");
  event.target = 5;
  event.min_talk_s = 15;
  event.count_unanswered = false;
  event.count_inbound = true;
  event.count_unverified = false;
  event.redial_s = 300;
  event.uncount_on_hard_bounce = true;
  event.distinct_clients = false;
  return event;
}

EventAsRead as_read() {
  return {"call.completed",   "3:1207",         instant("2026-11-25T08:00:00Z"), day("2026-11-25"),
          ClientId("c-1001"), ManagerId("m-1"), RawJson{json::to_json(call())}};
}

EventVoided voided() {
  return {"asterisk/main",
          "1764057600.42",
          "тестовий дзвінок",
          ManagerId("m-9"),
          as_read(),
          "people/o.savchuk",
          "8c1d7a52-0f0e-4d5f-9b0a-6d1f5f0a7b11"};
}

EventCorrected corrected() {
  CallCompleted data = call();
  data.talk_s = 40;
  return {"asterisk/main",
          "1764057600.42",
          "АТС порахувала утримання як розмову",
          RawJson{json::to_json(data)},
          ManagerId("m-9"),
          as_read(),
          ManagerId("m-1"),
          "people/o.savchuk",
          "8c1d7a52-0f0e-4d5f-9b0a-6d1f5f0a7b11"};
}

InteractionMatched matched() {
  return {"asterisk/main",   "1764057600.42", ClientId("c-1001"), ManagerId("m-1"),
          "клієнт назвався", as_read(),       ManagerId("m-2")};
}

Event stored(EventData data) {
  return {"1764057600.42", "asterisk/main", instant("2026-11-25T08:00:00Z"),
          Stamps{instant("2026-11-25T08:01:16.25Z"), day("2026-11-25"), ClientId("c-1001"),
                 ManagerId("m-1"), "c-1001"},
          std::move(data)};
}

// Of a type that needs nothing by hand: the first example of its schema.
template <class E>
EventData from_schema() {
  const std::string name = fmt::format("{}.v{}", E::kName, E::kVersion);
  simdjson::dom::parser parser;
  simdjson::dom::element schema;
  if (parser.load(fmt::format("{}/{}.json", SCHEMA_DIR, name)).get(schema) != simdjson::SUCCESS) {
    throw std::runtime_error("missing step: schemas/" + name + ".json");
  }
  JsonCodec codec;
  return must(codec.decode_data(E::kName, simdjson::minify(schema["examples"].at(0)), true));
}

void add_missing(std::vector<Event>& events) {
  std::set<std::string_view> present;
  for (const auto& event : events) present.insert(type_name(event.data));
  Catalogue::for_each([&]<class E>() {
    if (!present.contains(E::kName)) events.push_back(stored(from_schema<E>()));
  });
}

}  // namespace

std::vector<Event> sample_events() {
  const ClientId client("c-1001");
  const ManagerId manager("m-1");
  std::vector<Event> events;
  for (EventData data : {
           EventData(call()),
           EventData(card<ClientRegistered>()),
           EventData(card<ClientUpdated>()),
           EventData(ClientAssigned{client, manager, day("2026-12-01"), "передача бази"}),
           EventData(hired()),
           EventData(emailed()),
           EventData(
               OfferPhoned{client, manager, "папір А4", CallId("1764057600.42"), uah(1'500'000)}),
           EventData(InvoiceIssued{InvoiceId("inv-501"),
                                   "501",
                                   client,
                                   day("2026-11-25"),
                                   day("2026-12-09"),
                                   uah(4'500'000),
                                   ContractId("k-2026-77"),
                                   manager,
                                   OrderId("order-1"),
                                   DeliveryId("delivery-1"),
                                   DocumentId("act-9"),
                                   ChargeKind::kPenalty,
                                   InvoiceId("inv-500"),
                                   {{"Фарби", 3'000'000}, {"Лаки", 1'000'000}}}),
           EventData(payment()),
           EventData(matched()),
           EventData(voided()),
           EventData(corrected()),
           EventData(policy()),
       }) {
    events.push_back(stored(std::move(data)));
  }
  add_missing(events);
  return events;
}

std::string line_of(const Event& event) {
  return encode_line({event.id, event.source, event.time, {}, event.data}, event.stamps);
}

std::string versioned_name(const EventData& data) {
  return std::string(cloud_event_type(data).substr(std::string_view("org.salesledger.").size()));
}

}  // namespace ledger::testing
