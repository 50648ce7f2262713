#include "projections/rule_decisions/fold.h"

#include <fmt/format.h>

#include <limits>
#include <string_view>
#include <utility>

#include "projections/seen/rows.h"

namespace ledger::rule_decisions {

namespace {

std::string key_of(const EventMeta& meta) {
  const std::int64_t since_epoch = meta.recorded_time.time_since_epoch().count();
  const auto left = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) -
                    static_cast<std::uint64_t>(since_epoch);
  return fmt::format("{:020}.{:010}.{:020}", left, meta.position.partition, meta.position.offset);
}

// "matching.v2: phone": the rule, and why.
std::pair<std::string_view, std::string_view> parted(std::string_view reason) {
  constexpr std::string_view kSaysWhy = ": ";
  const auto end = reason.find(kSaysWhy);
  if (end == std::string_view::npos) return {};
  return {reason.substr(0, end), reason.substr(end + kSaysWhy.size())};
}

// A name and its version, as rules are called.
bool is_rule(std::string_view word) {
  const auto dot = word.find(".v");
  if (dot == 0 || dot == std::string_view::npos || dot + 2 == word.size()) return false;
  const auto version = word.substr(dot + 2);
  return word.find(' ') == std::string_view::npos &&
         version.find_first_not_of("0123456789") == std::string_view::npos;
}

void keep(Decision decision, const EventMeta& meta, ViewBatch& batch) {
  decision.time = meta.time;
  decision.day = meta.local_day;
  decision.source = meta.source;
  decision.id = meta.id;
  // Who takes it back or corrects it does so later, and its place stays.
  auto& place = batch.edit<PlaceRow>(seen::key_of(meta.source, meta.id)).key;
  if (place.empty()) place = key_of(meta);
  contribute(batch.edit<DecisionRow>(place).told, meta, std::move(decision));
}

}  // namespace

void Fold::apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch) {
  if (event.manager_id) return;
  const auto [rule, why] = parted(event.reason);
  if (!is_rule(rule)) return;
  Decision decision;
  decision.kind = Kind::kMatched;
  decision.client_id = event.client_id.text();
  decision.rule = rule;
  decision.why = why;
  decision.target_source = event.target_source;
  decision.target_id = event.target_id;
  keep(std::move(decision), meta, batch);
}

void Fold::apply(const PaymentAllocated& event, const EventMeta& meta, ViewBatch& batch) {
  if (!event.rule_version || event.method == AllocationMethod::kPerson) return;
  Decision decision;
  decision.kind = Kind::kAllocated;
  decision.client_id = event.client_id.text();
  decision.rule = *event.rule_version;
  decision.why = name_of(event.method);
  decision.target_source = event.payment_source;
  decision.target_id = event.payment_id;
  decision.invoice_id = event.invoice_id.text();
  decision.amount = event.amount;
  keep(std::move(decision), meta, batch);
}

}  // namespace ledger::rule_decisions
