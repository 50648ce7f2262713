#include "consumers/query/order_check.h"

#include <fmt/format.h>

#include <charconv>

#include "consumers/query/duty_links.h"
#include "consumers/query/routes.h"
#include "projections/directory/queries.h"
#include "projections/receivables/queries.h"

namespace ledger {

namespace {

using namespace receivables;

Result<OrderPlaced> order_of(const Query& query, const std::string& client) {
  OrderPlaced order;
  order.client_id = ClientId(client);
  order.placed_on = query.as_of;
  if (const auto id = query.request.parameter("order")) {
    auto parsed = OrderId::parse(*id);
    if (!parsed) return fail(parsed.error().code, parsed.error().message, "order");
    order.order_id = *std::move(parsed);
  }
  const auto amount = query.request.parameter("amount_minor").value_or("");
  const auto read =
      std::from_chars(amount.data(), amount.data() + amount.size(), order.amount.amount_minor);
  if (read.ec != std::errc() || read.ptr != amount.data() + amount.size() ||
      order.amount.amount_minor < 1) {
    return fail(ErrorCode::kInvalidField, "is a whole number of minor units, 1 or more",
                "amount_minor");
  }
  if (const auto code = query.request.parameter("currency")) {
    auto parsed = Currency::parse(*code);
    if (!parsed) return fail(parsed.error().code, parsed.error().message, "currency");
    order.amount.currency = *std::move(parsed);
  }
  const auto prepaid = query.request.parameter("prepaid").value_or("false");
  if (prepaid != "true" && prepaid != "false") {
    return fail(ErrorCode::kInvalidField, "is true or false", "prepaid");
  }
  order.prepaid = prepaid == "true";
  return order;
}

// Whether an order may be placed, changed or opened again, before anybody does so. `order`: the one
// that is changed, so that it does not count twice.
Result<http::Response> get_order_check(const QueryContext&, const Query& query) {
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(const bool known, directory::has_card(query.snapshot, id));
  if (!known) {
    return fail(ErrorCode::kNotFound, fmt::format("the ledger has no facts about client '{}'", id));
  }
  LEDGER_TRY(const auto order, order_of(query, id));
  LEDGER_TRY(const auto client, directory::one_client(query.snapshot, id, query.known_at));
  LEDGER_TRY(const auto account, account_of(query.snapshot, client));
  LEDGER_TRY(const auto check, check_order(account, order, query.times()));
  JsonWriter json = query.begin_answer();
  write_duty_ids(json, {{"order", "terms.observed"}});
  json.key("order");
  write_order_check(json, check);
  return answer(json);
}

}  // namespace

void write_exposure(JsonWriter& json, const receivables::Exposure& exposure) {
  json.member("orders_minor", exposure.orders_minor);
  json.member("shipped_minor", exposure.shipped_minor);
  json.member("exposure_minor", exposure.exposure_minor);
  if (exposure.limit_minor) json.member("limit_minor", *exposure.limit_minor);
}

void write_stop(JsonWriter& json, const receivables::ShipmentStop& stop) {
  json.member("stopped", stop.stopped());
  json.key("stop_reasons").begin_array();
  for (const auto& reason : stop.reasons) json.value(reason);
  json.end_array();
  json.member("stop_rule_version", stop.rule_version);
  if (stop.released_until) json.member("released_until", format_date(*stop.released_until));
}

void write_order_check(JsonWriter& json, const receivables::OrderCheck& check) {
  json.begin_object();
  if (!check.order.order_id.empty()) json.member("order_id", check.order.order_id.text());
  json.member("placed_on", format_date(check.order.placed_on));
  json.member("currency", check.order.amount.currency.text());
  json.member("amount_minor", check.order.amount.amount_minor);
  json.member("prepaid", check.order.prepaid);
  json.member("allowed", check.allowed());
  write_exposure(json, check.exposure);
  write_stop(json, check.stop);
  json.end_object();
}

void add_order_check_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/clients/{id}/order-check", http::RunOn::kWorker, get_order_check,
            Times::kKnownAtToo, {"order", "amount_minor", "currency", "prepaid"});
}

}  // namespace ledger
