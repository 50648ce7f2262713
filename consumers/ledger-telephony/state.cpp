#include "consumers/ledger-telephony/state.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "platform/json_writer.h"
#include "platform/sha256.h"
#include "platform/utf8.h"
#include "projections/store/row_codec.h"

namespace ledger::edge {

namespace fs = std::filesystem;

Result<StateFolder> StateFolder::open(fs::path folder) {
  LEDGER_TRY(auto lock, LockedFolder::open(folder));
  return StateFolder(std::move(folder), std::move(lock));
}

Result<State> StateFolder::load() const {
  const fs::path name = file("position");
  if (!fs::exists(name)) return State{};
  std::ifstream input(name, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(input), {}};
  auto state = rows::decode<State>(bytes);
  if (!state) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{} is not what this program wrote ({}); move it away to begin anew: "
                            "what the server has already is not counted twice",
                            name.string(), state.error().message),
                "state");
  }
  return state;
}

Status StateFolder::save(const State& state) const {
  return replace_durably(file("position"), rows::encode(state));
}

std::vector<std::string> StateFolder::refused() const {
  std::vector<std::string> lines;
  std::ifstream input(file("refused.ndjson"), std::ios::binary);
  for (std::string line; std::getline(input, line);) {
    if (!line.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

Status StateFolder::replace_refused(const std::vector<std::string>& lines) const {
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return replace_durably(file("refused.ndjson"), text);
}

Status StateFolder::keep_refused(const Refusal& refusal, Timestamp now) const {
  JsonWriter json;
  json.begin_object();
  json.member("at", format_timestamp(now));
  json.member("where", refusal.where);
  if (refusal.spooled) json.member("from", "ami");
  json.member("error", name_of(refusal.error.code));
  if (!refusal.error.field.empty()) json.member("field", refusal.error.field);
  json.member("reason", refusal.error.message);
  // A line of JSON is UTF-8; what is not is kept byte by byte.
  if (is_valid_utf8(refusal.raw)) {
    json.member("raw", refusal.raw);
  } else {
    json.member("raw_hex", to_hex(refusal.raw));
  }
  json.end_object();
  return append_line_durably(file("refused.ndjson"), json.text());
}

}  // namespace ledger::edge
