#include "producers/append/split_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string>

#include "events/types/contract.h"
#include "events/types/contract_draft.h"
#include "events/types/person.h"
#include "platform/calendar_month.h"
#include "projections/client_card/queries.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

const AsOf kEver{kLastDay, std::nullopt};

Status unknown(std::string_view list, std::size_t index, std::string_view id,
               const ClientSplit& split) {
  return fail(ErrorCode::kInvalidField,
              fmt::format("'{}' is nothing of client '{}'", id, split.client_id.text()),
              fmt::format("data.{}.{}", list, index));
}

template <class Id>
Status check_ids(std::string_view list, const std::vector<Id>& ids, const std::set<Id>& known,
                 const ClientSplit& split) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (known.count(ids[i]) == 0) return unknown(list, i, ids[i].text(), split);
  }
  return {};
}

template <class E>
void add_contracts(std::set<ContractId>& contracts, const std::vector<Told<E>>& all) {
  for (const auto& told : all) contracts.insert(told.data.contract_id);
}

// Where the events lie that the client has; a matched one at its match.
Result<std::set<Position>> positions_of(const ViewSnapshot& snapshot, const ClientSplit& split) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, split.client_id.text(), std::nullopt));
  client_card::TimelineQuestion question;
  question.as_of = kEver;
  question.limit = std::numeric_limits<std::size_t>::max();
  LEDGER_TRY(const auto all, client_card::timeline(snapshot, client, question));
  std::set<Position> positions;
  for (const auto& entry : all.entries) positions.insert(entry.position);
  return positions;
}

Status check_events(const ViewSnapshot& snapshot, const ClientSplit& split,
                    const EarlierInBatch::Brought& brought) {
  const auto in_batch = [&](const EventRef& event) {
    return brought.events.contains({event.source, event.id});
  };
  if (std::all_of(split.events.begin(), split.events.end(), in_batch)) return {};
  LEDGER_TRY(const auto ours, positions_of(snapshot, split));
  for (std::size_t i = 0; i < split.events.size(); ++i) {
    const auto& [source, id] = split.events[i];
    if (in_batch(split.events[i])) continue;
    LEDGER_TRY(const auto row, seen::find(snapshot, source, id));
    if (!row) return unknown("events", i, id, split);
    const bool matched = row->reading() == seen::Reading::kMatched;
    const Position& at = matched ? *row->decided_by() : *row->position;
    if (ours.count(at) == 0) return unknown("events", i, id, split);
  }
  return {};
}

}  // namespace

void EarlierInBatch::include(const Submission& said, const std::optional<ClientId>& client) {
  if (!client) return;
  Brought& brought = brought_[*client];
  brought.events.emplace(said.source, said.id);
  if (const auto* person = said.data.get_if<ContactPersonSet>()) {
    brought.persons.insert(person->person_id);
  } else if (const auto* contract = said.data.get_if<ContractSigned>()) {
    brought.contracts.insert(contract->contract_id);
  } else if (const auto* draft = said.data.get_if<ContractDraftSent>()) {
    brought.contracts.insert(draft->contract_id);
  }
}

const EarlierInBatch::Brought& EarlierInBatch::to(const ClientId& client) const {
  static const Brought kNothing;
  const auto found = brought_.find(client);
  return found == brought_.end() ? kNothing : found->second;
}

Status check_split(const ViewSnapshot& snapshot, const ClientSplit& split,
                   const EarlierInBatch& earlier) {
  const std::string& to = split.new_client_id.text();
  LEDGER_TRY(const auto survivor, directory::survivor_of(snapshot, to, std::nullopt));
  if (survivor != to) {
    return fail(ErrorCode::kConflict,
                fmt::format("card '{}' was absorbed by '{}'; name that one, or void its merge", to,
                            survivor),
                "data.new_client_id");
  }
  const auto& brought = earlier.to(split.client_id);
  std::set<PersonId> persons = brought.persons;
  std::set<ContractId> contracts = brought.contracts;
  if (!split.person_ids.empty() || !split.contract_ids.empty()) {
    LEDGER_TRY(const auto card, client_card::card(snapshot, split.client_id.text(), kEver));
    if (card) {
      for (const auto& told : card->facts.persons) persons.insert(told.data.person_id);
      add_contracts(contracts, card->dealings.contracts);
      add_contracts(contracts, card->dealings.drafts);
    }
  }
  LEDGER_CHECK(check_ids("person_ids", split.person_ids, persons, split));
  LEDGER_CHECK(check_ids("contract_ids", split.contract_ids, contracts, split));
  return check_events(snapshot, split, brought);
}

}  // namespace ledger
