#include "consumers/query/ageing_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <vector>

#include "consumers/query/ageing_json.h"
#include "consumers/query/day_range.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/print/form.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/owners.h"
#include "projections/store/kept.h"

namespace ledger {

namespace {

using namespace receivables;

constexpr int kDaysUnlessSaid = 30;

struct Question {
  std::vector<Date> days;  // ascending
  int step = 1;
  Basis basis = Basis::kDue;
};

// Sums of the house, or of what one sees of it, at the end of a day.
struct DaySums {
  Date day;
  std::map<std::string, Ageing> by_currency;
};

Result<int> step_of(const Query& query) {
  const auto text = query.request.parameter("step");
  if (!text) return 1;
  int step = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), step);
  if (error != std::errc() || end != text->data() + text->size() || step < 1 ||
      step > kAgeingStepMax) {
    return fail(ErrorCode::kOutOfRange, fmt::format("is 1 to {} days", kAgeingStepMax), "step");
  }
  return step;
}

Result<Question> question_of(const Query& query) {
  Question question;
  LEDGER_TRY(question.step, step_of(query));
  LEDGER_TRY(question.basis, basis_of(query));
  LEDGER_TRY(const Date to, day_parameter(query, "to", query.as_of));
  LEDGER_TRY(const Date from, day_parameter(query, "from", add_days(to, 1 - kDaysUnlessSaid)));
  if (to < from) return fail(ErrorCode::kInvalidField, "lies before from", "to");
  for (Date day = to; day >= from; day = add_days(day, -question.step)) {
    if (question.days.size() == kAgeingDaysMax) {
      return fail(ErrorCode::kOutOfRange,
                  fmt::format("are more than {} days: ask for fewer, or by a step", kAgeingDaysMax),
                  "from");
    }
    question.days.push_back(day);
  }
  std::reverse(question.days.begin(), question.days.end());
  return question;
}

// Of one client, by the days of the question.
using ClientDays = std::vector<std::map<std::string, Ageing>>;

Result<ClientDays> days_of(const ViewSnapshot& snapshot, const std::string& client_id,
                           const Question& question, const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto client, directory::one_client(snapshot, client_id, known_at));
  LEDGER_TRY(const auto account, account_of(snapshot, client));
  ClientDays days;
  days.reserve(question.days.size());
  for (const Date day : question.days) {
    const AsOf as_of{day, known_at};
    LEDGER_TRY(const auto books, statements(account, as_of));
    LEDGER_TRY(auto by_currency, ageings(account, books, as_of, question.basis));
    days.push_back(std::move(by_currency));
  }
  return days;
}

// By which the days of a client are kept; none for a past knowledge, which few ask for twice.
std::string key_of(const Question& question, const Query& query) {
  if (query.known_at) return {};
  return fmt::format("{} {} {} {} ", format_date(question.days.front()),
                     format_date(question.days.back()), question.step, name_of(question.basis));
}

Result<std::vector<DaySums>> sums_of(const Query& query, const Question& question) {
  std::vector<DaySums> all;
  all.reserve(question.days.size());
  for (const Date day : question.days) all.push_back({day, {}});
  LEDGER_TRY(const auto ids, clients(query.snapshot, query.known_at));
  const std::string key = key_of(question, query);
  for (const auto& id : ids) {
    LEDGER_TRY(const bool sees, query.scope.sees_client(id));
    if (!sees) continue;
    LEDGER_TRY(const auto days,
               kept<ClientDays>(query.snapshot, "debts by day", key.empty() ? "" : key + id,
                                [&](const ViewSnapshot& snapshot) {
                                  return days_of(snapshot, id, question, query.known_at);
                                }));
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const auto& [code, ageing] : (*days)[i]) {
        LEDGER_CHECK(add_to(all[i].by_currency[code], ageing));
      }
    }
  }
  return all;
}

// Calls `row` for each day, currency and bucket.
template <class Row>
void each_row(const std::vector<DaySums>& all, Row row) {
  std::set<std::string> currencies;
  for (const auto& one : all) {
    for (const auto& [code, ageing] : one.by_currency) currencies.insert(code);
  }
  for (const auto& one : all) {
    for (const auto& code : currencies) {
      const auto found = one.by_currency.find(code);
      for (std::size_t i = 0; i < kBuckets; ++i) {
        row(one.day, code, kBucketNames[i],
            found == one.by_currency.end() ? 0 : found->second.buckets_minor[i]);
      }
    }
  }
}

http::Response as_csv(const Question& question, const std::vector<DaySums>& all) {
  print::Csv csv;
  csv.cell("day").cell("currency").cell("bucket").cell("amount").end_row();
  each_row(all,
           [&](Date day, const std::string& code, std::string_view bucket, std::int64_t minor) {
             csv.cell(format_date(day)).cell(code).cell(bucket).money(minor, code).end_row();
           });
  return print::answer_csv(csv.take(),
                           fmt::format("ageing-days-{}.csv", format_date(question.days.back())));
}

}  // namespace

Result<http::Response> get_ageing_days(const QueryContext&, const Query& query) {
  LEDGER_TRY(const auto form, print::json_or_csv(query.request));
  LEDGER_TRY(const auto question, question_of(query));
  LEDGER_TRY(const auto all, sums_of(query, question));
  if (form == print::Form::kCsv) return as_csv(question, all);
  JsonWriter json = query.begin_answer();
  json.member("basis", name_of(question.basis));
  json.member("from", format_date(question.days.front()));
  json.member("to", format_date(question.days.back()));
  json.member("step_days", static_cast<std::int64_t>(question.step));
  write_duty_ids(json, {{"rows", "receivables.collected"}});
  json.key("rows").begin_array();
  each_row(all,
           [&](Date day, const std::string& code, std::string_view bucket, std::int64_t minor) {
             json.begin_object();
             json.member("day", format_date(day));
             json.member("currency", code);
             json.member("bucket", bucket);
             json.member("amount_minor", minor);
             json.end_object();
           });
  json.end_array();
  return answer(json);
}

}  // namespace ledger
