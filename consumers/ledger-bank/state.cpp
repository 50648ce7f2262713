#include "consumers/ledger-bank/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "platform/json_writer.h"
#include "platform/utf8.h"
#include "projections/store/row_codec.h"

namespace ledger::pull {

namespace {

template <class T>
Result<T> load_from(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return T{};
  std::ifstream input(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(input), {}};
  auto state = rows::decode<T>(bytes);
  if (!state) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{} is not what this program wrote ({}); move it away to begin anew: "
                            "what the ledger has already is not counted twice",
                            file.string(), state.error().message),
                "state");
  }
  return state;
}

}  // namespace

std::optional<Timestamp> State::through(std::string_view account) const {
  for (const auto& place : places) {
    if (place.account == account) return place.through;
  }
  return std::nullopt;
}

void State::set_through(const std::string& account, Timestamp through) {
  for (auto& place : places) {
    if (place.account != account) continue;
    place.through = through;
    return;
  }
  places.push_back({account, through});
}

bool State::has_refused(std::string_view digest) const {
  return std::find(refused.begin(), refused.end(), digest) != refused.end();
}

void State::note_refused(std::string digest) {
  if (refused.size() == kRefusedMax) refused.erase(refused.begin());
  refused.push_back(std::move(digest));
}

Result<StateFolder> StateFolder::open(std::filesystem::path folder) {
  LEDGER_TRY(auto lock, LockedFolder::open(folder));
  return StateFolder(std::move(folder), std::move(lock));
}

Result<State> StateFolder::load() const { return load_from<State>(folder_ / "position"); }

Result<HookState> StateFolder::load_hooks() const {
  return load_from<HookState>(folder_ / "hooks");
}

Status StateFolder::save(const State& state) const {
  return replace_durably(folder_ / "position", rows::encode(state));
}

Status StateFolder::save_hooks(const HookState& state) const {
  return replace_durably(folder_ / "hooks", rows::encode(state));
}

Status StateFolder::keep_refused(const Refusal& refusal, Timestamp now) const {
  JsonWriter json;
  json.begin_object();
  json.member("at", format_timestamp(now));
  json.member("where", refusal.where);
  json.member("error", name_of(refusal.error.code));
  if (!refusal.error.field.empty()) json.member("field", refusal.error.field);
  json.member("reason", refusal.error.message);
  json.member("raw", with_replaced_bytes(refusal.raw));
  json.end_object();
  return append_line_durably(folder_ / "refused.ndjson", json.text());
}

}  // namespace ledger::pull
