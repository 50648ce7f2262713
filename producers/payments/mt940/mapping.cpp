#include "producers/payments/mt940/mapping.h"

#include <fmt/format.h>

#include <utility>

#include "platform/sha256.h"
#include "producers/payments/day_counts.h"
#include "producers/payments/mt940/fields.h"
#include "producers/payments/mt940/statement.h"

namespace ledger::mt940 {

namespace {

constexpr std::size_t kFileBytesMax = 64 * 1024 * 1024;
constexpr std::string_view kReturned = "RTI";
constexpr std::size_t kLineDigits = 16;  // of a line's hash, beside the bank's reference

// All that a booking without a reference is known by: two equal amounts of a day, in statements of
// their own, differ by nothing but who paid and for what.
std::string words_of(const Line& line) {
  const auto& [name, iban, purpose] = line.details;
  return fmt::format("{}\n{}\n{}\n{}", line.text, name.value_or(""), iban ? iban->text() : "",
                     purpose.value_or(""));
}

// One statement that adds up, on its way through.
class Reader {
 public:
  Reader(Statement statement, const bank::Settings& settings, bank::DayCounts& counts,
         bank::Collector& collector)
      : statement_(std::move(statement)),
        settings_(settings),
        counts_(counts),
        collector_(collector) {}

  void read() {
    counts_.begin(statement_.received, statement_.continues);
    for (auto& line : statement_.lines) {
      const std::string where = fmt::format("line {}", line.number);
      if (auto status = this->line(line, where); !status) {
        collector_.refuse(where, line.text, std::move(status).error());
      }
    }
    const std::string where = fmt::format("statement {}", statement_.received.statement_id);
    auto received = collector_.receive(std::move(statement_.received), where);
    if (!received) collector_.refuse(where, "", std::move(received).error());
  }

 private:
  Status line(Line& line, const std::string& where) {
    switch (line.entry.side) {
      case Side::kDebit:
        collector_.skip(where, "outgoing money");
        return {};
      case Side::kReversedDebit:
        collector_.skip(where, "outgoing money that came back");
        return {};
      case Side::kExpected:
        collector_.skip(where, "not booked yet (expected)");
        return {};
      case Side::kReversedCredit:
        return taken_back(line, where);
      case Side::kCredit:
        break;
    }
    if (line.entry.amount.amount_minor == 0) {
      collector_.skip(where, "an entry of nothing");
      return {};
    }
    if (line.entry.type == kReturned) {
      collector_.skip(where, "outgoing money that came back");
      return {};
    }
    return pay(line, where);
  }

  Status pay(Line& line, const std::string& where) {
    LEDGER_TRY(const Days days, days_of(line.entry));
    LEDGER_TRY(std::string reference, reference_of(line, days.booked_on));
    PaymentReceived payment;
    payment.bank_reference = std::move(reference);
    payment.our_account = statement_.received.account;
    payment.amount = line.entry.amount;
    payment.booked_on = days.booked_on;
    payment.value_on = days.value_on;
    payment.payer_name = std::move(line.details.payer_name);
    payment.payer_iban = std::move(line.details.payer_iban);
    payment.purpose = std::move(line.details.purpose);
    LEDGER_CHECK(
        collector_.pay(std::move(payment), bank::start_of(days.booked_on, settings_.zone), where));
    ++statement_.received.payments;
    return {};
  }

  Status taken_back(Line& line, const std::string& where) {
    LEDGER_TRY(const Days days, days_of(line.entry));
    LEDGER_TRY(std::string reference, reference_of(line, days.booked_on));
    statement_.received.taken_back.push_back(
        {std::move(reference), line.entry.amount, days.booked_on, std::move(line.details.purpose)});
    collector_.skip(where, std::string(bank::kTakenBack));
    return {};
  }

  // Neither the statement's number nor its page is of it: banks export days anew under others. The
  // bank's reference alone is not enough: banks repeat it.
  Result<std::string> reference_of(const Line& line, Date day) {
    const std::string_view said = bank::reference_or_none(line.entry.bank_reference);
    const std::string words = said.empty() ? words_of(line) : line.text;
    const std::string hash = to_hex(sha256(words));
    const int use = counts_.next(day, words);
    if (said.empty() && counts_.lacks_page()) {
      return fail(
          ErrorCode::kMissingField,
          "names no reference of the bank, and the page before is not in the file: which of "
          "the day's equal bookings it is, nobody knows; import all pages of the statement as one "
          "file",
          "61");
    }
    std::string key = said.empty() ? fmt::format("{}|{}|{}", line.entry.value_day, use, hash)
                                   : fmt::format("{}|{}|{}", line.entry.value_day, said,
                                                 hash.substr(0, kLineDigits));
    if (!said.empty() && use > 1) key += fmt::format("|{}", use);
    return key;
  }

  Statement statement_;
  const bank::Settings& settings_;
  bank::DayCounts& counts_;
  bank::Collector& collector_;
};

Result<std::string> text_of(std::string_view bytes, const Settings& settings) {
  if (bytes.size() > kFileBytesMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("the file has {} bytes, at most {} are read",
                                                  bytes.size(), kFileBytesMax));
  }
  return settings.charset ? decode(bytes, *settings.charset) : decode_detected(bytes);
}

}  // namespace

Mapped map_statements(std::string_view bytes, const Settings& settings) {
  bank::Collector collector(settings.bank, bytes);
  if (auto other = bank::other_file(bytes)) {
    collector.refuse("file", "", *std::move(other));
    return collector.take();
  }
  const auto text = text_of(bytes, settings);
  if (!text) {
    collector.refuse("file", "", text.error());
    return collector.take();
  }
  const Blocks blocks = split(*text);
  if (blocks.statements.empty()) {
    collector.refuse("file", bytes,
                     {ErrorCode::kMalformed,
                      "this is no MT940 file: no line begins with :20:; of camt (XML) say "
                      "`import camt`"});
    return collector.take();
  }
  std::vector<Statement> statements;
  for (const auto& block : blocks.statements) {
    auto statement = read_statement(block);
    if (statement) {
      statements.push_back(*std::move(statement));
    } else {
      collector.refuse_file(fmt::format("statement from line {} on", block.fields.front().line),
                            std::move(statement).error());
    }
  }
  // Nothing of a file is taken of which a part cannot be believed; each such part is named.
  if (statements.size() != blocks.statements.size()) return collector.take();
  std::vector<StatementReceived> received;
  received.reserve(statements.size());
  for (const auto& statement : statements) received.push_back(statement.received);
  bank::DayCounts counts;
  for (const auto i : bank::by_day(received)) {
    Reader(std::move(statements[i]), settings.bank, counts, collector).read();
  }
  for (const auto& stray : blocks.stray) {
    if (stray.tag != "61") continue;
    collector.refuse(fmt::format("line {}", stray.line), stray.lines.front(),
                     {ErrorCode::kMalformed,
                      "stands outside of any statement: fetch the file again from the bank", "61"});
  }
  return collector.take();
}

}  // namespace ledger::mt940
