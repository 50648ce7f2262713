#include "tests/consumers/access/gate.h"

#include "platform/http/form.h"

namespace ledger::testing {

http::Response Gate::ask(const std::string& method, const std::string& path, Headers headers,
                         const std::string& body) {
  http::Request request;
  request.method = method;
  request.target = path;
  const std::size_t question = path.find('?');
  if (question != std::string::npos) {
    request.query = http::parse_form(path.substr(question + 1)).value();
  }
  std::string rest = path.substr(1, question == std::string::npos ? question : question - 1);
  for (std::size_t slash = 0; slash != std::string::npos;) {
    slash = rest.find('/');
    request.segments.push_back(rest.substr(0, slash));
    if (slash != std::string::npos) rest = rest.substr(slash + 1);
  }
  request.headers = std::move(headers);
  if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
  request.headers.emplace_back("host", "ledger.example");
  request.body = body;
  request.peer = peer;
  request.secure = secure;
  request.peer_certificate = certificate;
  return router->call(std::move(request));
}

void Gate::open() {
  store = access::AccessStore::open(folder / "access").value();
  authentication = std::make_unique<access::Authentication>(*store, clock, issuer_);
  rates = std::make_unique<access::Rates>();
  keeper = std::make_unique<access::Keeper>(access::Keeper::Parts{
      *store, *authentication, issuer_, clock,
      [this](const std::string&, Timestamp, const AccessChanged& what) -> Status {
        if (what.holder == refused) return fail(ErrorCode::kTooLarge, "too long");
        if (log_status) recorded.push_back(what);
        return log_status;
      }});
  router = std::make_unique<http::Router>();
  const access::RouteParts parts{*store,  *authentication, *rates,        counters, clock,
                                 *keeper, checks_,         no_ones_hash_, oidc_};
  access::add_session_routes(*router, parts);
  access::add_oidc_routes(*router, parts);
  access::add_principal_routes(*router, parts);
  access::add_credential_routes(*router, parts);
  const auto echo = [](const http::Request& request) {
    return http::Response{200, "text/plain",
                          request.principal ? request.principal->id : std::string("nobody")};
  };
  router->add("GET", "/v1/clients/{id}", http::RunOn::kInline, echo);
  router->add("POST", "/v1/events", http::RunOn::kInline, echo);
  router->add("POST", "/v1/hooks/{sender}", http::RunOn::kInline, echo);
  router->add("GET", "/healthz", http::RunOn::kInline, echo);
  router->add("GET", "/metrics", http::RunOn::kInline, echo);
  router->set_guard(access::make_guard({*authentication, *rates, counters, clock, permission_}));
}

}  // namespace ledger::testing
