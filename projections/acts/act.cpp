#include "projections/acts/act.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <tuple>

#include "events/fields_json.h"
#include "events/types/fx.h"
#include "events/types/payment.h"
#include "platform/sha256.h"
#include "projections/receivables/queries.h"

namespace ledger::acts {

namespace {

using receivables::AccountRow;
using receivables::CreditKind;
using receivables::Settlement;
using Posting = Settlement::Posting;

auto order_of(const Line& line) {
  return std::tie(line.on, line.kind, line.position, line.document, line.debit_minor,
                  line.credit_minor);
}

bool in_order(const Line& left, const Line& right) { return order_of(left) < order_of(right); }

// The numbers on the papers of what came in, by the position of its event.
std::map<Position, std::string> credit_numbers(const AccountRow& account) {
  std::map<Position, std::string> numbers;
  for (const auto& payment : account.payments) numbers[payment.position] = payment.bank_reference;
  for (const auto& said : account.credit_notes) numbers[said.position] = said.data.number;
  for (const auto& conversion : account.converted) numbers[conversion.position] = conversion.id;
  for (const auto& offset : account.offsets) numbers[offset.position] = offset.data.number;
  return numbers;
}

LineKind kind_of(CreditKind kind) {
  switch (kind) {
    case CreditKind::kPayment:
      return LineKind::kPayment;
    case CreditKind::kCreditNote:
      return LineKind::kCreditNote;
    case CreditKind::kConversion:
      return LineKind::kConversion;
    case CreditKind::kOffset:
      return LineKind::kOffset;
  }
  return LineKind::kPayment;
}

Result<std::int64_t> negated(std::int64_t amount) {
  if (amount == std::numeric_limits<std::int64_t>::min()) {
    return fail(ErrorCode::kOutOfRange, "a line does not fit into 64 bits");
  }
  return -amount;
}

// Lines from what the books say was posted.
class Paper {
 public:
  Paper(const AccountRow& account, const Settlement& settled, const Subject& subject)
      : settled_(settled), subject_(subject), numbers_(credit_numbers(account)) {}

  Result<std::vector<Line>> lines() {
    for (const Posting& posting : settled_.postings) {
      if (posting.currency != subject_.currency) continue;
      const std::int64_t amount = amount_of(posting);
      if (amount == 0) continue;
      Line line = line_of(posting);
      auto& sum = sums_[{line.on, line.kind, line.position, std::move(line.document)}];
      LEDGER_TRY(sum, add_checked(sum, amount));
    }
    std::vector<Line> lines;
    for (const auto& [key, amount] : sums_) {
      if (amount == 0) continue;
      Line line;
      std::tie(line.on, line.kind, line.position, line.document) = key;
      if (amount > 0) {
        line.debit_minor = amount;
      } else {
        LEDGER_TRY(line.credit_minor, negated(amount));
      }
      lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end(), in_order);
    return lines;
  }

 private:
  // Of one contract: what it changes of what is open of the contract's invoices.
  [[nodiscard]] std::int64_t amount_of(const Posting& posting) const {
    if (!subject_.contract_id) return posting.balance_minor;
    if (posting.item == Posting::kNone) return 0;
    const auto& contract = settled_.items[posting.item].invoice.contract_id;
    return contract == subject_.contract_id ? posting.open_minor : 0;
  }

  [[nodiscard]] Line of_credit(const Posting& posting, LineKind kind) const {
    const auto& credit = settled_.credits[posting.credit];
    const auto number = numbers_.find(credit.position);
    return {posting.on, kind, number == numbers_.end() ? credit.id : number->second,
            0,          0,    credit.position};
  }

  [[nodiscard]] Line of_item(const Posting& posting, LineKind kind) const {
    const auto& item = settled_.items[posting.item];
    return {posting.on, kind, item.invoice.number, 0, 0, item.position};
  }

  [[nodiscard]] Line line_of(const Posting& posting) const {
    const bool has_credit = posting.credit != Posting::kNone;
    if (posting.type == InvoiceWrittenOff::kName) return of_item(posting, LineKind::kWriteOff);
    if (posting.type == PaymentRefunded::kName) return of_credit(posting, LineKind::kRefund);
    if (posting.type == PaymentReversed::kName) return of_credit(posting, LineKind::kReversal);
    if (posting.type == FxConverted::kName) {
      const auto number = numbers_.find(posting.position);
      return {posting.on, LineKind::kConversion, number == numbers_.end() ? "" : number->second, 0,
              0,          posting.position};
    }
    // A credit that pays what was written off takes so much of the write-off back.
    if (!subject_.contract_id && has_credit && posting.item != Posting::kNone) {
      return of_item(posting, LineKind::kWriteOff);
    }
    if (has_credit) {
      return of_credit(posting, kind_of(settled_.credits[posting.credit].kind));
    }
    return of_item(posting, posting.type == InvoiceCancelled::kName ? LineKind::kCancellation
                                                                    : LineKind::kInvoice);
  }

  using Key = std::tuple<Date, LineKind, Position, std::string>;

  const Settlement& settled_;
  const Subject& subject_;
  std::map<Position, std::string> numbers_;
  std::map<Key, std::int64_t> sums_;
};

Status add_up(Act& act, std::vector<Line> lines) {
  for (auto& line : lines) {
    const std::int64_t change = line.debit_minor > 0 ? line.debit_minor : -line.credit_minor;
    LEDGER_TRY(act.closing_minor, add_checked(act.closing_minor, change));
    if (line.on < act.subject.from) {
      act.opening_minor = act.closing_minor;
      act.earlier.push_back(std::move(line));
      continue;
    }
    LEDGER_TRY(act.debit_minor, add_checked(act.debit_minor, line.debit_minor));
    LEDGER_TRY(act.credit_minor, add_checked(act.credit_minor, line.credit_minor));
    act.lines.push_back(std::move(line));
  }
  // Either side writes a balance as a positive amount.
  LEDGER_CHECK(negated(act.opening_minor).map([](std::int64_t) {}));
  LEDGER_CHECK(negated(act.closing_minor).map([](std::int64_t) {}));
  return {};
}

void write_party(JsonWriter& json, std::string_view name, const std::optional<ActParty>& party) {
  if (party) json::write(json.key(name), *party);
}

}  // namespace

Result<Act> figures(const ViewSnapshot& snapshot, const Subject& subject) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, subject.client_id.text(), subject.known_at));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_TRY(const auto settled, receivables::settle(account, {subject.to, subject.known_at}));
  LEDGER_TRY(auto lines, Paper(account, settled, subject).lines());
  Act act;
  act.subject = subject;
  LEDGER_CHECK(add_up(act, std::move(lines)));
  return act;
}

Result<Act> drafted(const ViewSnapshot& snapshot, const ReconciliationDrafted& draft,
                    Timestamp recorded) {
  LEDGER_TRY(auto act,
             figures(snapshot, {draft.client_id, draft.from, draft.to, draft.contract_id,
                                draft.closing.currency, draft.known_at.value_or(recorded)}));
  act.ours = draft.ours;
  act.theirs = draft.theirs;
  act.contract_title = draft.contract_title;
  return act;
}

ActParty party_of(const client_card::Card& card) {
  const ClientUpdated& details = card.details;
  ActParty party;
  party.name = details.name.value_or(card.client.survivor);
  party.tax_code = details.tax_code;
  party.address = details.address;
  if (!details.ibans.empty()) party.iban = details.ibans.front();
  party.signatory = details.director;
  return party;
}

std::string canonical_json(const Act& act) {
  const Subject& subject = act.subject;
  JsonWriter json;
  json.begin_object();
  json.member("client_id", subject.client_id.text());
  json.member("from", format_date(subject.from));
  json.member("to", format_date(subject.to));
  if (subject.contract_id) json.member("contract_id", subject.contract_id->text());
  if (act.contract_title) json.member("contract_title", *act.contract_title);
  json.member("currency", subject.currency.text());
  write_party(json, "ours", act.ours);
  write_party(json, "theirs", act.theirs);
  json.member("opening_minor", act.opening_minor);
  json.key("lines").begin_array();
  for (const auto& line : act.lines) {
    json.begin_object();
    json.member("on", format_date(line.on));
    json.member("kind", name_of(line.kind));
    json.member("document", line.document);
    json.member("debit_minor", line.debit_minor);
    json.member("credit_minor", line.credit_minor);
    json.end_object();
  }
  json.end_array();
  json.member("debit_minor", act.debit_minor);
  json.member("credit_minor", act.credit_minor);
  json.member("closing_minor", act.closing_minor);
  json.end_object();
  return json.take();
}

std::string digest(const Act& act) { return to_hex(sha256(canonical_json(act))); }

std::vector<Change> changes(const Act& then, const Act& now) {
  const auto all = [](const Act& act) {
    std::vector<Line> lines = act.earlier;
    lines.insert(lines.end(), act.lines.begin(), act.lines.end());
    return lines;
  };
  const auto before = all(then);
  const auto after = all(now);
  std::vector<Line> gone;
  std::vector<Line> added;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(gone), in_order);
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(added), in_order);
  std::vector<Change> found;
  found.reserve(gone.size() + added.size());
  for (auto& line : gone) found.push_back({std::move(line), false});
  for (auto& line : added) found.push_back({std::move(line), true});
  std::sort(found.begin(), found.end(), [](const Change& left, const Change& right) {
    return std::make_pair(order_of(left.line), left.added) <
           std::make_pair(order_of(right.line), right.added);
  });
  return found;
}

}  // namespace ledger::acts
