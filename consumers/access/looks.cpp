#include "consumers/access/looks.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>

namespace ledger {

namespace {

// By what the route names whose it is: the client, act, event or manager of its path, or the
// parameter `client`.
enum class Of { kCapture, kAct, kEvent, kManager, kParameter };
struct OfOne {
  std::string_view pattern;
  Of of;
};
constexpr std::array<OfOne, 11> kOfOne{{
    {"/v1/clients/{id}", Of::kCapture},
    {"/v1/clients/{id}/handover", Of::kCapture},
    {"/v1/clients/{id}/order-check", Of::kCapture},
    {"/v1/clients/{id}/receivables", Of::kCapture},
    {"/v1/clients/{id}/timeline", Of::kCapture},
    {"/v1/acts/preview", Of::kParameter},
    {"/v1/acts/{act_id}", Of::kAct},
    {"/v1/duties/{duty_id}/records", Of::kParameter},
    {"/v1/log/{position}", Of::kEvent},
    {"/v1/reports/{manager}", Of::kManager},
    {"/v1/attestations/{manager}", Of::kManager},
}};

constexpr std::string_view kSearch = "/v1/clients";

// As it was asked for, where the plain character would be another path or no text of an event.
bool is_encoded(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || c == '%' || c == '/';
}

std::string path_of(const http::Request& request) {
  std::string path;
  for (const auto& segment : request.segments) {
    path += '/';
    for (const char c : segment) {
      if (is_encoded(c)) {
        path += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      } else {
        path += c;
      }
    }
  }
  return path;
}

}  // namespace

std::optional<Look> opens_one(std::string_view pattern, const http::Request& request) {
  for (const auto& route : kOfOne) {
    if (route.pattern != pattern) continue;
    Look look{AccessAction::kViewed, path_of(request)};
    switch (route.of) {
      case Of::kCapture:
        look.client = request.captures.front();
        break;
      case Of::kAct:
        look.act = request.captures.front();
        break;
      case Of::kEvent:
        look.event = request.captures.front();
        break;
      case Of::kManager:
        look.manager = request.captures.front();
        break;
      case Of::kParameter: {
        const auto client = request.parameter("client");
        if (!client) return std::nullopt;  // a list of many
        look.client = std::string(*client);
        break;
      }
    }
    return look;
  }
  return std::nullopt;
}

std::vector<std::string_view> patterns_of_one() {
  std::vector<std::string_view> patterns;
  patterns.reserve(std::size(kOfOne));
  for (const auto& route : kOfOne) patterns.push_back(route.pattern);
  return patterns;
}

std::vector<Look> hits_of_others(std::string_view pattern, std::string_view answer) {
  std::vector<Look> looks;
  if (pattern != kSearch || answer.find("\"restricted\":true") == std::string_view::npos) {
    return looks;
  }
  simdjson::dom::parser parser;
  simdjson::dom::element body;
  simdjson::dom::array clients;
  if (parser.parse(answer.data(), answer.size()).get(body) != simdjson::SUCCESS) return looks;
  if (body["clients"].get(clients) != simdjson::SUCCESS) return looks;
  for (const auto client : clients) {
    bool restricted = false;
    std::string_view id;
    if (client["restricted"].get(restricted) != simdjson::SUCCESS || !restricted) continue;
    if (client["client_id"].get(id) != simdjson::SUCCESS) continue;
    looks.push_back({AccessAction::kViewed, std::string(kSearch), std::string(id)});
  }
  return looks;
}

std::optional<Look> takes_out(std::string_view pattern, const http::Request& request,
                              std::string_view content_type) {
  const bool whole = pattern == "/v1/log" || pattern == "/v1/rows";
  const bool table =
      content_type.starts_with("text/csv") || content_type.starts_with("application/x-ndjson");
  const auto one = opens_one(pattern, request);
  const bool printed = content_type.starts_with("text/html") && !one;
  if (!whole && !table && !printed) return std::nullopt;
  Look look{AccessAction::kExported, path_of(request)};
  if (one) {
    look.client = one->client;
    look.act = one->act;
  } else if (const auto client = request.parameter("client")) {
    look.client = std::string(*client);
  }
  return look;
}

}  // namespace ledger
