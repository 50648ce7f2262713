#include "tests/consumers/access/questions.h"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "events/json_lines.h"
#include "platform/cursor.h"
#include "projections/duties/duties.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

using Words = std::vector<std::string>;

Words of_sides(std::string_view prefix) {
  Words ids;
  for (const std::string side : {"own", "mate", "far", "nobody", "absent"}) {
    ids.push_back(std::string(prefix) + side);
  }
  return ids;
}

Words positions(const House& house) {
  Words all;
  const auto end = house.log.end().value();
  for (std::size_t partition = 0; partition < end.next.size(); ++partition) {
    // One behind the end: there is no such event.
    for (std::int64_t offset = 0; offset <= end.next[partition]; ++offset) {
      all.push_back(fmt::format("{}:{}", partition, offset));
    }
  }
  all.emplace_back("99:0");
  return all;
}

Words values_of(const House& house, std::string_view pattern, std::string_view placeholder) {
  if (placeholder == "{position}") return positions(house);
  const bool of_managers = pattern.starts_with("/v1/managers/");
  if (placeholder == "{manager}" || of_managers) return of_sides("m-");
  if (placeholder == "{act_id}") return of_sides("act-1-");
  if (placeholder == "{id}" && pattern.starts_with("/v1/clients/")) return of_sides("c-");
  if (placeholder == "{duty_id}" || pattern.starts_with("/v1/duties/")) {
    Words ids;
    for (const auto& duty : duties::all()) ids.emplace_back(duty.id);
    return ids;
  }
  throw std::runtime_error(fmt::format("say what {} of {} may be", placeholder, pattern));
}

// With every value of its one placeholder.
Words paths_of(const House& house, const std::string& pattern) {
  const std::size_t from = pattern.find('{');
  if (from == std::string::npos) return {pattern};
  const std::size_t to = pattern.find('}') + 1;
  const std::string placeholder = pattern.substr(from, to - from);
  Words paths;
  for (const auto& value : values_of(house, pattern, placeholder)) {
    paths.push_back(pattern.substr(0, from) + value + pattern.substr(to));
  }
  return paths;
}

// What a route cannot be asked without.
Words bases_of(const std::string& pattern) {
  if (pattern.starts_with("/v1/reports")) return {"month=2026-11", "month=2026-10"};
  if (pattern.ends_with("/order-check")) return {"amount_minor=100"};
  Words bases;
  if (pattern == "/v1/acts/preview") {
    for (const auto& client : of_sides("c-")) {
      bases.push_back("from=2026-11-01&to=2026-11-25&client=" + client);
    }
  } else if (pattern == "/v1/breaches/preview") {
    for (const auto& client : of_sides("c-")) bases.push_back("manager=m-own&client=" + client);
    for (const auto& manager : of_sides("m-")) bases.push_back("client=c-own&manager=" + manager);
  } else {
    bases.emplace_back();
  }
  return bases;
}

const std::map<std::string, Words, std::less<>>& parameter_values() {
  static const std::map<std::string, Words, std::less<>> values{
      {"q", {"own", "mate", "far", "c-far", "Знакfar", "far.zakup@romashka.example"}},
      {"owner", of_sides("m-")},
      {"manager", of_sides("m-")},
      {"client", of_sides("c-")},
      {"segment", {"corporate"}},
      {"size", {"small"}},
      {"stale", {"true"}},
      {"key_account", {"true"}},
      {"class", {"A", "none"}},
      {"limit", {"1"}},
      {"by", {"manager", "segment"}},
      {"basis", {"issue"}},
      {"step", {"7"}},
      {"format", {"csv", "html"}},
      {"csv", {"excel"}},
      {"lang", {"en"}},
      {"date", {"2026-11-25", "2026-11-24"}},
      {"metric", {"calls", "new_client_contracts"}},
      {"month", {"2026-11", "2026-10"}},
      {"figures", {"now", "handed_in"}},
      {"state",
       {"open", "done", "overdue", "waiting", "ruled_out", "all", "drafted", "none", "sent",
        "undecided", "advance"}},
      {"kind",
       {"payment", "call", "complaint", "payments", "calls", "mail", "inquiries", "matched",
        "allocated", "bad_debt", "requisites"}},
      {"sort", {"age", "name", "oldest", "-oldest"}},
      {"overdue", {"true"}},
      {"due", {"late", "today", "week", "later", "undated"}},
      {"principal", {"boss"}},
      {"unusual", {"true"}},
      {"taken_back", {"show"}},
      {"from", {"2026-11-01", "0,0,0"}},
      {"to", {"2026-11-30"}},
      {"texts", {"opened", "stored"}},
      {"until", {"1,1,1"}},
      {"now", {"2026-11-25T16:00:00Z"}},
      {"contract", {"k-2026-77-own", "k-2026-77-far"}},
      {"currency", {"UAH"}},
      {"order", {"order-1-own", "order-1-far"}},
      {"amount_minor", {"100"}},
      {"prepaid", {"true"}},
      {"account", {"UA213223130000026007233566001"}},
      {"table", {"1&format=csv"}},
      {"period", {"day"}},
      {"as_of", {"2026-11-24", "2026-12-31"}},
      {"known_at", {"2026-11-25T15:30:00Z"}},
      {"at_least", {"1,1,1"}},
      {"max_wait", {"1"}}};
  return values;
}

// By the answer to one that no route has: "…, which takes q, owner, as_of".
Words parameters_of(House& house, const std::string& path, const std::string& base) {
  const std::string body = house.get(path + "?" + base + (base.empty() ? "" : "&") + "zzz=1").body;
  constexpr std::string_view kTakes = "which takes ";
  const std::size_t at = body.find(kTakes);
  if (at == std::string::npos) throw std::runtime_error(path + " takes any parameter: " + body);
  std::stringstream list(body.substr(at + kTakes.size(), body.find('"', at) - at - kTakes.size()));
  Words names;
  for (std::string name; std::getline(list, name, ',');) {
    names.push_back(name.substr(name.find_first_not_of(' ')));
  }
  return names;
}

// Where pages may begin: at places of the test's own, and where those of who sees all begin.
Words cursors_of(House& house, const std::string& pattern, const std::string& question) {
  Words cursors;
  for (const std::string_view place : {"c-a", "c-nobody", "1", "5"}) {
    cursors.push_back(seal_cursor(pattern, place));
  }
  std::string page = question;
  for (int pages = 0; pages < 8; ++pages) {
    const auto next = text_member(house.get(page).body, "next_cursor");
    if (!next) break;
    cursors.push_back(*next);
    page = question + "&cursor=" + *next;
  }
  return cursors;
}

void add_pages(House& house, const std::string& pattern, const std::string& question, Words& all) {
  const std::string first = question + "limit=1";
  for (const auto& cursor : cursors_of(house, pattern, first)) {
    all.push_back(question + "cursor=" + cursor);
    all.push_back(first + "&cursor=" + cursor);
  }
}

void add_variants(House& house, const std::string& pattern, const std::string& path,
                  const std::string& base, Words& all) {
  for (const auto& name : parameters_of(house, path, base)) {
    if (name == "cursor") {
      add_pages(house, pattern, path + "?" + base + (base.empty() ? "" : "&"), all);
      continue;
    }
    const auto values = parameter_values().find(name);
    if (values == parameter_values().end()) {
      throw std::runtime_error(fmt::format("say what {} of {} may be", name, path));
    }
    if (("&" + base).find("&" + name + "=") != std::string::npos) continue;
    for (const auto& value : values->second) {
      all.push_back(fmt::format("{}?{}{}{}={}", path, base, base.empty() ? "" : "&", name, value));
    }
  }
}

std::string without(std::string body, const std::string& position) {
  for (std::size_t at = 0; (at = body.find(position, at)) != std::string::npos;) {
    body.replace(at, position.size(), "P");
  }
  return body;
}

}  // namespace

std::vector<std::string> all_questions(House& house) {
  Words all;
  for (const auto& [method, pattern] : house.router().routes()) {
    if (method != "GET") continue;
    const bool by_position = pattern.find("{position}") != std::string::npos;
    const bool by_duty = pattern.starts_with("/v1/duties/");
    int paths = 0;
    for (const auto& path : paths_of(house, pattern)) {
      ++paths;
      for (const auto& base : bases_of(pattern)) {
        all.push_back(base.empty() ? path : path + "?" + base);
        // Of many, the parameters of the first few.
        if ((by_position && paths > 1) || (by_duty && paths > 3)) continue;
        add_variants(house, pattern, path, base, all);
      }
      if (by_duty && path.ends_with("/records") && paths > 3) all.push_back(path + "?format=csv");
    }
  }
  return all;
}

std::map<std::string, Asked> ask_all(House& house, const std::vector<std::string>& questions) {
  const std::string position = to_string(house.progress->reached());
  std::map<std::string, Asked> answers;
  for (const auto& question : questions) {
    auto response = house.get(question);
    std::string body = std::move(response.body);
    std::string chunk;
    while (response.stream && response.stream(chunk)) {
      body += chunk;
      chunk.clear();
    }
    answers[question] = {response.status, response.content_type,
                         without(std::move(body), position)};
  }
  return answers;
}

}  // namespace ledger::testing
