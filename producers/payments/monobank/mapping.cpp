#include "producers/payments/monobank/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "platform/limits.h"
#include "platform/utf8.h"
#include "producers/payments/currency_numbers.h"
#include "producers/payments/json_row.h"

namespace ledger::monobank {

namespace {

using bank::JsonRow;

// Seconds since 1970, of a year that this ledger has.
Result<Timestamp> time_of(const JsonRow& row) {
  LEDGER_TRY(const std::int64_t seconds, row.integer("time"));
  const auto year_of = [](std::int64_t days) {
    return static_cast<int>(
        Date{std::chrono::sys_days{std::chrono::days(static_cast<int>(days))}}.year());
  };
  constexpr std::int64_t kDay = 24 * 3600;
  constexpr std::int64_t kDaysMax = 3'000'000;  // more than any calendar here
  const std::int64_t days = seconds / kDay;
  const bool in_range = seconds >= 0 && days < kDaysMax && year_of(days) >= limits::kEarliestYear &&
                        year_of(days + 1) <= limits::kLatestYear;
  if (in_range) return Timestamp(std::chrono::seconds(seconds));
  return fail(ErrorCode::kOutOfRange, fmt::format("{} is no time of our years", seconds), "time");
}

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// What the payer wrote, behind what the bank calls it.
std::optional<std::string> purpose_of(const JsonRow& row) {
  std::string description = row.text_or_none("description");
  std::string comment = row.text_or_none("comment");
  if (description.empty() && comment.empty()) return std::nullopt;
  if (description.empty() || description == comment) return comment;
  return comment.empty() ? description : description + "; " + comment;
}

Result<PaymentReceived> payment_of(const JsonRow& row, const Account& account,
                                   std::int64_t amount) {
  PaymentReceived payment;
  LEDGER_TRY(payment.bank_reference, row.text("id"));
  payment.our_account = account.name;
  payment.amount = {amount, account.currency};
  if (const auto name = row.find("counterName")) payment.payer_name = std::string(*name);
  payment.purpose = purpose_of(row);
  bank::take_payer_code(row.text_or_none("counterEdrpou"), payment);
  bank::take_payer_account(row.text_or_none("counterIban"), payment);
  return payment;
}

class Items {
 public:
  Items(const Account& account, const Settings& settings, std::string_view json)
      : account_(account), settings_(settings), collector_(settings.bank, json) {}

  void add(const Result<JsonRow>& row, std::size_t number) {
    std::string where = fmt::format("row {}", number);
    if (!row) return collector_.refuse(std::move(where), "", row.error());
    where = fmt::format("row {}, id {}", number, excerpt(row->text_or_none("id")));
    const auto taken = take(*row, where);
    if (!taken) collector_.refuse(std::move(where), row->json(), taken.error());
  }

  [[nodiscard]] Statement statement() { return {collector_.take(), std::move(items_)}; }

 private:
  Status take(const JsonRow& row, const std::string& where) {
    LEDGER_TRY(const std::string id, row.text("id"));
    LEDGER_TRY(const Timestamp time, time_of(row));
    items_.push_back({id, time});
    LEDGER_TRY(const std::int64_t amount, row.integer("amount"));
    if (amount <= 0) return leave(where, "outgoing money");
    if (row.is_true("hold")) return leave(where, "on hold: not settled yet");
    const bool own = holds(settings_.own_codes, row.text_or_none("counterEdrpou")) ||
                     holds(settings_.own_accounts, row.text_or_none("counterIban"));
    if (own) return leave(where, "between own accounts");
    LEDGER_TRY(PaymentReceived payment, payment_of(row, account_, amount));
    payment.booked_on = settings_.bank.zone.local_day(time);
    return collector_.pay(std::move(payment), time, where);
  }

  Status leave(const std::string& where, std::string reason) {
    collector_.skip(where, std::move(reason));
    return {};
  }

  const Account& account_;
  const Settings& settings_;
  bank::Collector collector_;
  std::vector<Statement::Item> items_;
};

// Of the token's holder or of a company of his. Cards of currencies that nobody here trades in are
// none of ours.
Status add_accounts(const JsonRow& holder, ClientInfo& info) {
  const auto list = holder.find("accounts");
  if (!list) return {};
  LEDGER_TRY(const auto rows, bank::rows_of(*list));
  for (const auto& row : rows) {
    if (!row) return tl::unexpected(row.error());
    LEDGER_TRY(const std::string id, row->text("id"));
    LEDGER_TRY(const std::int64_t number, row->integer("currencyCode"));
    const auto currency = bank::currency_numbered(number);
    if (!currency) continue;
    const std::string iban = row->text_or_none("iban");
    info.accounts.push_back({id, iban.empty() ? id : iban, *currency});
  }
  return {};
}

}  // namespace

Result<ClientInfo> read_client_info(std::string_view json) {
  LEDGER_TRY(const JsonRow client, JsonRow::of(json));
  ClientInfo info;
  info.webhook_url = client.text_or_none("webHookUrl");
  LEDGER_CHECK(client.text("accounts"));
  LEDGER_CHECK(add_accounts(client, info));
  const auto managed = client.find("managedClients");
  if (!managed) return info;
  LEDGER_TRY(const auto companies, bank::rows_of(*managed));
  for (const auto& company : companies) {
    if (!company) return tl::unexpected(company.error());
    const std::string code = company->text_or_none("tin");
    if (code.find_first_not_of('0') != std::string::npos) info.own_codes.push_back(code);
    LEDGER_CHECK(add_accounts(*company, info));
  }
  return info;
}

Result<Statement> map_statement(std::string_view json, const Account& account,
                                const Settings& settings) {
  LEDGER_TRY(const auto rows, bank::rows_of(json));
  Items items(account, settings, json);
  for (std::size_t i = 0; i < rows.size(); ++i) items.add(rows[i], i + 1);
  return items.statement();
}

Result<std::optional<Hint>> read_hint(std::string_view json) {
  LEDGER_TRY(const JsonRow delivery, JsonRow::of(json));
  LEDGER_TRY(const std::string type, delivery.text("type"));
  if (type != "StatementItem") return std::nullopt;
  LEDGER_TRY(const std::string text, delivery.text("data"));
  LEDGER_TRY(const JsonRow data, JsonRow::of(text));
  Hint hint;
  LEDGER_TRY(hint.account, data.text("account"));
  LEDGER_TRY(const std::string entry, data.text("statementItem"));
  LEDGER_TRY(const JsonRow item, JsonRow::of(entry));
  LEDGER_TRY(hint.item, item.text("id"));
  LEDGER_TRY(hint.time, time_of(item));
  return hint;
}

}  // namespace ledger::monobank
