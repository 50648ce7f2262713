#include "consumers/access/authentication.h"

#include <algorithm>
#include <utility>

#include "consumers/access/lifetimes.h"
#include "consumers/access/tokens.h"
#include "platform/hmac.h"

namespace ledger::access {

namespace {

using Identity = Authentication::Identity;

// One sentence for a key that never was, one that was revoked and one of a person who left.
tl::unexpected<Error> no_good(const char* what) {
  return fail(ErrorCode::kInvalidField, std::string(what) + " is not, or no longer, good");
}

Identity identity_of(const PrincipalRow& row, AuthenticatedBy by) {
  return {std::make_shared<const Principal>(principal_of(row, by)), std::nullopt};
}

const PrincipalRow* let_in(const Tables& tables, std::string_view id) {
  const auto* row = find(tables.principals, id);
  return row != nullptr && row->active ? row : nullptr;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// nullopt: no such header. An empty text: it is there, and no bearer token, or there twice.
std::optional<std::string_view> bearer_of(const http::Request& request) {
  std::optional<std::string_view> found;
  for (const auto& [name, value] : request.headers) {
    if (name != "authorization") continue;
    if (found) return std::string_view();
    found = value;
  }
  if (!found) return std::nullopt;
  constexpr std::string_view kScheme = "bearer ";
  const std::string_view scheme = found->substr(0, kScheme.size());
  const bool bearer = std::equal(
      scheme.begin(), scheme.end(), kScheme.begin(), kScheme.end(), [](char given, char wanted) {
        return (given >= 'A' && given <= 'Z' ? given + 32 : given) == wanted;
      });
  return bearer ? trimmed(found->substr(kScheme.size())) : std::string_view();
}

}  // namespace

const PrincipalRow* principal_of_certificate(const Tables& tables,
                                             std::string_view peer_certificate) {
  while (!peer_certificate.empty()) {
    const std::string_view name = peer_certificate.substr(0, peer_certificate.find('\n'));
    for (const auto& [id, row] : tables.principals) {
      if (row.active && !name.empty() && row.certificate == name) return &row;
    }
    peer_certificate.remove_prefix(std::min(name.size() + 1, peer_certificate.size()));
  }
  return nullptr;
}

const PrincipalRow* principal_of_subject(const Tables& tables, std::string_view subject) {
  for (const auto& [id, row] : tables.principals) {
    if (row.subject == subject) return row.active ? &row : nullptr;
  }
  return nullptr;
}

Principal principal_of(const PrincipalRow& row, AuthenticatedBy by) {
  return {row.id,          row.role,    row.name,        row.manager_id,
          row.departments, row.sources, row.event_types, by};
}

std::string_view cookie_name(bool secure) {
  return secure ? "__Host-ledger_session" : "ledger_session";
}

std::optional<std::string> cookie_of(const http::Request& request) {
  return cookie_named(request, cookie_name(request.secure));
}

std::optional<std::string> cookie_named(const http::Request& request, std::string_view wanted) {
  std::optional<std::string> token;
  for (const auto& [name, value] : request.headers) {
    if (name != "cookie") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::string_view pair = trimmed(rest.substr(0, rest.find(';')));
      rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
      const std::size_t equals = pair.find('=');
      if (pair.substr(0, equals) != wanted) continue;
      std::string given(equals == pair.npos ? std::string_view() : pair.substr(equals + 1));
      if (token && *token != given) return std::nullopt;
      token = std::move(given);
    }
  }
  return token;
}

std::optional<Result<Identity>> Authentication::identify(const http::Request& request) {
  if (const auto bearer = bearer_of(request)) return by_bearer(*bearer);
  if (auto known = by_certificate(request)) return *std::move(known);
  if (const auto token = cookie_of(request)) return by_session(*token);
  if (!request.peer_certificate.empty()) return no_good("the certificate");
  return std::nullopt;
}

Result<Identity> Authentication::by_bearer(std::string_view token) {
  if (token.starts_with("sal_")) return by_key(token);
  if (token.find('.') != std::string_view::npos && issuer_ != nullptr) return by_jwt(token);
  return no_good("the bearer token");
}

Result<Identity> Authentication::by_key(std::string_view token) {
  const auto given = parse_api_key(token);
  if (!given) return no_good("the key");
  const std::string digest = digest_of(given->secret);
  const Timestamp now = clock_.now();
  auto known = store_.read([&](const Tables& tables) -> std::optional<Identity> {
    const auto* key = find(tables.keys, given->id);
    if (key == nullptr || !equal_secrets(key->digest, digest) || !serves(*key, now)) {
      return std::nullopt;
    }
    const auto* row = let_in(tables, key->principal);
    if (row == nullptr) return std::nullopt;
    return identity_of(*row, AuthenticatedBy::kApiKey);
  });
  if (!known) return no_good("the key");
  const std::lock_guard lock(mutex_);
  marks_.keys[given->id] = now;
  return *std::move(known);
}

Result<Identity> Authentication::by_jwt(std::string_view text) {
  LEDGER_TRY(const Token token, take_apart(text));
  const auto found = issuer_->keys.find(token.kid);
  if (!found.key && found.asked) {
    return fail(ErrorCode::kUnavailable, "the issuer's keys are being fetched; try again");
  }
  if (!found.key) return fail(ErrorCode::kInvalidField, "the token's key is not its issuer's");
  LEDGER_CHECK(check_signature(token, *found.key));
  LEDGER_TRY(const auto subject, subject_of(token, issuer_->rules, clock_.now()));
  auto known = store_.read([&](const Tables& tables) -> std::optional<Identity> {
    const auto* row = principal_of_subject(tables, subject);
    if (row == nullptr) return std::nullopt;
    return identity_of(*row, AuthenticatedBy::kJwt);
  });
  if (known) return *std::move(known);
  return fail(
      ErrorCode::kInvalidField,
      "the token is good, but whom it names is nobody here; an administrator says whose subject "
      "it is (ledgerctl people --subject)");
}

std::optional<Identity> Authentication::by_certificate(const http::Request& request) const {
  if (request.peer_certificate.empty()) return std::nullopt;
  return store_.read([&](const Tables& tables) -> std::optional<Identity> {
    const auto* row = principal_of_certificate(tables, request.peer_certificate);
    if (row == nullptr) return std::nullopt;
    return identity_of(*row, AuthenticatedBy::kCertificate);
  });
}

Result<Identity> Authentication::by_session(const std::string& token) {
  const std::string digest = digest_of(token);
  const Timestamp now = clock_.now();
  const Timestamp seen = last_seen(digest);
  auto known = store_.read([&](const Tables& tables) -> std::optional<Identity> {
    const auto* session = find(tables.sessions, digest);
    if (session == nullptr || !serves(*session, seen, now)) return std::nullopt;
    const auto* row = let_in(tables, session->principal);
    if (row == nullptr) return std::nullopt;
    return identity_of(*row, AuthenticatedBy::kSession);
  });
  if (!known) return no_good("the session");
  known->session = token;
  const std::lock_guard lock(mutex_);
  marks_.sessions[digest] = now;
  return *std::move(known);
}

std::optional<Timestamp> Authentication::session_end(std::string_view token) const {
  const std::string digest = digest_of(token);
  const Timestamp seen = last_seen(digest);
  return store_.read([&](const Tables& tables) -> std::optional<Timestamp> {
    const auto* session = find(tables.sessions, digest);
    if (session == nullptr || !serves(*session, seen, clock_.now())) return std::nullopt;
    return end_of(*session, seen);
  });
}

// Whose row it proves by the tables of then; it keeps nothing that would let anybody in.
Authentication::Proof Authentication::proof_of(const http::Request& request) const {
  const auto nobodys = [](const Tables&) -> const PrincipalRow* { return nullptr; };
  const auto bearer = bearer_of(request).value_or(std::string_view());
  switch (request.principal->by) {
    case AuthenticatedBy::kOpen:
      break;
    case AuthenticatedBy::kApiKey: {
      const auto key = parse_api_key(bearer);
      if (!key) return nobodys;
      return [this, id = key->id](const Tables& tables) -> const PrincipalRow* {
        const auto* row = find(tables.keys, id);
        const bool good = row != nullptr && serves(*row, clock_.now());
        return good ? find(tables.principals, row->principal) : nullptr;
      };
    }
    case AuthenticatedBy::kJwt: {
      auto token = take_apart(bearer);
      if (!token || issuer_ == nullptr) return nobodys;
      token->signed_text.clear();
      token->signature.clear();
      return [this, token = *std::move(token)](const Tables& tables) -> const PrincipalRow* {
        const auto subject = subject_of(token, issuer_->rules, clock_.now());
        return subject ? principal_of_subject(tables, *subject) : nullptr;
      };
    }
    case AuthenticatedBy::kCertificate:
      return [names = request.peer_certificate](const Tables& tables) {
        return principal_of_certificate(tables, names);
      };
    case AuthenticatedBy::kSession:
      return [this, digest = digest_of(cookie_of(request).value_or(""))](
                 const Tables& tables) -> const PrincipalRow* {
        const auto* row = find(tables.sessions, digest);
        const bool good = row != nullptr && serves(*row, last_seen(digest), clock_.now());
        return good ? find(tables.principals, row->principal) : nullptr;
      };
  }
  return nobodys;
}

std::function<bool()> Authentication::serving(const http::Request& request) const {
  if (!request.principal) return [] { return true; };
  return [this, who = request.principal, proof = proof_of(request)] {
    return store_.read([&](const Tables& tables) {
      const auto* row = proof(tables);
      return row != nullptr && row->active && principal_of(*row, who->by) == *who;
    });
  };
}

Timestamp Authentication::last_seen(const std::string& digest) const {
  const std::lock_guard lock(mutex_);
  const auto found = marks_.sessions.find(digest);
  return found == marks_.sessions.end() ? Timestamp::min() : found->second;
}

Authentication::Marks Authentication::marks() const {
  const std::lock_guard lock(mutex_);
  return marks_;
}

void Authentication::forget(const Marks& written) {
  const std::lock_guard lock(mutex_);
  const auto drop = [](auto& marks, const auto& gone) {
    for (const auto& [key, at] : gone) {
      const auto found = marks.find(key);
      if (found != marks.end() && found->second == at) marks.erase(found);
    }
  };
  drop(marks_.keys, written.keys);
  drop(marks_.sessions, written.sessions);
}

}  // namespace ledger::access
