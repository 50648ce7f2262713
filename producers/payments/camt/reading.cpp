#include "producers/payments/camt/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ledger::camt {

namespace {

using xml::Element;

tl::unexpected<Error> at(std::string_view field, Error error) {
  error.field = field;
  return tl::unexpected(std::move(error));
}

std::optional<std::string> text_or_none(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

// The child, or what versions 08 and later put under its Pty.
const Element* party(const Element& parties, std::string_view name) {
  const auto* found = parties.find(name);
  if (found == nullptr) return nullptr;
  const auto* wrapped = found->find("Pty");
  return wrapped == nullptr ? found : wrapped;
}

void take_tax_code(const Element& debtor, PaymentReceived& payment) {
  for (const auto* path : {"Id/OrgId", "Id/PrvtId"}) {
    const auto* id = debtor.find(path);
    if (id == nullptr) continue;
    for (const auto* other : id->all("Othr")) {
      auto code = TaxCode::parse(other->text_at("Id"));
      if (code && !payment.payer_tax_code) payment.payer_tax_code = *code;
    }
  }
}

// Gathers texts, one space between two of them.
class Words {
 public:
  void add(std::string_view text) {
    if (text.empty()) return;
    if (!text_.empty()) text_ += ' ';
    text_ += text;
  }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void add_structured(const Element& structured, Words& words) {
  words.add(structured.text_at("CdtrRefInf/Ref"));
  for (const auto* document : structured.all("RfrdDocInf")) words.add(document->text_at("Nb"));
  for (const auto* more : structured.all("AddtlRmtInf")) words.add(more->text);
}

}  // namespace

Result<Money> signed_amount(const Element& holder) {
  const auto* amount = holder.find("Amt");
  if (amount == nullptr) return fail(ErrorCode::kMissingField, "is required", "Amt");
  auto currency = Currency::parse(amount->attribute("Ccy"));
  if (!currency) return at("Amt/@Ccy", std::move(currency).error());
  auto money = parse_decimal(amount->text, *currency);
  if (!money) return at("Amt", std::move(money).error());
  if (money->amount_minor < 0) {
    return fail(ErrorCode::kOutOfRange, "has a sign, which is CdtDbtInd's to say", "Amt");
  }
  const std::string_view side = holder.text_at("CdtDbtInd");
  if (side == "DBIT") money->amount_minor = -money->amount_minor;
  if (side != "DBIT" && side != "CRDT") {
    return fail(ErrorCode::kInvalidField, "is neither CRDT nor DBIT", "CdtDbtInd");
  }
  return money;
}

std::string_view status_of(const Element& entry) {
  for (const auto* path : {"Sts/Cd", "Sts/Prtry", "Sts"}) {
    if (const auto status = entry.text_at(path); !status.empty()) return status;
  }
  return {};
}

bool is_reversal(const Element& entry) {
  const std::string_view reversal = entry.text_at("RvslInd");
  return reversal == "true" || reversal == "1";
}

std::string account_of(const Element& statement) {
  const std::string_view iban = statement.text_at("Acct/Id/IBAN");
  std::string account(iban.empty() ? statement.text_at("Acct/Id/Othr/Id") : iban);
  std::erase(account, ' ');
  if (const auto read = Iban::parse(account)) return read->text();
  return account;
}

const Element* balance_of(const Element& statement, std::initializer_list<std::string_view> kinds) {
  for (const auto kind : kinds) {
    for (const auto* found : statement.all("Bal")) {
      if (found->text_at("Tp/CdOrPrtry/Cd") == kind) return found;
    }
  }
  return nullptr;
}

// xsd:dateTime: any fraction, which does not matter here; without an offset it is the zone's.
Result<Moment> read_date_time(std::string_view text, const BusinessZone& zone) {
  std::string whole(text);
  if (const std::size_t point = whole.find('.'); point != std::string::npos) {
    const std::size_t end = whole.find_first_not_of("0123456789", point + 1);
    whole.erase(point, std::min(end, whole.size()) - point);
  }
  const bool has_zone = whole.size() != std::string_view("2026-11-24T10:15:00").size();
  LEDGER_TRY(Timestamp time, parse_timestamp(has_zone ? whole : whole + "Z"));
  if (!has_zone) {
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    time = zone.to_instant(Date{midnight},
                           std::chrono::duration_cast<std::chrono::seconds>(time - midnight));
  }
  return Moment{time, zone.local_day(time)};
}

Result<Moment> moment_of(const Element& holder, std::string_view path, const BusinessZone& zone) {
  const std::string name(path);
  if (const auto moment = holder.text_at(name + "/DtTm"); !moment.empty()) {
    auto read = read_date_time(moment, zone);
    if (!read) return at(name + "/DtTm", std::move(read).error());
    return *read;
  }
  const std::string_view day = holder.text_at(name + "/Dt");
  if (day.empty()) return fail(ErrorCode::kMissingField, "is required", name);
  auto date = parse_date(day);
  if (!date) return at(name + "/Dt", std::move(date).error());
  return Moment{zone.to_instant(*date, std::chrono::seconds(0)), *date};
}

void take_payer(const Element& transaction, PaymentReceived& payment) {
  const auto* parties = transaction.find("RltdPties");
  if (parties == nullptr) return;
  const auto* debtor = party(*parties, "Dbtr");
  if (debtor == nullptr) debtor = party(*parties, "UltmtDbtr");
  if (debtor != nullptr) {
    payment.payer_name = text_or_none(std::string(debtor->text_at("Nm")));
    take_tax_code(*debtor, payment);
  }
  for (const auto* path : {"DbtrAcct/Id/IBAN", "DbtrAcct/Id/Othr/Id"}) {
    auto iban = Iban::parse(parties->text_at(path));
    if (iban && !payment.payer_iban) payment.payer_iban = *iban;
  }
}

std::optional<std::string> purpose_of(const Element& entry, const Element& transaction) {
  Words words;
  for (const auto* information : transaction.all("RmtInf")) {
    for (const auto* line : information->all("Ustrd")) words.add(line->text);
    for (const auto* structured : information->all("Strd")) add_structured(*structured, words);
  }
  if (words.empty()) words.add(transaction.text_at("AddtlTxInf"));
  if (words.empty()) words.add(entry.text_at("AddtlNtryInf"));
  return text_or_none(words.take());
}

}  // namespace ledger::camt
