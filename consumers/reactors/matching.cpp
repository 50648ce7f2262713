#include "consumers/reactors/matching.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "consumers/reactors/stable_id.h"
#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/client.h"
#include "events/types/client_merge.h"
#include "events/types/person.h"
#include "projections/directory/one_client.h"
#include "projections/directory/queries.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

using directory::Key;

// Which cards' keys have other owners since an event, and keys that were said of them before it.
struct Moved {
  std::vector<std::string> cards;
  std::vector<Key> keys;
};

// What a card's own event says; nothing by others.
Moved said_of_card(const EventData& data) {
  if (const auto* registered = data.get_if<ClientRegistered>()) {
    return {
        {registered->client_id.text()},
        directory::card_keys(
            {{}, registered->tax_code, registered->phones, registered->emails, registered->ibans})};
  }
  if (const auto* updated = data.get_if<ClientUpdated>()) {
    return {{updated->client_id.text()},
            directory::card_keys(
                {{}, updated->tax_code, updated->phones, updated->emails, updated->ibans})};
  }
  if (const auto* person = data.get_if<ContactPersonSet>()) {
    return {{person->client_id.text()},
            directory::person_keys({{}, {}, false, person->phones, person->emails})};
  }
  if (const auto* removed = data.get_if<ContactPersonRemoved>()) {
    return {{removed->client_id.text()}, {}};
  }
  return {};
}

Result<Moved> said_by_amended(const std::optional<EventAsRead>& was) {
  constexpr std::string_view kCardTypes[] = {ClientRegistered::kName, ClientUpdated::kName,
                                             ContactPersonSet::kName, ContactPersonRemoved::kName};
  const bool of_card = was && std::find(std::begin(kCardTypes), std::end(kCardTypes), was->type) !=
                                  std::end(kCardTypes);
  if (!of_card) return Moved{};
  JsonCodec codec;
  LEDGER_TRY(const auto read, codec.decode_data(was->type, was->data.text, /*from_log=*/true));
  return said_of_card(read);
}

Result<Moved> moved_by(const ViewSnapshot& views, const EventData& data) {
  if (const auto* merged = data.get_if<ClientMerged>()) {
    LEDGER_TRY(auto client, directory::one_client(views, merged->client_id.text(), std::nullopt));
    return Moved{std::move(client.cards), {}};
  }
  if (const auto* corrected = data.get_if<EventCorrected>()) return said_by_amended(corrected->was);
  if (const auto* voided = data.get_if<EventVoided>()) return said_by_amended(voided->was);
  return said_of_card(data);
}

// All keys that may have found their one owner. A card that gives a number up leaves it to another.
Result<std::vector<Key>> keys_moved(const ViewSnapshot& views, const EventData& data) {
  LEDGER_TRY(auto moved, moved_by(views, data));
  for (const auto& card : moved.cards) {
    LEDGER_TRY(const auto given, directory::keys_given(views, card));
    moved.keys.insert(moved.keys.end(), given.begin(), given.end());
  }
  return std::move(moved.keys);
}

// The key by which the owner was found, for the eyes.
Result<std::string> key_of_owner(const ViewSnapshot& views, const directory::KeyLevels& keys,
                                 const std::string& owner) {
  for (const auto& level : keys) {
    for (const auto& key : level) {
      LEDGER_TRY(const auto found, directory::owner_of(views, key.kind, key.value));
      if (!found) continue;
      LEDGER_TRY(const auto survivor, directory::survivor_of(views, *found, std::nullopt));
      if (found == owner || survivor == owner)
        return std::string(name_of(key.kind)) + ' ' + key.value;
    }
  }
  return std::string();
}

}  // namespace

bool MatchingReactor::concerns(const LineSummary& line) const {
  return line.type == ClientRegistered::kName || line.type == ClientUpdated::kName ||
         line.type == ContactPersonSet::kName || line.type == ContactPersonRemoved::kName ||
         line.type == ClientMerged::kName || line.type == EventCorrected::kName ||
         line.type == EventVoided::kName || (!line.has_client && directory::may_wait(line.type));
}

Result<std::vector<Submission>> MatchingReactor::react(const Event& event,
                                                       const Sight& sight) const {
  const ViewSnapshot& views = sight.views;
  std::map<std::pair<std::string, std::string>, directory::KeyLevels> candidates;  // source and id
  // Recorded while its card was on the way.
  if (!event.stamps.subject && directory::may_wait(type_name(event.data))) {
    candidates.emplace(std::pair(event.source, event.id), directory::client_keys(event.data));
  }
  LEDGER_TRY(const auto moved, keys_moved(views, event.data));
  for (const auto& key : moved) {
    LEDGER_TRY(const auto rows, unmatched::waiting_for(views, key));
    for (const auto& row : rows) {
      candidates.insert_or_assign(std::pair(row.source, row.id), row.wait.keys);
    }
  }
  std::vector<Submission> matches;
  for (const auto& [waiting, keys] : candidates) {
    const auto& [source, id] = waiting;
    LEDGER_TRY(const auto owner, directory::agreed_owner(views, keys));
    if (!owner) continue;
    // What a person refused no rule decides.
    LEDGER_TRY(const bool refused, unmatched::is_rejected(views, source, id, *owner));
    if (refused) continue;
    InteractionMatched matched;
    matched.target_source = source;
    matched.target_id = id;
    matched.client_id = ClientId(*owner);
    LEDGER_TRY(const auto key, key_of_owner(views, keys, *owner));
    matched.reason = "matching.v1: " + key;
    matches.push_back({stable_id({source, id, *owner}), std::string(name()),
                       event.stamps.recorded_time, std::nullopt, EventData(std::move(matched))});
  }
  return matches;
}

}  // namespace ledger
