#include "projections/acts/act.h"

#include <fmt/format.h>

#include <algorithm>

#include "consumers/query/act_json.h"
#include "consumers/query/print/act_page.h"
#include "consumers/query/routes.h"
#include "projections/acts/limitation.h"
#include "projections/acts/queries.h"

namespace ledger {

namespace {

using namespace acts;

// An act as it was drafted, what became of it, and its figures by what is known now.
struct Asked {
  Standing standing;
  Act act;
  Act now;
  std::vector<Limitation> limitations;
};

Result<Asked> ask(const Query& query) {
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(auto found, standing(query.snapshot, id, query.times()));
  if (!found) {
    return fail(ErrorCode::kNotFound,
                fmt::format("no act '{}' was drafted, or it was taken back", id));
  }
  Asked asked;
  asked.standing = *std::move(found);
  const auto& issue = asked.standing.issue();
  LEDGER_TRY(asked.act, drafted(query.snapshot, issue.data, issue.known.recorded));
  Subject subject = asked.act.subject;
  subject.known_at = query.known_at;
  LEDGER_TRY(asked.now, figures(query.snapshot, subject));
  asked.now.ours = asked.act.ours;
  asked.now.theirs = asked.act.theirs;
  asked.now.contract_title = asked.act.contract_title;
  LEDGER_TRY(asked.limitations, limitations(query.snapshot, subject, query.times()));
  return asked;
}

// Whether the act still says what the books say, and which movements they disagree on.
void write_since(JsonWriter& json, const Asked& asked) {
  const bool same = digest(asked.act) == digest(asked.now);
  const State state = asked.standing.state();
  json.key("now").begin_object();
  json.member("same", same);
  json.member("digest", digest(asked.now));
  act_json::write_sums(json, asked.now);
  act_json::write_changes(json, "changes", changes(asked.act, asked.now));
  json.end_object();
  json.member("difference_after_signature", !same && state == State::kSigned);
}

// Whether the draft proves its figures: it says by which knowledge they stand, and its digest is of
// them.
bool digest_holds(const Asked& asked) {
  const auto& draft = asked.standing.issue().data;
  return draft.known_at && digest(asked.act) == draft.digest;
}

http::Response as_json(const Query& query, const Asked& asked) {
  const auto& issue = asked.standing.issue();
  JsonWriter json = query.begin_answer();
  json.member("duty_id", act_json::kDuty);
  act_json::write_listed(json, asked.standing);
  if (issue.data.place) json.member("place", *issue.data.place);
  json.member("dated", format_date(issue.day));
  json.member("made_at", issue.data.position);
  json.member("digest", issue.data.digest);
  json.member("form", name_of(issue.data.form.value_or(ActForm::kFirst)));
  if (issue.data.known_at) {
    json.member("figures_known_at", format_timestamp(*issue.data.known_at));
    json.member("digest_holds", digest_holds(asked));
  }
  act_json::write_act(json, asked.act);
  write_since(json, asked);
  act_json::write_history(json, asked.standing);
  act_json::write_limitations(json, asked.limitations);
  return answer(json);
}

print::ActPaper paper_of(const Asked& asked) {
  const Standing& standing = asked.standing;
  const auto& issue = standing.issue();
  const State state = standing.state();
  print::ActPaper paper;
  paper.act = asked.act;
  paper.number = issue.data.number;
  paper.place = issue.data.place;
  paper.dated = issue.day;
  paper.form = issue.data.form.value_or(ActForm::kFirst);
  paper.is_draft = state == State::kDrafted || state == State::kReissued;
  paper.position = issue.data.position;
  if (digest_holds(asked)) paper.digest = issue.data.digest;
  if (state == State::kDisagreed) paper.disagreed = standing.disagreed.back().data;
  if (state == State::kSigned) paper.signed_by_both = standing.signed_by_both.back().data;
  return paper;
}

Result<http::Response> get_act(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto form, print::form_of(query.request));
  LEDGER_TRY(const auto language, print::language_of(query.request));
  LEDGER_TRY(const auto asked, ask(query));
  switch (form) {
    case print::Form::kHtml:
      return print::answer_html(print::act_html(paper_of(asked), context.zone, language));
    case print::Form::kCsv:
      return print::answer_csv(print::act_csv(asked.act),
                               fmt::format("act-{}.csv", format_date(asked.act.subject.to)));
    case print::Form::kJson:
      break;
  }
  return as_json(query, asked);
}

Result<std::string_view> needed(const http::Request& request, std::string_view name,
                                std::string_view example) {
  const auto text = request.parameter(name);
  if (text) return *text;
  return fail(ErrorCode::kMissingField, fmt::format("say it, such as {}", example),
              std::string(name));
}

template <class T>
Result<T> under(std::string_view name, Result<T> value) {
  if (!value) value.error().field = name;
  return value;
}

Result<Subject> subject_of(const Query& query) {
  const http::Request& request = query.request;
  LEDGER_TRY(const auto client, needed(request, "client", "c-1"));
  LEDGER_TRY(const auto from, needed(request, "from", "2026-11-01"));
  LEDGER_TRY(const auto to, needed(request, "to", "2026-11-30"));
  Subject subject;
  LEDGER_TRY(subject.client_id, under("client", ClientId::parse(client)));
  LEDGER_TRY(subject.from, under("from", parse_date(from)));
  LEDGER_TRY(subject.to, under("to", parse_date(to)));
  LEDGER_CHECK(check_not_before(subject.to, subject.from, "to"));
  if (subject.to > query.today) return fail(ErrorCode::kOutOfRange, "has not come yet", "to");
  if (const auto contract = request.parameter("contract")) {
    LEDGER_TRY(subject.contract_id, under("contract", ContractId::parse(*contract)));
  }
  if (const auto currency = request.parameter("currency")) {
    LEDGER_TRY(subject.currency, under("currency", Currency::parse(*currency)));
  }
  const Timestamp settled = query.settled();
  if (query.known_at && *query.known_at > settled) {
    return fail(ErrorCode::kOutOfRange,
                "an act stands by what was known 15 seconds ago or more: what is recorded now "
                "may still be on its way",
                "known_at");
  }
  subject.known_at = query.known_at.value_or(settled);
  return subject;
}

// "№ 77 від 01.02.2026", as the card knows the contract.
std::optional<std::string> title_of(const client_card::Card& card, const ContractId& contract) {
  const auto& all = card.dealings.contracts;
  const auto told = std::find_if(all.begin(), all.end(),
                                 [&](const auto& one) { return one.data.contract_id == contract; });
  if (told == all.end()) return std::nullopt;
  return fmt::format("№ {} від {}", told->data.number,
                     print::date(told->data.signed_on, print::Language::kUkrainian));
}

// An id that no act has: by client and last day, then counted on.
Result<ActId> free_id(const Query& query, const Subject& subject) {
  const std::string stem =
      fmt::format("act-{}-{}", subject.client_id.text(), format_date(subject.to));
  std::string id = stem;
  for (int next = 2;; ++next) {
    LEDGER_TRY(const bool taken, is_taken(query.snapshot, id));
    if (!taken) return ActId(id);
    id = fmt::format("{}-{}", stem, next);
  }
}

// What reconciliation.drafted is to say; who drafts may change number, place and manager.
Result<ReconciliationDrafted> draft_of(const Query& query, const Act& act,
                                       const client_card::Card& card) {
  ReconciliationDrafted draft;
  LEDGER_TRY(draft.act_id, free_id(query, act.subject));
  draft.client_id = act.subject.client_id;
  draft.manager_id = client_card::owner_on(card.facts, query.as_of).value_or(ManagerId());
  draft.from = act.subject.from;
  draft.to = act.subject.to;
  draft.closing = {act.closing_minor, act.subject.currency};
  draft.position = to_string(query.snapshot.position());
  draft.digest = digest(act);
  draft.contract_id = act.subject.contract_id;
  draft.known_at = act.subject.known_at;
  draft.ours = act.ours;
  draft.theirs = act.theirs;
  draft.contract_title = act.contract_title;
  draft.form = kForm;
  return draft;
}

Result<http::Response> get_preview(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto subject, subject_of(query));
  LEDGER_TRY(const auto card,
             client_card::card(query.snapshot, subject.client_id.text(), query.times()));
  if (!card || !card->registered) {
    return fail(ErrorCode::kNotFound, "no card says who that client is", "client");
  }
  LEDGER_TRY(Act act, figures(query.snapshot, subject));
  act.ours = context.company;
  act.theirs = party_of(*card);
  if (subject.contract_id) {
    act.contract_title = title_of(*card, *subject.contract_id);
    if (!act.contract_title && act.lines.empty() && act.earlier.empty()) {
      return fail(ErrorCode::kNotFound, "is no contract of that client", "contract");
    }
  }
  Subject all = subject;
  all.known_at.reset();
  LEDGER_TRY(const Act now, figures(query.snapshot, all));
  LEDGER_TRY(const auto draft, draft_of(query, act, *card));
  JsonWriter json = query.begin_answer();
  json.member("duty_id", act_json::kDuty);
  json.member("client_id", subject.client_id.text());
  json.member("figures_known_at", format_timestamp(*subject.known_at));
  json.member("digest", draft.digest);
  act_json::write_act(json, act);
  act_json::write_changes(json, "recorded_since", changes(act, now));
  act_json::write_draft(json, draft);
  return answer(json);
}

}  // namespace

void add_act_routes(http::Router& router, const QueryContext& context) {
  const auto where = http::RunOn::kWorker;
  add_query(router, context, "/v1/acts/preview", where, get_preview, Times::kKnownAtToo,
            {"client", "from", "to", "contract", "currency"}, Changes::kAlways);
  add_query(router, context, "/v1/acts/{act_id}", where, get_act, Times::kKnownAtToo,
            {"format", "lang"});
  add_query(router, context, "/v1/acts", where, act_json::get_acts, Times::kKnownAtToo,
            {"month", "client", "manager", "state", "limit", "cursor"});
}

}  // namespace ledger
