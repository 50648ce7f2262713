#include "consumers/access/access.h"

#include <fmt/format.h>

#include <utility>

#include "platform/durable_file.h"
#include "platform/http/fetch.h"
#include "platform/password.h"

namespace ledger::access {

namespace {

constexpr const char* kFirstAdmin = "admin";
constexpr const char* kServer = "ledgerd";  // who makes him

IssuerKeys::Fetch fetch_of(const std::string& place) {
  if (place.find("://") == std::string::npos) return [place] { return read_whole(place); };
  return [place] {
    return http::fetch_configured(place, {limits::kKeySetBytesMax, limits::kIssuerTimeout});
  };
}

Result<http::Posted> post(const std::string& url, const std::string& form,
                          const std::string& authorization) {
  return http::post_configured(url, form, authorization,
                               {limits::kIssuerAnswerBytesMax, limits::kIssuerTimeout});
}

// Where the issuer says that they are.
Result<std::string> keys_by(const Discovery& discovery) {
  const auto endpoints = discovery.endpoints();
  if (!endpoints) return fail(ErrorCode::kUnavailable, "the issuer has not said where they are");
  return fetch_of(endpoints->keys)();
}

}  // namespace

Result<std::unique_ptr<Access>> Access::start(Parts parts) {
  std::unique_ptr<Access> access(new Access(std::move(parts)));
  LEDGER_CHECK(access->open_issuer());
  LEDGER_TRY(access->store_, AccessStore::open(access->parts_.folder));
  LEDGER_TRY(access->no_ones_hash_, hash_password(new_token()));
  const Clock& clock = access->parts_.clock;
  access->authentication_ =
      std::make_unique<Authentication>(*access->store_, clock, access->bearer_issuer());
  access->keeper_ =
      std::make_unique<Keeper>(Keeper::Parts{*access->store_, *access->authentication_,
                                             access->issuer_.get(), clock, access->parts_.record});
  access->keeper_->start();
  return access;
}

Status Access::open_issuer() {
  const IssuerOptions& options = parts_.issuer;
  LEDGER_CHECK(check(options));
  if (options.issuer.empty()) return {};
  if (needs_discovery(options)) {
    discovery_ = std::make_unique<Discovery>(
        options.issuer, fetch_of(discovery_address(options.issuer)), parts_.clock);
  }
  const auto keys =
      options.jwks.empty() ? [this] { return keys_by(*discovery_); } : fetch_of(options.jwks);
  issuer_.reset(new Issuer{{options.issuer, options.audience, options.claim},
                           IssuerKeys(keys, parts_.clock),
                           discovery_.get()});
  if (options.client_id.empty()) return {};
  LEDGER_TRY(auto settings, settings_of(options));
  oidc_ = std::make_unique<OidcSignIn>(
      OidcSignIn::Parts{std::move(settings), *issuer_, parts_.clock, &post});
  return {};
}

// The key first: a start that is cut off between the two begins anew.
Status Access::begin() {
  if (!store_->read([](const Tables& tables) { return tables.principals.empty(); })) return {};
  const ApiKey key = new_api_key();
  const std::string token = new_token();
  LEDGER_CHECK(replace_durably(parts_.folder / "admin.key", key.text() + "\n"));
  PrincipalRow admin;
  admin.id = kFirstAdmin;
  admin.role = Role::kAdmin;
  admin.name = kFirstAdmin;
  const Actor actor{kServer, parts_.clock.now()};
  const auto begin = [&](const Tables& tables, Change& change) -> Status {
    LEDGER_CHECK(add_principal(tables, change, actor, admin));
    Tables with_him = tables;
    change.apply_to(with_him);
    LEDGER_CHECK(add_key(with_him, change, actor, {kFirstAdmin}, key));
    return add_one_time(with_him, change, actor, kFirstAdmin, token);
  };
  LEDGER_CHECK(store_->edit(begin));
  first_login_ = token;
  keeper_->wake();
  return {};
}

void Access::add_routes(http::Router& router) {
  const RouteParts routes{*store_,  *authentication_, rates_,        counters_,  parts_.clock,
                          *keeper_, checks_,          no_ones_hash_, oidc_.get()};
  add_session_routes(router, routes);
  add_oidc_routes(router, routes);
  add_principal_routes(router, routes);
  add_credential_routes(router, routes);
  router.set_guard(
      make_guard({*authentication_, rates_, counters_, parts_.clock, parts_.permission}));
}

std::function<std::function<bool()>(const http::Request&)> Access::serving() const {
  return [this](const http::Request& request) { return authentication_->serving(request); };
}

void Access::add_metrics(Metrics& metrics) const {
  const auto count = [&](const char* what, const std::atomic<std::uint64_t>& counter) {
    metrics.counter("access_requests_total", "What became of those who asked to be let in.",
                    {{"result", what}}, [&counter] { return static_cast<double>(counter.load()); });
  };
  count("unauthenticated", counters_.unauthenticated);
  count("forged", counters_.forged);
  count("limited", counters_.limited);
  count("signed_in", counters_.sign_ins);
  count("sign_in_failed", counters_.sign_ins_failed);
  metrics.gauge("access_changes_waiting", "Changes of access that the log does not hold yet.", {},
                [this] {
                  return static_cast<double>(
                      store_->read([](const Tables& tables) { return tables.notices.size(); }));
                });
}

}  // namespace ledger::access
