#include "consumers/query/client_sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "consumers/query/answering.h"
#include "consumers/query/print/form.h"
#include "projections/client_card/credit_proposal.h"
#include "projections/client_card/standing.h"
#include "projections/receivables/queries.h"
#include "projections/receivables/turnover.h"

namespace ledger::client_sections {

namespace {

using namespace client_card;

constexpr std::size_t kVatDigits = 12;

std::string_view ok_or_wrong(bool ok) { return ok ? "ok" : "wrong"; }

// The last of a list under a name, if there is one.
template <class E>
void write_last(JsonWriter& json, std::string_view name, const std::vector<Told<E>>& list) {
  const auto* last = last_of(list);
  if (last == nullptr) return;
  json.key(name).begin_object();
  write_told(json, *last);
  json.end_object();
}

template <class E>
void write_first(JsonWriter& json, std::string_view name, const std::vector<Told<E>>& list) {
  if (list.empty()) return;
  json.key(name).begin_object();
  write_told(json, list.front());
  json.end_object();
}

template <class E>
void write_all(JsonWriter& json, std::string_view name, const std::vector<Told<E>>& list) {
  if (list.empty()) return;
  json.key(name).begin_array();
  for (const auto& told : list) {
    json.begin_object();
    write_told(json, told);
    json.end_object();
  }
  json.end_array();
}

// What his words about being reached come to.
void write_reach(JsonWriter& json, const ContactPersonSet& person, Date day) {
  json.member("may_be_reached", may_be_reached(person, day));
  const auto ways = forbidden_ways(person, day);
  if (ways.empty()) return;
  json.key("forbidden_ways").begin_array();
  for (const auto way : ways) json.value(name_of(way));
  json.end_array();
}

// What limit the forecast speaks for, with the figures that it comes from.
Status write_credit_proposal(JsonWriter& json, const Query& query, const Card& card,
                             const receivables::AccountRow& account) {
  const auto months = proposal_months(query.as_of);
  LEDGER_TRY(const auto paid,
             receivables::paid_between(account, months.from, months.to, query.times()));
  const auto in_hryvnias = paid.find("UAH");
  const auto proposal =
      propose_credit_limit(card, query.as_of, in_hryvnias == paid.end() ? 0 : in_hryvnias->second);
  if (!proposal) return {};
  json.key("credit_limit_proposal").begin_object();
  json.member("currency", "UAH");
  json.member("limit_minor", proposal->limit_minor);
  json.member("grade", name_of(proposal->grade));
  json.member("factor_percent", proposal->factor_percent);
  json.member("average_monthly_paid_minor", proposal->average_minor);
  json.member("paid_minor", proposal->paid_minor);
  json.member("months", std::int64_t{kProposalMonths});
  json.member("from", format_date(proposal->from));
  json.member("to", format_date(proposal->to));
  json.member("rule", kCreditProposalRule);
  const auto sum = [](std::int64_t minor, print::Language language) {
    return print::money(minor, "UAH", language);
  };
  const auto uk = print::Language::kUkrainian;
  json.member("text_uk",
              fmt::format("Пропонований кредитний ліміт {}: клас {}, {} % від оплат за місяць ({})",
                          sum(proposal->limit_minor, uk), name_of(proposal->grade),
                          proposal->factor_percent, sum(proposal->average_minor, uk)));
  const auto en = print::Language::kEnglish;
  json.member("text_en",
              fmt::format("Proposed credit limit {}: class {}, {} % of a month’s payments ({})",
                          sum(proposal->limit_minor, en), name_of(proposal->grade),
                          proposal->factor_percent, sum(proposal->average_minor, en)));
  json.end_object();
  return {};
}

}  // namespace

void write_requisites(JsonWriter& json, const Card& card) {
  const auto& details = card.details;
  ClientUpdated::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    // These depend on the date, and are written with what they depend on.
    if (name == "client_id" || name == "manager_id" || name == "segment" || name == "price_type") {
      return;
    }
    const auto& value = details.*member;
    using Member = std::decay_t<decltype(value)>;
    if constexpr (is_optional<Member>) {
      if (value) json::write(json.key(name), *value);
    } else {
      json::write(json.key(name), value);
    }
  });
  if (details.tax_code) {
    json.member("tax_code_check", ok_or_wrong(details.tax_code->check_digit_ok()));
  }
  if (details.vat_number) {
    const auto& vat = *details.vat_number;
    const bool digits =
        std::all_of(vat.begin(), vat.end(), [](char c) { return c >= '0' && c <= '9'; });
    json.member("vat_number_check", ok_or_wrong(digits && vat.size() == kVatDigits));
  }
}

void write_profile(JsonWriter& json, const Card& card) {
  const Profile who = profile(card);
  json.member("kind", name_of(who.kind));
  if (who.segment) json.member("segment", name_of(*who.segment));
  if (who.size) json.member("size", name_of(*who.size));
  json.member("key_account", who.key_account);
  write_first(json, "source", card.facts.leads);
  write_all(json, "segments", card.facts.segments);
  write_all(json, "key_account_history", card.facts.key_accounts);
}

Status write_responsible(JsonWriter& json, const QueryContext& context, const Query& query,
                         const Card& card) {
  const auto owner = owner_on(card.facts, query.as_of);
  write_all(json, "owners", card.facts.assigned);
  if (!owner) return {};
  json.member("owner", owner->text());
  LEDGER_TRY(const auto named, directory::manager(query.snapshot, *owner));
  if (named) json.member("owner_name", named->name);
  LEDGER_TRY(auto responsibility, Responsibility::read(query.snapshot, query.as_of, query.as_of,
                                                       query.known_at, context.zone));
  LEDGER_TRY(const auto answers, responsibility.of_client(card, query.as_of, std::nullopt));
  json.key("responsible").begin_object();
  LEDGER_CHECK(write_manager(json, query.snapshot, *answers.manager, "name"));
  LEDGER_CHECK(write_on_behalf_of(json, query.snapshot, answers));
  json.member("supervisor", answers.supervisor);
  write_no_stand_in(json, answers.no_stand_in);
  json.end_object();
  return {};
}

void write_people(JsonWriter& json, const Card& card, Date day) {
  const auto persons = people(card);
  bool decides = false;
  json.key("people").begin_array();
  for (const auto* told : persons) {
    decides = decides || told->data.role == PersonRole::kDecisionMaker;
    json.begin_object();
    write_told(json, *told);
    write_reach(json, told->data, day);
    if (told->data.birthday) {
      const Date next = next_birthday(*told->data.birthday, day);
      json.member("next_birthday", format_date(next));
      if (const auto age = age_on(*told->data.birthday, next)) json.member("turns", *age);
    }
    json.end_object();
  }
  json.end_array();
  json.key("gaps").begin_array();
  if (!decides) {
    json.begin_object();
    json.member("gap", "no_decision_maker");
    json.member("text_uk", "невідомо, хто ухвалює рішення");
    json.member("text_en", "no decision maker is known");
    json.end_object();
  }
  json.end_array();
}

void write_terms(JsonWriter& json, const Card& card, Date day) {
  const Terms terms = terms_on(card, day);
  if (terms.price_type) json.member("price_type", *terms.price_type);
  json.key("terms").begin_array();
  for (const auto* told : terms.in_force) {
    json.begin_object();
    write_told(json, *told);
    const bool special = told->data.kind != TermsKind::kStandard;
    if (special) json.member("approved", told->data.approved_by.has_value());
    json.end_object();
  }
  json.end_array();
}

void write_wants(JsonWriter& json, const Card& card) {
  const auto all = client_card::needs(card);
  json.key("needs").begin_array();
  for (const auto* told : all) {
    json.begin_object();
    write_told(json, *told);
    json.end_object();
  }
  json.end_array();
  write_last(json, "criteria", card.facts.criteria);
  write_last(json, "requirements", card.facts.requirements);
  write_all(json, "offers_matched", card.dealings.offers_matched);
  write_all(json, "competitors", card.facts.competitors);
  write_all(json, "lost", card.facts.lost);
}

Status write_standing(JsonWriter& json, const Query& query, const Card& card) {
  write_last(json, "financials", card.facts.financials);
  const auto* last = last_of(card.facts.reliability);
  if (last == nullptr) return {};
  json.key("reliability").begin_object();
  write_told(json, *last);
  json.member("age_days", days_between(last->day, query.as_of));
  json.member("expired", last->data.valid_to && *last->data.valid_to < query.as_of);
  LEDGER_TRY(const auto account, receivables::account_of(query.snapshot, card.client));
  LEDGER_TRY(const auto books, receivables::statements(account, query.times()));
  const Forecasts forecasts = judge_forecasts(card, query.as_of, books);
  json.member("forecasts_judged", forecasts.judged);
  if (forecasts.judged > 0) {
    json.member("forecasts_held_percent", forecasts.held * 100 / forecasts.judged);
  }
  json.end_object();
  return write_credit_proposal(json, query, card, account);
}

void write_completeness(JsonWriter& json, const Card& card, Date day) {
  const Completeness state = completeness(card, day);
  json.key("completeness").begin_object();
  json.member("percent", state.percent);
  json.key("missing").begin_array();
  for (const auto field : state.missing) json.value(field);
  json.end_array();
  if (state.changed_on) {
    json.member("changed_on", format_date(*state.changed_on));
    json.member("days_since", state.days_since);
  }
  json.member("review_days", state.review_days);
  json.member("stale", state.stale);
  if (const auto* review = last_of(card.facts.reviews)) {
    json.key("review").begin_object();
    write_told(json, *review);
    json.end_object();
  }
  json.end_object();
}

}  // namespace ledger::client_sections
