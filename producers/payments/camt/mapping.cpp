#include "producers/payments/camt/mapping.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "platform/sha256.h"
#include "platform/utf8.h"
#include "platform/xml_tree.h"
#include "producers/payments/camt/reading.h"
#include "producers/payments/camt/statement.h"
#include "producers/payments/camt/transactions.h"
#include "producers/payments/day_counts.h"

namespace ledger::camt {

namespace {

using bank::Standing;
using xml::Element;

constexpr std::string_view kFamily = "urn:iso:std:iso:20022:tech:xsd:camt.";
constexpr int kVersionMin = 2;
constexpr int kVersionMax = 13;

enum class Kind { kReport, kStatement, kNotification };
struct Message {
  std::string_view number;  // in the namespace
  std::string_view body;    // the element that holds
  std::string_view part;    // these
  Kind kind;
};
constexpr std::array kMessages{
    Message{"052.001.", "BkToCstmrAcctRpt", "Rpt", Kind::kReport},
    Message{"053.001.", "BkToCstmrStmt", "Stmt", Kind::kStatement},
    Message{"054.001.", "BkToCstmrDbtCdtNtfctn", "Ntfctn", Kind::kNotification}};

Result<Message> message_of(std::string_view name_space) {
  if (!name_space.starts_with(kFamily)) {
    return fail(ErrorCode::kUnknownType,
                "this is not an ISO 20022 camt message; export the statement as camt.053");
  }
  const std::string_view name = name_space.substr(kFamily.size());
  for (const auto& message : kMessages) {
    if (!name.starts_with(message.number)) continue;
    const std::string_view digits = name.substr(message.number.size());
    int version = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (kVersionMin <= version && version <= kVersionMax) return message;
    return fail(
        ErrorCode::kUnsupportedVersion,
        fmt::format("camt.{} is known in versions {} to {}, not '{}'", message.number.substr(0, 3),
                    kVersionMin, kVersionMax, excerpt(digits)));
  }
  return fail(ErrorCode::kUnknownType,
              fmt::format("this is camt.{}; what is taken are the day's statement camt.053, the "
                          "report camt.052 and the notification camt.054",
                          excerpt(name)));
}

std::string raw_of(const Element& entry) {
  return fmt::format("{} {} {}", entry.text_at("Amt"), entry.text_at("CdtDbtInd"),
                     entry.text_at("AcctSvcrRef"));
}

// All that a booking without a reference is known by, beside its day.
std::string words_of(const PaymentReceived& payment) {
  const auto day = [](const std::optional<Date>& on) { return on ? format_date(*on) : ""; };
  const auto text = [](const auto& code) { return code ? code->text() : ""; };
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", format_decimal(payment.amount),
                     payment.amount.currency.text(), day(payment.value_on),
                     payment.payer_name.value_or(""), text(payment.payer_tax_code),
                     text(payment.payer_iban), payment.purpose.value_or(""));
}

// One statement, report or notification on its way through.
class Reader {
 public:
  Reader(const Element& part, Kind kind, const Settings& settings, bank::DayCounts& counts,
         bank::Collector& collector)
      : part_(part),
        kind_(kind),
        settings_(settings),
        counts_(counts),
        collector_(collector),
        account_(account_of(part)),
        id_(part.text_at("Id")) {}

  void read() {
    int number = 0;
    for (const auto* entry : part_.all("Ntry")) {
      const std::string where = fmt::format("statement {} entry {}", id_, ++number);
      if (auto status = this->entry(*entry, {account_, id_, number, where}); !status) {
        collector_.refuse(where, raw_of(*entry), std::move(status).error());
      }
    }
  }
  [[nodiscard]] std::int64_t payments() const { return payments_; }
  [[nodiscard]] std::vector<TakenBack> take_taken_back() { return std::move(taken_back_); }

 private:
  Status entry(const Element& entry, const Place& place) {
    const std::string_view status = status_of(entry);
    if (status.empty()) {
      return fail(ErrorCode::kMissingField,
                  "is missing: whether the entry is booked, nobody can say", "Sts");
    }
    if (status != "BOOK") {
      collector_.skip(place.where, fmt::format("not booked yet ({})", status));
      return {};
    }
    LEDGER_TRY(const Money amount, signed_amount(entry));
    if (amount.amount_minor < 0) return outgoing(entry, amount, place);
    if (amount.amount_minor == 0) {
      collector_.skip(place.where, "an entry of nothing");
      return {};
    }
    if (is_reversal(entry)) {
      collector_.skip(place.where, "outgoing money that came back");
      return {};
    }
    LEDGER_TRY(const Moment booked, moment_of(entry, "BookgDt", settings_.zone));
    LEDGER_TRY(auto transactions, transactions_of(entry, amount, place));
    if (kind_ != Kind::kStatement && !transactions.referenced) {
      collector_.skip(place.where,
                      "no reference of the bank, by which the day's statement (camt.053) would be "
                      "known to tell of the same booking");
      return {};
    }
    for (auto& skipped : transactions.skipped) {
      collector_.skip(std::move(skipped.where), std::move(skipped.reason));
    }
    const bool firm = transactions.listed && kind_ != Kind::kReport;
    for (auto& [payment, key] : transactions.payments) {
      LEDGER_CHECK(complete(payment, entry, booked));
      auto paid = pay(std::move(payment), key, booked, place.where,
                      firm ? Standing::kFirm : Standing::kProvisional);
      if (paid) ++payments_;
      if (!paid) collector_.refuse(place.where, raw_of(entry), std::move(paid).error());
    }
    return take_back(std::move(transactions.taken_back), booked, place);
  }

  // A reference is of its booking day: banks that number within the day begin anew each morning.
  Status pay(PaymentReceived payment, const std::string& reference, const Moment& booked,
             const std::string& where, Standing standing) {
    std::string key = format_date(booked.day) + "|" + reference;
    if (reference.empty()) {
      if (counts_.lacks_page()) {
        return fail(ErrorCode::kMissingField,
                    "is missing, and so is the page before this one: which of the day's equal "
                    "bookings it is, nobody knows; import all pages of the statement as one file",
                    "AcctSvcrRef");
      }
      const std::string words = words_of(payment);
      key += fmt::format("{}|{}", counts_.next(booked.day, words), to_hex(sha256(words)));
      payment.bank_reference = key;
    }
    return collector_.pay(std::move(payment), booked.time, where, standing, key);
  }

  Status complete(PaymentReceived& payment, const Element& entry, const Moment& booked) const {
    payment.booked_on = booked.day;
    if (entry.find("ValDt") == nullptr) return {};
    LEDGER_TRY(const Moment value, moment_of(entry, "ValDt", settings_.zone));
    payment.value_on = value.day;
    return {};
  }

  Status outgoing(const Element& entry, const Money& amount, const Place& place) {
    auto taken = taken_back_of(entry, amount, place);
    if (taken.empty()) {
      collector_.skip(place.where, "outgoing money");
      return {};
    }
    LEDGER_TRY(const Moment booked, moment_of(entry, "BookgDt", settings_.zone));
    return take_back(std::move(taken), booked, place);
  }

  // The statement keeps what the bank took back: a person says which payment that was.
  Status take_back(std::vector<TakenBack> all, const Moment& booked, const Place& place) {
    for (auto& taken : all) {
      if (kind_ != Kind::kStatement) {
        return fail(ErrorCode::kInvalidField,
                    fmt::format("says that the bank took back {} of money received ({}); the day's "
                                "statement (camt.053) alone can record it: import that, or record "
                                "payment.reversed for the payment",
                                format_decimal(taken.amount), excerpt(taken.bank_reference)),
                    "RvslInd");
      }
      taken.booked_on = booked.day;
      taken_back_.push_back(std::move(taken));
      collector_.skip(place.where, std::string(bank::kTakenBack));
    }
    return {};
  }

  const Element& part_;
  Kind kind_;
  const Settings& settings_;
  bank::DayCounts& counts_;
  bank::Collector& collector_;
  std::string account_;
  std::string id_;
  std::int64_t payments_ = 0;
  std::vector<TakenBack> taken_back_;
};

std::string name_of_part(const Element& part) {
  return fmt::format("statement {}", part.text_at("Id"));
}

// What the parts say of themselves, in their order. A file of which one does not add up is taken
// not at all; each that does not is named.
std::optional<std::vector<StatementReceived>> read_statements(
    const std::vector<const Element*>& parts, const Settings& settings,
    bank::Collector& collector) {
  std::vector<StatementReceived> statements;
  for (const auto* part : parts) {
    auto statement = read_statement(*part, settings.zone);
    if (statement) {
      statements.push_back(*std::move(statement));
    } else {
      collector.refuse_file(name_of_part(*part), std::move(statement).error());
    }
  }
  if (statements.size() != parts.size()) return std::nullopt;
  return statements;
}

void read_reports(const std::vector<const Element*>& parts, Kind kind, const Settings& settings,
                  bank::Collector& collector) {
  bank::DayCounts none;  // what has no reference is left to the statement
  for (const auto* part : parts) {
    if (account_of(*part).empty()) {
      collector.refuse(name_of_part(*part), "",
                       {ErrorCode::kMissingField, "is required", "Acct/Id"});
      continue;
    }
    Reader(*part, kind, settings, none, collector).read();
  }
}

void read_parts(const std::vector<const Element*>& parts, Kind kind, const Settings& settings,
                bank::Collector& collector) {
  if (kind != Kind::kStatement) return read_reports(parts, kind, settings, collector);
  auto statements = read_statements(parts, settings, collector);
  if (!statements) return;
  bank::DayCounts counts;
  for (const auto i : bank::by_day(*statements)) {
    auto& statement = (*statements)[i];
    counts.begin(statement, continues(*parts[i]));
    Reader reader(*parts[i], kind, settings, counts, collector);
    reader.read();
    statement.payments = reader.payments();
    statement.taken_back = reader.take_taken_back();
    const std::string where = name_of_part(*parts[i]);
    auto received = collector.receive(std::move(statement), where);
    if (!received) collector.refuse(where, "", std::move(received).error());
  }
}

// The other format of statements is easily taken for this one.
Error with_hint(Error error, std::string_view bytes) {
  if (bytes.find(":20:") != std::string_view::npos && bytes.find('<') == std::string_view::npos) {
    error.message += "; of MT940 say `import mt940`";
  }
  return error;
}

}  // namespace

Mapped map_statements(std::string_view xml, const Settings& settings) {
  bank::Collector collector(settings, xml);
  const auto refuse = [&](Error error) {
    collector.refuse("file", xml, std::move(error));
    return collector.take();
  };
  if (auto other = bank::other_file(xml)) return refuse(*std::move(other));
  const auto document = xml::parse_xml(xml);
  if (!document) return refuse(with_hint(document.error(), xml));
  const auto message = message_of(document->name_space);
  if (!message) return refuse(message.error());
  const auto* body = document->root.find(message->body);
  if (body == nullptr) {
    return refuse({ErrorCode::kMissingField, "is required", std::string(message->body)});
  }
  const auto parts = body->all(message->part);
  if (parts.empty()) {
    return refuse(
        {ErrorCode::kMissingField, "the file holds no statement", std::string(message->part)});
  }
  read_parts(parts, message->kind, settings, collector);
  return collector.take();
}

}  // namespace ledger::camt
