#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_data.h"
#include "events/ids.h"
#include "events/privacy/sealed_text.h"

// Which texts of an event are a person's, and whose (domain-semantics.md 4c, erasure: "contact's
// personal fields are shredded; counts, money and proofs stay; company requisites are not personal
// (ФОП's are)"). What stays, and why: schemas/decisions/0038.
//
// A data subject is called by a name: the contact person or the client by his id; before anybody
// knows whose it is, a number, an address or a payer's code by itself.
namespace ledger::privacy {

[[nodiscard]] std::string name_of_contact(const ClientId& client, const PersonId& person);
[[nodiscard]] std::string name_of_client(const ClientId& client);

// Whether a client is a natural person (фіз. особа, ФОП): by the tax code on its card.
using IsNatural = std::function<Result<bool>(const ClientId&)>;

// Whom an event is about: what the names of its subjects are made of.
struct Bearing {
  std::string type;  // of the event, or of the one that it amends
  std::optional<ClientId> client = {};
  std::optional<PersonId> contact = {};
  bool natural_client = false;
  std::optional<std::string> payer_code = {};  // of a payer who is a natural person
  std::optional<std::string> phone = {};       // of a call, whatever its sender wrote beside it
  std::optional<std::string> address = {};     // of a delivery notice
};
// Of an amendment as of the event that it amends, by what that said and by what is said now.
// Errors: those of `is_natural`.
[[nodiscard]] Result<Bearing> bearing_of(const EventData& data, const IsNatural& is_natural);

// Whether texts of a member are sealed, where there is somebody whose they are.
[[nodiscard]] bool is_sealed(std::string_view type, std::string_view member);

struct Subject {
  std::string name;
  Remainder remainder{};
};
// nullopt: nobody's, or of somebody whose texts are kept in the clear.
[[nodiscard]] std::optional<Subject> subject_of(const Bearing& bearing, std::string_view member,
                                                std::string_view text);

// Numbers, addresses and names that a card says to be a person's: they go with him.
struct Belongings {
  std::string name;                      // of the subject
  std::vector<std::string> identifiers;  // names too
};
[[nodiscard]] std::optional<Belongings> belongings_of(const EventData& data,
                                                      const Bearing& bearing);

}  // namespace ledger::privacy
