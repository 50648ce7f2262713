#include "projections/directory/fold.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "projections/directory/event_keys.h"
#include "projections/directory/hires.h"

namespace ledger::directory {

namespace {

using Keys = std::set<std::string>;

// Of each person the latest word, which may be that he is gone.
void add_people(Keys& keys, const ClientKeysRow& row) {
  std::map<std::string, const ClientKeysRow::Person*> latest;
  for (const auto& said : row.people) {
    const auto*& last = latest[said.person_id];
    const bool later = last == nullptr ||
                       std::tie(last->time, last->position) < std::tie(said.time, said.position);
    if (later) last = &said;
  }
  for (const auto& [id, said] : latest) {
    if (said->removed) continue;
    for (const auto& [kind, value] : person_keys(*said)) keys.insert(key_of(kind, value));
  }
}

// The last value given for each kind, and what his people have: what a client is known by now.
Keys current_keys(const ClientKeysRow& row) {
  ClientKeysRow::Given now;
  for (const auto& given : row.given) {
    if (given.tax_code) now.tax_code = given.tax_code;
    if (!given.phones.empty()) now.phones = given.phones;
    if (!given.emails.empty()) now.emails = given.emails;
    if (!given.ibans.empty()) now.ibans = given.ibans;
    if (given.director) now.director = given.director;
  }
  Keys keys;
  for (const auto& [kind, value] : card_keys(now)) keys.insert(key_of(kind, value));
  add_people(keys, row);
  return keys;
}

Keys current_keys(const ManagerRow& row) {
  Keys keys;
  const auto* last = last_hire(row);
  if (last == nullptr) return keys;
  for (const auto& [kind, value] : staff_keys(*last)) keys.insert(key_of(kind, value));
  return keys;
}

void own(ViewBatch& batch, const std::string& key, const std::string& owner) {
  auto& owners = batch.edit<KeyRow>(key).owners;
  const auto at = std::lower_bound(owners.begin(), owners.end(), owner);
  if (at == owners.end() || *at != owner) owners.insert(at, owner);
}

void disown(ViewBatch& batch, const std::string& key, const std::string& owner) {
  auto& owners = batch.edit<KeyRow>(key).owners;
  const auto at = std::lower_bound(owners.begin(), owners.end(), owner);
  if (at != owners.end() && *at == owner) owners.erase(at);
}

// Changes a row and moves the keys that came and went with it.
template <class Row, class Change>
void rekey(ViewBatch& batch, const std::string& owner, Change&& change) {
  Row& row = batch.edit<Row>(owner);
  const Keys before = current_keys(row);
  change(row);
  const Keys after = current_keys(row);
  for (const auto& key : before) {
    if (!after.contains(key)) disown(batch, key, owner);
  }
  for (const auto& key : after) {
    if (!before.contains(key)) own(batch, key, owner);
  }
}

template <class E>
void give_keys(const E& event, const EventMeta& meta, ViewBatch& batch) {
  rekey<ClientKeysRow>(batch, event.client_id.text(), [&](ClientKeysRow& row) {
    contribute(row.given, meta,
               {meta.position, event.tax_code, event.phones, event.emails, event.ibans,
                event.director, meta.recorded_time});
  });
}

}  // namespace

std::string key_of(KeyKind kind, std::string_view value) {
  std::string key(name_of(kind));
  key += '|';
  key += value;
  return key;
}

void Fold::apply(const ManagerHired& event, const EventMeta& meta, ViewBatch& batch) {
  rekey<ManagerRow>(batch, event.manager_id.text(), [&](ManagerRow& row) {
    contribute(row.hired, meta, {meta.position, {}, meta.local_day, event});
  });
}

void Fold::apply(const ClientRegistered& event, const EventMeta& meta, ViewBatch& batch) {
  give_keys(event, meta, batch);
  contribute(batch.edit<CardOpenedRow>(event.client_id.text()).opened, meta,
             {meta.position, {}, meta.local_day});
}

void Fold::apply(const ClientUpdated& event, const EventMeta& meta, ViewBatch& batch) {
  give_keys(event, meta, batch);
}

void Fold::apply(const ContactPersonSet& event, const EventMeta& meta, ViewBatch& batch) {
  rekey<ClientKeysRow>(batch, event.client_id.text(), [&](ClientKeysRow& row) {
    contribute(row.people, meta,
               {meta.position, event.person_id.text(), false, event.phones, event.emails, meta.time,
                meta.recorded_time});
  });
}

void Fold::apply(const ContactPersonRemoved& event, const EventMeta& meta, ViewBatch& batch) {
  rekey<ClientKeysRow>(batch, event.client_id.text(), [&](ClientKeysRow& row) {
    contribute(
        row.people, meta,
        {meta.position, event.person_id.text(), true, {}, {}, meta.time, meta.recorded_time});
  });
}

void Fold::apply(const QuotaPolicySet& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<PoliciesRow>("").policies, meta, {meta.position, {}, event});
}

void Fold::apply(const RulePublished& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<PoliciesRow>("").rules, meta, {meta.position, {}, event});
}

}  // namespace ledger::directory
