#include "consumers/reactors/matching.h"

#include "consumers/reactors/stable_id.h"
#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/client.h"
#include "projections/directory/queries.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

using directory::Key;

// What is said of a card's keys, by its own events or by a correction of one.
Result<std::vector<Key>> keys_said(const EventData& data) {
  if (const auto* registered = data.get_if<ClientRegistered>()) {
    return directory::card_keys(
        {{}, registered->tax_code, registered->phones, registered->emails, registered->ibans});
  }
  if (const auto* updated = data.get_if<ClientUpdated>()) {
    return directory::card_keys(
        {{}, updated->tax_code, updated->phones, updated->emails, updated->ibans});
  }
  if (const auto* corrected = data.get_if<EventCorrected>()) {
    const auto& type = corrected->was->type;
    if (type != ClientRegistered::kName && type != ClientUpdated::kName) return std::vector<Key>{};
    JsonCodec codec;
    LEDGER_TRY(const auto read, codec.decode_data(type, corrected->data.text, /*from_log=*/false));
    return keys_said(read);
  }
  return std::vector<Key>{};
}

// The key by which the owner was found, for the eyes.
Result<std::string> key_of_owner(const ViewSnapshot& views, const directory::KeyLevels& keys,
                                 const std::string& owner) {
  for (const auto& level : keys) {
    for (const auto& key : level) {
      LEDGER_TRY(const auto found, directory::owner_of(views, key.kind, key.value));
      if (found == owner) return std::string(name_of(key.kind)) + ' ' + key.value;
    }
  }
  return std::string();
}

}  // namespace

bool MatchingReactor::concerns(const LineSummary& line) const {
  return line.type == ClientRegistered::kName || line.type == ClientUpdated::kName ||
         line.type == EventCorrected::kName || (!line.has_client && directory::may_wait(line.type));
}

Result<std::vector<Submission>> MatchingReactor::react(const Event& event,
                                                       const Sight& sight) const {
  const ViewSnapshot& views = sight.views;
  struct Waiting {
    std::string source;
    std::string id;
    directory::KeyLevels keys;
  };
  std::vector<Waiting> candidates;
  // Recorded while its card was on the way.
  if (!event.stamps.subject && directory::may_wait(type_name(event.data))) {
    candidates.push_back({event.source, event.id, directory::client_keys(event.data)});
  }
  LEDGER_TRY(const auto said, keys_said(event.data));
  for (const auto& key : said) {
    LEDGER_TRY(const auto rows, unmatched::waiting_for(views, key));
    for (const auto& row : rows) candidates.push_back({row.source, row.id, row.wait.keys});
  }
  std::vector<Submission> matches;
  for (const auto& waiting : candidates) {
    LEDGER_TRY(const auto owner, directory::agreed_owner(views, waiting.keys));
    if (!owner) continue;
    // What a person refused no rule decides.
    LEDGER_TRY(const bool refused,
               unmatched::is_rejected(views, waiting.source, waiting.id, *owner));
    if (refused) continue;
    InteractionMatched matched;
    matched.target_source = waiting.source;
    matched.target_id = waiting.id;
    matched.client_id = ClientId(*owner);
    LEDGER_TRY(const auto key, key_of_owner(views, waiting.keys, *owner));
    matched.reason = "matching.v1: " + key;
    matches.push_back({stable_id({waiting.source, waiting.id, *owner}), std::string(name()),
                       event.stamps.recorded_time, std::nullopt, EventData(std::move(matched))});
  }
  return matches;
}

}  // namespace ledger
