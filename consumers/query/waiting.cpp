#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "consumers/access/masking.h"
#include "consumers/query/client_names.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/event_view.h"
#include "consumers/query/object_check.h"
#include "consumers/query/proposal_words.h"
#include "consumers/query/routes.h"
#include "consumers/query/waiting_order.h"
#include "consumers/runner/parking.h"
#include "events/json_codec.h"
#include "events/types/call.h"
#include "events/types/follow_up.h"
#include "events/types/offer.h"
#include "events/types/payment.h"
#include "projections/unmatched/proposals.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

// The types of facts by what people call them.
enum class Kind { kPayments, kCalls, kMail, kInquiries };
constexpr auto names(Kind) { return words("payments", "calls", "mail", "inquiries"); }

Kind kind_of(std::string_view type) {
  if (type == PaymentReceived::kName) return Kind::kPayments;
  if (type == CallCompleted::kName) return Kind::kCalls;
  if (type == InquiryReceived::kName) return Kind::kInquiries;
  return Kind::kMail;  // letters, offers, and what became of them
}

// The type that shows whose duty a kind is.
std::string_view type_of(Kind kind) {
  switch (kind) {
    case Kind::kPayments:
      return PaymentReceived::kName;
    case Kind::kCalls:
      return CallCompleted::kName;
    case Kind::kMail:
      return OfferEmailed::kName;
    case Kind::kInquiries:
      return InquiryReceived::kName;
  }
  return {};
}

// What is listed: what waits, or what a person said to be no client's.
enum class Listed { kWaiting, kRuledOut };
constexpr auto names(Listed) { return words("waiting", "ruled_out"); }

Result<unmatched::Wanted> wanted_of(const QueryContext& context, const Query& query) {
  unmatched::Wanted wanted{query.times()};
  if (!query.scope.whole_house()) {
    wanted.shows = [&](const unmatched::Fact& fact) { return sees_fact(context, query, fact); };
  }
  LEDGER_TRY(wanted.limit, query.limit());
  if (const auto state = query.request.parameter("state")) {
    const auto listed = from_name<Listed>(*state);
    if (!listed) return fail(ErrorCode::kInvalidField, "is waiting or ruled_out", "state");
    wanted.ruled_out = *listed == Listed::kRuledOut;
  }
  const auto word = query.request.parameter("kind");
  if (!word) return wanted;
  const auto kind = from_name<Kind>(*word);
  if (!kind) {
    return fail(ErrorCode::kInvalidField, "is payments, calls, mail or inquiries", "kind");
  }
  wanted.type = [kind = *kind](std::string_view type) { return kind_of(type) == kind; };
  return wanted;
}

// `sort=age`, `sort=amount`; only payments have an amount.
Result<WaitingSort> sort_of(const Query& query) {
  const auto word = query.request.parameter("sort");
  if (!word) return WaitingSort::kAsItLies;
  if (*word == "age") return WaitingSort::kAge;
  if (*word != "amount") return fail(ErrorCode::kInvalidField, "is age or amount", "sort");
  if (query.request.parameter("kind") == "payments") return WaitingSort::kAmount;
  return fail(ErrorCode::kInvalidField, "by amount goes with kind=payments alone", "sort");
}

void write_ids(JsonWriter& json, std::string_view member, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  json.key(member).begin_array();
  for (const auto& id : ids) json.value(id);
  json.end_array();
}

void write_proposal(JsonWriter& json, const unmatched::Proposal& proposal) {
  json.begin_object();
  json.member("client_id", proposal.client_id);
  if (!proposal.name.empty()) json.member("name", proposal.name);
  json.member("score", std::int64_t{proposal.score});
  json.key("reasons").begin_array();
  for (const auto reason : proposal.reasons) json.value(name_of(reason));
  json.end_array();
  write_ids(json, "invoice_ids", proposal.invoice_ids);
  write_ids(json, "contract_ids", proposal.contract_ids);
  json.end_object();
}

Status write_answer(JsonWriter& json, const Query& query, const unmatched::Answer& answer) {
  json.begin_object();
  if (!answer.client_id.empty()) {
    LEDGER_CHECK(write_client_id(json, query.scope, "client_id", answer.client_id));
    LEDGER_CHECK(write_client_name(json, query, answer.client_id));
  }
  if (!answer.nature.empty()) json.member("nature", answer.nature);
  if (!answer.manager_id.empty()) json.member("manager_id", answer.manager_id);
  json.member("reason", answer.reason);
  json.member("position", to_string(answer.position));
  json.member("source", answer.source);
  json.member("id", answer.id);
  json.member("recorded_time", format_timestamp(answer.known.recorded));
  json.end_object();
  return {};
}

Status write_counts_for(JsonWriter& json, Scope& scope,
                        const receivables::CountedBooking& counted) {
  json.key("counts_for").begin_object();
  LEDGER_CHECK(write_client_id(json, scope, "client_id", counted.client));
  json.member("source", counted.payment.source);
  json.member("id", counted.payment.id);
  json.member("position", to_string(counted.payment.position));
  json.end_object();
  return {};
}

// What waits, whose it could be, and whose a person said it is not. The fact itself lies in the
// log.
class Writer {
 public:
  explicit Writer(const Query& query)
      : query_(query),
        snapshot_(query.snapshot),
        scope_(query.scope),
        as_of_(query.times()),
        proposer_(query.snapshot, query.times()) {}

  Status write(JsonWriter& json, const unmatched::Fact& fact) {
    json.member("position", to_string(fact.wait.position));
    json.member("type", fact.type);
    write_duties_of(json, fact.type);
    json.member("source", fact.source);
    json.member("id", fact.id);
    json.member("time", format_timestamp(fact.wait.time));
    if (!fact.wait.key.empty()) json.member("key", fact.wait.key);
    json.member("age_days", std::int64_t{days_between(waits_since(fact), as_of_.day)});
    if (const auto& remittance = fact.wait.remittance) write_remittance(json, *remittance);
    LEDGER_CHECK(write_counted(json, fact));
    if (fact.match) LEDGER_CHECK(write_answer(json.key("match"), query_, *fact.match));
    if (fact.ruled_out) LEDGER_CHECK(write_answer(json.key("ruled_out"), query_, *fact.ruled_out));
    LEDGER_CHECK(write_causes(json, fact));
    if (fact.lacks_client()) LEDGER_CHECK(write_proposals(json, fact));
    if (!fact.rejected.empty()) {
      json.key("rejected").begin_array();
      for (const auto& answer : fact.rejected) LEDGER_CHECK(write_answer(json, query_, answer));
      json.end_array();
    }
    if (fact.taken_back > 0) json.member("taken_back", fact.taken_back);
    return {};
  }

 private:
  // What it waits for, and whose it is where that is known.
  Status write_causes(JsonWriter& json, const unmatched::Fact& fact) const {
    if (fact.lacks_manager() && !fact.match) {
      LEDGER_CHECK(write_client_id(json, scope_, "client_id", fact.client_id));
      LEDGER_CHECK(write_client_name(json, query_, fact.client_id));
    }
    const auto causes = unmatched::causes_of(fact);
    if (causes.empty()) return {};
    json.key("causes").begin_array();
    for (const auto cause : causes) json.value(name_of(cause));
    json.end_array();
    const auto keys = unmatched::missing_manager(fact);
    if (!keys.empty()) json.member("manager_key", keys.front().value);
    return {};
  }

  static void write_remittance(JsonWriter& json, const unmatched::Remittance& remittance) {
    json.member("amount_minor", remittance.amount.amount_minor);
    json.member("currency", remittance.amount.currency.text());
    json.member("booked_on", format_date(remittance.booked_on));
    if (!remittance.payer_name.empty()) json.member("payer_name", remittance.payer_name);
    if (!remittance.purpose.empty()) json.member("purpose", remittance.purpose);
  }

  // Where the booking counts that it is; a match that stands waits for that one to be voided.
  Status write_counted(JsonWriter& json, const unmatched::Fact& fact) const {
    LEDGER_TRY(const auto counted, unmatched::counted_for(snapshot_, fact, as_of_));
    if (!counted) return {};
    return write_counts_for(json, scope_, *counted);
  }

  Status write_proposals(JsonWriter& json, const unmatched::Fact& fact) {
    const bool all = scope_.everything();
    LEDGER_TRY(auto proposals,
               proposer_.proposals(fact, all ? unmatched::Proposer::kMax
                                             : std::numeric_limits<std::size_t>::max()));
    LEDGER_CHECK(keep_seen(scope_, proposals, [&](const unmatched::Proposal& one) {
      return scope_.sees_client(one.client_id);
    }));
    if (proposals.size() > unmatched::Proposer::kMax) {
      proposals.resize(unmatched::Proposer::kMax);
    }
    if (proposals.empty()) return {};
    json.key("proposals").begin_array();
    for (const auto& proposal : proposals) write_proposal(json, proposal);
    json.end_array();
    return {};
  }

  const Query& query_;
  const ViewSnapshot& snapshot_;
  Scope& scope_;
  AsOf as_of_;
  unmatched::Proposer proposer_;
};

// How many payments of each currency there are, and how much they come to: of all pages.
Status write_totals(JsonWriter& json, const std::vector<unmatched::Fact>& facts) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> totals;
  for (const auto& fact : facts) {
    if (!fact.wait.remittance) continue;
    const Money& amount = fact.wait.remittance->amount;
    auto& [count, sum] = totals[amount.currency.text()];
    ++count;
    LEDGER_TRY(sum, add_checked(sum, amount.amount_minor));
  }
  if (totals.empty()) return {};
  json.key("totals").begin_array();
  for (const auto& [currency, total] : totals) {
    json.begin_object();
    json.member("duty_id", "receivables.collected");
    json.member("currency", currency);
    json.member("count", total.first);
    json.member("amount_minor", total.second);
    json.end_object();
  }
  json.end_array();
  return {};
}

// How many of each kind there are, and since when the oldest waits: of all pages, and whichever
// kind is asked for.
Status write_kinds(JsonWriter& json, const Query& query, const unmatched::Wanted& wanted) {
  LEDGER_TRY(const auto by_type, unmatched::tally(query.snapshot, wanted));
  std::array<unmatched::Tally, names(Kind{}).size()> kinds{};
  for (const auto& [type, tally] : by_type) {
    auto& kind = kinds.at(static_cast<std::size_t>(kind_of(type)));
    kind.oldest = kind.count == 0 ? tally.oldest : std::min(kind.oldest, tally.oldest);
    kind.count += tally.count;
  }
  json.key("kinds").begin_array();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const auto& kind = kinds.at(i);
    json.begin_object();
    json.member("kind", names(Kind{})[i]);
    write_duties_of(json, type_of(static_cast<Kind>(i)));
    json.member("count", kind.count);
    if (kind.count > 0) {
      json.member("oldest_since", format_date(kind.oldest));
      json.member("oldest_age_days", std::int64_t{days_between(kind.oldest, query.as_of)});
    }
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<http::Response> get_unmatched(const QueryContext& context, const Query& query) {
  LEDGER_TRY(auto wanted, wanted_of(context, query));
  LEDGER_TRY(const auto sort, sort_of(query));
  const auto cursor = query.request.parameter("cursor").value_or("");
  const bool as_it_lies = sort == WaitingSort::kAsItLies;
  const std::size_t limit = std::exchange(
      wanted.limit, as_it_lies ? wanted.limit : std::numeric_limits<std::size_t>::max());
  const std::string from(as_it_lies ? cursor : std::string_view());
  LEDGER_TRY(auto found, unmatched::waiting(query.snapshot, from, wanted));
  Writer writer(query);
  JsonWriter json = query.begin_answer();
  write_match_reasons(json);
  write_causes(json);
  write_natures(json);
  LEDGER_CHECK(write_kinds(json, query, wanted));
  WaitingPage page{{}, found.next};
  if (as_it_lies) {
    page.facts = std::move(found.facts);
  } else {
    LEDGER_CHECK(write_totals(json, found.facts));
    page = page_of(std::move(found.facts), sort, cursor, limit);
  }
  json.key(name_of(wanted.ruled_out ? Listed::kRuledOut : Listed::kWaiting)).begin_array();
  for (const auto& fact : page.facts) {
    json.begin_object();
    LEDGER_CHECK(writer.write(json, fact));
    json.end_object();
  }
  json.end_array();
  query.write_next_cursor(json, page.next_cursor);
  return answer(json);
}

Result<std::optional<unmatched::Fact>> fact_at(const QueryContext& context, const Query& query,
                                               const Position& position) {
  LEDGER_TRY(const auto line, context.log.read(position));
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  return unmatched::fact(query.snapshot, event.source, event.id, query.times());
}

// For who does not see all that waits: no position tells him whether anything waits there.
Result<bool> sees_fact_at(const QueryContext& context, const Query& query,
                          const Position& position) {
  if (query.scope.everything()) return true;
  if (position.partition >= context.log.partitions()) return false;
  const auto fact = fact_at(context, query, position);
  if (!fact && fact.error().code == ErrorCode::kNotFound) return false;
  if (!fact) return tl::unexpected(fact.error());
  if (!*fact) return false;
  return sees_fact(context, query, **fact);
}

// One fact by its position, also once it is matched.
Result<http::Response> get_fact(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Position position, parse_position(query.request.captures.front()));
  LEDGER_TRY(const bool sees, sees_fact_at(context, query, position));
  if (!sees) return not_yours();
  if (position.partition >= context.log.partitions()) {
    return fail(ErrorCode::kNotFound, "the log has no such partition");
  }
  LEDGER_TRY(const auto fact, fact_at(context, query, position));
  if (!fact) {
    return fail(ErrorCode::kNotFound,
                "that event does not wait for anybody to say whose it is, and never did by then");
  }
  JsonWriter json = query.begin_answer();
  write_match_reasons(json);
  write_causes(json);
  json.key("fact").begin_object();
  LEDGER_CHECK(Writer(query).write(json, *fact));
  json.end_object();
  return answer(json);
}

// By an earlier knowledge: those whose event was recorded by then. When it was parked is not kept,
// and what was parked then and is folded by now is not shown (consumers/runner/parking.h).
Result<http::Response> get_parked(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const LineFilter filter = query.lines();
  const auto shown = [&](const ParkedRow& row) -> Result<bool> {
    if (filter.shows_all()) return true;
    LEDGER_TRY(const auto line, context.log.read(row.position));
    return filter.shows(line);
  };
  const auto from = query.request.parameter("cursor").value_or("");
  LEDGER_TRY(const auto page, parked(query.snapshot, from, limit, shown));
  JsonWriter json = query.begin_answer();
  json.key("parked").begin_array();
  for (const auto& row : page.rows) {
    json.begin_object();
    json.member("position", to_string(row.position));
    if (!row.partition_key.empty()) json.member("partition_key", row.partition_key);
    json.member("reason", row.reason);
    json.member("waiting", row.waiting);
    json.end_object();
  }
  json.end_array();
  query.write_next_cursor(json, page.next);
  return answer(json);
}

}  // namespace

void add_waiting_routes(http::Router& router, const QueryContext& context) {
  const auto where = http::RunOn::kWorker;
  add_query(router, context, "/v1/unmatched", where, get_unmatched, Times::kKnownAtToo,
            {"kind", "state", "sort", "limit", "cursor"});
  add_query(router, context, "/v1/unmatched/{position}", where, get_fact, Times::kKnownAtToo);
  add_query(router, context, "/v1/parked", where, get_parked, Times::kKnownAtToo,
            {"limit", "cursor"});
}

}  // namespace ledger
