#include "producers/email/gateway.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "platform/http/form.h"
#include "producers/email/message/header_date.h"
#include "producers/email/message/mime_message.h"

namespace ledger::mail {

namespace {

constexpr std::string_view kReceived = "received:";

bool starts_received(std::string_view line) {
  return line.size() >= kReceived.size() &&
         std::equal(kReceived.begin(), kReceived.end(), line.begin(), [](char known, char c) {
           return known == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
         });
}

// The first Received header with its folded lines; empty if there is none.
std::string first_received(std::string_view message) {
  std::string header;
  message = message.substr(0, kHeaderBytesMax);
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    std::string_view line = message.substr(0, end);
    message.remove_prefix(std::min(end + 1, message.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    const bool folded = line.front() == ' ' || line.front() == '\t';
    if (!header.empty() && !folded) break;
    if (!header.empty() || starts_received(line)) header.append(line).append(" ");
  }
  return header;
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> all;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (comma > 0) all.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return all;
}

Mapped map_again(const http::Request& request) {
  const auto settings = settings_of(request);
  if (settings) return map_message(request.body, *settings);
  Mapped refused;
  refused.refused.push_back({"message", {}, settings.error()});
  return refused;
}

}  // namespace

Timestamp taken_at(std::string_view message, Timestamp now) {
  const std::string header = first_received(message);
  const std::size_t semicolon = header.rfind(';');
  if (semicolon == std::string::npos) return now;
  const auto at = parse_header_date(one_line(header.substr(semicolon + 1)));
  return at && *at <= now && now - *at <= kQueueTimeMax ? *at : now;
}

std::string to_query(const Settings& settings) {
  // All of them by name: with one more this does not compile, rather than lose it.
  const auto& [source, own_domains, own_addresses, answers_only, received_at, authserv_id,
               unstamped_believed] = settings;
  std::string query = "source=" + http::url_encode(source);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) query += fmt::format("&{}={}", name, http::url_encode(value));
  };
  add("own_domains", fmt::format("{}", fmt::join(own_domains, ",")));
  add("own_addresses", fmt::format("{}", fmt::join(own_addresses, ",")));
  add("authserv_id", authserv_id);
  add("answers_only", answers_only ? "true" : "");
  add("unstamped_believed", unstamped_believed ? "true" : "");
  if (received_at) {
    query += "&received_at=" + http::url_encode(format_timestamp(*received_at));
  }
  return query;
}

Result<Settings> settings_of(const http::Request& request) {
  Settings settings;
  if (const auto source = request.parameter("source")) settings.source = *source;
  settings.own_domains = split(request.parameter("own_domains").value_or(""));
  settings.own_addresses = split(request.parameter("own_addresses").value_or(""));
  settings.authserv_id = request.parameter("authserv_id").value_or("");
  settings.answers_only = request.parameter("answers_only") == "true";
  settings.unstamped_believed = request.parameter("unstamped_believed") == "true";
  if (const auto at = request.parameter("received_at")) {
    auto time = parse_timestamp(*at);
    if (!time) return fail(ErrorCode::kInvalidField, time.error().message, "received_at");
    settings.received_at = *time;
  }
  return settings;
}

Webhook gateway_webhook() {
  Webhook gateway;
  gateway.name = kGatewayName;
  gateway.map = map_again;
  gateway.has_route = false;
  gateway.restates = false;
  return gateway;
}

}  // namespace ledger::mail
