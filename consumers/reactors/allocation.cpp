#include "consumers/reactors/allocation.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "consumers/reactors/touched_accounts.h"
#include "events/types/adjustment.h"
#include "events/types/allocation.h"
#include "events/types/amendment.h"
#include "events/types/client_merge.h"
#include "events/types/fx.h"
#include "events/types/invoice.h"
#include "events/types/payment.h"
#include "platform/stable_id.h"
#include "producers/append/match.h"
#include "projections/invoice_numbers/queries.h"
#include "projections/receivables/crossing.h"
#include "projections/receivables/pay_proposals.h"
#include "projections/receivables/queries.h"

namespace ledger {

namespace {

using receivables::AccountRow;
using receivables::Credit;
using receivables::Item;

// Of the day it counts from: the same at each try, and never ahead of the clock.
constexpr auto kDayStart = std::chrono::hours(0);

// On which of a client's cards money lies. What is decided about it is recorded there: if the cards
// turn out to be two clients, the decision stays with the money.
class Cards {
 public:
  static Result<Cards> read(const ViewSnapshot& views, const directory::OneClient& client) {
    Cards cards;
    cards.survivor_ = client.survivor;
    if (client.cards.size() == 1) return cards;
    for (const auto& card : client.cards) {
      LEDGER_TRY(const auto account, receivables::account(views, card));
      if (!account) continue;
      for (const auto& payment : account->payments) cards.note(payment, card);
      for (const auto& conversion : account->converted) cards.note(conversion, card);
    }
    return cards;
  }

  [[nodiscard]] const std::string& of(const Credit& credit) const {
    const auto found = cards_.find({credit.source, credit.id});
    return found == cards_.end() ? survivor_ : found->second;
  }

 private:
  void note(const auto& money, const std::string& card) {
    cards_.emplace(std::pair(money.source, money.id), card);
  }

  std::string survivor_;
  std::map<std::pair<std::string, std::string>, std::string> cards_;
};

// Money for which an allocation stands that pays nothing is not given to others: a person decides.
// Also where it is recorded of another client, who was one with this one then.
void keep_back(receivables::Statement& book,
               const std::vector<receivables::CrossAllocation>& crossing,
               const directory::OneClient& client) {
  for (auto& credit : book.credits) {
    credit.free_minor -= credit.kept_minor;
    for (const auto& one : crossing) {
      const bool elsewhere = std::find(client.cards.begin(), client.cards.end(),
                                       one.data.client_id.text()) == client.cards.end();
      if (!elsewhere || one.data.payment_source != credit.source ||
          one.data.payment_id != credit.id) {
        continue;
      }
      credit.free_minor -= std::min(credit.free_minor, one.data.amount.amount_minor);
    }
  }
}

// What comes later in the log has its own turn. What only takes away (a person's allocation, a
// refund, a reversal) is heeded as soon as it is known: nothing is given out twice.
AccountRow as_read(AccountRow account, const Frontier& read) {
  const auto is_ahead = [&](const auto& said) { return !read.covers(said.position); };
  std::erase_if(account.payments, is_ahead);
  std::erase_if(account.converted, is_ahead);
  std::erase_if(account.invoices, is_ahead);
  std::erase_if(account.deallocated, is_ahead);
  // What tells when something is due, or what a purpose means.
  std::erase_if(account.terms, is_ahead);
  std::erase_if(account.deliveries, is_ahead);
  std::erase_if(account.returned, is_ahead);
  std::erase_if(account.contracts, is_ahead);
  std::erase_if(account.days_set, is_ahead);
  return account;
}

class Allocator {
 public:
  using Undone = std::vector<Said<PaymentDeallocated>>;
  // `undone`: also what the rule has yet to read.
  Allocator(std::string_view source, const AccountRow& account, const Undone& undone,
            const Cards& cards, const BusinessZone& zone)
      : source_(source), account_(account), undone_(undone), cards_(cards), zone_(zone) {}

  void allocate(Credit& credit, Item& item, AllocationMethod method) {
    const std::int64_t amount = std::min(credit.free_minor, item.open_minor);
    if (amount <= 0 || credit.source.empty()) return;
    const auto round = round_of(credit, item.invoice.invoice_id);
    if (!round) return;
    credit.free_minor -= amount;
    item.open_minor -= amount;
    // Of an invoice in parts it is one decision.
    const auto [mine, fresh] = decided_.emplace(
        Pair(credit.source, credit.id, item.invoice.invoice_id.text()), allocated_.size());
    if (!fresh) {
      allocated_[mine->second].event.amount.amount_minor += amount;
      return;
    }
    PaymentAllocated event;
    event.client_id = ClientId(cards_.of(credit));
    event.payment_source = credit.source;
    event.payment_id = credit.id;
    event.invoice_id = item.invoice.invoice_id;
    event.amount = {amount, item.invoice.amount.currency};
    event.effective_on = std::max(credit.since, item.invoice.issued_on);
    event.method = method;
    event.rule_version = "allocation.v5";
    allocated_.push_back({std::move(event), *round});
  }

  [[nodiscard]] std::vector<Submission> take() const {
    std::vector<Submission> submissions;
    for (const auto& [event, round] : allocated_) {
      const Timestamp when = zone_.to_instant(event.effective_on, kDayStart);
      const std::string& payment = event.payment_id;
      const std::string& invoice = event.invoice_id.text();
      submissions.push_back(
          {round == 0 ? stable_id({event.payment_source, payment, invoice})
                      : stable_id({event.payment_source, payment, invoice, std::to_string(round)}),
           std::string(source_), when, std::nullopt, EventData(event)});
    }
    return submissions;
  }

 private:
  struct Given {
    PaymentAllocated event;
    std::size_t round = 0;
  };

  // How often the rule has given of this money to this invoice; nullopt: it gives no more, for a
  // person said something of the two, also if he has taken it back since.
  [[nodiscard]] std::optional<std::size_t> round_of(const Credit& credit,
                                                    const InvoiceId& invoice) const {
    const auto is_pair = [&](const auto& said) {
      return said.data.payment_source == credit.source && said.data.payment_id == credit.id &&
             said.data.invoice_id == invoice;
    };
    const auto stands = [&](const auto& said) { return is_pair(said) && !said.known.taken_back; };
    const auto& rejected = account_.allocation_rejected;
    if (std::any_of(undone_.begin(), undone_.end(), is_pair) ||
        std::any_of(rejected.begin(), rejected.end(), stands)) {
      return std::nullopt;
    }
    std::size_t round = 0;
    for (const auto& said : account_.allocated) {
      if (!is_pair(said)) continue;
      if (said.known.taken_back || said.data.method == AllocationMethod::kPerson) {
        return std::nullopt;
      }
      ++round;
    }
    return round;
  }

  std::string_view source_;
  const AccountRow& account_;
  const Undone& undone_;
  const Cards& cards_;
  const BusinessZone& zone_;
  using Pair = std::tuple<std::string, std::string, std::string>;
  std::map<Pair, std::size_t> decided_;  // index of allocated_
  std::vector<Given> allocated_;
};

// What is named by ids goes before what is named by numbers.
void allocate_named(Allocator& allocator, const AccountRow& account, receivables::Statement& book) {
  for (auto& credit : book.credits) {
    if (credit.free_minor == 0) continue;
    const receivables::NamedByPayer named(account, credit);
    for (const auto& id : named.invoice_ids()) {
      for (auto& item : book.items) {
        if (item.invoice.invoice_id != id) continue;
        allocator.allocate(credit, item, AllocationMethod::kNamedInvoice);
      }
    }
    for (auto& item : book.items) {
      if (item.open_minor == 0 || !named.invoice(item.invoice)) continue;
      allocator.allocate(credit, item, AllocationMethod::kNamedInvoice);
    }
  }
}

void allocate_in_contract(Allocator& allocator, const AccountRow& account,
                          receivables::Statement& book) {
  for (auto& credit : book.credits) {
    if (credit.free_minor == 0) continue;
    const receivables::NamedByPayer named(account, credit);
    for (const std::size_t i : book.paying_order) {
      Item& item = book.items[i];
      if (item.open_minor == 0 || !named.contract(item.invoice.contract_id)) continue;
      allocator.allocate(credit, item, AllocationMethod::kContractFifo);
    }
  }
}

// What an offset did not find open waits for a person: it was agreed for other invoices. So does
// money for which the payer named another client's invoice and nothing of this one's.
Status allocate_fifo(Allocator& allocator, receivables::Statement& book,
                     const std::function<Result<bool>(const Credit&)>& of_others) {
  for (auto& credit : book.credits) {
    if (credit.free_minor == 0 || credit.kind == receivables::CreditKind::kOffset) continue;
    LEDGER_TRY(const bool waits, of_others(credit));
    if (waits) continue;
    for (const std::size_t i : book.paying_order) {
      allocator.allocate(credit, book.items[i], AllocationMethod::kFifo);
    }
  }
  return {};
}

}  // namespace

namespace {

// What brings money or invoices, or frees some.
constexpr std::string_view kDecidesAt[] = {
    InvoiceIssued::kName, PaymentReceived::kName, InteractionMatched::kName,
    FxConverted::kName,   ClientMerged::kName,    InvoiceCancelled::kName,
    ClientSplit::kName,   PaymentRefunded::kName, PaymentReversed::kName,
    EventVoided::kName,   EventCorrected::kName};

// What lies further ahead is a typing error, or no promise to count on.
constexpr int kAheadDaysMax = 366;
// For how long its turn is made up for if the server was down on the day.
constexpr int kMissedDaysMax = 31;

// Whether an invoice or money counts by now that was recorded before its day.
class DayCame {
 public:
  DayCame(const BusinessZone& zone, Date today) : zone_(zone), today_(today) {}

  [[nodiscard]] bool on(const AccountRow& account) const {
    return any(account.payments, [](const auto& one) { return one.booked_on; }) ||
           any(account.invoices, [](const auto& one) { return one.data.issued_on; }) ||
           any(account.converted, [](const auto& one) { return one.converted_on; });
  }

 private:
  template <class Items, class DayOf>
  [[nodiscard]] bool any(const Items& items, DayOf&& day_of) const {
    return std::any_of(items.begin(), items.end(), [&](const auto& one) {
      return !one.known.taken_back && came(zone_.local_day(one.known.recorded), day_of(one));
    });
  }
  [[nodiscard]] bool came(Date recorded, Date day) const {
    const int ahead = days_between(recorded, day);
    return ahead > 0 && ahead <= kAheadDaysMax && day <= today_ &&
           days_between(day, today_) <= kMissedDaysMax;
  }

  const BusinessZone& zone_;
  Date today_;
};

}  // namespace

namespace {

// A sender restates beneath a person's match, who has it back with the next events: what its money
// pays is not given away in between (restating.h).
bool comes_back(const Event& event) {
  const auto* voided = event.data.get_if<EventVoided>();
  return voided != nullptr && voided->was && voided->was->type == InteractionMatched::kName &&
         event.id.ends_with("~unmatch") && voided->target_source != kMatchingRule;
}

}  // namespace

bool AllocationReactor::concerns(const LineSummary& line) const {
  return line.has_client &&
         std::find(std::begin(kDecidesAt), std::end(kDecidesAt), line.type) != std::end(kDecidesAt);
}

Result<std::vector<Submission>> AllocationReactor::react(const Event& event,
                                                         const Sight& sight) const {
  std::vector<Submission> all;
  if (!event.stamps.subject || comes_back(event)) return all;
  LEDGER_TRY(const auto cards, touched_by(event, sight.views));
  std::set<std::string> decided;
  for (const auto& card : cards) {
    LEDGER_TRY(auto client, directory::survivor_of(sight.views, card, std::nullopt));
    if (!decided.insert(client).second) continue;
    LEDGER_TRY(auto found, allocate(client, sight));
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  return all;
}

Result<std::vector<Submission>> AllocationReactor::turn_of_day(const Sight& sight) const {
  std::vector<Submission> all;
  LEDGER_TRY(const auto clients, receivables::clients(sight.views, std::nullopt));
  const DayCame day_came(zone_, sight.today);
  for (const auto& id : clients) {
    LEDGER_TRY(const auto client, directory::one_client(sight.views, id, std::nullopt));
    LEDGER_TRY(const auto account, receivables::account_of(sight.views, client));
    if (!day_came.on(account)) continue;
    LEDGER_TRY(auto found, allocate(id, sight));
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  return all;
}

Result<std::vector<Submission>> AllocationReactor::allocate(const std::string& client_id,
                                                            const Sight& sight) const {
  const ViewSnapshot& views = sight.views;
  const AsOf as_of{sight.today, std::nullopt};
  LEDGER_TRY(const auto client, directory::one_client(views, client_id, as_of.known_at));
  LEDGER_TRY(auto whole, receivables::account_of(views, client));
  const Allocator::Undone undone = whole.deallocated;
  const AccountRow account = as_read(std::move(whole), sight.read);
  LEDGER_TRY(auto books, receivables::statements(account, as_of));
  LEDGER_TRY(const auto crossing, receivables::cross_allocations(views, client, as_of));
  LEDGER_TRY(const auto cards, Cards::read(views, client));
  Allocator allocator(name(), account, undone, cards, zone_);
  const auto is_read = [&](const invoice_numbers::NumberedInvoice& invoice) {
    return !invoice.known.taken_back && sight.read.covers(invoice.position);
  };
  const auto of_others = [&](const Credit& credit) -> Result<bool> {
    LEDGER_TRY(const auto named,
               invoice_numbers::named_of_others(views, account, credit, client, is_read));
    return !named.empty();
  };
  for (auto& [currency, book] : books) {
    keep_back(book, crossing, client);
    allocate_named(allocator, account, book);
    allocate_in_contract(allocator, account, book);
    LEDGER_CHECK(allocate_fifo(allocator, book, of_others));
  }
  return allocator.take();
}

}  // namespace ledger
