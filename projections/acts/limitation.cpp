#include "projections/acts/limitation.h"

#include <algorithm>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/receivables/queries.h"

namespace ledger::acts {

namespace {

// Signed acts about the item: it was issued by the act's last day, in its currency and contract.
struct Renewal {
  Date signed_on;
  ActId act_id;
};

std::vector<Renewal> renewals(const std::vector<Standing>& acts, const InvoiceIssued& invoice) {
  std::vector<Renewal> found;
  for (const auto& act : acts) {
    if (act.state() != State::kSigned) continue;
    const ReconciliationDrafted& draft = act.issue().data;
    if (draft.closing.currency != invoice.amount.currency || invoice.issued_on > draft.to) continue;
    if (draft.contract_id && draft.contract_id != invoice.contract_id) continue;
    found.push_back({act.signed_by_both.back().data.signed_on, draft.act_id});
  }
  std::sort(found.begin(), found.end(), [](const Renewal& left, const Renewal& right) {
    return std::tie(left.signed_on, left.act_id) < std::tie(right.signed_on, right.act_id);
  });
  return found;
}

Limitation limitation_of(const receivables::Item& item, const std::vector<Standing>& acts) {
  const InvoiceIssued& invoice = item.invoice;
  const int years =
      invoice.charge == ChargeKind::kPenalty ? kPenaltyLimitationYears : kLimitationYears;
  Limitation limitation{
      invoice.invoice_id, invoice.number, item.open_minor, item.due.on, years, {}, {}};
  limitation.until = limitation_ends(item.due.on, years);
  for (const auto& renewal : renewals(acts, invoice)) {
    // Before it is due nothing runs that could be renewed; after its end nothing does any more.
    if (renewal.signed_on <= item.due.on || renewal.signed_on > limitation.until) continue;
    limitation.renewed_by = renewal.act_id;
    limitation.until = limitation_ends(renewal.signed_on, years);
  }
  return limitation;
}

// Stops with days in common are one: the quarantine was not over when the war began.
struct StoppedSpan {
  Date from;
  Date goes_on;
  Date in_force;  // of the law that stopped it first
};
std::vector<StoppedSpan> stopped_spans() {
  std::vector<StoppedSpan> spans;
  for (const auto& stop : limitation_stops()) {
    if (!spans.empty() && stop.from <= spans.back().goes_on) {
      spans.back().goes_on = std::max(spans.back().goes_on, stop.goes_on);
    } else {
      spans.push_back({stop.from, stop.goes_on, stop.in_force});
    }
  }
  return spans;
}

}  // namespace

Date limitation_ends(Date since, int years) {
  const auto spans = stopped_spans();
  // What falls due while terms stand still begins to run with the day on which they go on.
  for (const auto& span : spans) {
    if (since >= span.from && since < span.goes_on) since = add_days(span.goes_on, -1);
  }
  Date end = add_months(since, 12 * years);
  for (const auto& span : spans) {
    if (since < span.from && std::max(span.from, span.in_force) <= end) {
      end = add_days(end, days_between(span.from, span.goes_on));
    }
  }
  return end;
}

std::vector<Limitation> limitations(const receivables::Statement& book,
                                    const std::vector<Standing>& acts,
                                    const std::optional<ContractId>& contract_id) {
  std::vector<Limitation> found;
  for (const auto& item : book.items) {
    if (item.open_minor == 0) continue;
    if (contract_id && item.invoice.contract_id != contract_id) continue;
    found.push_back(limitation_of(item, acts));
  }
  std::sort(found.begin(), found.end(), [](const Limitation& left, const Limitation& right) {
    return std::tie(left.until, left.due_on, left.invoice_id) <
           std::tie(right.until, right.due_on, right.invoice_id);
  });
  return found;
}

Result<std::vector<Limitation>> limitations(const ViewSnapshot& snapshot, const Subject& subject,
                                            const AsOf& as_of) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, subject.client_id.text(), subject.known_at));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_TRY(const auto books, receivables::statements(account, {subject.to, subject.known_at}));
  const auto book = books.find(subject.currency.text());
  if (book == books.end()) return std::vector<Limitation>();
  LEDGER_TRY(const auto acts, acts_of(snapshot, client.cards, as_of));
  return limitations(book->second, acts, subject.contract_id);
}

}  // namespace ledger::acts
