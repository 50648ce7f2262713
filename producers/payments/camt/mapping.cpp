#include "producers/payments/camt/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "events/types/payment.h"
#include "platform/limits.h"
#include "platform/xml_tree.h"

namespace ledger::camt {

namespace {

using xml::Element;
constexpr std::string_view kFamily = "urn:iso:std:iso:20022:tech:xsd:camt.";
constexpr std::string_view kStatement = "053.001.";
constexpr int kVersionMin = 2;
constexpr int kVersionMax = 13;
constexpr std::size_t kRawBytesMax = 2048;

tl::unexpected<Error> at(std::string_view field, Error error) {
  error.field = field;
  return tl::unexpected(std::move(error));
}

// "Amt Ccy" with its sign by CdtDbtInd.
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

// v08 and later wrap the code.
std::string_view status_of(const Element& entry) {
  const std::string_view wrapped = entry.text_at("Sts/Cd");
  return wrapped.empty() ? entry.text_at("Sts") : wrapped;
}

// The balance of one of the given kinds.
Result<Money> balance(const Element& statement, std::initializer_list<std::string_view> kinds,
                      std::string_view what) {
  for (const auto kind : kinds) {
    for (const auto* found : statement.all("Bal")) {
      if (found->text_at("Tp/CdOrPrtry/Cd") == kind) return signed_amount(*found);
    }
  }
  return fail(ErrorCode::kMissingField, fmt::format("the statement has no {} balance", what),
              "Bal");
}

std::string account_of(const Element& statement) {
  const std::string_view iban = statement.text_at("Acct/Id/IBAN");
  std::string account(iban.empty() ? statement.text_at("Acct/Id/Othr/Id") : iban);
  std::erase(account, ' ');
  return account;
}

Status check_sums(const Element& statement) {
  if (account_of(statement).empty()) {
    return fail(ErrorCode::kMissingField, "is required", "Acct/Id");
  }
  LEDGER_TRY(const Money opening, balance(statement, {"OPBD", "PRCD"}, "opening"));
  LEDGER_TRY(const Money closing, balance(statement, {"CLBD"}, "closing"));
  std::int64_t sum = 0;
  for (const auto* entry : statement.all("Ntry")) {
    if (status_of(*entry) != "BOOK") continue;
    LEDGER_TRY(const Money amount, signed_amount(*entry));
    if (amount.currency != opening.currency) {
      return fail(ErrorCode::kInvalidField, "an entry is in another currency than the account",
                  "Ntry/Amt/@Ccy");
    }
    LEDGER_TRY(sum, add_checked(sum, amount.amount_minor));
  }
  LEDGER_TRY(const std::int64_t expected, add_checked(opening.amount_minor, sum));
  if (expected == closing.amount_minor && opening.currency == closing.currency) return {};
  return fail(ErrorCode::kInvalidField,
              fmt::format("opening {} and booked entries {} make {}, but the closing balance is {}",
                          format_decimal(opening), format_decimal({sum, opening.currency}),
                          format_decimal({expected, opening.currency}), format_decimal(closing)),
              "Bal");
}

struct Booking {
  Timestamp time;
  Date day;
};

// xsd:dateTime: any fraction, which does not matter here; without an offset it is the zone's.
Result<Timestamp> read_date_time(std::string_view text, const BusinessZone& zone) {
  std::string whole(text);
  if (const std::size_t point = whole.find('.'); point != std::string::npos) {
    const std::size_t end = whole.find_first_not_of("0123456789", point + 1);
    whole.erase(point, std::min(end, whole.size()) - point);
  }
  if (whole.size() != std::string_view("2026-11-24T10:15:00").size()) return parse_timestamp(whole);
  LEDGER_TRY(const Timestamp wall, parse_timestamp(whole + "Z"));
  const auto midnight = std::chrono::floor<std::chrono::days>(wall);
  return zone.to_instant(Date{midnight},
                         std::chrono::duration_cast<std::chrono::seconds>(wall - midnight));
}

// BookgDt or ValDt.
Result<Booking> booking_of(const Element& entry, const std::string& name,
                           const BusinessZone& zone) {
  if (const auto moment = entry.text_at(name + "/DtTm"); !moment.empty()) {
    auto time = read_date_time(moment, zone);
    if (!time) return at(name + "/DtTm", std::move(time).error());
    return Booking{*time, zone.local_day(*time)};
  }
  const std::string_view day = entry.text_at(name + "/Dt");
  if (day.empty()) return fail(ErrorCode::kMissingField, "is required", name);
  auto date = parse_date(day);
  if (!date) return at(name + "/Dt", std::move(date).error());
  return Booking{zone.to_instant(*date, std::chrono::seconds(0)), *date};
}

// A reference that says something; NOTPROVIDED does not.
std::string_view reference_at(const Element& element, std::string_view path) {
  const std::string_view reference = element.text_at(path);
  return reference == "NOTPROVIDED" ? "" : reference;
}

std::optional<std::string> text_or_none(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

// The debtor, with what of his identifiers is surely one. v08 and later put parties under Pty.
void take_payer(const Element& details, PaymentReceived& payment) {
  const auto* parties = details.find("RltdPties");
  if (parties == nullptr) return;
  const auto* debtor = parties->find("Dbtr/Pty");
  if (debtor == nullptr) debtor = parties->find("Dbtr");
  if (debtor != nullptr) {
    payment.payer_name = text_or_none(std::string(debtor->text_at("Nm")));
    for (const auto* path : {"Id/OrgId", "Id/PrvtId"}) {
      const auto* id = debtor->find(path);
      if (id == nullptr) continue;
      for (const auto* other : id->all("Othr")) {
        auto code = TaxCode::parse(other->text_at("Id"));
        if (code && !payment.payer_tax_code) payment.payer_tax_code = *code;
      }
    }
  }
  if (auto iban = Iban::parse(parties->text_at("DbtrAcct/Id/IBAN"))) payment.payer_iban = *iban;
}

std::optional<std::string> purpose_of(const Element& details) {
  std::string purpose;
  const auto add = [&](std::string_view text) {
    if (!purpose.empty() && !text.empty()) purpose += ' ';
    purpose += text;
  };
  if (const auto* information = details.find("RmtInf")) {
    for (const auto* line : information->all("Ustrd")) add(line->text);
    for (const auto* structured : information->all("Strd"))
      add(structured->text_at("CdtrRefInf/Ref"));
  }
  return text_or_none(std::move(purpose));
}

Status check_text(const std::optional<std::string>& text, std::string_view field) {
  if (!text || text->size() <= limits::kTextBytesMax) return {};
  return fail(ErrorCode::kTooLarge,
              fmt::format("has {} bytes, at most {} are kept", text->size(), limits::kTextBytesMax),
              std::string(field));
}

// One file on its way through.
class Mapper {
 public:
  explicit Mapper(const Settings& settings) : settings_(settings) {}

  void statement(const Element& statement) {
    account_ = account_of(statement);
    statement_id_ = statement.text_at("Id");
    int number = 0;
    for (const auto* entry : statement.all("Ntry")) {
      ++number;
      const std::string where = fmt::format("statement {} entry {}", statement_id_, number);
      if (auto status = this->entry(*entry, number, where); !status) {
        mapped_.refused.push_back({where, raw_of(*entry), std::move(status).error()});
      }
    }
  }
  [[nodiscard]] Mapped take() { return std::move(mapped_); }

 private:
  static std::string raw_of(const Element& entry) {
    std::string raw = fmt::format("{} {} {}", entry.text_at("Amt"), entry.text_at("CdtDbtInd"),
                                  entry.text_at("AcctSvcrRef"));
    raw.resize(std::min(raw.size(), kRawBytesMax));
    return raw;
  }

  void skip(const std::string& where, std::string reason) {
    mapped_.skipped.push_back({where, std::move(reason)});
  }

  Status entry(const Element& entry, int number, const std::string& where) {
    const std::string_view status = status_of(entry);
    if (status != "BOOK") {
      skip(where, fmt::format("not booked yet ({})", status));
      return {};
    }
    const std::string_view reversal = entry.text_at("RvslInd");
    if (reversal == "true" || reversal == "1") {
      skip(where, "a reversal of an earlier booking");
      return {};
    }
    LEDGER_TRY(const Money amount, signed_amount(entry));
    if (amount.amount_minor < 0) {
      skip(where, "outgoing money");
      return {};
    }
    if (amount.amount_minor == 0) {
      skip(where, "an entry of nothing");
      return {};
    }
    LEDGER_TRY(const Booking booking, booking_of(entry, "BookgDt", settings_.zone));
    LEDGER_TRY(auto payments, payments_of(entry, amount, booking, number));
    for (auto& payment : payments) {
      auto emitted = emit(std::move(payment), booking, where);
      if (!emitted) mapped_.refused.push_back({where, raw_of(entry), emitted.error()});
    }
    return {};
  }

  // One payment for each transaction; their sum is the entry, or the entry cannot be believed.
  Result<std::vector<PaymentReceived>> payments_of(const Element& entry, const Money& total,
                                                   const Booking& booking, int number) {
    std::vector<const Element*> transactions;
    for (const auto* details : entry.all("NtryDtls")) {
      for (const auto* transaction : details->all("TxDtls")) transactions.push_back(transaction);
    }
    if (transactions.empty()) transactions.push_back(&entry);
    std::vector<PaymentReceived> payments;
    std::map<std::string, int> uses;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < transactions.size(); ++i) {
      const Element& transaction = *transactions[i];
      LEDGER_TRY(const Money amount, amount_of(transaction, total, transactions.size()));
      LEDGER_TRY(sum, add_checked(sum, amount.amount_minor));
      PaymentReceived payment;
      payment.our_account = account_;
      payment.amount = amount;
      payment.booked_on = booking.day;
      if (entry.find("ValDt") != nullptr) {
        LEDGER_TRY(const Booking value, booking_of(entry, "ValDt", settings_.zone));
        payment.value_on = value.day;
      }
      payment.bank_reference = reference_of(entry, transaction, number, i + 1, uses);
      take_payer(transaction, payment);
      payment.purpose = purpose_of(transaction);
      LEDGER_CHECK(check_text(payment.payer_name, "Nm"));
      LEDGER_CHECK(check_text(payment.purpose, "RmtInf"));
      payments.push_back(std::move(payment));
    }
    if (sum != total.amount_minor) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("its transactions sum to {}, the entry is {}",
                              format_decimal({sum, total.currency}), format_decimal(total)),
                  "NtryDtls");
    }
    return payments;
  }

  static Result<Money> amount_of(const Element& transaction, const Money& total,
                                 std::size_t transactions) {
    // What a single one says may be the payer's order, before charges; booked is the entry.
    if (transactions == 1) return total;
    for (const auto* path : {"Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"}) {
      const auto* amount = transaction.find(path);
      if (amount == nullptr) continue;
      // An amount in the payer's currency is not what was booked.
      if (amount->attribute("Ccy") != total.currency.text()) continue;
      auto money = parse_decimal(amount->text, total.currency);
      if (!money) return at(path, std::move(money).error());
      return *money;
    }
    return fail(ErrorCode::kMissingField, "a transaction of a batch has no amount", "TxDtls/Amt");
  }

  std::string reference_of(const Element& entry, const Element& transaction, int number,
                           std::size_t index, std::map<std::string, int>& uses) const {
    std::string reference(reference_at(transaction, "Refs/AcctSvcrRef"));
    if (reference.empty()) reference = reference_at(entry, "AcctSvcrRef");
    if (reference.empty()) {
      return fmt::format("{}|{}|{}|{}", account_, statement_id_, number, index);
    }
    // Transactions of one batch may share the entry's reference.
    if (const int repeats = ++uses[reference]; repeats > 1) {
      return fmt::format("{}|{}", reference, repeats);
    }
    return reference;
  }

  // One booking may stand in two statements of a file: its reference tells payments apart.
  Status emit(PaymentReceived payment, const Booking& booking, const std::string& where) {
    Submission submission;
    submission.source = settings_.source;
    submission.id = account_ + "|" + payment.bank_reference;
    submission.time = booking.time;
    submission.data = std::move(payment);
    if (submission.id.size() > limits::kIdBytesMax) {
      return fail(ErrorCode::kTooLarge,
                  fmt::format("with the account an id takes at most {} bytes", limits::kIdBytesMax),
                  "AcctSvcrRef");
    }
    const std::string body = body_of(submission.time, submission.data);
    const auto [known, fresh] = seen_.try_emplace(submission.id, Seen{where, body});
    if (fresh) {
      mapped_.events.push_back(std::move(submission));
    } else if (known->second.body == body) {
      skip(where, fmt::format("the same booking as {}", known->second.where));
    } else {
      return fail(ErrorCode::kConflict,
                  fmt::format("is also the reference of {}, another payment", known->second.where),
                  "AcctSvcrRef");
    }
    return {};
  }

  struct Seen {
    std::string where, body;
  };
  const Settings& settings_;
  std::string account_;
  std::string statement_id_;
  std::map<std::string, Seen> seen_;  // by event id
  Mapped mapped_;
};

Status check_message(std::string_view name_space) {
  if (!name_space.starts_with(kFamily)) {
    return fail(ErrorCode::kUnknownType, "this is not an ISO 20022 camt message");
  }
  const std::string_view message = name_space.substr(kFamily.size());
  if (!message.starts_with(kStatement)) {
    return fail(
        ErrorCode::kUnknownType,
        fmt::format("this is camt.{}; the ledger takes end-of-day statements, camt.053", message));
  }
  const int version = std::atoi(std::string(message.substr(kStatement.size())).c_str());
  if (version < kVersionMin || version > kVersionMax) {
    return fail(ErrorCode::kUnsupportedVersion,
                fmt::format("camt.053 is known in versions {} to {}, not {}", kVersionMin,
                            kVersionMax, version));
  }
  return {};
}

}  // namespace

Mapped map_statements(std::string_view xml, const Settings& settings) {
  Mapped refused;
  const auto refuse = [&](std::string where, Error error) {
    refused.refused.push_back(
        {std::move(where), std::string(xml.substr(0, kRawBytesMax)), std::move(error)});
    return refused;
  };
  const auto document = xml::parse_xml(xml);
  if (!document) return refuse("file", document.error());
  if (auto status = check_message(document->name_space); !status)
    return refuse("file", status.error());
  const auto* body = document->root.find("BkToCstmrStmt");
  if (body == nullptr) {
    return refuse("file", {ErrorCode::kMissingField, "is required", "BkToCstmrStmt"});
  }
  if (body->all("Stmt").empty())
    return refuse("file", {ErrorCode::kMissingField, "the file holds no statement", "Stmt"});
  for (const auto* statement : body->all("Stmt")) {
    if (auto status = check_sums(*statement); !status) {
      return refuse(fmt::format("statement {}", statement->text_at("Id")), status.error());
    }
  }
  Mapper mapper(settings);
  for (const auto* statement : body->all("Stmt")) mapper.statement(*statement);
  return mapper.take();
}

}  // namespace ledger::camt
