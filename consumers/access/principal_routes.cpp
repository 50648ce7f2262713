// Who there is and what he may: for administrators.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include "consumers/access/json_body.h"
#include "consumers/access/lifetimes.h"
#include "consumers/access/routes.h"
#include "platform/cursor.h"
#include "platform/http/known.h"
#include "platform/limits.h"

namespace ledger::access {

namespace {

using http::Request;
using http::Response;
using Texts = std::vector<std::string>;

constexpr std::string_view kPrincipals = "/v1/principals";

struct NewPrincipal {
  std::string id;
  Role role{};
  std::string name;
  std::optional<ManagerId> manager_id;
  Texts departments, sources, event_types;
  std::optional<std::string> subject;
  std::optional<std::string> certificate;

  static void fields(auto&& field) {
    field("id", &NewPrincipal::id);
    field("role", &NewPrincipal::role);
    field("name", &NewPrincipal::name);
    field("manager_id", &NewPrincipal::manager_id);
    field("departments", &NewPrincipal::departments);
    field("sources", &NewPrincipal::sources);
    field("event_types", &NewPrincipal::event_types);
    field("subject", &NewPrincipal::subject);
    field("certificate", &NewPrincipal::certificate);
  }
};

struct PrincipalPatch {
  std::optional<Role> role;
  std::optional<std::string> name;
  std::optional<ManagerId> manager_id;
  std::optional<Texts> departments, sources, event_types;
  std::optional<std::string> subject;
  std::optional<std::string> certificate;
  std::optional<bool> active;

  static void fields(auto&& field) {
    field("role", &PrincipalPatch::role);
    field("name", &PrincipalPatch::name);
    field("manager_id", &PrincipalPatch::manager_id);
    field("departments", &PrincipalPatch::departments);
    field("sources", &PrincipalPatch::sources);
    field("event_types", &PrincipalPatch::event_types);
    field("subject", &PrincipalPatch::subject);
    field("certificate", &PrincipalPatch::certificate);
    field("active", &PrincipalPatch::active);
  }
};

// What was of the former role goes with it, unless it is said anew.
PrincipalRow patched(PrincipalRow row, const PrincipalPatch& patch) {
  if (patch.role && *patch.role != row.role) {
    row.role = *patch.role;
    if (row.role != Role::kManager && row.role != Role::kHead) row.manager_id.reset();
    if (row.role != Role::kHead) row.departments.clear();
    if (row.role == Role::kSource) row.subject.reset();
    if (row.role != Role::kSource) {
      row.sources.clear();
      row.event_types.clear();
    }
  }
  if (patch.name) row.name = *patch.name;
  if (patch.manager_id) row.manager_id = patch.manager_id;
  if (patch.departments) row.departments = *patch.departments;
  if (patch.sources) row.sources = *patch.sources;
  if (patch.event_types) row.event_types = *patch.event_types;
  if (patch.subject) row.subject = patch.subject;
  if (patch.certificate) row.certificate = patch.certificate;
  if (patch.active) row.active = *patch.active;
  return row;
}

void write_texts(JsonWriter& json, const char* name, const Texts& texts) {
  json.key(name).begin_array();
  for (const auto& text : texts) json.value(text);
  json.end_array();
}

void write_key(JsonWriter& json, const KeyRow& key, Timestamp now) {
  const auto instant = [&](const char* name, const std::optional<Timestamp>& at) {
    if (at) json.member(name, format_timestamp(std::chrono::floor<std::chrono::seconds>(*at)));
  };
  json.begin_object();
  json.member("id", key.id);
  json.member("good", serves(key, now));
  instant("created", key.created);
  instant("last_used", key.last_used);
  instant("expires_at", key.expires);
  instant("revoked", key.revoked);
  json.end_object();
}

void write_principal(JsonWriter& json, const Tables& tables, const PrincipalRow& row,
                     Timestamp now) {
  json.begin_object();
  json.member("id", row.id);
  json.member("role", name_of(row.role));
  json.member("name", row.name);
  json.member("active", row.active);
  if (row.manager_id) json.member("manager_id", row.manager_id->text());
  write_texts(json, "departments", row.departments);
  write_texts(json, "sources", row.sources);
  write_texts(json, "event_types", row.event_types);
  if (row.subject) json.member("subject", *row.subject);
  if (row.certificate) json.member("certificate", *row.certificate);
  json.member("has_password", find(tables.accounts, row.id) != nullptr);
  json.member("created", format_timestamp(std::chrono::floor<std::chrono::seconds>(row.created)));
  json.key("keys").begin_array();
  for (const auto& [id, key] : tables.keys) {
    if (key.principal == row.id) write_key(json, key, now);
  }
  json.end_array();
  json.end_object();
}

Response answer_of(const RouteParts& parts, int status, const std::string& id) {
  JsonWriter json;
  std::ignore = parts.store.read([&](const Tables& tables) {
    const auto* row = find(tables.principals, id);
    if (row != nullptr) write_principal(json, tables, *row, parts.clock.now());
    return row != nullptr;
  });
  return {status, "application/json", json.take()};
}

Result<std::size_t> limit_of(const Request& request) {
  const auto given = request.parameter("limit");
  if (!given) return limits::kPageItemsMax;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), limit);
  if (error != std::errc() || end != given->data() + given->size() || limit < 1 ||
      limit > limits::kPageItemsMax) {
    return fail(ErrorCode::kOutOfRange, fmt::format("is 1 to {}", limits::kPageItemsMax), "limit");
  }
  return limit;
}

Result<Response> list(const RouteParts& parts, const Request& request) {
  LEDGER_CHECK(http::check_known(request, {"limit", "cursor"}));
  LEDGER_TRY(const std::size_t limit, limit_of(request));
  std::string after;
  if (const auto cursor = request.parameter("cursor")) {
    LEDGER_TRY(after, open_cursor(kPrincipals, *cursor));
  }
  JsonWriter json;
  json.begin_object();
  json.key("items").begin_array();
  const std::string next = parts.store.read([&](const Tables& tables) {
    std::size_t left = limit;
    std::string last;
    for (auto at = tables.principals.upper_bound(after); at != tables.principals.end(); ++at) {
      if (left-- == 0) return last;
      write_principal(json, tables, at->second, parts.clock.now());
      last = at->first;
    }
    return std::string();
  });
  json.end_array();
  if (!next.empty()) json.member("next_cursor", seal_cursor(kPrincipals, next));
  json.end_object();
  return Response{200, "application/json", json.take()};
}

Result<Response> add(const RouteParts& parts, const Request& request, const Actor& actor) {
  LEDGER_TRY(const auto said, body_of<NewPrincipal>(request));
  PrincipalRow row;
  row.id = said.id;
  row.role = said.role;
  row.name = said.name;
  row.manager_id = said.manager_id;
  row.departments = said.departments;
  row.sources = said.sources;
  row.event_types = said.event_types;
  row.subject = said.subject;
  row.certificate = said.certificate;
  LEDGER_CHECK(parts.store.edit([&](const Tables& tables, Change& change) {
    return add_principal(tables, change, actor, row);
  }));
  return answer_of(parts, 201, row.id);
}

Result<Response> patch(const RouteParts& parts, const Request& request, const Actor& actor) {
  LEDGER_TRY(const auto said, body_of<PrincipalPatch>(request));
  const std::string& id = request.captures.front();
  LEDGER_CHECK(parts.store.edit([&](const Tables& tables, Change& change) -> Status {
    const auto* row = find(tables.principals, id);
    if (row == nullptr) return fail(ErrorCode::kNotFound, "there is no such principal", "id");
    return change_principal(tables, change, actor, patched(*row, said));
  }));
  return answer_of(parts, 200, id);
}

}  // namespace

void add_for_admins(http::Router& router, const RouteParts& parts, const char* method,
                    std::string_view pattern, AdminHandler handler) {
  router.add(method, pattern, http::RunOn::kWorker,
             [parts, handler = std::move(handler)](const Request& request) {
               if (!request.principal || request.principal->role != Role::kAdmin) {
                 return http::forbidden("this is for administrators");
               }
               auto answer = handler(request, {request.principal->id, parts.clock.now()});
               if (!answer) return http::problem(answer.error());
               if (request.method == "GET") {
                 return http::tagged_by_body(request, *std::move(answer));
               }
               parts.keeper.wake();
               return *std::move(answer);
             });
}

void add_principal_routes(http::Router& router, const RouteParts& parts) {
  add_for_admins(router, parts, "GET", kPrincipals,
                 [parts](const Request& request, const Actor&) { return list(parts, request); });
  add_for_admins(
      router, parts, "POST", "/v1/principals",
      [parts](const Request& request, const Actor& actor) { return add(parts, request, actor); });
  add_for_admins(
      router, parts, "PATCH", "/v1/principals/{id}",
      [parts](const Request& request, const Actor& actor) { return patch(parts, request, actor); });
}

}  // namespace ledger::access
