#include "projections/receivables/due.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"

namespace ledger::receivables {

namespace {

constexpr int kOffDaysMax = 31;  // no calendar is off for a month
constexpr std::int64_t kWholeBp = 10000;

CalendarKind calendar_of(const ClientTermsSet& terms) {
  return terms.days_kind == DaysKind::kBanking ? CalendarKind::kBanking : CalendarKind::kBusiness;
}

// Rounded down, without a product that may not fit.
std::int64_t share_of(std::int64_t amount, std::int64_t bp) {
  return amount / kWholeBp * bp + amount % kWholeBp * bp / kWholeBp;
}

Date next_day_on(const directory::Calendar& calendar, Date from) {
  Date day = from;
  for (int i = 0; i < kOffDaysMax; ++i, day = add_days(day, 1)) {
    if (calendar.minutes(day) > 0) return day;
  }
  return from;
}

Date days_later(const directory::Calendar& banking, Date from, std::int64_t days) {
  Date day = from;
  for (std::int64_t left = days; left > 0; --left) day = next_day_on(banking, add_days(day, 1));
  return day;
}

}  // namespace

DueDates::DueDates(const AccountRow& account, const AsOf& as_of)
    : account_(account),
      as_of_(as_of),
      business_(directory::Calendar::of(account.days_set, CalendarKind::kBusiness, as_of.known_at)),
      banking_(directory::Calendar::of(account.days_set, CalendarKind::kBanking, as_of.known_at)) {}

template <class Says>
const ClientTermsSet* DueDates::terms_of(const InvoiceIssued& invoice, Says says) const {
  const Said<ClientTermsSet>* best = nullptr;
  const auto rank = [](const Said<ClientTermsSet>& said) {
    return std::tuple(said.data.contract_id.has_value(), said.data.valid_from, said.position);
  };
  for (const auto& said : account_.terms) {
    const ClientTermsSet& terms = said.data;
    if (!said.known.at(as_of_.known_at) || !says(terms)) continue;
    if (terms.contract_id && terms.contract_id != invoice.contract_id) continue;
    if (invoice.issued_on < terms.valid_from) continue;
    if (terms.valid_to && *terms.valid_to < invoice.issued_on) continue;
    if (best == nullptr || rank(*best) < rank(said)) best = &said;
  }
  return best == nullptr ? nullptr : &best->data;
}

DueDates::Base DueDates::base_of(const InvoiceIssued& invoice, TermsBase base) const {
  if (base == TermsBase::kInvoice) return {invoice.issued_on};
  std::optional<Date> first;
  const auto look_at = [&](const Known& known, Date on) {
    if (as_of_.sees(known, on) && (!first || on < *first)) first = on;
  };
  bool named = false;
  if (base == TermsBase::kShipment) {
    named = invoice.delivery_id || invoice.order_id;
    for (const auto& said : account_.deliveries) {
      const bool is_it = invoice.delivery_id
                             ? said.data.delivery_id == *invoice.delivery_id
                             : invoice.order_id && said.data.order_id == invoice.order_id;
      if (is_it) look_at(said.known, said.data.delivered_on);
    }
  } else {
    named = invoice.document_id.has_value();
    for (const auto& said : account_.returned) {
      if (said.data.document_id == invoice.document_id) look_at(said.known, said.data.returned_on);
    }
  }
  if (first) return {*first};
  if (named) return {as_of_.day, BaseState::kNotYet};
  return {invoice.issued_on, BaseState::kUnnamed};
}

Due DueDates::due_of(const ClientTermsSet& terms, const Base& base, std::int64_t days) const {
  Due due;
  due.by = DueBy::kTerms;
  due.base = base.state;
  due.on = due.base_on = base.on;
  if (base.state == BaseState::kNotYet) return due;
  const bool banking = calendar_of(terms) == CalendarKind::kBanking;
  const auto payment = terms.payment.value_or(PaymentTerms::kNet);
  if (payment == PaymentTerms::kEndOfMonth) due.on = last_of_month(due.on);
  if (payment != PaymentTerms::kPrepaid) {
    due.on =
        banking ? days_later(banking_, due.on, days) : add_days(due.on, static_cast<int>(days));
  }
  if (terms.off_days != OffDays::kStay) {
    due.on = next_day_on(banking ? banking_ : business_, due.on);
  }
  return due;
}

std::vector<Instalment> DueDates::by_terms(const InvoiceIssued& invoice,
                                           const ClientTermsSet& terms) const {
  const Base base = base_of(invoice, terms.base.value_or(TermsBase::kInvoice));
  std::vector<Instalment> parts;
  std::int64_t left = invoice.amount.amount_minor;
  std::int64_t left_bp = kWholeBp;
  const auto add = [&](std::int64_t amount, std::int64_t days) {
    if (amount > 0) parts.push_back({due_of(terms, base, days), amount});
    left -= amount;
  };
  for (const auto& part : terms.instalments) {
    left_bp -= part.share_bp;
    const auto share = share_of(invoice.amount.amount_minor, part.share_bp);
    add(left_bp == 0 ? left : share, part.payment_days);
  }
  add(left, terms.payment_days.value_or(0));
  std::sort(parts.begin(), parts.end(), [](const auto& one, const auto& other) {
    return std::tie(one.due.on, one.amount_minor) < std::tie(other.due.on, other.amount_minor);
  });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].due.instalment = static_cast<std::int64_t>(i) + 1;
    parts[i].due.instalments = static_cast<std::int64_t>(parts.size());
  }
  return parts;
}

std::vector<Instalment> DueDates::of(const InvoiceIssued& invoice) const {
  std::vector<Instalment> parts;
  const auto* terms = invoice.charge
                          ? nullptr
                          : terms_of(invoice, [](const auto& said) { return said.of_payment(); });
  if (terms != nullptr) parts = by_terms(invoice, *terms);
  if (invoice.due_on || parts.empty()) {
    Due due;
    due.on = invoice.due_on.value_or(invoice.issued_on);
    due.base_on = invoice.issued_on;
    due.by = invoice.due_on ? DueBy::kInvoice : DueBy::kIssueDate;
    if (!parts.empty() && (parts.size() > 1 || parts.front().due.on != due.on) &&
        parts.back().due.base != BaseState::kNotYet) {
      due.by_terms_on = parts.back().due.on;
    }
    parts = {{due, invoice.amount.amount_minor}};
  }
  const auto* graceful =
      terms_of(invoice, [](const auto& said) { return said.grace_days.has_value(); });
  for (auto& part : parts) part.due.grace_days = graceful == nullptr ? 0 : *graceful->grace_days;
  return parts;
}

int DueDates::rank_of(const InvoiceIssued& invoice) const {
  const auto* terms =
      terms_of(invoice, [](const auto& said) { return said.settlement_order.has_value(); });
  const bool charges_first =
      terms != nullptr && terms->settlement_order == SettlementOrder::kCostsInterestPrincipal;
  if (!invoice.charge) return 2;
  if (!charges_first) return 3;
  return invoice.charge == ChargeKind::kCosts ? 0 : 1;
}

std::vector<Date> months_of_due_dates(const AccountRow& account, CalendarKind kind) {
  std::optional<std::int64_t> days;
  for (const auto& said : account.terms) {
    if (!said.data.of_payment() || calendar_of(said.data) != kind) continue;
    days = std::max(days.value_or(0), said.data.payment_days.value_or(0));
    for (const auto& part : said.data.instalments) days = std::max(*days, part.payment_days);
  }
  std::set<Date> months;
  if (!days) return {};
  // Of seven days banks work five, or fewer; a month may have to end before they are counted.
  const int ahead = static_cast<int>(kind == CalendarKind::kBanking ? *days * 2 : *days) + 62;
  const auto add = [&](Date base) {
    const Date last = add_days(base, ahead);
    for (Date month = first_of_month(base); month <= last; month = add_months(month, 1)) {
      months.insert(month);
    }
  };
  for (const auto& said : account.invoices) add(said.data.issued_on);
  for (const auto& said : account.deliveries) add(said.data.delivered_on);
  for (const auto& said : account.returned) add(said.data.returned_on);
  return {months.begin(), months.end()};
}

}  // namespace ledger::receivables
