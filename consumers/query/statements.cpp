#include <set>

#include "consumers/query/duty_links.h"
#include "consumers/query/routes.h"
#include "projections/bank_statements/queries.h"

namespace ledger {

namespace {

using bank_statements::Account;
using bank_statements::Finding;
using bank_statements::Found;
using bank_statements::Statement;

void write_money(JsonWriter& json, std::string_view name, const Money& money) {
  json.member(name, money.amount_minor);
}

void write_days(JsonWriter& json, const StatementReceived& data) {
  json.member("statement_id", data.statement_id);
  json.member("format", name_of(data.format));
  if (data.sequence) json.member("sequence", *data.sequence);
  if (data.page) json.member("page", *data.page);
  json.member("from", format_date(data.from));
  json.member("to", format_date(data.to));
  write_money(json, "opening_minor", data.opening);
  write_money(json, "closing_minor", data.closing);
}

void write_file(JsonWriter& json, const StatementReceived& data) {
  if (data.file) json.member("file", *data.file);
  json.member("file_sha256", data.file_sha256);
}

// What a person is to do about it, in his own language.
struct Advice {
  std::string_view uk;
  std::string_view en;
};
Advice advice_of(Finding what) {
  switch (what) {
    case Finding::kSequenceGap:
      return {"Бракує виписок банку: завантажте їх у банку та імпортуйте",
              "Statements of the bank are missing: fetch them and import them"};
    case Finding::kBalanceGap:
      return {
          "Залишок не сходиться з попередньою випискою: між ними чогось бракує",
          "The balance does not follow from the statement before: something is missing between"};
    case Finding::kOverlap:
      return {"Виписки охоплюють ті самі дні: перевірте, чи платежі не враховано двічі",
              "Statements are of the same days: check that no payment counts twice"};
    case Finding::kTwoFormats:
      return {
          "Рахунок імпортовано у двох форматах, платежі враховано двічі: анулюйте події MT940 (це "
          "може керівник відділу)",
          "The account came in both formats, its payments count twice: void the events of MT940 (a "
          "head of department may)"};
    case Finding::kToldDifferently:
      return {"Та сама виписка в іншому файлі має інші суми: запитайте банк, яка з них чинна",
              "The same statement has other figures in another file: ask the bank which one holds"};
    case Finding::kTakenBack:
      return {
          "Банк забрав зараховані гроші: знайдіть той платіж і запишіть його повернення "
          "(`ledgerctl "
          "append`, подія payment.reversed з його payment_id; у reason — номер банку звідси)",
          "The bank took money back: find that payment and record its reversal (`ledgerctl "
          "append`, an event payment.reversed with its payment_id; in reason the bank's number "
          "from here)"};
    case Finding::kTwoSpellings:
      return {
          "Один рахунок імпортовано під двома назвами, платежі враховано двічі: анулюйте події "
          "того, що без IBAN (це може керівник відділу)",
          "One account came under two names, its payments count twice: void the events of the "
          "one without IBAN (a head of department may)"};
  }
  return {};
}

void write_found(JsonWriter& json, const Found& found) {
  json.begin_object();
  json.member("what", name_of(found.what));
  json.member("text_uk", advice_of(found.what).uk);
  json.member("text_en", advice_of(found.what).en);
  if (found.missing_from) json.member("missing_from", *found.missing_from);
  if (found.missing_to) json.member("missing_to", *found.missing_to);
  if (found.taken_back) {
    json.member("bank_reference", found.taken_back->bank_reference);
    write_money(json, "amount_minor", found.taken_back->amount);
    json.member("booked_on", format_date(found.taken_back->booked_on));
    if (found.taken_back->purpose) json.member("purpose", *found.taken_back->purpose);
  }
  const auto write = [&](std::string_view name, const StatementReceived& data) {
    json.key(name).begin_object();
    json.member("account", data.account);
    write_days(json, data);
    write_file(json, data);
    json.end_object();
  };
  write("statement", found.first);
  if (found.second) write("next", *found.second);
  json.end_object();
}

void write_statement(JsonWriter& json, const Statement& statement) {
  json.begin_object();
  json.member("position", to_string(statement.position));
  write_days(json, statement.data);
  json.member("entries", statement.data.entries);
  json.member("payments", statement.data.payments);
  if (statement.data.copy) json.member("copy", name_of(*statement.data.copy));
  json.key("files").begin_array();
  for (const auto& file : statement.files) {
    json.begin_object();
    json.member("position", to_string(file.position));
    json.member("recorded_at", format_timestamp(file.known.recorded));
    write_file(json, file.data);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_account(JsonWriter& json, const Account& account) {
  const auto& last = account.statements.back().data;
  json.member("account", account.account);
  json.member("currency", last.opening.currency.text());
  std::set<std::string_view> formats;
  for (const auto& one : account.statements) formats.insert(name_of(one.data.format));
  json.key("formats").begin_array();
  for (const auto format : formats) json.value(format);
  json.end_array();
  json.member("statements_known", static_cast<std::int64_t>(account.statements.size()));
  json.member("from", format_date(account.statements.front().data.from));
  json.member("to", format_date(last.to));
  write_money(json, "closing_minor", last.closing);
  json.key("found").begin_array();
  for (const auto& found : account.found) write_found(json, found);
  json.end_array();
}

// The latest statements first. `cursor` counts those that were shown.
Result<std::size_t> place_of(const http::Request& request) {
  const std::string cursor(request.parameter("cursor").value_or("0"));
  if (cursor.empty() || cursor.size() > 9 ||
      cursor.find_first_not_of("0123456789") != std::string::npos) {
    return fail(ErrorCode::kInvalidField, "is none that an answer gave", "cursor");
  }
  return static_cast<std::size_t>(std::stoul(cursor));
}

void write_page(JsonWriter& json, const Query& query, const std::vector<Account>& accounts,
                std::size_t from, std::size_t limit) {
  std::size_t place = 0;
  json.key("statements").begin_array();
  for (const auto& account : accounts) {
    for (auto one = account.statements.rbegin(); one != account.statements.rend(); ++one, ++place) {
      if (place >= from && place < from + limit) write_statement(json, *one);
    }
  }
  json.end_array();
  if (place > from + limit) query.write_next_cursor(json, std::to_string(from + limit));
}

// Without an account: each with what is wrong. With one: its statements too.
Result<http::Response> get_statements(const QueryContext&, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(const std::size_t from, place_of(query.request));
  const std::string account(query.request.parameter("account").value_or(""));
  LEDGER_TRY(const auto accounts,
             bank_statements::accounts(query.snapshot, query.times(), account));
  if (!account.empty() && accounts.empty()) {
    return fail(ErrorCode::kNotFound, "no statement of this account is known", "account");
  }
  JsonWriter json = query.begin_answer();
  write_duty_ids(json, {{"accounts", "receivables.collected"}});
  json.key("accounts").begin_array();
  for (const auto& one : accounts) {
    json.begin_object();
    write_account(json, one);
    json.end_object();
  }
  json.end_array();
  if (!account.empty()) write_page(json, query, accounts, from, limit);
  return answer(json);
}

}  // namespace

void add_statement_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/statements", http::RunOn::kWorker, get_statements,
            Times::kKnownAtToo, {"account", "limit", "cursor"});
}

}  // namespace ledger
