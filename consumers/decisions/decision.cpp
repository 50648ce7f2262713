#include "consumers/decisions/decision.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "events/flat_json.h"
#include "events/json_codec.h"
#include "platform/utf8.h"
#include "projections/directory/queries.h"

namespace ledger::decisions {

Result<Body> Body::read(std::string_view body, std::initializer_list<std::string_view> members) {
  LEDGER_TRY(const auto given, read_flat_object(body));
  Body said;
  for (const auto& [name, value] : given) {
    if (std::find(members.begin(), members.end(), name) == members.end()) {
      return fail(ErrorCode::kUnknownField,
                  fmt::format("is not understood here, where {} are", fmt::join(members, ", ")),
                  std::string(excerpt(name)));
    }
    said.members_.emplace(name, value);
  }
  return said;
}

Result<std::string> Body::text(std::string_view member) const {
  auto found = optional_text(member);
  if (!found || found->empty()) {
    return fail(ErrorCode::kMissingField, "is to be said", std::string(member));
  }
  return *std::move(found);
}

std::optional<std::string> Body::optional_text(std::string_view member) const {
  const auto found = members_.find(member);
  if (found == members_.end()) return std::nullopt;
  return found->second;
}

Result<std::optional<std::int64_t>> Body::optional_amount(std::string_view member) const {
  const auto found = optional_text(member);
  if (!found) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(found->data(), found->data() + found->size(), value);
  if (error != std::errc() || end != found->data() + found->size() || value <= 0) {
    return fail(ErrorCode::kInvalidField, "is a whole number of minor units, more than nothing",
                std::string(member));
  }
  return value;
}

Result<Subject> subject_of(const DecisionContext& context, const std::string& position) {
  auto parsed = parse_position(position);
  if (!parsed) {
    Error error = std::move(parsed).error();
    error.field = "position";
    return tl::unexpected(std::move(error));
  }
  if (parsed->partition >= context.log.partitions()) {
    return fail(ErrorCode::kNotFound, "the log has no such partition", "position");
  }
  LEDGER_TRY(const auto line, context.log.read(*parsed));
  LEDGER_TRY(auto event, JsonCodec().decode_line(line));
  return Subject{*parsed, std::move(event)};
}

Submission submission_of(const Subject& subject, std::string id, EventData data) {
  return {std::move(id), std::string(kSource), subject.event.time, std::nullopt, std::move(data)};
}

Result<ManagerId> manager_of(const ViewSnapshot& views, const Body& said, const Asked& asked) {
  if (asked.himself && !said.says("manager_id")) return *asked.himself;
  LEDGER_TRY(auto id, said.id<ManagerId>("manager_id"));
  LEDGER_TRY(const auto manager, directory::manager(views, id));
  if (manager) return id;
  return fail(ErrorCode::kNotFound, fmt::format("nobody '{}' was ever hired", id.text()),
              "manager_id");
}

Result<ClientId> client_of(const ViewSnapshot& views, const Body& said) {
  LEDGER_TRY(auto id, said.id<ClientId>("client_id"));
  LEDGER_TRY(const bool known, directory::has_card(views, id.text()));
  if (known) return id;
  return fail(ErrorCode::kNotFound, fmt::format("no card '{}' was ever opened", id.text()),
              "client_id");
}

}  // namespace ledger::decisions
