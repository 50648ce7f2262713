#include "consumers/reactors/matching.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "consumers/reactors/named_payer.h"
#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "events/types/client.h"
#include "events/types/client_merge.h"
#include "events/types/interaction_ruling.h"
#include "events/types/manager.h"
#include "events/types/match_rejection.h"
#include "events/types/payment.h"
#include "events/types/payment_ruling.h"
#include "events/types/person.h"
#include "platform/calendar_month.h"
#include "platform/stable_id.h"
#include "projections/directory/hires.h"
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

// What an answer was about that stands no more, or was corrected: a person had refused the client
// whom a rule would name, or said that it is no client's.
struct Answered {
  std::string source;
  std::string id;
};
Result<std::optional<Answered>> answered_before(const EventData& data) {
  const auto* corrected = data.get_if<EventCorrected>();
  const auto* voided = data.get_if<EventVoided>();
  const auto* was = corrected != nullptr ? &corrected->was
                    : voided != nullptr  ? &voided->was
                                         : nullptr;
  if (was == nullptr || !*was) return std::nullopt;
  constexpr std::string_view kAnswers[] = {InteractionMatchRejected::kName, PaymentRuledOut::kName,
                                           InteractionRuledOut::kName};
  if (std::find(std::begin(kAnswers), std::end(kAnswers), (*was)->type) == std::end(kAnswers)) {
    return std::nullopt;
  }
  LEDGER_TRY(const auto answer,
             JsonCodec().decode_data((*was)->type, (*was)->data.text, /*from_log=*/true));
  const auto about = [](const auto& said) { return Answered{said.target_source, said.target_id}; };
  if (const auto* rejected = answer.get_if<InteractionMatchRejected>()) return about(*rejected);
  if (const auto* ruled_out = answer.get_if<InteractionRuledOut>()) return about(*ruled_out);
  return about(*answer.get_if<PaymentRuledOut>());
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

// What waits, and what can tell whose it is.
struct Waiting {
  directory::KeyLevels keys;
  std::optional<unmatched::Remittance> remittance;  // of a payment
  directory::KeyLevel manager_keys;                 // likewise, where nobody is known for it
  Date day;
};

Waiting waiting_of(const unmatched::Fact& fact) {
  return {fact.wait.keys, fact.wait.remittance, fact.wait.manager_keys, fact.wait.day};
}

directory::KeyLevel manager_keys_of(const EventData& data) {
  if (const auto* call = data.get_if<CallCompleted>()) return directory::manager_keys(*call);
  if (const auto* letter = data.get_if<OfferEmailed>()) return directory::manager_keys(*letter);
  return {};
}

Waiting waiting_of(const Event& event) {
  const EventData& data = event.data;
  Waiting waiting{directory::client_keys(data), std::nullopt, {}, event.stamps.local_day};
  if (!event.stamps.actor) waiting.manager_keys = manager_keys_of(data);
  if (const auto* payment = data.get_if<PaymentReceived>()) {
    waiting.remittance = {payment->payer_name.value_or(""),
                          payment->purpose.value_or(""),
                          payment->amount,
                          payment->booked_on,
                          payment->invoice_ids,
                          payment->our_account,
                          payment->bank_reference};
  }
  return waiting;
}

// By which kind of key the owner was found, for the eyes. Not the key itself: a reason stays in the
// log as it is, and a number of a person in it could not be erased.
Result<std::string> key_of_owner(const ViewSnapshot& views, const directory::KeyLevels& keys,
                                 const std::string& owner) {
  for (const auto& level : keys) {
    for (const auto& key : level) {
      LEDGER_TRY(const auto found, directory::owner_of(views, key.kind, key.value));
      if (!found) continue;
      LEDGER_TRY(const auto survivor, directory::survivor_of(views, *found, std::nullopt));
      if (found == owner || survivor == owner) return std::string(name_of(key.kind));
    }
  }
  // Each is several clients', and this one alone has both.
  return std::string("the payer's account and code together");
}

struct Found {
  std::string client;
  std::string why;
};

Result<std::optional<Found>> found_for(const Sight& sight, const Waiting& waiting) {
  LEDGER_TRY(auto owner, directory::agreed_owner(sight.views, waiting.keys));
  if (owner) {
    LEDGER_TRY(auto key, key_of_owner(sight.views, waiting.keys, *owner));
    return Found{*std::move(owner), std::move(key)};
  }
  if (!waiting.remittance) return std::nullopt;
  LEDGER_TRY(auto payer, named_payer(sight.views, waiting.keys, *waiting.remittance, sight.read));
  if (!payer) return std::nullopt;
  return Found{std::move(payer->client_id), std::move(payer->why)};
}

// What finds its client now.
Result<std::vector<Submission>> clients_found(const Event& event, const Sight& sight) {
  const ViewSnapshot& views = sight.views;
  std::map<std::pair<std::string, std::string>, Waiting> candidates;  // source and id
  // Recorded while its card was on the way.
  if (!event.stamps.subject && directory::may_wait(type_name(event.data))) {
    candidates.emplace(std::pair(event.source, event.id), waiting_of(event));
  }
  LEDGER_TRY(const auto answered, answered_before(event.data));
  if (answered) {
    LEDGER_TRY(const auto fact,
               unmatched::fact(views, answered->source, answered->id, {kLastDay, std::nullopt}));
    if (fact && fact->lacks_client()) {
      candidates.emplace(std::pair(fact->source, fact->id), waiting_of(*fact));
    }
  }
  LEDGER_TRY(const auto moved, keys_moved(views, event.data));
  for (const auto& key : moved) {
    LEDGER_TRY(const auto rows, unmatched::waiting_for(views, key));
    for (const auto& row : rows) {
      if (!row.lacks_client()) continue;
      candidates.insert_or_assign(std::pair(row.source, row.id), waiting_of(row));
    }
  }
  std::vector<Submission> matches;
  for (const auto& [event_key, waiting] : candidates) {
    const auto& [source, id] = event_key;
    LEDGER_TRY(const auto found, found_for(sight, waiting));
    if (!found) continue;
    // What a person refused no rule decides.
    LEDGER_TRY(const bool refused, unmatched::is_rejected(views, source, id, found->client));
    if (refused) continue;
    InteractionMatched matched;
    matched.target_source = source;
    matched.target_id = id;
    matched.client_id = ClientId(found->client);
    matched.reason = "matching.v2: " + found->why;
    LEDGER_TRY(matched.credited_manager_id,
               unmatched::manager_for(views, waiting.manager_keys, waiting.day));
    matches.push_back({stable_id({source, id, found->client}), std::string(kMatchingRule),
                       event.stamps.recorded_time, std::nullopt, EventData(std::move(matched))});
  }
  return matches;
}

// The manager whose extensions and addresses may have another owner since an event; nullopt: it
// says nothing of the staff.
Result<std::optional<ManagerId>> staff_told(const EventData& data) {
  if (const auto* hired = data.get_if<ManagerHired>()) return hired->manager_id;
  const auto* corrected = data.get_if<EventCorrected>();
  const auto* voided = data.get_if<EventVoided>();
  const auto* was = corrected != nullptr ? &corrected->was
                    : voided != nullptr  ? &voided->was
                                         : nullptr;
  if (was == nullptr || !*was || (*was)->type != ManagerHired::kName) return std::nullopt;
  LEDGER_TRY(const auto told,
             JsonCodec().decode_data((*was)->type, (*was)->data.text, /*from_log=*/true));
  return told.get_if<ManagerHired>()->manager_id;
}

// The event that is about a call or a letter of a client: itself, or its match; its source and id.
std::optional<std::pair<std::string, std::string>> clients_told(const Event& event) {
  if (const auto* matched = event.data.get_if<InteractionMatched>()) {
    return std::pair(matched->target_source, matched->target_id);
  }
  const bool waits = event.stamps.subject && !event.stamps.actor &&
                     directory::may_wait_for_manager(type_name(event.data));
  if (!waits) return std::nullopt;
  return std::pair(event.source, event.id);
}

// What waits for its manager and may find him by an event: what it is about, whose hire was on the
// way; or what waits for a key that came to somebody, or left one of two.
Result<std::vector<unmatched::Fact>> without_manager(const ViewSnapshot& views,
                                                     const Event& event) {
  std::vector<unmatched::Fact> found;
  if (const auto about = clients_told(event)) {
    LEDGER_TRY(auto fact,
               unmatched::fact(views, about->first, about->second, {kLastDay, std::nullopt}));
    if (fact) found.push_back(*std::move(fact));
  }
  LEDGER_TRY(const auto manager, staff_told(event.data));
  if (!manager) return found;
  LEDGER_TRY(const auto told, directory::hires(views, *manager));
  std::set<std::string> seen;
  for (const auto& word : told.hired) {
    for (const auto& key : directory::staff_keys(word.data)) {
      if (!seen.insert(directory::key_of(key.kind, key.value)).second) continue;
      LEDGER_TRY(auto waiting, unmatched::waiting_for(views, key));
      std::move(waiting.begin(), waiting.end(), std::back_inserter(found));
    }
  }
  return found;
}

// Whose call it is, once its extension is one manager's who was employed on its day.
Status add_credit(std::vector<Submission>& credits, const ViewSnapshot& views,
                  const unmatched::Fact& fact, Timestamp time) {
  if (!fact.lacks_manager()) return {};
  LEDGER_TRY(const auto manager, unmatched::manager_for(views, fact.manager_keys, fact.wait.day));
  if (!manager) return {};
  const Key& key = fact.manager_keys.front();
  InteractionMatched matched;
  matched.target_source = fact.source;
  matched.target_id = fact.id;
  matched.client_id = ClientId(fact.client_id);
  matched.credited_manager_id = manager;
  matched.reason = "matching.v2: " + std::string(name_of(key.kind)) + ' ' + key.value;
  credits.push_back({stable_id({fact.source, fact.id, fact.client_id, "of", manager->text()}),
                     std::string(kMatchingRule), time, std::nullopt,
                     EventData(std::move(matched))});
  return {};
}

}  // namespace

bool MatchingReactor::concerns(const LineSummary& line) const {
  return line.type == ClientRegistered::kName || line.type == ClientUpdated::kName ||
         line.type == ContactPersonSet::kName || line.type == ContactPersonRemoved::kName ||
         line.type == ClientMerged::kName || line.type == EventCorrected::kName ||
         line.type == EventVoided::kName || line.type == ManagerHired::kName ||
         line.type == InteractionMatched::kName ||
         (!line.has_client && directory::may_wait(line.type)) ||
         (!line.has_manager && directory::may_wait_for_manager(line.type));
}

Result<std::vector<Submission>> MatchingReactor::react(const Event& event,
                                                       const Sight& sight) const {
  LEDGER_TRY(auto matches, clients_found(event, sight));
  LEDGER_TRY(const auto waiting, without_manager(sight.views, event));
  for (const auto& fact : waiting) {
    LEDGER_CHECK(add_credit(matches, sight.views, fact, event.stamps.recorded_time));
  }
  return matches;
}

Result<std::vector<Submission>> MatchingReactor::turn_of_day(const Sight& sight) const {
  unmatched::Wanted wanted{{kLastDay, std::nullopt}};
  wanted.type = directory::may_wait_for_manager;
  wanted.limit = std::numeric_limits<std::size_t>::max();
  LEDGER_TRY(const auto waiting, unmatched::waiting(sight.views, "", wanted));
  std::vector<Submission> credits;
  for (const auto& fact : waiting.facts) {
    LEDGER_CHECK(add_credit(credits, sight.views, fact, fact.wait.time));
  }
  return credits;
}

}  // namespace ledger
