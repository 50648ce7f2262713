#include "projections/offer_checks/queries.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "projections/directory/one_client.h"
#include "projections/offer_checks/rows.h"
#include "projections/receivables/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::offer_checks {

namespace {

using KnownAt = std::optional<Timestamp>;
// Where the offers of a client on a day are told of: day, client -> names.
using Places = std::map<std::pair<Date, std::string>, std::set<std::string>>;

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
  explicit Gathering(const KnownAt& known_at) : known_at_(known_at) {}

  void add(const std::string& card, const OfferRow& row) {
    add_made(row.mailed, Channel::kEmail, card);
    add_made(row.phoned, Channel::kPhone, card);
    for (const auto& told : row.described) {
      if (told.known.at(known_at_)) described_.push_back(told);
    }
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
  void add_made(const std::vector<Made>& list, Channel channel, const std::string& card) {
    for (const auto& made : list) {
      if (!made.known.at(known_at_)) continue;
      offer_.positions.push_back(made.position);
      const std::pair order(made.time, made.position);
      if (first_ && *first_ < order) continue;
      first_ = order;
      offer_.channel = channel;
      offer_.told_on = card;
      offer_.day = made.day;
      offer_.recorded = made.known.recorded;
      offer_.manager_id.reset();
      if (!made.manager_id.empty()) offer_.manager_id = ManagerId(made.manager_id);
    }
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

  KnownAt known_at_;
  Offer offer_;
  std::optional<std::pair<Timestamp, Position>> first_;
  std::vector<Told<OfferDescribed>> described_;
};

Result<std::optional<Offer>> read_offer(const ViewSnapshot& snapshot,
                                        const directory::OneClient& client, const std::string& name,
                                        const KnownAt& known_at) {
  Gathering gathering(known_at);
  for (const auto& card : client.cards) {
    LEDGER_TRY(const auto row, read_row<OfferRow>(snapshot, family(), offer_key(card, name)));
    if (row) gathering.add(card, *row);
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

// The offers that are told of there and that are asked for.
template <class IsAsked>
Result<std::vector<Checked>> checked_at(const ViewSnapshot& snapshot, const Places& places,
                                        const KnownAt& known_at, IsAsked&& is_asked) {
  std::vector<Checked> found;
  for (const auto& [place, names] : places) {
    LEDGER_TRY(const auto client, directory::one_client(snapshot, place.second, known_at));
    for (const auto& name : names) {
      LEDGER_TRY(auto offer, read_offer(snapshot, client, name, known_at));
      if (!offer || !is_asked(*offer, place.first)) continue;
      LEDGER_TRY(auto one, checked(snapshot, *std::move(offer), known_at));
      found.push_back(std::move(one));
    }
  }
  return found;
}

Status add_places(Places& places, const ViewSnapshot& snapshot, const directory::OneClient& client,
                  Date day) {
  for (const auto& card : client.cards) {
    LEDGER_TRY(const auto row, read_row<DayRow>(snapshot, family(), day_key(day, card)));
    if (row) places[{day, client.survivor}].insert(row->names.begin(), row->names.end());
  }
  return {};
}

Result<Places> places_of_days(const ViewSnapshot& snapshot, const Question& question) {
  Places places;
  Status failure;
  LEDGER_CHECK(scan_rows<DayRow>(
      snapshot, family(), "", format_date(question.from),
      [&](std::string_view key, const DayRow& row) {
        const std::size_t end = key.find('\0');
        const auto day = parse_date(key.substr(0, end));
        auto client =
            directory::survivor_of(snapshot, std::string(key.substr(end + 1)), question.known_at);
        if (!day || !client) {
          failure = tl::unexpected(day ? client.error() : day.error());
          return false;
        }
        if (*day > question.to) return false;
        places[{*day, *std::move(client)}].insert(row.names.begin(), row.names.end());
        return true;
      }));
  LEDGER_CHECK(std::move(failure));
  return places;
}

}  // namespace

Result<std::vector<Checked>> checked_offers(const ViewSnapshot& snapshot,
                                            const Question& question) {
  if (days_between(question.from, question.to) >= kQuestionDaysMax) {
    return fail(ErrorCode::kOutOfRange, "ask for no more than 92 days at once", "from");
  }
  Places places;
  if (question.client) {
    LEDGER_TRY(const auto client,
               directory::one_client(snapshot, *question.client, question.known_at));
    for (Date day = question.from; day <= question.to; day = add_days(day, 1)) {
      LEDGER_CHECK(add_places(places, snapshot, client, day));
    }
  } else {
    LEDGER_TRY(places, places_of_days(snapshot, question));
  }
  // What was described on another day stands on that of the offer.
  return checked_at(snapshot, places, question.known_at, [&](const Offer& offer, Date day) {
    return offer.day == day && (!question.manager || offer.manager_id == question.manager);
  });
}

Result<std::vector<Checked>> checked_on(const ViewSnapshot& snapshot, const std::string& client,
                                        const std::set<Date>& days, const KnownAt& known_at) {
  LEDGER_TRY(const auto one, directory::one_client(snapshot, client, known_at));
  Places places;
  for (const Date day : days) LEDGER_CHECK(add_places(places, snapshot, one, day));
  return checked_at(snapshot, places, known_at, [](const Offer&, Date) { return true; });
}

}  // namespace ledger::offer_checks
