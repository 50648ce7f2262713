// Goal: what the quick start loads is taken whole, and its files speak of the same people. Method:
// every file of deploy/examples through the door's codec or its sender's mapping.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "events/catalogue.h"
#include "events/json_codec.h"
#include "producers/email/message/mapping.h"
#include "producers/payments/camt/mapping.h"
#include "producers/telephony/asterisk/mapping.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

const std::filesystem::path kExamples = LEDGER_EXAMPLES;

std::string content(const std::filesystem::path& path) {
  INFO(path.string());
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Submission> submissions(const std::string& name) {
  std::istringstream lines(content(kExamples / name));
  JsonCodec codec;
  std::vector<Submission> all;
  for (std::string line; std::getline(lines, line);) {
    auto submission = codec.decode_submission(line);
    INFO(name << ": " << line);
    if (!submission) FAIL(submission.error().field + " " + submission.error().message);
    all.push_back(*std::move(submission));
  }
  return all;
}

template <class E>
std::vector<E> events_of(const std::vector<Submission>& submissions) {
  std::vector<E> found;
  for (const auto& submission : submissions) {
    if (const auto* event = submission.data.template get_if<E>()) found.push_back(*event);
  }
  return found;
}

BusinessZone kyiv() { return BusinessZone::named("Europe/Kyiv").value(); }

Mapped calls() {
  return asterisk::map_cdr(content(kExamples / "Master.csv"), asterisk::Settings{.zone = kyiv()});
}

Mapped payments() {
  return camt::map_statements(content(kExamples / "statement.xml"), camt::Settings{.zone = kyiv()});
}

std::vector<Mapped> letters() {
  std::vector<Mapped> all;
  for (const auto& file : std::filesystem::directory_iterator(kExamples / "mail")) {
    all.push_back(mail::map_message(content(file.path()),
                                    mail::Settings{.own_domains = {"gurt-torg.example"}}));
  }
  return all;
}

void check_all_taken(const Mapped& mapped) {
  for (const auto& refused : mapped.refused) {
    FAIL_CHECK(refused.where + ": " + refused.error.message);
  }
  CHECK_FALSE(mapped.events.empty());
  JsonCodec codec;
  for (const auto& event : mapped.events) {
    CHECK(codec.decode_submission(encode_submission(event)).has_value());
  }
}

std::set<std::string> texts_of(const auto& values) {
  std::set<std::string> texts;
  for (const auto& value : values) texts.insert(value.text());
  return texts;
}

}  // namespace

TEST_CASE("examples: every line is an event, no two of one identity", "[producers][examples]") {
  std::set<std::pair<std::string, std::string>> identities;
  std::size_t count = 0;
  for (const std::string name : {"managers.ndjson", "clients.ndjson", "facts.ndjson"}) {
    for (const auto& submission : submissions(name)) {
      identities.emplace(submission.source, submission.id);
      ++count;
    }
  }
  CHECK(identities.size() == count);
}

TEST_CASE("examples: every sender's file is taken without a refusal", "[producers][examples]") {
  check_all_taken(calls());
  check_all_taken(payments());
  for (const auto& mapped : letters()) check_all_taken(mapped);
  CHECK(calls().events.size() > 100);
  CHECK(payments().events.size() == 11);  // ten of clients and a stranger's
  CHECK(letters().size() == 8);
}

TEST_CASE("examples: cards have right check digits and an owner, facts known clients and managers",
          "[producers][examples]") {
  std::set<std::string> managers;
  for (const auto& hired : events_of<ManagerHired>(submissions("managers.ndjson"))) {
    managers.insert(hired.manager_id.text());
  }
  std::set<std::string> clients;
  std::set<std::string> owned;
  const auto cards = submissions("clients.ndjson");
  for (const auto& card : events_of<ClientRegistered>(cards)) {
    INFO(card.name);
    clients.insert(card.client_id.text());
    if (card.tax_code) CHECK(card.tax_code->check_digit_ok());
  }
  for (const auto& assigned : events_of<ClientAssigned>(cards)) {
    owned.insert(assigned.client_id.text());
    CHECK(managers.contains(assigned.manager_id.text()));
  }
  CHECK(owned == clients);

  const auto facts = submissions("facts.ndjson");
  for (const auto& invoice : events_of<InvoiceIssued>(facts)) {
    CHECK(clients.contains(invoice.client_id.text()));
  }
  for (const auto& contract : events_of<ContractSigned>(facts)) {
    CHECK(clients.contains(contract.client_id.text()));
    CHECK(managers.contains(contract.manager_id.text()));
  }
  for (const auto& phoned : events_of<OfferPhoned>(facts)) {
    CHECK(clients.contains(phoned.client_id.text()));
    CHECK(managers.contains(phoned.manager_id.text()));
  }
}

TEST_CASE("examples: calls, letters and payments are of the managers and clients on file",
          "[producers][examples]") {
  std::set<std::string> extensions;
  std::set<std::string> senders;
  for (const auto& hired : events_of<ManagerHired>(submissions("managers.ndjson"))) {
    extensions.insert(hired.extensions.begin(), hired.extensions.end());
    senders.merge(texts_of(hired.emails));
  }
  std::set<std::string> phones;
  std::set<std::string> ibans;
  for (const auto& card : events_of<ClientRegistered>(submissions("clients.ndjson"))) {
    phones.merge(texts_of(card.phones));
    ibans.merge(texts_of(card.ibans));
  }

  std::size_t unknown_numbers = 0;
  std::set<CallOutcome> outcomes;
  for (const auto& call : events_of<CallCompleted>(calls().events)) {
    CHECK(extensions.contains(call.manager_extension.value_or("none")));
    outcomes.insert(call.outcome);
    if (!call.client_phone || !phones.contains(call.client_phone->text())) ++unknown_numbers;
  }
  // The example also shows what waits for a person.
  CHECK(unknown_numbers > 0);
  CHECK(unknown_numbers < 20);
  CHECK(outcomes.contains(CallOutcome::kAnswered));
  CHECK(outcomes.contains(CallOutcome::kMissed));
  CHECK(outcomes.contains(CallOutcome::kBusy));

  std::set<std::string> sent_ids;
  std::set<std::string> named_ids;
  for (const auto& mapped : letters()) {
    for (const auto& sent : events_of<OfferEmailed>(mapped.events)) {
      CHECK(senders.contains(sent.sender.text()));
      sent_ids.insert(sent.message_id);
    }
    for (const auto& answer : events_of<OfferAnswered>(mapped.events)) {
      named_ids.insert(answer.in_reply_to);
    }
    for (const auto& bounce : events_of<OfferDeliveryChanged>(mapped.events)) {
      named_ids.insert(bounce.message_id);
    }
  }
  CHECK(named_ids.size() == 2);
  CHECK(std::includes(sent_ids.begin(), sent_ids.end(), named_ids.begin(), named_ids.end()));
  const auto paid = events_of<PaymentReceived>(payments().events);
  const auto strangers = std::count_if(paid.begin(), paid.end(), [&](const auto& payment) {
    return !payment.payer_iban || !ibans.contains(payment.payer_iban->text());
  });
  CHECK(strangers == 1);
}
