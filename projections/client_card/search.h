#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/phone.h"
#include "projections/client_card/queries.h"
#include "projections/directory/event_keys.h"

// Finding cards by what somebody remembers of them, and cards that may be one client.
namespace ledger::client_card {

// What is looked for, made ready once: a part of a name or mail address, a whole code, account,
// phone number in any spelling, or id.
class Wanted {
 public:
  explicit Wanted(std::string_view text);
  // By which of "client_id", "name", "tax_code", "phone", "email", "iban", "person" a card is
  // found; nullopt: it is not. Nothing wanted finds every card, by its id.
  [[nodiscard]] std::optional<std::string_view> found_by(const Card& card) const;

 private:
  std::string text_;
  std::string folded_;
  std::optional<Phone> phone_;
};

// A name without case, quotes, legal form and spacing: "ТОВ «Ромашка»" and "ромашка, ТзОВ" are one.
[[nodiscard]] std::string normalised_name(std::string_view name);

// What a card is known by, on the day and by the knowledge that it was read for.
[[nodiscard]] std::vector<directory::Key> keys_of(const Card& card);

// Two cards that share what only one client should have (domain-semantics.md 4c, duplicates). The
// same tax code is certain, the rest is for a person to look at.
struct Suspects {
  std::string client_id;  // the smaller id
  std::string other_id;
  std::vector<std::string> reasons;  // "tax_code", "iban", "phone", "email", "domain", "name"
  bool certain = false;
  bool different_tax_codes = false;  // they can be related, but never merged
  [[nodiscard]] std::string cursor() const;
};
// Certain ones first, then by ids. Of many cards that share a key, each with the first of them;
// cards that are merged count as one. Cards and merges as they were known at `as_of.known_at`.
// Among those clients that `shows` says yes to; empty: among all.
using ShowsClient = std::function<Result<bool>(const std::string& client)>;
[[nodiscard]] Result<std::vector<Suspects>> duplicates(const ViewSnapshot& snapshot,
                                                       const AsOf& as_of,
                                                       const ShowsClient& shows = {});

}  // namespace ledger::client_card
