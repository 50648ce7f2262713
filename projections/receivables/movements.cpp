#include "projections/receivables/movements.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/receivables/owners.h"

namespace ledger::receivables {

namespace {

bool earlier(const Movement& left, const Movement& right) {
  return std::tie(left.on, left.rank, left.said) < std::tie(right.on, right.rank, right.said);
}

class Collector {
 public:
  Collector(const AccountRow& account, const AsOf& as_of) : account_(account), as_of_(as_of) {}

  std::vector<Movement> collect() {
    for (const auto& said : account_.invoices) {
      add(said, said.data.issued_on, 0);
      since<std::string_view>(issued_, said.data.invoice_id.text(), said, said.data.issued_on);
    }
    for (const auto& said : account_.payments) {
      if (told_before(account_, said, as_of_) != nullptr) continue;
      add(said, said.booked_on, 0);
      since(credited_, key_of(said), said, said.booked_on);
    }
    for (const auto& said : account_.credit_notes) {
      add(said, said.data.issued_on, 0);
      since(credited_, key_of(said.data.credit_note_id), said, said.data.issued_on);
    }
    for (const auto& said : account_.converted) {
      add(said, said.converted_on, 1);
      since(credited_, CreditKey(said.source, said.id), said, said.converted_on);
    }
    for (const auto& said : account_.offsets) {
      add(said, said.data.made_on, 0);
      since(credited_, CreditKey(said.source, said.id), said, said.data.made_on);
    }
    for (const auto& said : account_.written_off) {
      add(said, not_before_invoice(said.data.written_off_on, said.data.invoice_id), 1);
    }
    for (const auto& said : account_.cancelled) {
      add(said, not_before_invoice(said.data.cancelled_on, said.data.invoice_id), 1);
    }
    for (const auto& said : account_.refunded) add(said, said.data.refunded_on, 1);
    for (const auto& said : account_.reversed) {
      add(said, not_before_credit(said.data.reversed_on, payment_of(said.data)), 1);
    }
    add_allocations();
    if (of_one_partition()) {
      for (auto& movement : movements_) movement.said.at = {};
    } else {
      put_times_in_order();
    }
    std::sort(movements_.begin(), movements_.end(), earlier);
    return std::move(movements_);
  }

 private:
  template <class Contribution>
  void add(const Contribution& contribution, Date on, int rank) {
    if (!as_of_.sees(contribution.known, on)) return;
    movements_.push_back(
        {on, rank, {contribution.known.recorded, contribution.position}, &contribution});
  }

  // Offsets alone tell the order of one partition. Of several, a correction is recorded late and
  // stands at the place of what it corrects.
  void put_times_in_order() {
    std::sort(movements_.begin(), movements_.end(), [](const auto& left, const auto& right) {
      return left.said.position > right.said.position;
    });
    for (std::size_t i = 1; i < movements_.size(); ++i) {
      const SaidAt& behind = movements_[i - 1].said;
      SaidAt& said = movements_[i].said;
      if (behind.position.partition == said.position.partition) {
        said.at = std::min(said.at, behind.at);
      }
    }
  }

  [[nodiscard]] bool of_one_partition() const {
    return std::all_of(movements_.begin(), movements_.end(), [&](const Movement& movement) {
      return movement.said.position.partition == movements_.front().said.position.partition;
    });
  }

  template <class Key, class Contribution>
  void since(std::map<Key, Date>& first, Key key, const Contribution& contribution, Date day) {
    if (!contribution.known.at(as_of_.known_at)) return;
    const auto [found, fresh] = first.emplace(key, day);
    if (!fresh) found->second = std::min(found->second, day);
  }

  // What is done with an invoice or with money takes effect when both are there, at the earliest.
  [[nodiscard]] Date not_before_invoice(Date said, const InvoiceId& invoice) const {
    const auto at = issued_.find(invoice.text());
    return at == issued_.end() ? said : std::max(said, at->second);
  }

  [[nodiscard]] Date not_before_credit(Date said, const CreditKey& credit) const {
    const auto at = credited_.find(credit);
    return at == credited_.end() ? said : std::max(said, at->second);
  }

  // Of an allocation: the later of payment and invoice, whatever day is said, for it may be that of
  // the click. Only where one of them is unknown, the day that is said.
  [[nodiscard]] Date effective(Date said, const CreditKey& credit, const InvoiceId& invoice) const {
    const auto paid = credited_.find(credit);
    const auto owed = issued_.find(invoice.text());
    if (paid != credited_.end() && owed != issued_.end()) {
      return std::max(paid->second, owed->second);
    }
    return not_before_invoice(not_before_credit(said, credit), invoice);
  }

  void add_allocations() {
    using Key = std::pair<CreditKey, std::string_view>;  // never deduced: a pair keeps no view then
    std::multimap<Key, const Said<PaymentDeallocated>*> undone;
    for (const auto& said : account_.deallocated) {
      if (!said.known.at(as_of_.known_at)) continue;
      undone.emplace(Key(payment_of(said.data), said.data.invoice_id.text()), &said);
    }
    for (const auto& said : account_.allocated) {
      const CreditKey payment = payment_of(said.data);
      const auto [first, last] = undone.equal_range(Key(payment, said.data.invoice_id.text()));
      if (std::any_of(first, last, [&](const auto& by) { return said_before(said, *by.second); })) {
        continue;
      }
      add(said, effective(said.data.effective_on, payment, said.data.invoice_id), 1);
    }
    for (const auto& said : account_.credit_applied) {
      const CreditKey note = key_of(said.data.credit_note_id);
      add(said,
          not_before_invoice(not_before_credit(said.data.effective_on, note), said.data.invoice_id),
          1);
    }
  }

  const AccountRow& account_;
  const AsOf& as_of_;
  std::map<std::string_view, Date> issued_;
  std::map<CreditKey, Date> credited_;
  std::vector<Movement> movements_;
};

}  // namespace

std::vector<Movement> movements(const AccountRow& account, const AsOf& as_of) {
  return Collector(account, as_of).collect();
}

}  // namespace ledger::receivables
