#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "consumers/access/masking.h"
#include "consumers/query/advance_json.h"
#include "consumers/query/amendment_words.h"
#include "consumers/query/client_banner.h"
#include "consumers/query/client_class_json.h"
#include "consumers/query/client_sections.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/letter_words.h"
#include "consumers/query/offer_check_json.h"
#include "consumers/query/recorded_later.h"
#include "consumers/query/routes.h"
#include "projections/obligations/sent_letters.h"

namespace ledger {

namespace {

tl::unexpected<Error> no_such_client(std::string_view id) {
  return fail(ErrorCode::kNotFound, fmt::format("the ledger has no facts about client '{}'", id));
}

void write_limit(JsonWriter& json, const receivables::Exposure& exposure) {
  json.member("exposure_minor", exposure.exposure_minor);
  if (exposure.limit_minor) json.member("limit_minor", *exposure.limit_minor);
}

// Of what pays nothing yet, what somebody named an advance.
void write_advances(JsonWriter& json, const std::vector<FreeAdvance>& advances) {
  json.key("advances").begin_array();
  for (const auto& advance : advances) {
    json.begin_object();
    json.member("payment_source", advance.named.data.payment_source);
    json.member("payment_id", advance.named.data.payment_id);
    json.member("free_minor", advance.free_minor);
    write_advance(json.key("advance"), advance.named);
    json.end_object();
  }
  json.end_array();
}

// The debt in one line for each currency: what a manager must know before a call.
void write_debt(JsonWriter& json, const ClientDebt& debt) {
  json.key("receivables").begin_array();
  for (const auto& [code, ageing] : debt.ageings) {
    json.begin_object();
    json.member("currency", code);
    json.member("balance_minor", ageing.balance_minor);
    json.member("not_due_minor", ageing.buckets_minor[0]);
    json.member("overdue_minor", overdue_minor(ageing));
    json.member("unallocated_minor", ageing.unallocated_minor);
    if (const auto found = debt.exposures.find(code); found != debt.exposures.end()) {
      write_limit(json, found->second);
    }
    if (const auto found = debt.advances.find(code); found != debt.advances.end()) {
      write_advances(json, found->second);
    }
    json.end_object();
  }
  for (const auto& [code, exposure] : debt.exposures) {  // ordered or limited in, nothing owed yet
    if (debt.ageings.contains(code)) continue;
    json.begin_object();
    json.member("currency", code);
    write_limit(json, exposure);
    json.end_object();
  }
  json.end_array();
  json.member("stopped", debt.stop.stopped());
  if (debt.stop.stopped()) json.member("stop_reason", debt.stop.reasons.front());
}

void write_identity(JsonWriter& json, const std::string& asked, const client_card::Card& card) {
  const auto& client = card.client;
  json.member("client_id", client.survivor);
  if (client.survivor != asked) json.member("merged_into", client.survivor);
  if (client.cards.size() > 1) {
    json.key("absorbed").begin_array();
    for (std::size_t i = 1; i < client.cards.size(); ++i) json.value(client.cards[i]);
    json.end_array();
  }
  json.member("registered", card.registered);
}

void write_duties(JsonWriter& json) {
  write_duty_ids(json, {{"registered", "cards.timeliness"},
                        {"name", "database.kept"},
                        {"status", "database.kept"},
                        {"tax_code", "database.kept"},
                        {"phones", "database.kept"},
                        {"emails", "database.kept"},
                        {"ibans", "database.kept"},
                        {"address", "database.kept"},
                        {"director", "database.kept"},
                        {"industry", "database.kept"},
                        {"kind", "clients.segmentation"},
                        {"segment", "clients.segmentation"},
                        {"size", "clients.segmentation"},
                        {"segments", "clients.segmentation"},
                        {"key_account", "clients.key_accounts"},
                        {"key_account_history", "clients.key_accounts"},
                        {"source", "leads.channels"},
                        {"owners", "segments.separation"},
                        {"owner", "segments.separation"},
                        {"responsible", "absence.covered"},
                        {"people", "contacts.decision_makers"},
                        {"gaps", "contacts.decision_makers"},
                        {"price_type", "terms.observed"},
                        {"terms", "terms.recorded"},
                        {"needs", "needs.analysis"},
                        {"criteria", "clients.criteria"},
                        {"requirements", "clients.requirements"},
                        {"offers_matched", "clients.requirements"},
                        {"competitors", "competitors.observed"},
                        {"lost", "stockouts.retention"},
                        {"financials", "clients.financials"},
                        {"reliability", "clients.reliability"},
                        {"credit_limit_proposal", "clients.reliability"},
                        {"completeness", "cards.reviewed"},
                        {"contracts", "contracts.authority"},
                        {"drafts", "contracts.drafts"},
                        {"complaints_open", "complaints.resolved"},
                        {"complaints_overdue", "complaints.resolved"},
                        {"suggestions", "complaints.resolved"},
                        {"last_act", "reconciliation.monthly"},
                        {"orders_open", "deliveries.documents"},
                        {"documents_unsigned", "deliveries.documents"},
                        {"papers_missing", "deliveries.documents"},
                        {"schemes", "schemes.followed"},
                        {"milestones", "projects.milestones"},
                        {"counters", "contacts.regular"},
                        {"last_contact_from_us", "contacts.regular"},
                        {"last_contact_from_client", "contacts.regular"},
                        {"silent_days", "contacts.regular"},
                        {"dormant", "contacts.regular"},
                        {"offers_unanswered", "offers.email.daily"},
                        {"last_answer", "offers.email.daily"},
                        {"letters_unanswered", "letters.answered"},
                        {"next_contact", "contacts.planned"},
                        {"receivables", "receivables.collected"},
                        {"stopped", "terms.observed"},
                        {"class", "clients.value"}});
}

Result<http::Response> get_card(const QueryContext& context, const Query& query) {
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, query.times()));
  if (!card) return no_such_client(id);
  JsonWriter json = query.begin_answer();
  json.key("client").begin_object();
  write_identity(json, id, *card);
  LEDGER_TRY(const auto debt, read_debt(query, *card));
  write_banner(json, *card, debt, query.as_of);
  client_sections::write_requisites(json, *card);
  client_sections::write_profile(json, *card);
  LEDGER_CHECK(client_sections::write_responsible(json, context, query, *card));
  client_sections::write_people(json, *card, query.as_of);
  client_sections::write_terms(json, *card, query.as_of);
  client_sections::write_wants(json, *card);
  LEDGER_CHECK(client_sections::write_standing(json, query, *card));
  client_sections::write_completeness(json, *card, query.as_of);
  LEDGER_CHECK(client_sections::write_dealings(json, query, *card));
  LEDGER_CHECK(client_sections::write_contacts(json, context, query, *card));
  write_debt(json, debt);
  LEDGER_TRY(auto house, client_class::House::read(query.snapshot, query.times()));
  LEDGER_TRY(const auto found, house.class_of(*card));
  const bool with_house = query.scope.whole_house();
  write_class(json.key("class"), found, query.as_of,
              with_house ? HouseFigures::kShown : HouseFigures::kHidden);
  write_duties(json);
  json.end_object();
  return answer(json);
}

// What the rules found of offers, by each event that tells of one.
using OfferNotes = std::map<Position, const offer_checks::Checked*>;

bool is_offer(const client_card::TimelineEntry& entry) {
  return entry.kind == client_card::kKind<OfferEmailed> ||
         entry.kind == client_card::kKind<OfferPhoned> || entry.kind == OfferDescribed::kName;
}

Result<offer_checks::CheckedList> offers_of(const Query& query,
                                            const std::vector<client_card::TimelineEntry>& entries,
                                            const std::string& client) {
  std::set<Date> days;
  for (const auto& entry : entries) {
    if (is_offer(entry)) days.insert(entry.day);
  }
  return offer_checks::checked_on(query.snapshot, client, days, query.known_at);
}

OfferNotes notes_of(const offer_checks::CheckedList& offers) {
  OfferNotes notes;
  for (const auto* one : offers.rows) {
    for (const auto& position : one->offer.positions) notes.emplace(position, one);
  }
  return notes;
}

void write_offer_note(JsonWriter& json, const offer_checks::Checked& one) {
  json.member("described", !one.offer.products.empty());
  if (one.findings.empty()) return;
  json.key("findings").begin_array();
  for (const auto& finding : one.findings) {
    json.begin_object();
    write_finding(json, finding);
    json.end_object();
  }
  json.end_array();
}

void write_counts_as(JsonWriter& json, directory::CountsAs letter) {
  const auto words = words_of(letter);
  json.member("counts_as", name_of(letter));
  json.member("counts_as_uk", words.uk);
  json.member("counts_as_en", words.en);
}

// What a letter of ours counts as, and when the client answered it; of an answer, that it is not
// believed.
Status write_letter_note(JsonWriter& json, const client_card::TimelineEntry& entry,
                         obligations::SentLetters& letters) {
  if (entry.kind != client_card::kKind<OfferEmailed>) {
    if (entry.unverified) write_counts_as(json, directory::CountsAs::kUnverified);
    return {};
  }
  LEDGER_TRY(const auto letter, letters.read(entry));
  write_counts_as(json, letter.counts_as);
  if (!letter.answer) return {};
  json.member("answered_time", format_timestamp(letter.answer->time));
  json.member("answered_by", to_string(letter.answer->position));
  json.member("days_to_answer", days_between(entry.day, letter.answer->day));
  return {};
}

// What a word of the catalogue is called in Ukrainian; empty for a person's own words.
std::string_view in_ukrainian(std::string_view kind, std::string_view word) {
  struct Word {
    std::string_view code;
    std::string_view uk;
  };
  static constexpr std::array kOfCalls{
      Word{"inbound", "вхідний"},      Word{"outbound", "вихідний"},
      Word{"internal", "внутрішній"},  Word{"answered", "відповіли"},
      Word{"missed", "без відповіді"}, Word{"busy", "зайнято"},
      Word{"failed", "не з’єднано"},   Word{"cancelled", "скасовано"},
      Word{"unknown", "невідомо"}};
  static constexpr std::array kOfLetters{Word{"delivered", "доставлено"},
                                         Word{"delayed", "затримується"},
                                         Word{"bounced_soft", "не доставлено, причина минуща"},
                                         Word{"bounced_hard", "не доставлено"},
                                         Word{"complained", "одержувач поскаржився"},
                                         Word{"relayed", "передано далі"},
                                         Word{"expanded", "розіслано за списком"}};
  const auto find = [&](const auto& words) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const Word& one) { return one.code == word; });
    return found == words.end() ? std::string_view() : found->uk;
  };
  if (kind == client_card::kKind<CallCompleted>) return find(kOfCalls);
  if (client_card::type_of(kind) == OfferDeliveryChanged::kName) return find(kOfLetters);
  return {};
}

void write_words(JsonWriter& json, std::string_view kind, std::string_view name,
                 const std::string& words) {
  if (words.empty()) return;
  json.member(name, words);
  const auto uk = in_ukrainian(kind, words);
  if (!uk.empty()) json.member(fmt::format("{}_uk", name), uk);
}

struct EntryNotes {
  const OfferNotes& offers;
  obligations::SentLetters& letters;
  const QueryContext& context;
  const Query& query;
};

// What was voided or corrected is left out, unless one asks for it.
Result<bool> taken_back_too(const Query& query) {
  const auto word = query.request.parameter("taken_back");
  if (word && *word != "show") return fail(ErrorCode::kInvalidField, "is show", "taken_back");
  return word.has_value();
}

// Of a payment the detail is the bank's reference.
void write_detail(JsonWriter& json, const client_card::TimelineEntry& entry, bool bank_details) {
  const bool masked = !bank_details && entry.kind == client_card::kKind<PaymentReceived>;
  const bool any = masked && !entry.detail.empty();
  write_words(json, entry.kind, "detail", any ? last_four(entry.detail) : entry.detail);
}

Status write_entry(JsonWriter& json, const client_card::TimelineEntry& entry,
                   const BusinessZone& zone, const EntryNotes& notes) {
  json.begin_object();
  json.member("position", to_string(entry.position));
  json.member("kind", entry.kind);
  write_duties_of(json, client_card::type_of(entry.kind));
  json.member("time", format_timestamp(entry.time));
  if (entry.time_suspect) json.member("time_suspect", true);
  json.member("recorded_time", format_timestamp(entry.known.recorded));
  write_recorded_later(json, entry.day, zone.local_day(entry.known.recorded));
  json.member("source", entry.source);
  json.member("id", entry.id);
  if (!entry.known.at(notes.query.known_at)) {
    json.member("taken_back_time", format_timestamp(*entry.known.taken_back));
  }
  LEDGER_CHECK(
      write_amendments(json, notes.context, notes.query, entry.source, entry.id, entry.known));
  if (!entry.manager_id.empty()) json.member("manager_id", entry.manager_id);
  write_words(json, entry.kind, "text", entry.text);
  write_detail(json, entry, notes.query.scope.sees_bank_details());
  if (entry.kind == client_card::kKind<CallCompleted>) json.member("talk_s", entry.seconds);
  if (entry.amount) json::write(json.key("amount"), *entry.amount);
  if (const auto note = notes.offers.find(entry.position); note != notes.offers.end()) {
    write_offer_note(json, *note->second);
  }
  LEDGER_CHECK(write_letter_note(json, entry, notes.letters));
  json.end_object();
  return {};
}

Result<http::Response> get_timeline(const QueryContext& context, const Query& query) {
  const std::string& id = query.request.captures.front();
  client_card::TimelineQuestion question;
  LEDGER_TRY(question.limit, query.limit());
  const auto cursor = query.request.parameter("cursor").value_or("");
  question.cursor = cursor;
  question.as_of = query.times();
  if (const auto kind = query.request.parameter("kind")) question.kind = std::string(*kind);
  LEDGER_TRY(question.taken_back_too, taken_back_too(query));
  // The card knows what its splits name.
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, query.times()));
  if (!card) return no_such_client(id);
  LEDGER_TRY(const auto slice, client_card::timeline(query.snapshot, card->client, question));
  LEDGER_TRY(const auto offers, offers_of(query, slice.entries, card->client.survivor));
  const OfferNotes notes = notes_of(offers);
  obligations::SentLetters letters(query.snapshot, card->client, query.times());
  JsonWriter json = query.begin_answer();
  if (card->client.survivor != id) json.member("merged_into", card->client.survivor);
  json.key("entries").begin_array();
  for (const auto& entry : slice.entries) {
    LEDGER_CHECK(write_entry(json, entry, context.zone, {notes, letters, context, query}));
  }
  json.end_array();
  if (slice.taken_back > 0) json.member("taken_back", slice.taken_back);
  query.write_next_cursor(json, slice.next);
  return answer(json);
}

}  // namespace

void add_client_routes(http::Router& router, const QueryContext& context) {
  const auto on_worker = http::RunOn::kWorker;
  add_query(router, context, "/v1/clients/{id}", on_worker, get_card, Times::kKnownAtToo);
  add_query(router, context, "/v1/clients/{id}/timeline", on_worker, get_timeline,
            Times::kKnownAtToo, {"kind", "taken_back", "limit", "cursor"});
}

}  // namespace ledger
