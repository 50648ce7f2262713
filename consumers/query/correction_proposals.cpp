#include "projections/correction_proposals/queries.h"

#include <optional>
#include <string>
#include <utility>

#include "consumers/access/masking.h"
#include "consumers/access/recording.h"
#include "consumers/query/answering.h"
#include "consumers/query/client_names.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/event_view.h"
#include "consumers/query/routes.h"
#include "consumers/query/row_page.h"
#include "events/json_codec.h"
#include "events/json_members.h"
#include "events/types/amendment.h"
#include "events/types/payment.h"
#include "events/types/proposal.h"
#include "projections/directory/queries.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

using correction_proposals::Proposal;

// kOutdated: what is to be corrected was taken back meanwhile, or never was in the ledger, so
// nothing can follow any more.
enum class State { kOpen, kApproved, kWithdrawn, kOutdated };
constexpr auto names(State) { return words("open", "approved", "withdrawn", "outdated"); }

struct Line {
  std::string text;
  Event event;
};

Result<Line> read_line(const QueryContext& context, const Position& position) {
  LEDGER_TRY(auto text, context.log.read(position));
  LEDGER_TRY(auto event, JsonCodec().decode_line(text));
  return Line{std::move(text), std::move(event)};
}

// What a proposal is about, by what was known: the event and how it was read.
struct Target {
  Position position;
  std::optional<Line> line;  // absent: the ledger holds no such event
  bool voided = false;
  std::string data;  // its own, or those of its last correction
};

struct Asked {
  const CorrectionProposed* what = nullptr;  // of `line`
  Proposal proposal;
  Line line;
  Target target;
  State state = State::kOpen;
};

Result<Target> target_of(const QueryContext& context, const Query& query,
                         const CorrectionProposed& asked) {
  Target target;
  LEDGER_TRY(const auto row, seen::find(query.snapshot, asked.target_source, asked.target_id));
  if (!row || !row->position) return target;
  target.position = *row->position;
  LEDGER_TRY(target.line, read_line(context, target.position));
  target.data = data_json(target.line->event.data);
  if (!row->amended_by) return target;
  LEDGER_TRY(const auto amendment, read_line(context, *row->amended_by));
  // Of several corrections the last is kept: of an earlier knowledge the event's own data are
  // shown.
  if (query.known_at && amendment.event.stamps.recorded_time > *query.known_at) return target;
  target.voided = amendment.event.data.holds<EventVoided>();
  if (const auto* corrected = amendment.event.data.get_if<EventCorrected>()) {
    target.data = corrected->data.text;
  }
  return target;
}

State state_of(const Proposal& proposal, const Target& target) {
  if (proposal.followed) return State::kApproved;
  if (proposal.withdrawn) return State::kWithdrawn;
  return target.voided || !target.line ? State::kOutdated : State::kOpen;
}

// Nothing of what the asker does not see: neither of the proposal nor of what it is about.
Result<bool> sees(const QueryContext& context, const Query& query, const Asked& asked) {
  LEDGER_TRY(const bool proposal, sees_event(context, query, asked.proposal.position,
                                             asked.line.event, asked.line.text));
  if (!proposal || !asked.target.line) return proposal;
  const Line& line = *asked.target.line;
  return sees_event(context, query, asked.target.position, line.event, line.text);
}

// As the type writes it, so that two that say the same are the same text. What does not read stands
// as it was told: the door will say what is wrong with it.
std::string canonical(std::string_view type, const std::string& text) {
  const auto data = JsonCodec().decode_data(type, text, /*from_log=*/false);
  return data ? data_json(*data) : text;
}

class Writer {
 public:
  explicit Writer(const Query& query) : query_(query), scope_(query.scope) {}

  Status write(JsonWriter& json, const Asked& asked) const {
    json.begin_object();
    json.member("position", to_string(asked.proposal.position));
    json.member("source", asked.proposal.source);
    json.member("id", asked.proposal.id);
    json.member("state", name_of(asked.state));
    json.member("asks", asked.what->data ? "correct" : "void");
    write_means(json, asked);
    json.member("proposed_at", format_timestamp(asked.line.event.time));
    json.member("age_days", std::int64_t{days_between(asked.proposal.day, query_.as_of)});
    json.member("reason", asked.what->reason);
    LEDGER_CHECK(write_by(json, asked));
    LEDGER_CHECK(write_target(json, asked));
    if (asked.what->data && asked.target.line) LEDGER_CHECK(write_changes(json, asked));
    LEDGER_TRY(const bool may, may_approve(asked));
    json.member("may_approve", may);
    if (may) write_approving(json, asked);
    if (const auto& step = asked.proposal.followed) {
      json.member("approved_by_position", to_string(step->position));
      json.member("approved_at", format_timestamp(step->known.recorded));
    }
    json.end_object();
    return {};
  }

 private:
  // As the door will judge it, who he is and, of a payment to be taken back, his post
  // (producers/append/void_checks.h).
  [[nodiscard]] Result<bool> may_approve(const Asked& asked) const {
    if (asked.state != State::kOpen) return false;
    const auto& who = query_.request.principal;
    if (!who) return true;
    const Event& target = asked.target.line->event;
    if (!ledger::may_approve(*who, target, asked.line.event)) return false;
    if (asked.what->data || !target.data.holds<PaymentReceived>()) return true;
    if (!who->manager_id) return false;
    return directory::is_supervisor(query_.snapshot, *who->manager_id, query_.today);
  }

  static void write_means(JsonWriter& json, const Asked& asked) {
    const bool corrects = asked.what->data.has_value();
    json.member("means_uk", corrects ? "подію читатимуть із запропонованими даними; звіти й борги "
                                       "перерахуються на її власний день"
                                     : "подія не рахуватиметься ніде, від її власного дня");
    json.member("means_en", corrects
                                ? "the event is read with the proposed data: reports and debts "
                                  "follow on its own day"
                                : "the event counts nowhere any more, from its own day on");
  }

  Status write_by(JsonWriter& json, const Asked& asked) const {
    constexpr std::string_view kPeople = "people/";
    const std::string_view source = asked.proposal.source;
    json.key("by").begin_object();
    if (source.starts_with(kPeople)) json.member("principal", source.substr(kPeople.size()));
    if (asked.what->manager_id) {
      LEDGER_CHECK(write_manager(json, query_.snapshot, *asked.what->manager_id, "manager_name"));
    }
    json.end_object();
    return {};
  }

  Result<std::string> shown(const std::string& data) const {
    return scope_.sees_bank_details() ? Result<std::string>(data) : masked_line(data);
  }

  Status write_target(JsonWriter& json, const Asked& asked) const {
    json.key("target").begin_object();
    json.member("source", asked.what->target_source);
    json.member("id", asked.what->target_id);
    if (asked.target.line) LEDGER_CHECK(write_event(json, asked.target));
    json.end_object();
    return {};
  }

  Status write_event(JsonWriter& json, const Target& target) const {
    const Event& event = target.line->event;
    const auto type = type_name(event.data);
    LEDGER_TRY(const auto data, shown(target.data));
    json.member("position", to_string(target.position));
    json.member("type", type);
    write_duties_of(json, type);
    json.member("time", format_timestamp(event.time));
    if (const auto& client = event.stamps.subject) {
      json.member("client_id", client->text());
      LEDGER_CHECK(write_client_name(json, query_, client->text()));
    }
    json.key("data").raw(data);
    return {};
  }

  // Member by member, what differs: as it is read, and as it would be.
  Status write_changes(JsonWriter& json, const Asked& asked) const {
    const auto type = type_name(asked.target.line->event.data);
    LEDGER_TRY(const auto now_text, shown(canonical(type, asked.target.data)));
    LEDGER_TRY(const auto then_text, shown(canonical(type, asked.what->data->text)));
    LEDGER_TRY(auto now, json_members(now_text));
    LEDGER_TRY(const auto then, json_members(then_text));
    for (const auto& [name, value] : then) now.try_emplace(name);
    json.key("changes").begin_array();
    for (const auto& [name, value] : now) {
      const auto proposed = then.find(name);
      if (proposed != then.end() && proposed->second == value) continue;
      json.begin_object();
      json.member("member", name);
      if (!value.empty()) json.key("now").raw(value);
      if (proposed != then.end()) json.key("proposed").raw(proposed->second);
      json.end_object();
    }
    json.end_array();
    return {};
  }

  // What to record, under one's own id and source, to do just that.
  static void write_approving(JsonWriter& json, const Asked& asked) {
    const auto& data = asked.what->data;
    json.key("approving").begin_object();
    json.member("type", data ? EventCorrected::kName : EventVoided::kName);
    json.key("data").begin_object();
    json.member("target_source", asked.what->target_source);
    json.member("target_id", asked.what->target_id);
    json.member("reason", asked.what->reason);
    if (data) json.key("data").raw(data->text);
    json.member("proposal_source", asked.proposal.source);
    json.member("proposal_id", asked.proposal.id);
    json.end_object();
    json.end_object();
  }

  const Query& query_;
  Scope& scope_;
};

// nullopt: every state.
Result<std::optional<State>> state_asked(const Query& query) {
  const auto word = query.request.parameter("state");
  if (!word) return std::optional(State::kOpen);
  if (*word == "all") return std::optional<State>();
  const auto state = from_name<State>(*word);
  if (state) return state;
  return fail(ErrorCode::kInvalidField, "is open, approved, withdrawn, outdated or all", "state");
}

bool is_about(const Asked& asked, const std::optional<std::string_view>& client) {
  if (!client) return true;
  const auto& subject = (asked.target.line ? *asked.target.line : asked.line).event.stamps.subject;
  return subject && subject->text() == *client;
}

Result<http::Response> get_proposals(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto wanted, state_asked(query));
  LEDGER_TRY(auto page, RowPage::of(query));
  const auto client = query.request.parameter("client");
  LEDGER_TRY(auto all, correction_proposals::proposals(query.snapshot, query.times()));
  const Writer writer(query);
  JsonWriter json = query.begin_answer();
  json.key("proposals").begin_array();
  for (auto& proposal : all) {
    // What was followed or withdrawn says so without its target.
    const bool open = !proposal.followed && !proposal.withdrawn;
    if (wanted && open != (*wanted == State::kOpen || *wanted == State::kOutdated)) continue;
    Asked asked;
    LEDGER_TRY(asked.line, read_line(context, proposal.position));
    asked.what = asked.line.event.data.get_if<CorrectionProposed>();
    asked.proposal = std::move(proposal);
    LEDGER_TRY(asked.target, target_of(context, query, *asked.what));
    asked.state = state_of(asked.proposal, asked.target);
    if ((wanted && asked.state != *wanted) || !is_about(asked, client)) continue;
    LEDGER_TRY(const bool seen, sees(context, query, asked));
    if (seen && page.takes_next()) LEDGER_CHECK(writer.write(json, asked));
  }
  json.end_array();
  page.write_end(json, query);
  return answer(json);
}

}  // namespace

// GET /v1/proposals/corrections: contracts and payments that somebody asks to take back or to
// correct, and that wait for a second person; the longest known first.
void add_correction_proposal_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/proposals/corrections", http::RunOn::kWorker, get_proposals,
            Times::kKnownAtToo, {"state", "client", "limit", "cursor"});
}

}  // namespace ledger
