#include "consumers/access/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace ledger::policy {

namespace {

constexpr Roles kReaders{Role::kManager, Role::kHead, Role::kAuditor, Role::kAdmin};
constexpr Roles kHeads{Role::kHead, Role::kAuditor, Role::kAdmin};
constexpr Roles kAudit{Role::kAuditor, Role::kAdmin};
constexpr Roles kRecorders{Role::kSource, Role::kManager, Role::kHead, Role::kAdmin};
// Who brings in files: of heads those of the whole house, bookkeepers.
constexpr Roles kConnectors{Role::kSource, Role::kHead, Role::kAdmin};
constexpr Roles kDeciders{Role::kManager, Role::kHead, Role::kAdmin};
// Prometheus is a machine, and an auditor's key in its settings would read every client.
constexpr Roles kScrapers{Role::kSource, Role::kAuditor, Role::kAdmin};
constexpr Roles kAdmins{Role::kAdmin};

constexpr About kNothing = About::kNothing;
constexpr About kClient = About::kClient;
constexpr About kManager = About::kManager;
constexpr About kFiltered = About::kFiltered;
constexpr About kWholeHouse = About::kWholeHouse;
constexpr About kByClient = About::kClientParameter;
constexpr About kByManager = About::kManagerParameter;

constexpr Rule open(std::string_view method, std::string_view pattern, std::string_view why) {
  return {method, pattern, {}, kNothing, why, true};
}

constexpr std::array kRules{
    // Cards. Others' are told of in a search by exact code or phone, and no more than whose.
    Rule{"GET", "/v1/clients", kReaders, kFiltered | About::kOwnerParameter, "own clients"},
    Rule{"GET", "/v1/clients/duplicates", kReaders, kFiltered, "pairs of which both are own"},
    Rule{"GET", "/v1/clients/{id}", kReaders, kClient, "a card is its owner's"},
    Rule{"GET", "/v1/clients/{id}/timeline", kReaders, kClient, "with all that was before him"},
    Rule{"GET", "/v1/clients/{id}/handover", kReaders, kClient, "goes with the client"},
    Rule{"GET", "/v1/clients/{id}/receivables", kReaders, kClient, "the client's debt"},
    Rule{"GET", "/v1/clients/{id}/order-check", kReaders, kClient, "the client's limit"},
    Rule{"GET", "/v1/managers/{id}/handover", kReaders, kManager | kFiltered,
         "of his clients those that are his by now"},
    // Money.
    Rule{"GET", "/v1/receivables", kReaders, kFiltered, "rows and totals of own clients"},
    Rule{"GET", "/v1/receivables/ageing/days", kReaders, kFiltered, "sums of own clients"},
    Rule{"GET", "/v1/unallocated", kReaders, kFiltered, "money of own clients"},
    Rule{"GET", "/v1/write-offs", kReaders, kFiltered | kByClient, "debts of own clients"},
    Rule{"GET", "/v1/statements", kHeads, kWholeHouse, "the house's accounts"},
    // Work.
    Rule{"GET", "/v1/quotas", kReaders, kFiltered, "a manager his own row, a head his people's"},
    Rule{"GET", "/v1/quotas/month", kReaders, kFiltered, "as the board of a day"},
    Rule{"GET", "/v1/quotas/{manager}", kReaders, kManager | kFiltered, "what his figures rest on"},
    Rule{"GET", "/v1/reports", kReaders, kFiltered, "his own, or his people's"},
    Rule{"GET", "/v1/reports/{manager}", kReaders, kManager | kFiltered, "a report is its maker's"},
    Rule{"GET", "/v1/attestations/{manager}", kReaders, kManager, "personal: his and his head's"},
    Rule{"GET", "/v1/acts", kReaders, kFiltered | kByClient | kByManager, "acts of own clients"},
    Rule{"GET", "/v1/acts/preview", kReaders, kByClient, "an act is its client's"},
    Rule{"GET", "/v1/acts/{act_id}", kReaders, About::kAct, "an act is its client's"},
    Rule{"GET", "/v1/contact-plan", kReaders, kFiltered | kByManager, "a manager's own list"},
    Rule{"GET", "/v1/obligations", kReaders, kFiltered | kByManager, "what he answers for"},
    Rule{"GET", "/v1/offer-checks", kReaders, kFiltered | kByClient | kByManager,
         "offers to own clients"},
    Rule{"GET", "/v1/breaches", kReaders, kFiltered | kByManager, "his own, or his people's"},
    Rule{"GET", "/v1/breaches/preview", kReaders, kFiltered | kByClient | kByManager,
         "a client and a manager whom one sees both"},
    Rule{"GET", "/v1/duties", kReaders, kNothing, "the text of the job description"},
    Rule{"GET", "/v1/duties/{id}", kReaders, kNothing, "the text of the job description"},
    Rule{"GET", "/v1/duties/{duty_id}/records", kReaders, kFiltered | kByClient | kByManager,
         "records of own clients"},
    // What waits.
    Rule{"GET", "/v1/unmatched", kReaders, kFiltered,
         "a manager what his own extension or address brought; payments are for heads"},
    Rule{"GET", "/v1/unmatched/{position}", kReaders, kFiltered, "as the list"},
    Rule{"POST", "/v1/unmatched/{position}/accept", kDeciders, kFiltered, "who sees it decides"},
    Rule{"POST", "/v1/unmatched/{position}/reject", kDeciders, kFiltered, "who sees it decides"},
    Rule{"POST", "/v1/unmatched/{position}/rule-out", kDeciders, kFiltered, "who sees it decides"},
    Rule{"POST", "/v1/unallocated/{position}/accept", kDeciders, kFiltered, "who sees it decides"},
    Rule{"POST", "/v1/unallocated/{position}/reject", kDeciders, kFiltered, "who sees it decides"},
    Rule{"POST", "/v1/unallocated/{position}/advance", kDeciders, kFiltered, "who sees it decides"},
    Rule{"GET", "/v1/rule-decisions", kReaders, kFiltered,
         "what rules decided of own clients; who may undo it, its own event says"},
    Rule{"GET", "/v1/proposals/corrections", kReaders, kFiltered | kByClient,
         "about contracts and payments of own clients"},
    Rule{"GET", "/v1/calls/unjoined", kAudit, kNothing, "numbers of everybody's clients"},
    Rule{"GET", "/v1/parked", kAudit, kNothing, "keys of everybody's clients"},
    // What came in, and the history as it is.
    Rule{"GET", "/v1/sources", kReaders, kFiltered, "who sends; of people only oneself"},
    Rule{"GET", "/v1/stream", kReaders, kFiltered, "of own clients, and of oneself"},
    Rule{"GET", "/v1/log", kAudit, kNothing, "the whole history"},
    Rule{"GET", "/v1/log/{position}", kReaders, kFiltered, "so that every figure opens"},
    Rule{"GET", "/v1/rows", kAudit, kNothing, "the whole history, folded"},
    Rule{"GET", "/v1/quarantine", kAudit, kNothing, "raw input of anybody"},
    Rule{"GET", "/v1/quarantine/{position}", kAudit, kNothing, "raw input of anybody"},
    Rule{"POST", "/v1/quarantine/{sender}", kConnectors, kWholeHouse,
         "what a connector could not record"},
    Rule{"POST", "/v1/quarantine/{position}/dismiss", kAdmins, kNothing, "raw input of anybody"},
    Rule{"POST", "/v1/quarantine/{position}/replay", kAdmins, kNothing, "raw input of anybody"},
    Rule{"POST", "/v1/events", kRecorders, kFiltered, "each what is his to record"},
    Rule{"POST", "/v1/events/restated", kConnectors, kWholeHouse | kFiltered,
         "senders amend their records"},
    Rule{"POST", "/v1/events/check", kRecorders, kFiltered,
         "what the same would do, of what is his to record"},
    Rule{"GET", "/v1/access-log", kHeads, kFiltered, "who looked at his people's clients"},
    // Who may ask. Whose password it is, its route looks.
    open("GET", "/v1/session", "says who is signed in"),
    open("POST", "/v1/session", "signs in"),
    open("DELETE", "/v1/session", "signs out"),
    open("GET", "/v1/session/oidc", "whether the login page offers it"),
    open("GET", "/v1/session/oidc/start", "who wants to sign in"),
    open("GET", "/v1/session/oidc/callback", "a browser comes back from the issuer"),
    Rule{"GET", "/v1/principals", kAdmins, kNothing, "who may ask"},
    Rule{"POST", "/v1/principals", kAdmins, kNothing, "who may ask"},
    Rule{"PATCH", "/v1/principals/{id}", kAdmins, kNothing, "what he may"},
    Rule{"POST", "/v1/principals/{id}/keys", kAdmins, kNothing, "a key is as good as he"},
    Rule{"DELETE", "/v1/principals/{id}/keys/{key}", kAdmins, kNothing, "a key is as good as he"},
    Rule{"POST", "/v1/principals/{id}/one-time", kAdmins, kNothing, "a link is as good as he"},
    Rule{"PUT", "/v1/principals/{id}/password", kReaders, kNothing,
         "one's own; an admin anybody's"},
    // Operations.
    Rule{"GET", "/v1/status", kReaders, kNothing, "how fresh the answers are"},
    Rule{"GET", "/metrics", kScrapers, kNothing, "counts of the whole house, and of nobody"},
    open("GET", "/healthz", "says that it lives"),
    open("GET", "/readyz", "says that it is ready"),
    open("GET", "/v1/openapi.yaml", "what can be asked is no secret"),
    open("GET", "/v1/hooks/*", "providers have secrets of their own"),
    open("POST", "/v1/hooks/*", "providers have secrets of their own"),
};

bool fits(const Rule& rule, std::string_view pattern) {
  if (!rule.pattern.ends_with('*')) return rule.pattern == pattern;
  return pattern.starts_with(rule.pattern.substr(0, rule.pattern.size() - 1));
}

bool heads_the_house(const Principal& principal) {
  const auto& of = principal.departments;
  return std::find(of.begin(), of.end(), "*") != of.end();
}

std::string whom(Roles roles) {
  std::string text;
  for (const auto word : names(Role{})) {
    if (!roles.contains(*from_name<Role>(word))) continue;
    text += (text.empty() ? "" : ", ") + std::string(word);
  }
  return text;
}

}  // namespace

std::span<const Rule> rules() { return kRules; }

const Rule* find(std::string_view method, std::string_view pattern) {
  const auto found = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) {
    return rule.method == method && fits(rule, pattern);
  });
  return found == kRules.end() ? nullptr : &*found;
}

bool is_open(std::string_view method, std::string_view pattern) {
  const Rule* rule = find(method, pattern);
  return rule != nullptr && rule->anybody;
}

std::optional<http::Response> refusal(const Principal& principal, std::string_view method,
                                      std::string_view pattern) {
  const Rule* rule = find(method, pattern);
  if (rule == nullptr) {
    return http::forbidden("no role may do this: the table of roles does not name it");
  }
  if (rule->anybody) return std::nullopt;
  if (!rule->roles.contains(principal.role)) {
    return http::forbidden(
        fmt::format("this is for {}, and you are {}; an administrator says who is what",
                    whom(rule->roles), name_of(principal.role)));
  }
  const bool head = principal.role == Role::kHead;
  if (head && is_about(rule->about, About::kWholeHouse) && !heads_the_house(principal)) {
    return http::forbidden(
        "this is of the whole house, for who heads all departments; an administrator says who "
        "does");
  }
  if (principal.role == Role::kManager && !principal.manager_id) {
    return http::forbidden("nobody said which manager of the ledger you are; an administrator can");
  }
  return std::nullopt;
}

}  // namespace ledger::policy
