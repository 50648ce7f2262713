#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/client_card/queries.h"
#include "projections/receivables/statement.h"

// What the facts of a card come to on its date. Pure: a card and a day in, a value out.
namespace ledger::client_card {

// What the client is by law, so far as the card tells: an authority by its segment, else by the
// length of the code. Without a code, a retail client is a person.
enum class ClientKind { kCompany, kEntrepreneur, kGovernment, kPerson };
constexpr auto names(ClientKind) {
  return words("company", "entrepreneur", "government", "person");
}

// Segment, size and the rest that depends on who the client is.
struct Profile {
  ClientKind kind{};
  std::optional<Segment> segment;
  std::optional<CompanySize> size;
  bool key_account = false;
};
[[nodiscard]] Profile profile(const Card& card);

// People who are still there, by role, then by id.
[[nodiscard]] std::vector<const Told<ContactPersonSet>*> people(const Card& card);
// His last word by a day on being reached in a way: in that one, or in all; nullopt: none is known.
[[nodiscard]] std::optional<bool> consent_to(const ContactPersonSet& person, ConsentChannel way,
                                             Date day);
// The ways that he forbade, as of a day.
[[nodiscard]] std::vector<ConsentChannel> forbidden_ways(const ContactPersonSet& person, Date day);
// Whether he may be reached in any way: he did not ask to be left alone, nor forbid all of them.
[[nodiscard]] bool may_be_reached(const ContactPersonSet& person, Date day);
// The day on which a birthday is kept in the year of `day` or, once it is over, the next:
// 29 February on the 28th of common years (domain-semantics.md 4c).
[[nodiscard]] Date next_birthday(std::string_view birthday, Date day);
// Full years on that day; nullopt without a year.
[[nodiscard]] std::optional<int> age_on(std::string_view birthday, Date day);

// Terms in force on a day, by their first day. The price type is that of the last to begin of the
// terms in force and of the card's details; when terms end, the one before holds again.
struct Terms {
  std::vector<const Told<ClientTermsSet>*> in_force;
  std::optional<std::string> price_type;
};
[[nodiscard]] Terms terms_on(const Card& card, Date day);

// The last of a list, which is sorted; nullptr of an empty one.
template <class E>
[[nodiscard]] const Told<E>* last_of(const std::vector<Told<E>>& list) {
  return list.empty() ? nullptr : &list.back();
}

// The last word on each need.
[[nodiscard]] std::vector<const Told<NeedRecorded>*> needs(const Card& card);

struct Completeness {
  std::vector<std::string_view> required;
  std::vector<std::string_view> missing;
  std::int64_t percent = 0;        // rounded down: 100 is complete
  std::optional<Date> changed_on;  // the last change or review of the card
  std::int64_t days_since = 0;
  std::int64_t review_days = 0;  // after so many a card of this segment is stale
  bool stale = false;
};
[[nodiscard]] Completeness completeness(const Card& card, Date day);

// Earlier forecasts of reliability against what was paid: one is judged once it has run out or a
// later one has taken its place, and something fell due while it held.
struct Forecasts {
  struct Judged {
    ManagerId manager_id;  // whose it was
    ReliabilityGrade grade{};
    Date ended_on;
    bool held = false;
  };
  std::vector<Judged> each;  // by the day of the forecast
  std::int64_t judged = 0;
  std::int64_t held = 0;
};
[[nodiscard]] Forecasts judge_forecasts(const Card& card, Date day,
                                        const std::map<std::string, receivables::Statement>& books);

}  // namespace ledger::client_card
