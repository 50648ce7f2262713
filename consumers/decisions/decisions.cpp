#include "consumers/decisions/decisions.h"

#include <utility>

#include "consumers/access/recording.h"
#include "consumers/access/scope.h"
#include "consumers/decisions/decision.h"
#include "events/flat_json.h"
#include "events/json_codec.h"
#include "events/leaf_hash.h"
#include "platform/calendar_month.h"
#include "platform/json_writer.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "producers/append/authorise.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

using decisions::Decided;
using http::Reply;
using http::Request;
using http::Response;

using Decide = Result<Decided> (*)(const ViewSnapshot& views, const decisions::Subject& subject,
                                   const decisions::Asked& asked);

using Outcome = tl::expected<Decided, Refusal>;

Response refused(const Refusal& refusal) {
  return refusal.forbidden ? http::forbidden(refusal.error.message, refusal.error.field)
                           : http::problem(refusal.error);
}

// What is said with the receipt.
struct Beside {
  std::optional<receivables::CountedBooking> counts_for;
  bool restricted = false;
};

Response receipt_response(const Receipt& receipt, const Beside& beside) {
  JsonWriter json;
  json.begin_object();
  json.member("id", receipt.id);
  json.member("source", receipt.source);
  json.member("position", to_string(receipt.position));
  json.member("leaf_hash", receipt.leaf_hash);
  json.member("duplicate", receipt.duplicate);
  if (const auto& counts_for = beside.counts_for) {
    json.key("counts_for").begin_object();
    if (beside.restricted) {
      json.member("restricted", true);
    } else {
      json.member("client_id", counts_for->client);
    }
    json.member("source", counts_for->payment.source);
    json.member("id", counts_for->payment.id);
    json.member("position", to_string(counts_for->payment.position));
    json.end_object();
  }
  json.end_object();
  return {201, "application/json", json.take()};
}

// Of the decision that stands already.
Result<Receipt> receipt_of(const DecisionContext& context, const Position& position) {
  LEDGER_TRY(const auto line, context.log.read(position));
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  auto leaf = event.leaf_hash ? *event.leaf_hash : to_hex(leaf_hash_of(line));
  return Receipt{event.id, event.source, position, std::move(leaf), true};
}

// By its client, also if it found him since; what is nobody's yet by the manager whose call or
// letter it is; what is not even that, as money, is for heads.
Result<bool> sees(Scope& scope, const ViewSnapshot& views, const Principal& principal,
                  const Event& event) {
  if (event.stamps.subject) return scope.sees_client(event.stamps.subject->text());
  LEDGER_TRY(const auto fact,
             unmatched::fact(views, event.source, event.id, {kLastDay, std::nullopt}));
  if (fact && fact->match) return scope.sees_client(fact->match->client_id);
  if (event.stamps.actor) return scope.sees_manager(*event.stamps.actor);
  return principal.role != Role::kManager;
}

// Alike for what is not there and for what is another's.
tl::unexpected<Refusal> not_his(std::string field) {
  return forbid(
      "there is nothing there that is yours to decide; a head of department decides about "
      "what is others'",
      std::move(field));
}

Verdict check_client(Scope& scope, const std::string& id) {
  const auto seen = scope.sees_client(id);
  if (!seen) return tl::unexpected(Refusal{seen.error()});
  return *seen ? Verdict() : Verdict(not_his("client_id"));
}

Verdict check_manager(const Scope& scope, const Principal& principal, const std::string& id) {
  const auto manager = ManagerId::parse(id);
  if (!manager || principal.manager_id == *manager) return {};
  const auto seen = scope.sees_manager(*manager);
  if (!seen) return tl::unexpected(Refusal{seen.error()});
  if (*seen && principal.role != Role::kManager) return {};
  return forbid("who decides is yourself", "manager_id");
}

// Whom the body names, before anything is looked up by it: ids cannot be tried out. What does not
// read the decision itself refuses.
Verdict check_named(Scope& scope, const Principal& principal, std::string_view body) {
  const auto given = read_flat_object(body);
  if (!given) return {};
  for (const auto& [member, id] : *given) {
    Verdict verdict;
    if (member == "client_id" && ClientId::parse(id)) verdict = check_client(scope, id);
    if (member == "manager_id") verdict = check_manager(scope, principal, id);
    if (!verdict) return verdict;
  }
  return {};
}

Status check_counts_for(Scope& scope, Decided& decided) {
  if (!decided.counts_for) return {};
  LEDGER_TRY(const bool seen, scope.sees_client(decided.counts_for->client));
  decided.restricted = !seen;
  return {};
}

Outcome decided_by(const DecisionContext& context, Decide decide, const Request& request,
                   const Principal& principal) {
  if (principal.role == Role::kSource || principal.role == Role::kAuditor)
    return not_his("position");
  const auto views = context.views.current();
  const Date today = context.zone.local_day(context.clock.now());
  auto scope = Scope::of(&principal, *views, today, context.zone);
  if (!scope) return tl::unexpected(Refusal{scope.error()});
  const auto subject = decisions::subject_of(context, request.captures.front());
  const bool absent = !subject && subject.error().code == ErrorCode::kNotFound;
  if (absent && !scope->everything()) return not_his("position");
  if (!subject) return tl::unexpected(Refusal{subject.error()});
  const auto seen = sees(*scope, *views, principal, subject->event);
  if (!seen) return tl::unexpected(Refusal{seen.error()});
  if (!*seen) return not_his("position");
  if (auto verdict = check_named(*scope, principal, request.body); !verdict) {
    return tl::unexpected(std::move(verdict).error());
  }
  auto decided = decide(*views, *subject, {request.body, principal.manager_id});
  if (!decided) return tl::unexpected(Refusal{std::move(decided).error()});
  if (auto said = check_counts_for(*scope, *decided); !said) {
    return tl::unexpected(Refusal{std::move(said).error()});
  }
  if (auto* submission = std::get_if<Submission>(&decided->what)) {
    submission->source = source_of(principal);  // his word, as all that he records himself
  }
  return *std::move(decided);
}

Outcome decided(const DecisionContext& context, Decide decide, const Request& request) {
  // By all that was acknowledged: what was decided a moment ago stands.
  const auto deadline = std::chrono::steady_clock::now() + limits::kIndexWait;
  if (!context.progress.wait(context.door.acknowledged(), deadline)) {
    return tl::unexpected(
        Refusal{{ErrorCode::kUnavailable, "the views are behind the log; try again"}});
  }
  if (request.principal) return decided_by(context, decide, request, *request.principal);
  const auto subject = decisions::subject_of(context, request.captures.front());
  if (!subject) return tl::unexpected(Refusal{subject.error()});
  const auto views = context.views.current();
  auto decided = decide(*views, *subject, {request.body});
  if (!decided) return tl::unexpected(Refusal{std::move(decided).error()});
  return *std::move(decided);
}

void handle(const DecisionContext& context, Decide decide, const Request& request,
            const Reply& reply) {
  auto found = decided(context, decide, request);
  if (!found) {
    reply(refused(found.error()));
    return;
  }
  Beside beside{std::move(found->counts_for), found->restricted};
  if (const auto* standing = std::get_if<Position>(&found->what)) {
    const auto receipt = receipt_of(context, *standing);
    reply(receipt ? receipt_response(*receipt, beside) : http::problem(receipt.error()));
    return;
  }
  std::vector<Submission> batch;
  batch.push_back(std::get<Submission>(std::move(found->what)));
  context.door.append(std::move(batch), [reply, beside = std::move(beside)](
                                            std::vector<AppendDoor::Outcome> outcomes) {
    const auto& outcome = outcomes.front();
    reply(outcome ? receipt_response(*outcome, beside) : http::problem(outcome.error()));
  });
}

}  // namespace

void add_decision_routes(http::Router& router, const DecisionContext& context) {
  const auto add = [&](std::string_view pattern, Decide decide) {
    router.add("POST", pattern, http::RunOn::kWorker,
               http::Handler([context, decide](const Request& request, const Reply& reply) {
                 handle(context, decide, request, reply);
               }));
  };
  add("/v1/unmatched/{position}/accept", decisions::accept_match);
  add("/v1/unmatched/{position}/reject", decisions::reject_match);
  add("/v1/unmatched/{position}/rule-out", decisions::rule_out);
  add("/v1/unallocated/{position}/accept", decisions::accept_allocation);
  add("/v1/unallocated/{position}/reject", decisions::reject_allocation);
  add("/v1/unallocated/{position}/advance", decisions::name_advance);
}

}  // namespace ledger
