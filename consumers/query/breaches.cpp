#include <fmt/format.h>

#include <map>
#include <tuple>

#include "consumers/access/masking.h"
#include "consumers/query/client_names.h"
#include "consumers/query/day_range.h"
#include "consumers/query/offer_check_json.h"
#include "consumers/query/routes.h"
#include "consumers/query/row_page.h"
#include "projections/breaches/segments.h"
#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"
#include "projections/directory/rules.h"
#include "projections/obligations/book.h"
#include "projections/qualification/queries.h"
#include "projections/signing_authority/queries.h"

namespace ledger {

namespace {

using breaches::SegmentBreach;
using obligations::BreachRow;

constexpr std::string_view kSegments = "segments.separation";
constexpr std::string_view kAuthority = "contracts.authority";

// What was recorded and explained, by whose it is, which duty and on which day: the explanation
// stands beside what the rules found.
using Register = std::map<std::tuple<ManagerId, std::string, Date>, std::vector<std::string>>;

Status write_side(JsonWriter& json, const Query& query, std::string_view name,
                  const SegmentBreach::Side& side) {
  json.key(name).begin_object();
  LEDGER_CHECK(write_named_client(json, query, side.client_id));
  json.member("segment", name_of(side.segment));
  json.member("by", name_of(side.by));
  json.end_object();
  return {};
}

Status write_segment_breach(JsonWriter& json, const Query& query, const SegmentBreach& one) {
  json.begin_object();
  json.member("manager_id", one.manager_id.text());
  json.member("duty_id", kSegments);
  json.member("severity", name_of(one.severity));
  json.member("since", format_date(one.since));
  json.member("until", format_date(one.until));
  LEDGER_CHECK(write_side(json, query, "client", one.client));
  LEDGER_CHECK(write_side(json, query, "other", one.other));
  json.member("other_clients", one.other_clients);
  json.end_object();
  return {};
}

// Open until the manager has explained it, then until it is decided upon.
std::string_view state_of(const BreachRow& row) {
  if (!row.closed.empty()) return "closed";
  return row.done.empty() ? "open" : "explained";
}

void write_recorded(JsonWriter& json, const std::string& id, const BreachRow& row) {
  const auto& told = row.asked.back();
  json.begin_object();
  json.member("breach_id", id);
  json.member("manager_id", told.data.manager_id.text());
  json.member("duty_id", told.data.duty_id);
  json.member("happened_on", format_date(told.data.happened_on));
  json.member("state", state_of(row));
  json.member("text", told.data.text);
  json.member("position", to_string(told.position));
  json.key("explanations").begin_array();
  for (const auto& given : row.done) {
    json.begin_object();
    json.member("manager_id", given.data.manager_id.text());
    json.member("text", given.data.text);
    json.member("given_on", format_date(given.day));
    json.member("position", to_string(given.position));
    json.end_object();
  }
  json.end_array();
  if (!row.closed.empty()) {
    json.member("decision", row.closed.back().data.decision);
    json.member("decided_on", format_date(row.closed.back().day));
  }
  json.end_object();
}

Result<breaches::Question> question_of(const Query& query) {
  breaches::Question question;
  question.known_at = query.known_at;
  LEDGER_TRY(const auto range, day_range(query));
  question.from = range.from;
  question.to = range.to;
  LEDGER_TRY(question.manager, manager_parameter(query));
  return question;
}

void write_breach_ids(JsonWriter& json, const Register& told, const ManagerId& manager,
                      std::string_view duty, Date day) {
  const auto found = told.find({manager, std::string(duty), day});
  if (found == told.end()) return;
  json.key("breach_ids").begin_array();
  for (const auto& id : found->second) json.value(id);
  json.end_array();
}

std::string money(const std::optional<Money>& sum, print::Language language) {
  return sum ? print::money(sum->amount_minor, sum->currency.text(), language) : "";
}

std::string in_ukrainian(const signing_authority::Breach& one) {
  using signing_authority::Excess;
  const auto& contract = one.contract;
  const std::string amount = money(contract.amount, print::Language::kUkrainian);
  const std::string limit = money(contract.authority_limit, print::Language::kUkrainian);
  switch (one.excess) {
    case Excess::kExpired:
      return fmt::format("договір {} підписано {}, а повноваження діяли до {}", contract.number,
                         print::date(contract.signed_on, print::Language::kUkrainian),
                         print::date(*contract.authority_valid_to, print::Language::kUkrainian));
    case Excess::kLimit:
      return fmt::format("договір {} підписано на {}, а повноваження були до {}", contract.number,
                         amount, limit);
    case Excess::kCurrency:
      return fmt::format("договір {} на {}, а межа повноважень {}: порівняти не можна",
                         contract.number, amount, limit);
    case Excess::kUnrecorded:
      return fmt::format("договір {}: повноваження підписанта не записано", contract.number);
  }
  return {};
}

std::string in_english(const signing_authority::Breach& one) {
  using signing_authority::Excess;
  const auto& contract = one.contract;
  const std::string amount = money(contract.amount, print::Language::kEnglish);
  const std::string limit = money(contract.authority_limit, print::Language::kEnglish);
  switch (one.excess) {
    case Excess::kExpired:
      return fmt::format("contract {} was signed on {}, when the authority had ended on {}",
                         contract.number,
                         print::date(contract.signed_on, print::Language::kEnglish),
                         print::date(*contract.authority_valid_to, print::Language::kEnglish));
    case Excess::kLimit:
      return fmt::format("contract {} is for {}, the authority allowed up to {}", contract.number,
                         amount, limit);
    case Excess::kCurrency:
      return fmt::format("contract {} is for {}, the authority's limit is {}: not compared",
                         contract.number, amount, limit);
    case Excess::kUnrecorded:
      return fmt::format("contract {}: the signatory's authority was not recorded",
                         contract.number);
  }
  return {};
}

Status write_contract(JsonWriter& json, const Query& query, const signing_authority::Breach& one,
                      const Register& told) {
  const auto& contract = one.contract;
  json.begin_object();
  json.member("manager_id", contract.manager_id.text());
  json.member("duty_id", kAuthority);
  json.member("rule", signing_authority::kRule);
  json.member("severity", name_of(signing_authority::severity_of(one.excess)));
  json.member("excess", name_of(one.excess));
  json.member("signed_on", format_date(contract.signed_on));
  LEDGER_CHECK(write_named_client(json, query, one.client_id));
  json.member("contract_id", contract.contract_id.text());
  json.member("number", contract.number);
  if (contract.signatory) json.member("signatory", *contract.signatory);
  if (contract.authority) json.member("authority", *contract.authority);
  json.member("text_uk", in_ukrainian(one));
  json.member("text_en", in_english(one));
  json.member("position", to_string(one.position));
  write_breach_ids(json, told, contract.manager_id, kAuthority, contract.signed_on);
  json.end_object();
  return {};
}

// Contracts that were signed beyond the signatory's authority, or without a record of any.
Status write_contracts(JsonWriter& json, const Query& query, const breaches::Question& question,
                       const Register& told, RowPage& page) {
  LEDGER_TRY(auto found,
             signing_authority::breaches_of(
                 query.snapshot, {question.from, question.to, question.manager, query.known_at}));
  LEDGER_CHECK(keep_seen(query.scope, found, [&](const signing_authority::Breach& one) {
    return query.scope.sees_client(one.client_id);
  }));
  json.key("contracts").begin_array();
  for (const auto& one : found) {
    if (page.takes_next()) LEDGER_CHECK(write_contract(json, query, one, told));
  }
  json.end_array();
  return {};
}

// Offers that break a duty; what is a warning is for /v1/offer-checks.
Status write_offers(JsonWriter& json, const Query& query, const breaches::Question& question,
                    const Register& told, RowPage& page) {
  LEDGER_TRY(auto offers, offer_checks::checked_offers(
                              query.snapshot, {question.from, question.to, question.manager,
                                               std::nullopt, query.known_at}));
  LEDGER_CHECK(keep_seen(query.scope, offers.rows, [&](const offer_checks::Checked* one) {
    return query.scope.sees_client(one->offer.client_id);
  }));
  json.key("offers").begin_array();
  for (const auto* one : offers.rows) {
    const auto& offer = one->offer;
    for (const auto& finding : one->findings) {
      if (finding.severity != breaches::Severity::kBreach || !page.takes_next()) continue;
      json.begin_object();
      LEDGER_CHECK(write_checked_offer(json, query, offer));
      write_finding(json, finding);
      if (offer.manager_id) {
        write_breach_ids(json, told, *offer.manager_id, offer_checks::duty_of(finding.check),
                         offer.day);
      }
      json.end_object();
    }
  }
  json.end_array();
  return {};
}

// Everything that was recorded, by id.
Result<obligations::Cases<BreachRow>> read_register(const Query& query,
                                                    const breaches::Question& question) {
  if (question.manager) {
    return obligations::cases_of_manager<BreachRow>(query.snapshot, *question.manager,
                                                    query.times());
  }
  LEDGER_TRY(auto all, obligations::all_breaches(query.snapshot, query.times()));
  for (auto at = all.begin(); at != all.end();) {
    LEDGER_TRY(const bool sees, query.scope.sees_manager(at->second.asked.back().data.manager_id));
    at = sees ? std::next(at) : all.erase(at);
  }
  return all;
}

Register by_whose(const obligations::Cases<BreachRow>& all) {
  Register told;
  for (const auto& [id, row] : all) {
    const auto& data = row.asked.back().data;
    told[{data.manager_id, data.duty_id, data.happened_on}].push_back(id);
  }
  return told;
}

// By the day on which it happened, then by id.
void write_register(JsonWriter& json, const obligations::Cases<BreachRow>& all,
                    const breaches::Question& question, RowPage& page) {
  std::multimap<Date, std::string> in_order;
  for (const auto& [id, row] : all) {
    const Date day = row.asked.back().data.happened_on;
    if (question.from <= day && day <= question.to) in_order.emplace(day, id);
  }
  json.key("register").begin_array();
  for (const auto& [day, id] : in_order) {
    if (page.takes_next()) write_recorded(json, id, all.at(id));
  }
  json.end_array();
}

// Four lists, one after another, and a page goes through them in this order.
Result<http::Response> get_breaches(const QueryContext& context, const Query& query) {
  LEDGER_TRY(RowPage page, RowPage::of(query));
  LEDGER_TRY(const auto question, question_of(query));
  LEDGER_TRY(auto found, breaches::segment_breaches(query.snapshot, question, context.zone));
  LEDGER_CHECK(keep_seen(query.scope, found, [&](const SegmentBreach& one) {
    return query.scope.sees_manager(one.manager_id);
  }));
  JsonWriter json = query.begin_answer();
  json.member("from", format_date(question.from));
  json.member("to", format_date(question.to));
  json.key("segments").begin_array();
  for (const auto& one : found) {
    if (page.takes_next()) LEDGER_CHECK(write_segment_breach(json, query, one));
  }
  json.end_array();
  LEDGER_TRY(const auto all, read_register(query, question));
  const Register told = by_whose(all);
  LEDGER_CHECK(write_offers(json, query, question, told, page));
  LEDGER_CHECK(write_contracts(json, query, question, told, page));
  write_register(json, all, question, page);
  page.write_end(json, query);
  return answer(json);
}

Result<std::string> required(const Query& query, std::string_view name) {
  const auto text = query.request.parameter(name);
  if (!text) return fail(ErrorCode::kMissingField, "is required", std::string(name));
  return std::string(*text);
}

// A corporate client is for who passed his last attestation (domain-semantics.md 1.2, row 27).
Status warn_of_qualification(JsonWriter& json, const Query& query, const ManagerId& manager,
                             const client_card::Card& card) {
  LEDGER_TRY(const auto policies, directory::policies(query.snapshot));
  const auto rules = directory::rules_of(policies, query.as_of, query.known_at);
  if (directory::side_of(client_card::profile(card).segment, rules.segments) !=
      Segment::kCorporate) {
    return {};
  }
  LEDGER_TRY(const auto record,
             qualification::record(query.snapshot, manager, AsOf{query.as_of, query.known_at}));
  const auto& held = record.attestations;
  if (!held.empty() && held.back().result != AttestationResult::kFailed) return {};
  json.begin_object();
  json.member("duty_id", "corporate.qualification");
  json.member("severity", name_of(breaches::Severity::kWarning));
  json.member("why", held.empty() ? "not_attested" : "attestation_failed");
  json.end_object();
  return {};
}

// With what he came to the post (job description 1.4; domain-semantics.md 1.5, row 80), as it was
// told last. What nobody recorded is not known, and no lack.
Status warn_of_appointment(JsonWriter& json, const Query& query, const ManagerId& manager) {
  LEDGER_TRY(const auto record,
             qualification::record(query.snapshot, manager, AsOf{query.as_of, query.known_at}));
  if (record.qualifications.empty()) return {};
  const auto lacks = qualification::lacks_of(record.qualifications.back());
  const auto warn = [&](std::string_view why) {
    json.begin_object();
    json.member("duty_id", "staff.qualification");
    json.member("severity", name_of(breaches::Severity::kWarning));
    json.member("why", why);
    json.end_object();
  };
  if (lacks.education) warn("education_lacking");
  if (lacks.experience) warn("experience_lacking");
  return {};
}

// What to heed before a client is given to a manager.
Result<http::Response> get_preview(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::string manager_id, required(query, "manager"));
  LEDGER_TRY(const std::string client, required(query, "client"));
  const ManagerId manager(manager_id);
  const AsOf as_of{query.as_of, query.known_at};
  LEDGER_TRY(const auto hired, directory::manager(query.snapshot, manager));
  if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, client, as_of));
  if (!card) return fail(ErrorCode::kNotFound, "the ledger has no facts about it", "client");
  LEDGER_TRY(const auto breach,
             breaches::breach_of_giving(query.snapshot, manager, client, as_of, context.zone));
  JsonWriter json = query.begin_answer();
  json.key("warnings").begin_array();
  if (breach) LEDGER_CHECK(write_segment_breach(json, query, *breach));
  LEDGER_CHECK(warn_of_qualification(json, query, manager, *card));
  LEDGER_CHECK(warn_of_appointment(json, query, manager));
  json.end_array();
  return answer(json);
}

}  // namespace

void add_breach_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/breaches", http::RunOn::kWorker, get_breaches, Times::kKnownAtToo,
            {"manager", "from", "to", "limit", "cursor"});
  add_query(router, context, "/v1/breaches/preview", http::RunOn::kWorker, get_preview,
            Times::kKnownAtToo, {"manager", "client"});
}

}  // namespace ledger
