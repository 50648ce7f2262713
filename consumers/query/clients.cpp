#include <fmt/format.h>

#include "consumers/query/duty_links.h"
#include "consumers/query/routes.h"
#include "events/fields_json.h"
#include "platform/limits.h"
#include "projections/client_card/queries.h"
#include "projections/receivables/queries.h"
#include "projections/receivables/stop.h"

namespace ledger {

namespace {

tl::unexpected<Error> no_such_client(std::string_view id) {
  return fail(ErrorCode::kNotFound, fmt::format("the ledger has no facts about client '{}'", id));
}

void write_counters(JsonWriter& json, const std::vector<std::int64_t>& counters) {
  json.key("counters").begin_object();
  const auto kinds = names(client_card::Kind{});
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    json.member(kinds[i], i < counters.size() ? counters[i] : std::int64_t{0});
  }
  json.end_object();
}

void write_contracts(JsonWriter& json, const std::vector<client_card::CardRow::Contract>& all) {
  json.key("contracts").begin_array();
  for (const auto& contract : all) {
    json.begin_object();
    json.member("contract_id", contract.contract_id.text());
    json.member("number", contract.number);
    json.member("signed_on", format_date(contract.signed_on));
    if (contract.valid_to) json.member("valid_to", format_date(*contract.valid_to));
    json.member("position", to_string(contract.position));
    json.end_object();
  }
  json.end_array();
}

// The debt in one line for each currency: what a manager must know before a call.
Status write_debt(JsonWriter& json, const Query& query, std::string_view id) {
  LEDGER_TRY(const auto found, receivables::account(query.snapshot, id));
  const receivables::AccountRow account = found.value_or(receivables::AccountRow{});
  const receivables::AsOf as_of{query.as_of, std::nullopt};
  LEDGER_TRY(const auto books, receivables::statements(account, as_of));
  LEDGER_TRY(const auto exposures, receivables::exposures(account, books, as_of));
  json.key("receivables").begin_array();
  for (const auto& [code, statement] : books) {
    LEDGER_TRY(const auto currency, Currency::parse(code));
    LEDGER_TRY(const auto ageing, receivables::age(statement, currency));
    json.begin_object();
    json.member("currency", ageing.currency.text());
    json.member("balance_minor", ageing.balance_minor);
    json.member("not_due_minor", ageing.buckets_minor[0]);
    json.member("overdue_minor",
                ageing.balance_minor + ageing.unallocated_minor - ageing.buckets_minor[0]);
    json.member("unallocated_minor", ageing.unallocated_minor);
    json.end_object();
  }
  json.end_array();
  const auto stop = receivables::shipment_stop(account, books, exposures, as_of);
  json.member("stopped", stop.stopped());
  if (stop.stopped()) json.member("stop_reason", stop.reasons.front());
  return {};
}

// When each side was last heard: from the newest entries, as the timeline holds them.
Status write_last_contact(JsonWriter& json, const Query& query, std::string_view id) {
  LEDGER_TRY(const auto newest,
             client_card::timeline(query.snapshot, id, "", limits::kPageItemsMax));
  std::optional<Timestamp> from_us;
  std::optional<Timestamp> from_client;
  for (const auto& entry : newest.entries) {
    using client_card::Kind;
    const bool inbound_call = entry.kind == Kind::kCall && entry.text == "inbound";
    const bool ours = (entry.kind == Kind::kCall && entry.text == "outbound") ||
                      entry.kind == Kind::kOfferEmailed || entry.kind == Kind::kOfferPhoned;
    if (!from_client && (inbound_call || entry.kind == Kind::kMeeting)) from_client = entry.time;
    if (!from_us && (ours || entry.kind == Kind::kMeeting)) from_us = entry.time;
  }
  if (from_us) json.member("last_contact_from_us", format_timestamp(*from_us));
  if (from_client) json.member("last_contact_from_client", format_timestamp(*from_client));
  return {};
}

Result<http::Response> get_card(const QueryContext&, const Query& query) {
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, query.as_of));
  if (!card) return no_such_client(id);
  JsonWriter json = query.begin_answer();
  json.key("client").begin_object();
  json.member("client_id", id);
  json.member("registered", card->registered);
  ClientUpdated::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    const auto& value = card->details.*member;
    using Member = std::decay_t<decltype(value)>;
    if (name == "client_id" || name == "manager_id") return;
    if constexpr (is_optional<Member>) {
      if (value) json::write(json.key(name), *value);
    } else {
      json::write(json.key(name), value);
    }
  });
  if (card->details.tax_code) {
    json.member("tax_code_check", card->details.tax_code->check_digit_ok() ? "ok" : "wrong");
  }
  if (card->owner) json.member("owner", card->owner->text());
  write_contracts(json, card->row.contracts);
  write_counters(json, card->row.counters);
  LEDGER_CHECK(write_last_contact(json, query, id));
  LEDGER_CHECK(write_debt(json, query, id));
  write_duty_ids(json, {{"registered", "cards.timeliness"},
                        {"name", "database.kept"},
                        {"price_type", "terms.observed"},
                        {"owner", "segments.separation"},
                        {"contracts", "contracts.authority"},
                        {"counters", "contacts.regular"},
                        {"last_contact_from_us", "contacts.regular"},
                        {"last_contact_from_client", "contacts.regular"},
                        {"receivables", "receivables.collected"},
                        {"stopped", "terms.observed"}});
  json.end_object();
  return answer(json);
}

void write_entry(JsonWriter& json, const client_card::TimelineEntry& entry) {
  json.begin_object();
  json.member("position", to_string(entry.position));
  json.member("kind", name_of(entry.kind));
  json.member("time", format_timestamp(entry.time));
  json.member("recorded_time", format_timestamp(entry.recorded_time));
  json.member("source", entry.source);
  json.member("id", entry.id);
  if (!entry.manager_id.empty()) json.member("manager_id", entry.manager_id);
  if (!entry.text.empty()) json.member("text", entry.text);
  if (!entry.detail.empty()) json.member("detail", entry.detail);
  if (entry.kind == client_card::Kind::kCall) json.member("talk_s", entry.seconds);
  if (entry.amount) json::write(json.key("amount"), *entry.amount);
  json.end_object();
}

Result<http::Response> get_timeline(const QueryContext&, const Query& query) {
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(const std::size_t limit, query.limit());
  const auto cursor = query.request.parameter("cursor").value_or("");
  LEDGER_TRY(const auto slice, client_card::timeline(query.snapshot, id, cursor, limit));
  if (slice.entries.empty() && cursor.empty()) {
    LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, query.as_of));
    if (!card) return no_such_client(id);
  }
  JsonWriter json = query.begin_answer();
  json.key("entries").begin_array();
  for (const auto& entry : slice.entries) write_entry(json, entry);
  json.end_array();
  if (!slice.next.empty()) json.member("next_cursor", slice.next);
  return answer(json);
}

}  // namespace

void add_client_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/clients/{id}", http::RunOn::kInline, get_card);
  add_query(router, context, "/v1/clients/{id}/timeline", http::RunOn::kWorker, get_timeline);
}

}  // namespace ledger
