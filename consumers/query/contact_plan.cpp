#include "consumers/access/masking.h"
#include "consumers/query/answering.h"
#include "consumers/query/routes.h"
#include "consumers/query/row_page.h"
#include "consumers/query/whom_to_dial.h"
#include "events/fields_json.h"
#include "projections/contact_plan/plan.h"
#include "projections/directory/queries.h"
#include "projections/directory/rules.h"

namespace ledger {

namespace {

using contact_plan::Reason;
using contact_plan::Row;

struct Words {
  std::string_view uk;
  std::string_view en;
};

Words words_of(contact_plan::Why why) {
  using contact_plan::Why;
  switch (why) {
    case Why::kMissedCall:
      return {"дзвонив, і ніхто не відповів", "called, and nobody answered"};
    case Why::kInquiry:
      return {"звернення чекає на відповідь", "an inquiry waits for an answer"};
    case Why::kCallBack:
      return {"обіцяно передзвонити", "was promised a call back"};
    case Why::kArrival:
      return {"обіцяно повідомити про надходження товару", "was promised word of an arrival"};
    case Why::kPromiseBroken:
      return {"клієнт не заплатив, як обіцяв", "did not pay as promised"};
    case Why::kComplaint:
      return {"строк відповіді на скаргу минув", "a complaint is past its day"};
    case Why::kDebtUntouched:
      return {"прострочений борг, яким ніхто не займався", "an overdue debt that nobody took up"};
    case Why::kActMissing:
      return {"немає акта звірки за місяць", "no reconciliation act of the month"};
    case Why::kFollowUp:
      return {"запланований контакт", "a planned contact"};
    case Why::kCallResult:
      return {"наступний крок після дзвінка", "the next step after a call"};
    case Why::kMeeting:
      return {"зустріч", "a meeting"};
    case Why::kDunningDue:
      return {"час нагадати про борг", "a reminder of a debt is due"};
    case Why::kDraftWaiting:
      return {"проєкт договору чекає на відповідь", "a draft of a contract waits for an answer"};
    case Why::kDisagreement:
      return {"розбіжності щодо договору не врегульовано",
              "a disagreement about a contract is not resolved"};
    case Why::kContractEnds:
      return {"договір закінчується", "a contract ends"};
    case Why::kBirthday:
      return {"день народження", "a birthday"};
    case Why::kProfessionalHoliday:
      return {"професійне свято", "a professional holiday"};
    case Why::kOfferUnanswered:
      return {"пропозиція без відповіді", "an offer without an answer"};
    case Why::kSilence:
      return {"давно не спілкувалися", "not talked to for too long"};
    case Why::kUntouched:
      return {"потенційний клієнт, з яким ніхто не говорив",
              "a prospect to whom nobody ever talked"};
  }
  return {};
}

void write_why(JsonWriter& json, contact_plan::Why why) {
  const auto words = words_of(why);
  json.member("tier", static_cast<std::int64_t>(contact_plan::tier_of(why)));
  json.member("why", name_of(why));
  json.member("why_uk", words.uk);
  json.member("why_en", words.en);
}

void write_reason(JsonWriter& json, const Reason& reason) {
  json.begin_object();
  write_why(json, reason.why);
  json.member("duty_id", contact_plan::duty_of(reason.why));
  if (!reason.id.empty()) json.member("id", reason.id);
  if (reason.on) json.member("on", format_date(*reason.on));
  json.member("days", reason.days);
  json.member("overdue_days", reason.overdue_days);
  if (!reason.amounts.empty()) {
    json.key("amounts").begin_array();
    for (const auto& amount : reason.amounts) json::write(json, amount);
    json.end_array();
  }
  if (!reason.text.empty()) json.member("text", reason.text);
  if (reason.position) json.member("position", to_string(*reason.position));
  json.end_object();
}

// Whole for who answers for the client, or owns him, and where nobody is asked who he is.
bool is_his(const Query& query, const Row& row) {
  const auto& who = query.request.principal;
  return !who || (who->manager_id &&
                  (who->manager_id == row.who.manager || who->manager_id == row.who.owner));
}

Status write_row(JsonWriter& json, const Query& query, const Row& row) {
  json.begin_object();
  json.member("client_id", row.client_id);
  if (!row.name.empty()) json.member("name", row.name);
  write_why(json, row.reasons.front().why);
  LEDGER_CHECK(write_answering(json, query.snapshot, row.who));
  LEDGER_TRY(const auto callee, whom_to_dial(query, row.client_id));
  if (callee) write_phone(json, *callee, !is_his(query, row));
  json.member("payment_only", row.payment_only);
  json.member("paid_12_months_minor", row.paid_12_months_minor);
  if (row.last_contact_on) json.member("last_contact_on", format_date(*row.last_contact_on));
  json.key("reasons").begin_array();
  for (const auto& reason : row.reasons) write_reason(json, reason);
  json.end_array();
  json.end_object();
  return {};
}

struct Moment {
  Date day;
  Timestamp now;
  bool at_that_hour = true;  // of a whole day no hour is meant
};

// `now` is an instant of `as_of`; without it the present one, or of another day its end.
Result<Moment> moment_of(const QueryContext& context, const Query& query) {
  const auto text = query.request.parameter("now");
  if (!text) {
    if (query.as_of == query.today) return Moment{query.as_of, query.now};
    return Moment{query.as_of,
                  context.zone.to_instant(add_days(query.as_of, 1), std::chrono::seconds(0)) -
                      std::chrono::milliseconds(1),
                  false};
  }
  const auto now = parse_timestamp(*text);
  if (!now) return fail(now.error().code, now.error().message, "now");
  const Date day = context.zone.local_day(*now);
  if (query.request.parameter("as_of") && day != query.as_of) {
    return fail(ErrorCode::kInvalidField, "is not an instant of as_of", "now");
  }
  return Moment{day, *now};
}

Result<http::Response> get_plan(const QueryContext& context, const Query& query) {
  LEDGER_TRY(auto page, RowPage::of(query));
  const auto manager = query.request.parameter("manager");
  if (!manager) return fail(ErrorCode::kMissingField, "say whose plan", "manager");
  LEDGER_TRY(const auto moment, moment_of(context, query));
  LEDGER_TRY(auto rows, contact_plan::contact_plan(query.snapshot,
                                                   {ManagerId(std::string(*manager)),
                                                    {moment.day, query.known_at},
                                                    moment.now,
                                                    moment.at_that_hour},
                                                   context.zone));
  LEDGER_CHECK(keep_seen(query.scope, rows,
                         [&](const Row& row) { return query.scope.sees_client(row.client_id); }));
  Query asked = query;
  asked.as_of = moment.day;
  JsonWriter json = asked.begin_answer();
  LEDGER_TRY(const auto policies, directory::policies(query.snapshot));
  json.member("rule_version",
              directory::contact_rule(policies, moment.day, query.known_at).version);
  json.member("now", format_timestamp(moment.now));
  json.key("rows").begin_array();
  for (const auto& row : rows) {
    if (!page.takes_next()) continue;
    LEDGER_CHECK(write_row(json, asked, row));
  }
  json.end_array();
  page.write_end(json, query);
  return answer(json);
}

}  // namespace

void add_contact_plan_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/contact-plan", http::RunOn::kWorker, get_plan, Times::kKnownAtToo,
            {"manager", "now", "limit", "cursor"}, Changes::kWithTheMinute);
}

}  // namespace ledger
