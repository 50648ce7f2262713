#include "projections/client_card/queries.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/store/view_batch.h"

namespace ledger::client_card {

namespace {

using directory::OneClient;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// One card as it lies in the store.
struct Stored {
  CardRow facts;
  DealingsRow dealings;
};

Result<Stored> read_card(const ViewSnapshot& snapshot, const std::string& id) {
  LEDGER_TRY(auto facts, read_row<CardRow>(snapshot, family(), id));
  LEDGER_TRY(auto dealings, read_row<DealingsRow>(snapshot, family(), id));
  return Stored{std::move(facts).value_or(CardRow{}), std::move(dealings).value_or(DealingsRow{})};
}

template <class Id>
bool contains(const std::vector<Id>& ids, const Id& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Whether a fact is about a person or a contract that a split names.
template <class E>
bool is_named(const ClientSplit& split, const E& data) {
  if constexpr (requires { data.contract_id; }) {
    if constexpr (is_optional<std::decay_t<decltype(data.contract_id)>>) {
      return data.contract_id && contains(split.contract_ids, *data.contract_id);
    } else {
      return contains(split.contract_ids, data.contract_id);
    }
  } else if constexpr (requires { data.person_id; }) {
    return contains(split.person_ids, data.person_id);
  } else {
    return false;
  }
}

template <class Row>
void find_named(const Row& row, directory::Split& split) {
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    for (const auto& told : row.*member) {
      if (is_named(split.data, told.data)) split.events.push_back(told.position);
    }
  });
}

bool by_day(const auto& left, const auto& right) {
  return std::tie(left.day, left.time, left.position) <
         std::tie(right.day, right.time, right.position);
}

bool owns(const OneClient& client, std::string_view home, const Position& position) {
  return client.owns(home, [&](const directory::Split& split) {
    return std::binary_search(split.events.begin(), split.events.end(), position);
  });
}

template <class Row>
void add_facts(Row& into, const Row& from, const OneClient& client, const std::string& home,
               const AsOf& as_of) {
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    for (const auto& told : from.*member) {
      if (as_of.sees(told.known, told.day) && owns(client, home, told.position)) {
        (into.*member).push_back(told);
      }
    }
  });
}

template <class Row>
bool is_any_known(const Row& row, const std::optional<Timestamp>& known_at) {
  bool any = false;
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    for (const auto& told : row.*member) any = any || told.known.at(known_at);
  });
  return any;
}

Result<bool> has_entries(const ViewSnapshot& snapshot, const OneClient& client,
                         const std::optional<Timestamp>& known_at) {
  const auto as_of = known_at ? std::optional(AsOf{kLastDay, known_at}) : std::nullopt;
  LEDGER_TRY(const auto counted, counters(snapshot, client, as_of));
  return !counted.empty();
}

template <class Row>
void sort_facts(Row& row) {
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    auto& list = row.*member;
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return by_day(a, b); });
  });
}

// What one card says of its details: what was said last of each holds.
struct Details {
  ClientUpdated data;
  bool registered = false;
  std::optional<Date> segment_told;
  std::optional<Date> price_type_told;
};

template <class E>
void lay_over(Details& base, const Told<E>& told) {
  ClientUpdated::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    E::fields([&](std::string_view other, auto change, Trait = Trait::kPlain) {
      if (name != other) return;
      auto& value = base.data.*member;
      const auto& said = told.data.*change;
      using Value = std::decay_t<decltype(value)>;
      if constexpr (std::is_assignable_v<Value&, decltype(said)>) {
        if constexpr (is_optional<std::decay_t<decltype(said)>>) {
          if (said) value = said;
        } else if constexpr (is_vector<std::decay_t<decltype(said)>>) {
          if (!said.empty()) value = said;
        } else {
          value = said;
        }
      }
    });
  });
  if (told.data.segment) base.segment_told = told.day;
  if (told.data.price_type) base.price_type_told = told.day;
}

Details details_of(const std::string& id, const CardRow& row) {
  Details details;
  details.data.client_id = ClientId(id);
  details.registered = !row.registered.empty();
  auto registered = row.registered.begin();
  for (const auto& update :
       row.updated) {  // a card lies in one partition: its positions are in the order of telling
    while (registered != row.registered.end() && registered->position < update.position) {
      lay_over(details, *registered++);
    }
    lay_over(details, update);
  }
  while (registered != row.registered.end()) lay_over(details, *registered++);
  return details;
}

// An absorbed card speaks where the surviving one is silent; lists are put together.
void fill_gaps(Card& card, const Details& absorbed) {
  if (!card.details.segment) card.segment_told = absorbed.segment_told;
  if (!card.details.price_type) card.price_type_told = absorbed.price_type_told;
  ClientUpdated::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    auto& value = card.details.*member;
    const auto& other = absorbed.data.*member;
    using Value = std::decay_t<decltype(value)>;
    if constexpr (is_optional<Value>) {
      if (!value) value = other;
    } else if constexpr (is_vector<Value>) {
      for (const auto& item : other) {
        if (!contains(value, item)) value.push_back(item);
      }
    }
  });
  card.registered = card.registered || absorbed.registered;
}

}  // namespace

std::optional<ManagerId> owner_on(const CardRow& facts, Date day) {
  const Told<ClientAssigned>* best = nullptr;
  const auto rank = [](const Told<ClientAssigned>& told) {
    return std::tie(told.data.effective_from, told.time, told.position);
  };
  for (const auto& told : facts.assigned) {
    if (told.data.effective_from > day) continue;
    if (best == nullptr || rank(*best) < rank(told)) best = &told;
  }
  if (best == nullptr) return std::nullopt;
  return best->data.manager_id;
}

Card card_alone(std::string_view id, const CardRow& row, const AsOf& as_of) {
  Card card;
  card.client.survivor = id;
  card.client.cards = card.client.homes = {card.client.survivor};
  add_facts(card.facts, row, card.client, card.client.survivor, as_of);
  auto details = details_of(card.client.survivor, card.facts);
  card.details = std::move(details.data);
  card.registered = details.registered;
  card.segment_told = details.segment_told;
  card.price_type_told = details.price_type_told;
  sort_facts(card.facts);
  return card;
}

Result<std::optional<Card>> card(const ViewSnapshot& snapshot, std::string_view id,
                                 const AsOf& as_of) {
  Card card;
  LEDGER_TRY(card.client, directory::one_client(snapshot, std::string(id), as_of.known_at));
  OneClient& client = card.client;
  std::vector<Stored> stored;
  for (const auto& home : client.homes) {
    LEDGER_TRY(auto row, read_card(snapshot, home));
    stored.push_back(std::move(row));
  }
  for (auto& split : client.splits) {
    for (const auto& row : stored) {
      find_named(row.facts, split);
      find_named(row.dealings, split);
    }
    std::sort(split.events.begin(), split.events.end());
  }
  bool known = false;
  for (std::size_t i = 0; i < client.homes.size(); ++i) {
    const std::string& home = client.homes[i];
    const bool own = i < client.cards.size();
    CardRow facts;
    add_facts(facts, stored[i].facts, client, home, as_of);
    if (own) {  // what was split off has no part in the requisites
      auto details = details_of(home, facts);
      if (i == 0) card.details.client_id = details.data.client_id;
      fill_gaps(card, details);
    } else {
      facts.registered.clear();
      facts.updated.clear();
    }
    add_facts(card.facts, facts, client, home, as_of);
    add_facts(card.dealings, stored[i].dealings, client, home, as_of);
    known = known || (own && (is_any_known(stored[i].facts, as_of.known_at) ||
                              is_any_known(stored[i].dealings, as_of.known_at)));
  }
  if (!known && client.splits.empty()) {
    LEDGER_TRY(known, has_entries(snapshot, client, as_of.known_at));
    if (!known) return std::nullopt;
  }
  sort_facts(card.facts);
  sort_facts(card.dealings);
  return card;
}

Status scan_cards(const ViewSnapshot& snapshot, std::string_view from,
                  const std::function<bool(std::string_view id, const CardRow& row)>& visit) {
  return scan_rows<CardRow>(snapshot, family(), "", from, visit);
}

}  // namespace ledger::client_card
