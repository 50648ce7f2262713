#include <algorithm>
#include <map>
#include <string>

#include "consumers/query/amendment_words.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/routes.h"
#include "events/types/allocation.h"
#include "events/types/amendment.h"
#include "platform/calendar_month.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/crossing.h"
#include "projections/receivables/queries.h"
#include "projections/rule_decisions/queries.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

using rule_decisions::Decision;
using rule_decisions::Kind;

// The accounts of one answer, each read once.
class Accounts {
 public:
  explicit Accounts(const Query& query) : query_(query) {}

  Result<const receivables::AccountRow*> of(const std::string& card) {
    const auto found = accounts_.find(card);
    if (found != accounts_.end()) return &found->second;
    LEDGER_TRY(const auto client, directory::one_client(query_.snapshot, card, query_.known_at));
    LEDGER_TRY(auto account, receivables::account_of(query_.snapshot, client));
    return &accounts_.emplace(card, std::move(account)).first->second;
  }

 private:
  const Query& query_;
  std::map<std::string, receivables::AccountRow> accounts_;
};

// By which payment.deallocated an allocation was undone; nullopt: by none.
std::optional<Position> freed_by(const receivables::AccountRow& account, const Decision& decision,
                                 const AsOf& as_of) {
  const auto is_of = [&](const auto& said) {
    return said.data.payment_source == decision.target_source &&
           said.data.payment_id == decision.target_id &&
           said.data.invoice_id.text() == decision.invoice_id;
  };
  const auto allocated =
      std::find_if(account.allocated.begin(), account.allocated.end(),
                   [&](const auto& said) { return said.position == decision.position; });
  if (allocated == account.allocated.end()) return std::nullopt;
  for (const auto& said : account.deallocated) {
    const bool undoes =
        said.known.at(as_of.known_at) && is_of(said) && receivables::said_before(*allocated, said);
    if (undoes) return said.position;
  }
  return std::nullopt;
}

// "matching.v2": the rule and its version.
void write_rule(JsonWriter& json, const std::string& rule) {
  const auto dot = rule.rfind('.');
  json.key("rule").begin_object();
  json.member("name", rule.substr(0, dot));
  if (dot != std::string::npos) json.member("version", rule.substr(dot + 1));
  json.end_object();
}

// What is to be posted to take it back, but for its own id, time, `reason` and `manager_id`.
void write_undo(JsonWriter& json, const Decision& decision) {
  const bool matched = decision.kind == Kind::kMatched;
  json.key("undo").begin_object();
  json.member("type", matched ? EventVoided::kName : PaymentDeallocated::kName);
  json.key("data").begin_object();
  if (matched) {
    json.member("target_source", decision.source);
    json.member("target_id", decision.id);
  } else {
    json.member("client_id", decision.client_id);
    json.member("payment_source", decision.target_source);
    json.member("payment_id", decision.target_id);
    json.member("invoice_id", decision.invoice_id);
  }
  json.end_object();
  json.end_object();
}

class Writer {
 public:
  Writer(const QueryContext& context, const Query& query)
      : context_(context), query_(query), accounts_(query) {}

  Status write(JsonWriter& json, const Decision& decision) {
    json.begin_object();
    json.member("position", to_string(decision.position));
    json.member("kind", name_of(decision.kind));
    const bool matched = decision.kind == Kind::kMatched;
    write_duties_of(json, matched ? InteractionMatched::kName : PaymentAllocated::kName);
    json.member("source", decision.source);
    json.member("id", decision.id);
    json.member("time", format_timestamp(decision.time));
    json.member("recorded_time", format_timestamp(decision.known.recorded));
    write_rule(json, decision.rule);
    if (!decision.why.empty()) json.member("why", decision.why);
    json.member("client_id", decision.client_id);
    LEDGER_CHECK(write_about(json, decision));
    if (decision.amount) {
      json.member("invoice_id", decision.invoice_id);
      json.member("amount_minor", decision.amount->amount_minor);
      json.member("currency", decision.amount->currency.text());
    }
    LEDGER_CHECK(write_undone(json, decision));
    json.end_object();
    return {};
  }

 private:
  // What was decided about.
  Status write_about(JsonWriter& json, const Decision& decision) {
    LEDGER_TRY(const auto row,
               seen::find(query_.snapshot, decision.target_source, decision.target_id));
    json.key("about").begin_object();
    json.member("source", decision.target_source);
    json.member("id", decision.target_id);
    if (row && row->position) json.member("position", to_string(*row->position));
    json.end_object();
    return {};
  }

  // Who took it back, or what would.
  Status write_undone(JsonWriter& json, const Decision& decision) {
    if (!decision.known.at(query_.known_at)) {
      return write_amendments(json, context_, query_, decision.source, decision.id, decision.known);
    }
    if (decision.kind == Kind::kAllocated) {
      LEDGER_TRY(const auto* account, accounts_.of(decision.client_id));
      if (const auto by = freed_by(*account, decision, query_.times())) {
        return write_later_word(json.key("deallocated"), context_, query_, *by);
      }
    }
    write_undo(json, decision);
    return {};
  }

  const QueryContext& context_;
  const Query& query_;
  Accounts accounts_;
};

// What named rules decided by themselves, the newest first: nothing is accepted by itself unless it
// stands here, and can be taken back.
Result<http::Response> get_rule_decisions(const QueryContext& context, const Query& query) {
  rule_decisions::Wanted wanted{query.times()};
  LEDGER_TRY(wanted.limit, query.limit());
  if (const auto word = query.request.parameter("kind")) {
    wanted.kind = from_name<Kind>(*word);
    if (!wanted.kind) return fail(ErrorCode::kInvalidField, "is matched or allocated", "kind");
  }
  std::map<std::string, bool> seen;
  if (!query.scope.everything()) {
    wanted.shows = [&](const Decision& decision) -> Result<bool> {
      const auto found = seen.find(decision.client_id);
      if (found != seen.end()) return found->second;
      LEDGER_TRY(const bool sees, query.scope.sees_client(decision.client_id));
      seen.emplace(decision.client_id, sees);
      return sees;
    };
  }
  const auto from = query.request.parameter("cursor").value_or("");
  LEDGER_TRY(const auto page, rule_decisions::decisions(query.snapshot, from, wanted));
  Writer writer(context, query);
  JsonWriter json = query.begin_answer();
  json.key("decisions").begin_array();
  for (const auto& decision : page.decisions) LEDGER_CHECK(writer.write(json, decision));
  json.end_array();
  query.write_next_cursor(json, page.next);
  return answer(json);
}

}  // namespace

void add_rule_decision_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/rule-decisions", http::RunOn::kWorker, get_rule_decisions,
            Times::kKnownAtToo, {"kind", "limit", "cursor"});
}

}  // namespace ledger
