#include "projections/client_class/queries.h"

#include <algorithm>
#include <set>

#include "projections/receivables/owners.h"
#include "projections/receivables/queries.h"
#include "projections/receivables/turnover.h"
#include "projections/store/kept.h"

namespace ledger::client_class {

namespace {

constexpr std::string_view kHryvnia = "UAH";

const Told<FinancialsRecorded>* last_potential(const client_card::Card& card) {
  const auto& all = card.facts.financials;
  const auto last = std::find_if(all.rbegin(), all.rend(),
                                 [](const auto& told) { return told.data.potential.has_value(); });
  return last == all.rend() ? nullptr : &*last;
}

class Reader {
 public:
  Reader(const ViewSnapshot& snapshot, const AsOf& as_of)
      : snapshot_(snapshot), as_of_(as_of), rates_(snapshot, as_of) {}

  [[nodiscard]] Result<Payers> read() {
    // Most cards were never merged nor split, nor share a payment with another: their accounts are
    // read one after the other.
    LEDGER_TRY(auto joined, directory::joined_cards(snapshot_));
    LEDGER_TRY(auto sharing, receivables::sharing_cards(snapshot_));
    joined.merge(sharing);
    Status failure;
    LEDGER_CHECK(receivables::scan_paid(
        snapshot_, [&](std::string_view id, const receivables::PaidHead& account) {
          const std::string client(id);
          if (joined.contains(client)) return true;
          auto paid = receivables::paid_turnover(account, as_of_);
          failure = paid ? add(client, *std::move(paid)) : tl::unexpected(paid.error());
          return failure.has_value();
        }));
    LEDGER_CHECK(std::move(failure));
    LEDGER_CHECK(add_joined(joined));
    std::vector<std::int64_t> sums;
    sums.reserve(payers_.paid.size());
    for (const auto& [client, paid] : payers_.paid) sums.push_back(paid.hryvnias);
    LEDGER_TRY(payers_.all, Turnovers::of(std::move(sums)));
    return std::move(payers_);
  }

 private:
  [[nodiscard]] Status add_joined(const std::set<std::string>& cards) {
    std::set<std::string> clients;
    for (const auto& card : cards) {
      LEDGER_TRY(auto survivor, directory::survivor_of(snapshot_, card, as_of_.known_at));
      clients.insert(std::move(survivor));
    }
    for (const auto& id : clients) {
      LEDGER_TRY(const auto client, directory::one_client(snapshot_, id, as_of_.known_at));
      LEDGER_TRY(const auto account, receivables::account_of(snapshot_, client));
      LEDGER_TRY(auto paid, receivables::paid_turnover(account, as_of_));
      LEDGER_CHECK(add(client.survivor, std::move(paid)));
    }
    return {};
  }

  [[nodiscard]] Status add(const std::string& client,
                           std::map<std::string, std::int64_t> by_currency) {
    if (by_currency.empty()) return {};
    Paid paid;
    for (const auto& [code, minor] : by_currency) {
      LEDGER_TRY(const auto hryvnias, rates_.in_hryvnias(code, minor));
      if (!hryvnias) {
        paid.without_rate.push_back(code);
        continue;
      }
      LEDGER_TRY(paid.hryvnias, add_checked(paid.hryvnias, *hryvnias));
    }
    paid.by_currency = std::move(by_currency);
    payers_.paid.emplace(client, std::move(paid));
    return {};
  }

  const ViewSnapshot& snapshot_;
  const AsOf& as_of_;
  Rates rates_;
  Payers payers_;
};

}  // namespace

Result<std::optional<std::int64_t>> Rates::in_hryvnias(const std::string& code,
                                                       std::int64_t minor) {
  if (code == kHryvnia) return minor;
  auto rate = rates_.find(code);
  if (rate == rates_.end()) {
    LEDGER_TRY(const auto currency, Currency::parse(code));
    LEDGER_TRY(auto found,
               exchange_rates::rate_on(*snapshot_, currency, as_of_.day, as_of_.known_at));
    rate = rates_.emplace(code, std::move(found)).first;
  }
  if (!rate->second) return std::nullopt;
  return exchange_rates::in_hryvnias(minor, *rate->second);
}

Result<House> House::read(const ViewSnapshot& snapshot, const AsOf& as_of) {
  LEDGER_TRY(
      auto payers,
      kept<Payers>(snapshot, "what all paid", as_of.known_at ? "" : format_date(as_of.day),
                   [&](const ViewSnapshot& read_by) { return Reader(read_by, as_of).read(); }));
  return House(snapshot, as_of, std::move(payers));
}

Result<Class> House::class_of(const client_card::Card& card) {
  Class result;
  if (const auto found = payers_->paid.find(card.client.survivor); found != payers_->paid.end()) {
    result.paid = found->second;
  }
  if (const auto* told = last_potential(card)) {
    Potential potential{*told->data.potential, told->day, told->data.source, told->position};
    potential.too_old = days_between(told->day, as_of_.day) > kPotentialDays;
    LEDGER_TRY(potential.hryvnias,
               rates_.in_hryvnias(potential.amount.currency.text(), potential.amount.amount_minor));
    result.potential = std::move(potential);
  }
  const auto counted = result.potential ? result.potential->counted() : std::nullopt;
  result.judged = judge(payers_->all, result.paid.hryvnias, counted);
  result.total = payers_->all.total();
  result.above = payers_->all.above(result.paid.hryvnias);
  return result;
}

}  // namespace ledger::client_class
