#include "consumers/ledger-telephony/state.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <tuple>
#include <utility>

#include "platform/json_writer.h"
#include "platform/sha256.h"
#include "platform/utf8.h"
#include "projections/store/row_codec.h"

namespace ledger::edge {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> disk_problem(const fs::path& file) {
  return fail(ErrorCode::kUnavailable,
              fmt::format("{} cannot be written: {}", file.string(), std::strerror(errno)));
}

// Writes, waits for the disk, closes. Of what cannot be written whole nothing stays.
Status write_through(const fs::path& file, int flags, std::string_view bytes) {
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
  if (out < 0) return disk_problem(file);
  const off_t before = lseek(out, 0, SEEK_END);
  bool good = before >= 0;
  while (good && !bytes.empty()) {
    const ssize_t written = ::write(out, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    good = written > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && fsync(out) == 0;
  const int problem = errno;
  // If even this fails, ends_with_half_a_line() finds it.
  if (!good && before >= 0) std::ignore = ftruncate(out, before);
  close(out);
  errno = problem;
  if (!good) return disk_problem(file);
  return {};
}

// After a crash or on a full disk; the next line must not become its other half.
bool ends_with_half_a_line(const fs::path& file) {
  std::ifstream input(file, std::ios::binary | std::ios::ate);
  if (!input || input.tellg() <= 0) return false;
  input.seekg(-1, std::ios::end);
  return input.get() != '\n';
}

// A new name is durable only when its directory is.
Status sync_folder(const fs::path& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return disk_problem(folder);
  const bool good = fsync(opened) == 0;
  close(opened);
  if (!good) return disk_problem(folder);
  return {};
}

}  // namespace

Result<StateFolder> StateFolder::open(fs::path folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  const fs::path lock_file = folder / "lock";
  const int lock = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("{} cannot be made: {}", lock_file.string(), std::strerror(errno)),
                "state");
  }
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return fail(ErrorCode::kMisconfigured,
                fmt::format("another connector is at work in {}", folder.string()), "state");
  }
  return StateFolder(std::move(folder), lock);
}

StateFolder::StateFolder(StateFolder&& other) noexcept
    : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, -1)) {}

StateFolder::~StateFolder() {
  if (lock_ >= 0) close(lock_);
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
  return replace("position", rows::encode(state));
}

Status StateFolder::replace(const char* name, std::string_view bytes) const {
  const fs::path fresh = file(name).string() + ".new";
  LEDGER_CHECK(write_through(fresh, O_TRUNC, bytes));
  if (std::rename(fresh.c_str(), file(name).c_str()) != 0) return disk_problem(fresh);
  return sync_folder(folder_);
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
  return replace("refused.ndjson", text);
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
  const fs::path kept = file("refused.ndjson");
  const std::string_view before = ends_with_half_a_line(kept) ? "\n" : "";
  return write_through(kept, O_APPEND, std::string(before) + json.text() + "\n");
}

}  // namespace ledger::edge
