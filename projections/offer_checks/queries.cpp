#include "projections/offer_checks/queries.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "projections/directory/one_client.h"
#include "projections/directory/queries.h"
#include "projections/offer_checks/rows.h"
#include "projections/quota_compliance/letters.h"
#include "projections/receivables/queries.h"
#include "projections/store/kept.h"
#include "projections/store/view_batch.h"

namespace ledger::offer_checks {

namespace {

using KnownAt = std::optional<Timestamp>;
using quota_compliance::Letters;
// Where offers are told of: on which day, of which client.
using Places = std::set<std::pair<Date, std::string>>;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// The last word on each product, and where each word was said.
void add_products(Offer& offer, std::vector<Told<OfferDescribed>> told) {
  std::sort(told.begin(), told.end(), [](const auto& left, const auto& right) {
    return std::tie(left.time, left.position) < std::tie(right.time, right.position);
  });
  std::map<std::optional<ProductId>, OfferDescribed> last;
  for (auto& one : told) {
    offer.positions.push_back(one.position);
    last[one.data.product_id] = std::move(one.data);
  }
  for (auto& [product, data] : last) offer.products.push_back(std::move(data));
}

// The offer as all cards of the client tell of it; nullopt: nothing of it stands.
class Gathering {
 public:
  // `letters` must outlive it.
  Gathering(const Letters& letters, const KnownAt& known_at)
      : letters_(&letters), known_at_(known_at) {}

  Status add(const std::string& card, const OfferRow& row) {
    for (const auto& made : row.mailed) {
      if (!made.known.at(known_at_)) continue;
      // By the rule of its day: other letters are none of this view's.
      LEDGER_TRY(const auto letter, letters_->counts_as(made.letter, made.time, made.day));
      if (letter == directory::CountsAs::kOffer) add_made(made, Channel::kEmail, card);
    }
    for (const auto& made : row.phoned) {
      if (made.known.at(known_at_)) add_made(made, Channel::kPhone, card);
    }
    for (const auto& told : row.described) {
      if (told.known.at(known_at_)) described_.push_back(told);
    }
    return {};
  }

  std::optional<Offer> gathered(std::string client, std::string name) && {
    if (!first_ && described_.empty()) return std::nullopt;
    if (!first_) take_description();
    offer_.client_id = std::move(client);
    offer_.name = std::move(name);
    add_products(offer_, std::move(described_));
    return std::move(offer_);
  }

 private:
  void add_made(const Made& made, Channel channel, const std::string& card) {
    offer_.positions.push_back(made.position);
    const std::pair order(made.time, made.position);
    if (first_ && *first_ < order) return;
    first_ = order;
    offer_.channel = channel;
    offer_.told_on = card;
    offer_.day = made.day;
    offer_.recorded = made.known.recorded;
    offer_.manager_id.reset();
    if (!made.manager_id.empty()) offer_.manager_id = ManagerId(made.manager_id);
  }

  void take_description() {
    const auto first = std::min_element(
        described_.begin(), described_.end(), [](const auto& left, const auto& right) {
          return std::tie(left.time, left.position) < std::tie(right.time, right.position);
        });
    offer_.channel = Channel::kDescribed;
    offer_.told_on = first->data.client_id.text();
    offer_.day = first->day;
    offer_.recorded = first->known.recorded;
    offer_.manager_id = first->data.manager_id;
  }

  const Letters* letters_;
  KnownAt known_at_;
  Offer offer_;
  std::optional<std::pair<Timestamp, Position>> first_;
  std::vector<Told<OfferDescribed>> described_;
};

Result<std::optional<Offer>> read_offer(const ViewSnapshot& snapshot, const Letters& letters,
                                        const directory::OneClient& client, const std::string& name,
                                        const KnownAt& known_at) {
  Gathering gathering(letters, known_at);
  for (const auto& card : client.cards) {
    LEDGER_TRY(const auto row, read_row<OfferRow>(snapshot, family(), offer_key(card, name)));
    if (row) LEDGER_CHECK(gathering.add(card, *row));
  }
  return std::move(gathering).gathered(client.survivor, name);
}

// The last word on the least price of a product by a day.
Result<std::optional<ProductRegistered>> read_product(const ViewSnapshot& snapshot,
                                                      const ProductId& id, const AsOf& as_of) {
  LEDGER_TRY(const auto row, read_row<ProductRow>(snapshot, family(), id.text()));
  const Told<ProductRegistered>* last = nullptr;
  if (row) {
    for (const auto& told : row->registered) {
      if (!as_of.sees(told.known, told.day)) continue;
      const bool later = last == nullptr ||
                         std::tie(last->time, last->position) < std::tie(told.time, told.position);
      if (later) last = &told;
    }
  }
  return last == nullptr ? std::nullopt : std::optional(last->data);
}

// nullopt: nothing was known of the client. Of an offer that nobody described only the stop counts,
// and most are: their cards are not read.
Result<std::optional<Facts>> read_facts(const ViewSnapshot& snapshot, const Offer& offer,
                                        const std::string& client, const KnownAt& known_at) {
  const AsOf as_of{offer.day, known_at};
  LEDGER_TRY(const auto one, directory::one_client(snapshot, client, known_at));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, one));
  LEDGER_TRY(const auto books, receivables::statements(account, as_of));
  LEDGER_TRY(const auto exposures, receivables::exposures(account, books, as_of));
  Facts facts;
  facts.stop = receivables::shipment_stop(account, books, exposures, as_of);
  if (offer.products.empty()) return facts;
  LEDGER_TRY(auto card, client_card::card(snapshot, client, as_of));
  if (!card) return std::nullopt;
  facts.card = *std::move(card);
  for (const auto& said : offer.products) {
    if (!said.product_id) continue;
    LEDGER_TRY(auto product, read_product(snapshot, *said.product_id, as_of));
    if (product) facts.products.push_back(*std::move(product));
  }
  return facts;
}

Status mark_known_then(std::vector<Finding>& findings, const ViewSnapshot& snapshot,
                       const Offer& offer, const KnownAt& known_at) {
  const Timestamp then = known_at ? std::min(*known_at, offer.recorded) : offer.recorded;
  // Of the card on which it was told: nobody may have known then that it is another client's, too.
  LEDGER_TRY(const auto facts, read_facts(snapshot, offer, offer.told_on, then));
  const auto before = facts ? check(offer, *facts) : std::vector<Finding>();
  for (auto& finding : findings) {
    finding.known_then = std::any_of(before.begin(), before.end(), [&](const auto& one) {
      return one.check == finding.check && one.product_id == finding.product_id;
    });
    if (!finding.known_then) finding.severity = breaches::Severity::kWarning;
  }
  return {};
}

Result<Checked> checked(const ViewSnapshot& snapshot, Offer offer, const KnownAt& known_at) {
  Checked one{std::move(offer), {}};
  LEDGER_TRY(const auto facts, read_facts(snapshot, one.offer, one.offer.client_id, known_at));
  if (!facts) return one;
  one.findings = check(one.offer, *facts);
  if (!one.findings.empty()) {
    LEDGER_CHECK(mark_known_then(one.findings, snapshot, one.offer, known_at));
  }
  return one;
}

Result<std::set<std::string>> names_of(const ViewSnapshot& snapshot,
                                       const directory::OneClient& client, Date day) {
  std::set<std::string> names;
  for (const auto& card : client.cards) {
    LEDGER_TRY(const auto row, read_row<DayRow>(snapshot, family(), day_key(day, card)));
    if (row) names.insert(row->names.begin(), row->names.end());
  }
  return names;
}

// The offers that are told of on a day and are wanted, by name.
template <class IsWanted>
Result<std::vector<Checked>> offers_of_day(const ViewSnapshot& snapshot, const Letters& letters,
                                           Date day, const std::string& card,
                                           const KnownAt& known_at, IsWanted&& is_wanted) {
  LEDGER_TRY(const auto client, directory::one_client(snapshot, card, known_at));
  LEDGER_TRY(const auto names, names_of(snapshot, client, day));
  std::vector<Checked> found;
  for (const auto& name : names) {
    LEDGER_TRY(auto offer, read_offer(snapshot, letters, client, name, known_at));
    if (!offer || !is_wanted(*offer)) continue;
    LEDGER_TRY(auto one, checked(snapshot, *std::move(offer), known_at));
    found.push_back(std::move(one));
  }
  return found;
}

// The offers that are told of there and that are asked for.
template <class IsAsked>
Result<CheckedList> checked_at(const ViewSnapshot& snapshot, const Places& places,
                               const KnownAt& known_at, IsAsked&& is_asked) {
  CheckedList found;
  const SharedReads shared(snapshot);
  LEDGER_TRY(const auto letters, Letters::read(shared.snapshot(), known_at));
  for (const auto& place : places) {
    // What is kept is there for every question; of a past knowledge only what this one asks for is
    // read.
    const auto is_wanted = [&](const Offer& offer) {
      return !known_at || is_asked(offer, place.first);
    };
    const auto read = [&](const ViewSnapshot& noted) {
      return offers_of_day(noted, letters, place.first, place.second, known_at, is_wanted);
    };
    LEDGER_TRY(auto part, kept<std::vector<Checked>>(
                              snapshot, "checked offers of a day",
                              known_at ? "" : day_key(place.first, place.second), read, &shared));
    for (const auto& one : *part) {
      if (is_asked(one.offer, place.first)) found.rows.push_back(&one);
    }
    found.parts.push_back(std::move(part));
  }
  return found;
}

Result<Places> places_of_days(const ViewSnapshot& snapshot, const Question& question) {
  Places places;
  Status failure;
  std::map<std::string, std::string, std::less<>> survivors;
  const auto survivor_of = [&](std::string_view card) -> Result<std::string> {
    const auto known = survivors.find(card);
    if (known != survivors.end()) return known->second;
    LEDGER_TRY(auto survivor,
               directory::survivor_of(snapshot, std::string(card), question.known_at));
    survivors.emplace(card, survivor);
    return survivor;
  };
  // Each card is on many days; what a day says of it is read with its offers.
  const std::string table(1, DayRow::kTable);
  LEDGER_CHECK(snapshot.scan(family(), table, table + format_date(question.from),
                             [&](std::string_view key, std::string_view) {
                               key.remove_prefix(table.size());
                               const std::size_t end = key.find('\0');
                               const auto day = parse_date(key.substr(0, end));
                               auto client = survivor_of(key.substr(end + 1));
                               if (!day || !client) {
                                 failure = tl::unexpected(day ? client.error() : day.error());
                                 return false;
                               }
                               if (*day > question.to) return false;
                               places.emplace(*day, *std::move(client));
                               return true;
                             }));
  LEDGER_CHECK(std::move(failure));
  return places;
}

}  // namespace

Result<CheckedList> checked_offers(const ViewSnapshot& snapshot, const Question& question) {
  if (days_between(question.from, question.to) >= kQuestionDaysMax) {
    return fail(ErrorCode::kOutOfRange, "ask for no more than 92 days at once", "from");
  }
  Places places;
  if (question.client) {
    LEDGER_TRY(const auto client,
               directory::one_client(snapshot, *question.client, question.known_at));
    for (Date day = question.from; day <= question.to; day = add_days(day, 1)) {
      places.emplace(day, client.survivor);
    }
  } else {
    LEDGER_TRY(places, places_of_days(snapshot, question));
  }
  // What was described on another day stands on that of the offer.
  return checked_at(snapshot, places, question.known_at, [&](const Offer& offer, Date day) {
    return offer.day == day && (!question.manager || offer.manager_id == question.manager);
  });
}

Result<CheckedList> checked_on(const ViewSnapshot& snapshot, const std::string& client,
                               const std::set<Date>& days, const KnownAt& known_at) {
  LEDGER_TRY(const auto one, directory::one_client(snapshot, client, known_at));
  Places places;
  for (const Date day : days) places.emplace(day, one.survivor);
  return checked_at(snapshot, places, known_at, [](const Offer&, Date) { return true; });
}

}  // namespace ledger::offer_checks
