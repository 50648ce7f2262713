#include "producers/payments/booking.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "events/payment_key.h"
#include "events/types/amendment.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "platform/utf8.h"

namespace ledger::bank {

namespace {

constexpr std::size_t kRawBytesMax = 2048;
constexpr std::size_t kDigestDigits = 16;  // of an id: enough to tell a house's files apart

Status check_text(const std::optional<std::string>& text, std::string_view field) {
  if (!text || text->size() <= limits::kTextBytesMax) return {};
  return fail(ErrorCode::kTooLarge,
              fmt::format("has {} bytes, at most {} are kept; record this payment by hand",
                          text->size(), limits::kTextBytesMax),
              std::string(field));
}

Status check_id_fits(const std::string& id, std::string_view field) {
  if (id.size() <= limits::kIdBytesMax) return {};
  return fail(ErrorCode::kTooLarge,
              fmt::format("with the account an id takes at most {} bytes", limits::kIdBytesMax),
              std::string(field));
}

// A file system takes any bytes for a name, an event does not.
bool is_plain(std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  return !name.empty() && name.size() <= limits::kTextBytesMax && is_valid_utf8(name) &&
         std::none_of(name.begin(), name.end(), is_control);
}

}  // namespace

std::optional<Error> other_file(std::string_view bytes) {
  struct Kind {
    std::string_view begins;
    std::string_view name;
  };
  static constexpr std::array<Kind, 6> kKinds{{{"%PDF", "a PDF"},
                                               {"PK\x03\x04", "a spreadsheet or archive"},
                                               {"\xd0\xcf\x11\xe0", "a spreadsheet"},
                                               {"<html", "a web page"},
                                               {"<!doctype html", "a web page"},
                                               {"{\\rtf", "a text document"}}};
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  const auto lower = [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  for (const auto& kind : kKinds) {
    const std::string_view head = bytes.substr(0, kind.begins.size());
    const bool same =
        std::equal(head.begin(), head.end(), kind.begins.begin(), kind.begins.end(),
                   [&](char left, char right) { return lower(left) == lower(right); });
    if (!same) continue;
    return Error{ErrorCode::kMalformed,
                 fmt::format("this is {}, not a statement that programs read: export it from the "
                             "bank as camt.053 (XML) or MT940",
                             kind.name)};
  }
  return std::nullopt;
}

std::string_view reference_or_none(std::string_view reference) {
  static constexpr std::array<std::string_view, 4> kNone{"NOTPROVIDED", "NONREF", "NOREF",
                                                         "UNKNOWN"};
  const bool none = std::find(kNone.begin(), kNone.end(), reference) != kNone.end();
  return none ? std::string_view() : reference;
}

Status check_sums(const Money& opening, std::int64_t booked, const Money& closing) {
  if (opening.currency != closing.currency) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("is in {} at the opening and in {} at the closing; ask the bank for "
                            "a statement of one currency",
                            opening.currency.text(), closing.currency.text()),
                "Bal");
  }
  LEDGER_TRY(const std::int64_t expected, add_checked(opening.amount_minor, booked));
  if (expected == closing.amount_minor) return {};
  return fail(
      ErrorCode::kInvalidField,
      fmt::format("does not add up: opening {} and booked entries {} make {}, the closing is "
                  "{}: the file lacks entries or was changed, fetch it again from the bank",
                  format_decimal(opening), format_decimal({booked, opening.currency}),
                  format_decimal({expected, opening.currency}), format_decimal(closing)),
      "Bal");
}

void take_payer_code(std::string_view code, PaymentReceived& payment) {
  // Zeros stand for a payer without one.
  if (code.find_first_not_of('0') == std::string_view::npos) return;
  if (auto parsed = TaxCode::parse(code)) payment.payer_tax_code = *std::move(parsed);
}

void take_payer_account(std::string_view account, PaymentReceived& payment) {
  if (auto parsed = Iban::parse(account)) payment.payer_iban = *std::move(parsed);
}

Timestamp start_of(Date day, const BusinessZone& zone) {
  return zone.to_instant(day, std::chrono::seconds(0));
}

Collector::Collector(const Settings& settings, std::string_view file_bytes)
    : settings_(settings), digest_(to_hex(sha256(file_bytes))) {}

void Collector::skip(std::string where, std::string reason) {
  mapped_.skipped.push_back({std::move(where), std::move(reason)});
}

void Collector::refuse(std::string where, std::string_view raw, Error error) {
  mapped_.refused.push_back(
      {std::move(where), std::string(raw.substr(0, kRawBytesMax)), std::move(error)});
}

void Collector::refuse_file(std::string where, Error error) {
  error.message += "; nothing of this file is taken";
  refuse(std::move(where), "", std::move(error));
}

Status Collector::pay(PaymentReceived payment, Timestamp time, const std::string& where,
                      Standing standing, const std::string& key) {
  LEDGER_CHECK(check_text(payment.payer_name, "payer_name"));
  LEDGER_CHECK(check_text(payment.purpose, "purpose"));
  Submission submission;
  submission.source = settings_.source;
  submission.id = account_in(payment.our_account, payment.amount.currency) + "|" +
                  (key.empty() ? payment.bank_reference : key);
  submission.time = time;
  submission.data = std::move(payment);
  LEDGER_CHECK(check_id_fits(submission.id, "bank_reference"));
  LEDGER_TRY(const bool fresh,
             note(submission.id, body_of(submission.time, submission.data), where));
  if (!fresh) return {};
  (standing == Standing::kFirm ? mapped_.events : mapped_.provisional)
      .push_back(std::move(submission));
  return {};
}

// Whether it is told for the first time; told again alike it is skipped.
Result<bool> Collector::note(const std::string& id, const std::string& body,
                             const std::string& where) {
  const auto [known, fresh] = seen_.try_emplace(id, Seen{where, body});
  if (fresh) return true;
  if (known->second.body != body) {
    return fail(ErrorCode::kConflict,
                fmt::format("is also the reference of {}, another payment; ask the bank which of "
                            "the two is right",
                            known->second.where),
                "bank_reference");
  }
  skip(where, fmt::format("the same booking as {}", known->second.where));
  return false;
}

Status Collector::take_back(const std::string& account, const std::string& bank_reference,
                            Timestamp time, std::string reason, const std::string& where) {
  EventVoided voided;
  voided.target_source = settings_.source;
  voided.target_id = account + "|" + bank_reference;
  voided.reason = std::move(reason);
  const std::string id = voided.target_id + "|taken back";
  LEDGER_CHECK(check_id_fits(id, "bank_reference"));
  LEDGER_TRY(const bool fresh, note(voided.target_id, "taken back", where));
  if (!fresh) return {};
  mapped_.events.push_back(
      Submission{id, settings_.source, time, {}, EventData(std::move(voided))});
  return {};
}

Status Collector::receive(StatementReceived statement, const std::string& where) {
  statement.file_sha256 = digest_;
  if (is_plain(settings_.file)) statement.file = settings_.file;
  LEDGER_CHECK(statement.validate());
  Submission submission;
  submission.source = settings_.source;
  const std::string id = fmt::format("{}|statement {}|{}", statement.account,
                                     statement.statement_id, digest_.substr(0, kDigestDigits));
  submission.time = start_of(statement.to, settings_.zone);
  submission.data = std::move(statement);
  // A file may hold several parts under one name.
  submission.id = id;
  for (int part = 2; !seen_.try_emplace(submission.id, Seen{where, {}}).second; ++part) {
    submission.id = fmt::format("{}|{}", id, part);
  }
  LEDGER_CHECK(check_id_fits(submission.id, "statement_id"));
  // The file's name may be another one the next time, and that changes no fact.
  mapped_.provisional.push_back(std::move(submission));
  return {};
}

}  // namespace ledger::bank
