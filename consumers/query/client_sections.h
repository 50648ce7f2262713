#pragma once

#include <type_traits>

#include "consumers/query/context.h"
#include "events/fields_json.h"
#include "projections/client_card/queries.h"

// The parts of a client's card, each written into the open object of the answer.
namespace ledger::client_sections {

using client_card::Card;

// The members of an event that are there; the card itself says whose they are.
template <class E>
void write_members(JsonWriter& json, const E& data) {
  E::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    const auto& value = data.*member;
    using Member = std::decay_t<decltype(value)>;
    if (name == "client_id") return;
    if constexpr (is_optional<Member>) {
      if (value) json::write(json.key(name), *value);
    } else if constexpr (is_vector<Member>) {
      if (!value.empty()) json::write(json.key(name), value);
    } else {
      json::write(json.key(name), value);
    }
  });
}

template <class E>
void write_told(JsonWriter& json, const Told<E>& told) {
  write_members(json, told.data);
  json.member("since", format_date(told.day));
  json.member("position", to_string(told.position));
}

// Name, code, phones and so on, with what their check digits say.
void write_requisites(JsonWriter& json, const Card& card);
void write_profile(JsonWriter& json, const Card& card);
// The owner, those before him, and who answers today in his stead.
[[nodiscard]] Status write_responsible(JsonWriter& json, const QueryContext& context,
                                       const Query& query, const Card& card);
void write_people(JsonWriter& json, const Card& card, Date day);
void write_terms(JsonWriter& json, const Card& card, Date day);
// Needs, criteria, requirements, competitors.
void write_wants(JsonWriter& json, const Card& card);
// Reliability with its age, the record of earlier forecasts, the limit it speaks for, finances.
[[nodiscard]] Status write_standing(JsonWriter& json, const Query& query, const Card& card);
void write_completeness(JsonWriter& json, const Card& card, Date day);
// client_dealings.cpp: contracts, orders and papers, complaints, acts, schemes, projects.
[[nodiscard]] Status write_dealings(JsonWriter& json, const Query& query, const Card& card);
// client_contacts.cpp: counters, last and next contact, offers and letters without an answer.
[[nodiscard]] Status write_contacts(JsonWriter& json, const QueryContext& context,
                                    const Query& query, const Card& card);

}  // namespace ledger::client_sections
