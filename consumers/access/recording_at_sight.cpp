// What is told of who asks and what he sends alone, before any view is read.
#include <fmt/format.h>

#include <algorithm>

#include "consumers/access/recordable.h"
#include "consumers/access/recording.h"
#include "events/types/amendment.h"

namespace ledger {

namespace {

bool covers(const std::vector<std::string>& granted, std::string_view source) {
  return std::any_of(granted.begin(), granted.end(), [&](std::string_view one) {
    if (!one.ends_with("/*")) return one == source;
    one.remove_suffix(1);
    return source.size() > one.size() && source.starts_with(one);
  });
}

bool is_below(std::string_view source, std::string_view room) {
  return source.starts_with(room) && (source.size() == room.size() || source[room.size()] == '/');
}

// Nobody's who asks: what the ledger says by itself, and people without a name.
bool is_reserved(std::string_view source) {
  return is_below(source, "ledger") || source == "people" || source == kPeople;
}

// What an amendment would change.
std::optional<std::string_view> target_source_of(const EventData& data) {
  if (const auto* voided = data.get_if<EventVoided>()) return voided->target_source;
  if (const auto* corrected = data.get_if<EventCorrected>()) return corrected->target_source;
  return std::nullopt;
}

bool is_bookkeeper(const Principal& principal) {
  const auto& all = principal.departments;
  return principal.role == Role::kHead && std::find(all.begin(), all.end(), "*") != all.end();
}

Verdict by_source(const Principal& principal, const Submission& event) {
  if (!covers(principal.sources, event.source)) {
    return forbid(fmt::format("'{}' records as {} alone{}", principal.id,
                              fmt::join(principal.sources, ", "), kWhoGrants),
                  "source");
  }
  const auto& types = principal.event_types;
  if (!types.empty() &&
      std::find(types.begin(), types.end(), type_name(event.data)) == types.end()) {
    return forbid(
        fmt::format("'{}' records {} alone{}", principal.id, fmt::join(types, ", "), kWhoGrants),
        "type");
  }
  const auto target = target_source_of(event.data);
  if (!target || covers(principal.sources, *target)) return {};
  return forbid("a source amends what it told itself, and nothing else", "data.target_source");
}

}  // namespace

std::string source_of(const Principal& principal) { return std::string(kPeople) + principal.id; }

bool is_other_person(const Principal& principal, std::string_view source) {
  return source.starts_with(kPeople) && source != source_of(principal);
}

std::optional<Verdict> verdict_at_sight(const Principal& principal, const Submission& event,
                                        WayIn way) {
  const auto* row = recordable(type_name(event.data));
  if (row != nullptr && row->word == WordOf::kLedger) {
    return Verdict(forbid("nobody says this but the ledger itself", "type"));
  }
  if (is_reserved(event.source)) {
    return Verdict(forbid("is the ledger's own, and nobody records as the ledger", "source"));
  }
  auto target = target_source_of(event.data);
  // A match reads an event anew too, as another client's.
  if (const auto* matched = event.data.get_if<InteractionMatched>()) {
    target = matched->target_source;
  }
  if (target && is_below(*target, kAccessSource)) {
    return Verdict(forbid("who looked and who was let in stands as it was recorded, for everybody",
                          "data.target_source"));
  }
  if (principal.role == Role::kSource) return by_source(principal, event);
  if (principal.role == Role::kAuditor) {
    return Verdict(forbid(fmt::format("an auditor records nothing{}", kWhoGrants), "source"));
  }
  if (way == WayIn::kRestate && event.source.starts_with(kPeople)) {
    return Verdict(
        forbid("people append what they say, and amend it by event.corrected; only "
               "connectors restate",
               "source"));
  }
  if (principal.role == Role::kAdmin) {
    if (is_other_person(principal, event.source)) {
      return Verdict(
          forbid(fmt::format("is another person's; yours is {}", source_of(principal)), "source"));
    }
    if (!amends_another(event.data)) return Verdict();
    return std::nullopt;
  }
  if (is_bookkeeper(principal) && !event.source.starts_with(kPeople)) return std::nullopt;
  if (event.source != source_of(principal)) {
    return Verdict(
        forbid(fmt::format("is to be {}, as which you record", source_of(principal)), "source"));
  }
  return std::nullopt;
}

Verdict may_handle_quarantine(const Principal& principal, std::string_view action) {
  const bool keeps = action == "keep";
  if (principal.role == Role::kAdmin) return {};
  if (principal.role == (keeps ? Role::kSource : Role::kHead)) return {};
  if (keeps && is_bookkeeper(principal)) return {};
  return forbid(fmt::format("{}{}",
                            keeps ? "connectors and bookkeepers bring what they could not record"
                                  : "a head of department decides about what lies here",
                            kWhoGrants),
                "");
}

}  // namespace ledger
