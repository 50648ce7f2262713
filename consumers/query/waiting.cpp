#include "consumers/query/duty_links.h"
#include "consumers/query/routes.h"
#include "consumers/runner/parking.h"
#include "events/json_codec.h"
#include "events/types/call.h"
#include "events/types/follow_up.h"
#include "events/types/payment.h"
#include "projections/unmatched/proposals.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

// A cursor is the next row's source and id, joined as the key joins them; in a URL %00 is refused,
// so a line break stands for the zero byte: neither may hold one.
std::string to_cursor(std::string key) {
  for (char& c : key) {
    if (c == '\0') c = '\n';
  }
  return key;
}

std::string from_cursor(std::string_view cursor) {
  std::string key(cursor);
  for (char& c : key) {
    if (c == '\n') c = '\0';
  }
  return key;
}

// The types of facts by what people call them.
enum class Kind { kPayments, kCalls, kMail, kInquiries };
constexpr auto names(Kind) { return words("payments", "calls", "mail", "inquiries"); }

Kind kind_of(std::string_view type) {
  if (type == PaymentReceived::kName) return Kind::kPayments;
  if (type == CallCompleted::kName) return Kind::kCalls;
  if (type == InquiryReceived::kName) return Kind::kInquiries;
  return Kind::kMail;  // letters, offers, and what became of them
}

Result<unmatched::Wanted> wanted_of(const Query& query) {
  unmatched::Wanted wanted{query.times()};
  LEDGER_TRY(wanted.limit, query.limit());
  const auto word = query.request.parameter("kind");
  if (!word) return wanted;
  const auto kind = from_name<Kind>(*word);
  if (!kind) {
    return fail(ErrorCode::kInvalidField, "is payments, calls, mail or inquiries", "kind");
  }
  wanted.type = [kind = *kind](std::string_view type) { return kind_of(type) == kind; };
  return wanted;
}

void write_proposal(JsonWriter& json, const unmatched::Proposal& proposal) {
  json.begin_object();
  json.member("client_id", proposal.client_id);
  if (!proposal.name.empty()) json.member("name", proposal.name);
  json.key("reasons").begin_array();
  for (const auto reason : proposal.reasons) json.value(name_of(reason));
  json.end_array();
  if (!proposal.invoice_ids.empty()) {
    json.key("invoice_ids").begin_array();
    for (const auto& invoice : proposal.invoice_ids) json.value(invoice);
    json.end_array();
  }
  json.end_object();
}

void write_answer(JsonWriter& json, const unmatched::Answer& answer) {
  json.begin_object();
  json.member("client_id", answer.client_id);
  json.member("reason", answer.reason);
  json.member("position", to_string(answer.position));
  json.end_object();
}

// What waits, whose it could be, and whose a person said it is not. The fact itself lies in the
// log.
class Writer {
 public:
  explicit Writer(const Query& query) : proposer_(query.snapshot, query.times()) {}

  Status write(JsonWriter& json, const unmatched::Fact& fact) {
    json.member("position", to_string(fact.wait.position));
    json.member("type", fact.type);
    write_duties_of(json, fact.type);
    json.member("source", fact.source);
    json.member("id", fact.id);
    json.member("time", format_timestamp(fact.wait.time));
    if (!fact.wait.key.empty()) json.member("key", fact.wait.key);
    if (fact.match) {
      write_answer(json.key("match"), *fact.match);
    } else {
      LEDGER_CHECK(write_proposals(json, fact));
    }
    if (!fact.rejected.empty()) {
      json.key("rejected").begin_array();
      for (const auto& answer : fact.rejected) write_answer(json, answer);
      json.end_array();
    }
    if (fact.taken_back > 0) json.member("taken_back", fact.taken_back);
    return {};
  }

 private:
  Status write_proposals(JsonWriter& json, const unmatched::Fact& fact) {
    LEDGER_TRY(const auto proposals, proposer_.proposals(fact));
    if (proposals.empty()) return {};
    json.key("proposals").begin_array();
    for (const auto& proposal : proposals) write_proposal(json, proposal);
    json.end_array();
    return {};
  }

  unmatched::Proposer proposer_;
};

Result<http::Response> get_unmatched(const QueryContext&, const Query& query) {
  LEDGER_TRY(const auto wanted, wanted_of(query));
  const std::string from = from_cursor(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(const auto page, unmatched::waiting(query.snapshot, from, wanted));
  Writer writer(query);
  JsonWriter json = query.begin_answer();
  json.key("waiting").begin_array();
  for (const auto& fact : page.facts) {
    json.begin_object();
    LEDGER_CHECK(writer.write(json, fact));
    json.end_object();
  }
  json.end_array();
  if (!page.next.empty()) json.member("next_cursor", to_cursor(page.next));
  return answer(json);
}

// One fact by its position, also once it is matched.
Result<http::Response> get_fact(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Position position, parse_position(query.request.captures.front()));
  if (position.partition >= context.log.partitions()) {
    return fail(ErrorCode::kNotFound, "the log has no such partition");
  }
  LEDGER_TRY(const auto line, context.log.read(position));
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  LEDGER_TRY(const auto fact,
             unmatched::fact(query.snapshot, event.source, event.id, query.times()));
  if (!fact) {
    return fail(ErrorCode::kNotFound,
                "that event does not wait for anybody to say whose it is, and never did by then");
  }
  JsonWriter json = query.begin_answer();
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
  LEDGER_TRY(const auto rows, parked(query.snapshot, limit, shown));
  JsonWriter json = query.begin_answer();
  json.key("parked").begin_array();
  for (const auto& row : rows) {
    json.begin_object();
    json.member("position", to_string(row.position));
    if (!row.partition_key.empty()) json.member("partition_key", row.partition_key);
    json.member("reason", row.reason);
    json.member("waiting", row.waiting);
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_waiting_routes(http::Router& router, const QueryContext& context) {
  const auto where = http::RunOn::kWorker;
  add_query(router, context, "/v1/unmatched", where, get_unmatched, Times::kKnownAtToo,
            {"kind", "limit", "cursor"});
  add_query(router, context, "/v1/unmatched/{position}", where, get_fact, Times::kKnownAtToo);
  add_query(router, context, "/v1/parked", where, get_parked, Times::kKnownAtToo, {"limit"});
}

}  // namespace ledger
