#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

#include "consumers/access/masking.h"
#include "consumers/query/answering.h"
#include "consumers/query/client_names.h"
#include "consumers/query/duty_records_csv.h"
#include "consumers/query/print/form.h"
#include "consumers/query/record_verdicts.h"
#include "consumers/query/routes.h"
#include "events/types/conduct.h"
#include "platform/median.h"
#include "projections/client_card/queries.h"
#include "projections/duties/duties.h"

namespace ledger {

namespace {

using namespace duty_records;

// Where a page ended: the last entry that was shown.
struct Cursor {
  Timestamp time;
  Position position;
};

constexpr char kCursorComma = '@';

// A table is not paged: a year at once is the most that is asked for.
constexpr int kTableDaysMax = 366;

Result<std::optional<Cursor>> cursor_of(const Query& query) {
  const auto text = query.request.parameter("cursor");
  if (!text) return std::nullopt;
  const std::size_t comma = text->find(kCursorComma);
  if (comma != std::string_view::npos) {
    const auto time = parse_timestamp(text->substr(0, comma));
    const auto position = parse_position(text->substr(comma + 1));
    if (time && position) return Cursor{*time, *position};
  }
  return fail(ErrorCode::kInvalidField, "is not a cursor that this ledger gave out", "cursor");
}

Result<Date> day_of(const Query& query, std::string_view name, Date fallback) {
  const auto text = query.request.parameter(name);
  if (!text) return fallback;
  auto day = parse_date(*text);
  if (!day) return fail(day.error().code, day.error().message, std::string(name));
  return *day;
}

// A record is its client's; one of no client who recorded it, and of neither the heads'.
Result<bool> sees_record(ledger::Scope& scope, const Entry& entry) {
  if (entry.type == AccessLogged::kName) return scope.everything();
  if (!entry.client_id.empty()) return scope.sees_client(entry.client_id);
  if (!entry.manager_id.empty()) return scope.sees_manager(ManagerId(entry.manager_id));
  return scope.sees_nobodys();
}

// Accounts and references of the bank; counted is nothing by them.
void mask_bank_details(duty_records::Answer& found) {
  for (auto& entry : found.entries) {
    for (auto& member : entry.members) {
      if (is_bank_detail(member.name)) member.value = last_four(member.value);
    }
  }
}

Result<Question> question_of(const Query& query) {
  Question question;
  if (!query.scope.everything()) {
    question.shows = [&](const Entry& entry) { return sees_record(query.scope, entry); };
  }
  const std::string& id = query.request.captures.front();
  question.duty = duties::find(id);
  if (question.duty == nullptr) {
    return fail(ErrorCode::kNotFound, fmt::format("no duty is called '{}'", id));
  }
  question.as_of = query.times();
  LEDGER_TRY(question.to, day_of(query, "to", query.as_of));
  LEDGER_TRY(question.from, day_of(query, "from", first_of_month(question.to)));
  if (question.to < question.from) {
    return fail(ErrorCode::kInvalidField, "lies before from", "to");
  }
  if (const auto manager = query.request.parameter("manager")) {
    question.manager = std::string(*manager);
    LEDGER_TRY(const auto hired, directory::manager(query.snapshot, ManagerId(*question.manager)));
    if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
  }
  if (const auto client = query.request.parameter("client")) {
    LEDGER_TRY(const auto card,
               client_card::card(query.snapshot, std::string(*client), question.as_of));
    if (!card) return fail(ErrorCode::kNotFound, "the ledger has no facts about it", "client");
    question.client = card->client.survivor;
  }
  return question;
}

void write_value(JsonWriter& json, const Member& member) {
  if (member.bare) {
    json.raw(member.value);
  } else {
    json.value(member.value);
  }
}

void write_line(JsonWriter& json, const duties::Breakdown& breakdown, const Line& line) {
  json.begin_object();
  std::size_t column = 0;
  for (const auto name : breakdown.key) {
    const auto& cell = line.key[column++];
    if (!cell) continue;
    if (name == breakdown.hryvnias) {
      json.key(name).begin_object();
      json.key("amount_minor").raw(cell->value);
      json.member("currency", "UAH");
      json.end_object();
    } else {
      write_value(json.key(name), *cell);
    }
  }
  json.member("count", line.count);
  if (!breakdown.with.empty()) json.member(fmt::format("with_{}", breakdown.with), line.with);
  if (!breakdown.money.empty()) {
    json.key("sums").begin_array();
    for (const auto& [currency, sum] : line.sums_minor) {
      json.begin_object();
      json.member("amount_minor", sum);
      json.member("currency", currency);
      json.end_object();
    }
    json.end_array();
  }
  json.member("first_on", format_date(line.first_on));
  json.member("last_on", format_date(line.last_on));
  json.end_object();
}

// {"kind":"x"}; {"kind":{"not":"x"}}; {"kind":true} where it is enough that the member is told.
void write_where(JsonWriter& json, const duties::Where& where) {
  if (where.member.empty()) return;
  json.key("where").begin_object();
  if (where.value.empty()) {
    json.member(where.member, true);
  } else if (where.other) {
    json.key(where.member).begin_object();
    json.member("not", where.value);
    json.end_object();
  } else {
    json.member(where.member, where.value);
  }
  json.end_object();
}

void write_tables(JsonWriter& json, const Answer& found) {
  json.key("tables").begin_array();
  std::int64_t number = 0;
  for (const auto& table : found.tables) {
    const auto& breakdown = table.breakdown;
    json.begin_object();
    json.member("table", ++number);  // as format=csv asks for it
    json.member("duty_id", breakdown.duty_id);
    json.member("title_uk", breakdown.title_uk);
    json.member("title_en", breakdown.title_en);
    json.member("event", breakdown.event);
    write_where(json, breakdown.where);
    json.key("by").begin_array();
    for (const auto name : breakdown.key) json.value(name);
    json.end_array();
    json.key("rows").begin_array();
    for (const auto& line : table.lines) write_line(json, breakdown, line);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

// Declared figures always, such as stand beside them where they were counted.
void write_figures(JsonWriter& json, const Rule& rule, const Figures& figures) {
  for (const auto name : rule.figures) {
    const auto counted = figures.counts.find(name);
    json.member(name, counted == figures.counts.end() ? std::int64_t{0} : counted->second);
  }
  for (const auto& [name, count] : figures.counts) {
    if (std::ranges::find(rule.figures, name) == rule.figures.end()) json.member(name, count);
  }
  if (const auto share = share_bp(rule, figures)) json.member("share_bp", *share);
  if (const auto middle = median(figures.samples)) json.member(rule.median, *middle);
}

// Under its name once: the values of a list one after another.
void write_members(JsonWriter& json, const Entry& entry) {
  json.key("members").begin_object();
  std::set<std::string_view> written;
  for (const auto& member : entry.members) {
    if (!written.insert(member.name).second) continue;
    std::vector<const Member*> values;
    for (const auto& other : entry.members) {
      if (other.name == member.name) values.push_back(&other);
    }
    json.key(member.name);
    if (values.size() > 1) json.begin_array();
    for (const auto* value : values) write_value(json, *value);
    if (values.size() > 1) json.end_array();
  }
  json.end_object();
}

Status write_entry_members(JsonWriter& json, const Query& query, const Entry& entry) {
  json.member("position", to_string(entry.position));
  json.member("event", fmt::format("/v1/log/{}", to_string(entry.position)));
  json.member("type", entry.type);
  json.member("time", format_timestamp(entry.time));
  json.member("day", format_date(entry.day));
  if (!entry.manager_id.empty()) json.member("manager_id", entry.manager_id);
  if (!entry.client_id.empty()) {
    json.member("client_id", entry.client_id);
    LEDGER_CHECK(write_client_name(json, query, entry.client_id));
  }
  if (entry.duplicate_of) json.member("duplicate_of", to_string(*entry.duplicate_of));
  write_members(json, entry);
  return {};
}

// What waits, the oldest first.
Status write_waiting(JsonWriter& json, const Query& query, const std::vector<Entry>& waiting,
                     std::size_t limit) {
  if (waiting.empty()) return {};
  json.key("open_items").begin_array();
  for (std::size_t i = 0; i < std::min(limit, waiting.size()); ++i) {
    json.begin_object();
    LEDGER_CHECK(write_entry_members(json, query, waiting[i]));
    json.end_object();
  }
  json.end_array();
  return {};
}

Status write_ratio(JsonWriter& json, const Query& query, const Ratio& ratio, std::size_t limit) {
  const Rule& rule = *ratio.rule;
  json.key("ratio").begin_object();
  json.member("duty_id", rule.duty_id);
  json.member("rule", rule.name);
  if (!rule.of.empty()) {
    json.member("share", rule.part);
    json.member("share_of", rule.of);
  }
  json.key("whole").begin_object();
  write_figures(json, rule, ratio.tally.whole());
  json.end_object();
  json.key("by_manager").begin_array();
  for (const auto& [manager, figures] : ratio.tally.by_manager()) {
    json.begin_object();
    if (!manager.empty()) {
      LEDGER_CHECK(write_manager(json, query.snapshot, ManagerId(manager), "manager_name"));
    }
    write_figures(json, rule, figures);
    json.end_object();
  }
  json.end_array();
  if (!rule.key.empty()) {
    json.key("by_key").begin_array();
    for (const auto& [key, figures] : ratio.tally.by_key()) {
      json.begin_object();
      json.member(rule.key, key);
      write_figures(json, rule, figures);
      json.end_object();
    }
    json.end_array();
  }
  LEDGER_CHECK(write_waiting(json, query, ratio.tally.waiting(), limit));
  json.end_object();
  return {};
}

Status write_managers(JsonWriter& json, const Query& query, const Answer& found) {
  json.key("by_manager").begin_array();
  for (const auto& [manager, count] : found.by_manager) {
    json.begin_object();
    if (!manager.empty()) {
      LEDGER_CHECK(write_manager(json, query.snapshot, ManagerId(manager), "manager_name"));
    }
    json.member("count", count);
    json.end_object();
  }
  json.end_array();
  return {};
}

// Newest first, from behind the cursor.
Status write_items(JsonWriter& json, const Query& query, const Answer& found,
                   const std::optional<Cursor>& cursor, std::size_t limit,
                   RecordVerdicts& verdicts) {
  auto at = found.entries.begin();
  if (cursor) {
    at = std::find_if(at, found.entries.end(), [&](const Entry& entry) {
      return std::tie(entry.time, entry.position) < std::tie(cursor->time, cursor->position);
    });
  }
  const auto left = static_cast<std::size_t>(found.entries.end() - at);
  const auto end = at + static_cast<std::ptrdiff_t>(std::min(limit, left));
  json.key("items").begin_array();
  for (auto entry = at; entry != end; ++entry) {
    json.begin_object();
    LEDGER_CHECK(write_entry_members(json, query, *entry));
    LEDGER_CHECK(verdicts.write(json, *entry));
    json.end_object();
  }
  json.end_array();
  if (left > limit) {
    const Entry& last = *std::prev(end);
    query.write_next_cursor(json,
                            format_timestamp(last.time) + kCursorComma + to_string(last.position));
  }
  return {};
}

// `table=`: which of the tables, from 1, in place of the records; 0: none.
Result<std::size_t> table_of(const Query& query, const Question& question, bool is_csv) {
  const auto text = query.request.parameter("table");
  if (!text) return std::size_t{0};
  if (!is_csv) {
    return fail(ErrorCode::kInvalidField, "goes with format=csv; as JSON all tables are there",
                "table");
  }
  const auto count = duties::breakdowns_of(question.duty->id).size();
  if (count == 0) return fail(ErrorCode::kInvalidField, "the duty has no tables", "table");
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = error == std::errc() && end == text->data() + text->size();
  if (!whole || number == 0 || number > count) {
    return fail(ErrorCode::kOutOfRange,
                count == 1 ? "the duty has one table: 1"
                           : fmt::format("is a number from 1 to {}, the duty's tables", count),
                "table");
  }
  return number;
}

// What was recorded for a duty: counted by manager and by the words that its sentence asks about,
// what it comes to by its rule, and the records themselves.
Result<http::Response> get_records(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto form, print::json_or_csv(query.request));
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(const auto cursor, cursor_of(query));
  LEDGER_TRY(const auto question, question_of(query));
  const bool is_table = form == print::Form::kCsv;
  LEDGER_TRY(const std::size_t table, table_of(query, question, is_table));
  if (is_table && days_between(question.from, question.to) >= kTableDaysMax) {
    return fail(ErrorCode::kOutOfRange, "ask for no more than 366 days at once as a table", "from");
  }
  LEDGER_TRY(auto found, duty_records::answer(query.snapshot, question, context.zone));
  if (!query.scope.sees_bank_details()) mask_bank_details(found);
  if (table > 0) return duty_table_csv(question, found.tables[table - 1], table);
  if (is_table) return duty_records_csv(question, found);
  JsonWriter json = query.begin_answer();
  json.member("duty_id", question.duty->id);
  json.member("title_uk", question.duty->title_uk);
  json.member("title_en", question.duty->title_en);
  json.member("rule", question.duty->rule);
  json.member("from", format_date(question.from));
  json.member("to", format_date(question.to));
  json.member("total", static_cast<std::int64_t>(found.entries.size()));
  RecordVerdicts verdicts(context, query, question.duty->id);
  if (verdicts.any()) {
    json.member("total_uk", "усіх записів; скільки з них зараховано до норми, каже /v1/quotas");
    json.member("total_en", "all records; /v1/quotas says how many of them the norm counts");
  }
  json.member("clients", found.clients);
  json.member("without_client", found.without_client);
  json.member("taken_back", found.taken_back);
  if (found.doubles > 0) json.member("doubles", found.doubles);
  LEDGER_CHECK(write_managers(json, query, found));
  write_tables(json, found);
  if (found.ratio) LEDGER_CHECK(write_ratio(json, query, *found.ratio, limit));
  LEDGER_CHECK(write_items(json, query, found, cursor, limit, verdicts));
  return ledger::answer(json);
}

}  // namespace

void add_duty_record_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/duties/{duty_id}/records", http::RunOn::kWorker, get_records,
            Times::kKnownAtToo,
            {"from", "to", "manager", "client", "limit", "cursor", "format", "table"},
            Changes::kWithTheMinute);
}

}  // namespace ledger
