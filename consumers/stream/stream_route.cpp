#include "consumers/stream/stream_route.h"

#include <fmt/format.h>

#include <utility>

#include "events/json_codec.h"

namespace ledger::stream {

namespace {

using http::Request;
using http::Response;

Status check_parameters(const Request& request) {
  for (const auto& [name, value] : request.query) {
    if (name == "from" || name == "client" || name == "types") continue;
    return fail(ErrorCode::kUnknownField,
                "is not understood by this question, which takes from, client, types", name);
  }
  return {};
}

Result<std::set<std::string>> types_of(std::string_view list) {
  std::set<std::string> types;
  JsonCodec codec;
  for (;;) {
    const std::size_t comma = list.find(',');
    const std::string type(list.substr(0, comma));
    // The catalogue's word for it; what else is wrong with empty data is no matter.
    const auto known = codec.decode_data(type, "{}", /*from_log=*/false);
    if (!known && known.error().code == ErrorCode::kUnknownType) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("there are no events of the type '{}'; one is call.completed", type),
                  "types");
    }
    types.insert(type);
    if (comma == std::string_view::npos) return types;
    list.remove_prefix(comma + 1);
  }
}

Result<Ask> ask_of(const Request& request) {
  LEDGER_CHECK(check_parameters(request));
  Ask ask;
  ask.principal = request.principal;
  if (const auto text = request.parameter("from")) {
    auto from = parse_frontier(*text);
    if (!from) return fail(ErrorCode::kInvalidField, from.error().message, "from");
    ask.from = *std::move(from);
  }
  // A browser sends it by itself, and would give up for good if it were refused.
  if (const auto last = request.header("last-event-id"); !last.empty()) {
    auto from = parse_frontier(last);
    ask.unreadable_from = !from;
    ask.from = from ? std::optional(*std::move(from)) : std::nullopt;
  }
  if (const auto text = request.parameter("client")) {
    auto client = ClientId::parse(*text);
    if (!client) return fail(ErrorCode::kInvalidField, client.error().message, "client");
    ask.client = *std::move(client);
  }
  if (const auto text = request.parameter("types")) {
    LEDGER_TRY(ask.types, types_of(*text));
  }
  return ask;
}

Response open_stream(StreamFeed& feed, const Serving& serving, const Request& request) {
  auto ask = ask_of(request);
  if (!ask) return http::problem(ask.error());
  if (ask->client) {
    const auto sees = feed.sees_client(ask->principal, *ask->client);
    if (!sees) return http::problem(sees.error());
    if (!*sees)
      return http::forbidden("you may see your own clients; a head can assign one to you");
  }
  if (serving && ask->principal) ask->serves = serving(request);
  auto seat =
      ask->principal
          ? feed.seats().take("principal " + ask->principal->id, limits::kListenersPerPrincipalMax)
          : feed.seats().take("address " + request.peer, limits::kListenersPerAddressMax);
  if (!seat) return http::problem(seat.error());
  // Of the moment at which he is answered: what is recorded when he knows that he listens is told.
  if (!ask->from && !ask->unreadable_from) ask->from = feed.shown();
  Response response{200, "text/event-stream", ""};
  response.headers.emplace_back("X-Accel-Buffering", "no");  // of a proxy that would collect
  response.push = [&feed, ask = *std::move(ask),
                   seat = *std::move(seat)](std::shared_ptr<http::EventSink> sink) {
    feed.listen(ask, seat, std::move(sink));
  };
  return response;
}

}  // namespace

void add_stream_route(http::Router& router, StreamFeed& feed, Serving serving) {
  router.add("GET", "/v1/stream", http::RunOn::kWorker,
             [&feed, serving = std::move(serving)](const Request& request) {
               return open_stream(feed, serving, request);
             });
}

}  // namespace ledger::stream
