#include "producers/payments/privatbank/mapping.h"
#include "events/payment_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <utility>

#include "platform/limits.h"
#include "platform/utf8.h"
#include "producers/payments/json_row.h"

namespace ledger::privatbank {

namespace {

using bank::JsonRow;

// "2026" of "24.11.2026" with that place and length; below zero: other than digits stand there.
int number_at(std::string_view text, std::size_t place, std::size_t length) {
  int number = 0;
  for (const char c : text.substr(place, length)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

Error wrong(std::string_view value, std::string_view wanted, std::string_view field) {
  return {ErrorCode::kInvalidField, fmt::format("'{}' is not {}", excerpt(value), wanted),
          std::string(field)};
}

// dd.mm.yyyy, with whatever stands behind it.
Result<Date> read_day(std::string_view text, std::string_view field) {
  const bool shaped = text.size() >= 10 && text[2] == '.' && text[5] == '.' &&
                      number_at(text, 0, 2) > 0 && number_at(text, 3, 2) > 0 &&
                      number_at(text, 6, 4) > 0;
  if (!shaped) return tl::unexpected(wrong(text, "a day such as 24.11.2026", field));
  const auto day =
      parse_date(fmt::format("{}-{}-{}", text.substr(6, 4), text.substr(3, 2), text.substr(0, 2)));
  if (!day) return tl::unexpected(wrong(text, "a day such as 24.11.2026", field));
  // Its midnight in Kyiv lies in the year before.
  if (int{day->year()} == limits::kEarliestYear) {
    return fail(ErrorCode::kOutOfRange, "is no day of our years", std::string(field));
  }
  return *day;
}

// hh:mm or hh:mm:ss.
Result<std::chrono::seconds> read_clock(std::string_view text, std::string_view field) {
  const bool shaped = (text.size() == 5 || (text.size() == 8 && text[5] == ':')) && text[2] == ':';
  const int hours = shaped ? number_at(text, 0, 2) : -1;
  const int minutes = shaped ? number_at(text, 3, 2) : -1;
  const int seconds = shaped && text.size() == 8 ? number_at(text, 6, 2) : 0;
  const auto within = [](int number, int most) { return 0 <= number && number <= most; };
  if (!within(hours, 23) || !within(minutes, 59) || !within(seconds, 59)) {
    return tl::unexpected(wrong(text, "a time such as 10:15:00", field));
  }
  return std::chrono::seconds((hours * 60 + minutes) * 60 + seconds);
}

struct Moment {
  Timestamp time;
  Date day;
};
Result<Moment> moment_of(const JsonRow& row, const BusinessZone& zone) {
  constexpr std::string_view kBoth = "DATE_TIME_DAT_OD_TIM_P";
  constexpr std::size_t kDayBytes = 10;
  if (const auto both = row.find(kBoth); both && both->size() > kDayBytes) {
    LEDGER_TRY(const Date day, read_day(*both, kBoth));
    LEDGER_TRY(const auto clock, read_clock(both->substr(kDayBytes + 1), kBoth));
    return Moment{zone.to_instant(day, clock), day};
  }
  LEDGER_TRY(const std::string text, row.text("DAT_OD"));
  LEDGER_TRY(const Date day, read_day(text, "DAT_OD"));
  const auto time = row.find("TIM_P");
  if (!time) return Moment{bank::start_of(day, zone), day};
  LEDGER_TRY(const auto clock, read_clock(*time, "TIM_P"));
  return Moment{zone.to_instant(day, clock), day};
}

Result<Money> amount_of(const JsonRow& row) {
  LEDGER_TRY(const std::string code, row.text("CCY"));
  const auto currency = Currency::parse(code);
  if (!currency) return fail(ErrorCode::kInvalidField, currency.error().message, "CCY");
  LEDGER_TRY(const std::string sum, row.text("SUM"));
  const auto amount = parse_decimal(sum, *currency);
  if (!amount) return fail(ErrorCode::kInvalidField, amount.error().message, "SUM");
  if (amount->amount_minor <= 0) return tl::unexpected(wrong(sum, "a sum above zero", "SUM"));
  return *amount;
}

// Which of the bank's words stands there.
Result<std::string_view> word_of(const JsonRow& row, std::string_view name,
                                 std::initializer_list<std::string_view> words) {
  const auto value = row.find(name);
  if (!value) return fail(ErrorCode::kMissingField, "is required", std::string(name));
  for (const std::string_view word : words) {
    if (*value == word) return word;
  }
  return tl::unexpected(wrong(*value, fmt::format("one of {}", fmt::join(words, ", ")), name));
}

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

class Rows {
 public:
  Rows(const Settings& settings, std::string_view json, std::string_view account,
       Timestamp asked_at)
      : settings_(settings),
        account_(account),
        asked_at_(asked_at),
        collector_(settings.bank, json) {}

  void add(const Result<JsonRow>& row, std::size_t number) {
    std::string where = fmt::format("row {}", number);
    if (!row) return collector_.refuse(std::move(where), "", row.error());
    where = fmt::format("row {}, REF {}", number, excerpt(row->text_or_none("REF")));
    const auto taken = take(*row, where);
    if (!taken) collector_.refuse(std::move(where), row->json(), taken.error());
  }
  [[nodiscard]] Mapped mapped() { return collector_.take(); }

 private:
  Status take(const JsonRow& row, const std::string& where) {
    const auto account = row.find("AUT_MY_ACC");
    if (!account) return fail(ErrorCode::kMissingField, "is required", "AUT_MY_ACC");
    if (*account != account_) return leave(where, "another account's");
    LEDGER_TRY(const std::string_view side, word_of(row, "TRANTYPE", {"C", "D"}));
    if (side == "D") return leave(where, "outgoing money");
    LEDGER_TRY(const std::string_view state, word_of(row, "PR_PR", {"p", "r", "t", "n"}));
    if (state == "p") return leave(where, "pending: not posted yet");
    LEDGER_TRY(const std::string_view real, word_of(row, "FL_REAL", {"r", "i"}));
    if (real == "i") return leave(where, "informational: no money moved");
    if (is_own(row)) return leave(where, "between own accounts");
    LEDGER_TRY(const Moment moment, moment_of(row, settings_.bank.zone));
    LEDGER_TRY(PaymentReceived payment, payment_of(row));
    if (state != "r") {
      return collector_.take_back(
          account_in(payment.our_account, payment.amount.currency), payment.bank_reference,
          moment.time,
          state == "t" ? "the bank reversed it (PR_PR t)" : "the bank rejected it (PR_PR n)",
          where);
    }
    if (moment.time > asked_at_) {
      return leave(where, "posted for a later moment: recorded once that has come");
    }
    payment.booked_on = moment.day;
    return collector_.pay(std::move(payment), moment.time, where);
  }

  Status leave(const std::string& where, std::string reason) {
    collector_.skip(where, std::move(reason));
    return {};
  }

  [[nodiscard]] bool is_own(const JsonRow& row) const {
    const std::string code = row.text_or_none("AUT_CNTR_CRF");
    const std::string account = row.text_or_none("AUT_CNTR_ACC");
    if (!account.empty() && holds(settings_.own_accounts, account)) return true;
    const bool is_code = code.find_first_not_of('0') != std::string::npos;
    return is_code && (code == row.text_or_none("AUT_MY_CRF") || holds(settings_.own_codes, code));
  }

  [[nodiscard]] Result<PaymentReceived> payment_of(const JsonRow& row) const {
    PaymentReceived payment;
    payment.our_account = account_;
    LEDGER_TRY(const std::string reference, row.text("REF"));
    LEDGER_TRY(const std::string place, row.text("REFN"));
    payment.bank_reference = reference + "|" + place;
    LEDGER_TRY(payment.amount, amount_of(row));
    if (const auto name = row.find("AUT_CNTR_NAM")) payment.payer_name = std::string(*name);
    if (const auto purpose = row.find("OSND")) payment.purpose = std::string(*purpose);
    bank::take_payer_code(row.text_or_none("AUT_CNTR_CRF"), payment);
    bank::take_payer_account(row.text_or_none("AUT_CNTR_ACC"), payment);
    return payment;
  }

  const Settings& settings_;
  std::string_view account_;
  Timestamp asked_at_;
  bank::Collector collector_;
};

// The bank's answer, if it is one that grants what was asked.
Result<JsonRow> answer_in(std::string_view json) {
  LEDGER_TRY(JsonRow answer, JsonRow::of(json));
  LEDGER_TRY(const std::string status, answer.text("status"));
  if (status == "SUCCESS") return answer;
  return fail(ErrorCode::kInvalidField,
              fmt::format("the bank says {} {}", excerpt(status),
                          excerpt(answer.text_or_none("message"), 200)),
              "status");
}

}  // namespace

Result<Phase> read_phase(std::string_view json) {
  LEDGER_TRY(const JsonRow answer, answer_in(json));
  LEDGER_TRY(const std::string text, answer.text("settings"));
  LEDGER_TRY(const JsonRow settings, JsonRow::of(text));
  LEDGER_TRY(const std::string phase, settings.text("phase"));
  if (settings.find("work_balance") == "Y") return Phase{false, "work_balance is Y"};
  if (phase != "WRK") return Phase{false, fmt::format("phase is {}", excerpt(phase))};
  return Phase{true};
}

Result<Page> map_page(std::string_view json, const Settings& settings, std::string_view account,
                      Timestamp asked_at) {
  LEDGER_TRY(const JsonRow answer, answer_in(json));
  LEDGER_TRY(const std::string list, answer.text("transactions"));
  Page page;
  if (answer.is_true("exist_next_page")) {
    LEDGER_TRY(page.next, answer.text("next_page_id"));
  }
  LEDGER_TRY(const auto rows, bank::rows_of(list));
  Rows reading(settings, json, account, asked_at);
  for (std::size_t i = 0; i < rows.size(); ++i) reading.add(rows[i], i + 1);
  page.told = reading.mapped();
  return page;
}

}  // namespace ledger::privatbank
