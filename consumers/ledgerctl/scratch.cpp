#include "consumers/ledgerctl/scratch.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

#include "consumers/client/json.h"
#include "consumers/client/progress_bar.h"
#include "platform/sha256.h"
#include "projections/store/rocks_view_store.h"

namespace ledger::cli {

namespace {

constexpr std::size_t kWriteLines = 5000;

std::filesystem::path temporary_directory() {
  std::string name = (std::filesystem::temp_directory_path() / "ledger-replay-XXXXXX").string();
  return mkdtemp(name.data()) == nullptr ? std::filesystem::path() : std::filesystem::path(name);
}

}  // namespace

Result<std::unique_ptr<Scratch>> Scratch::create(http::Client client, const std::string& directory,
                                                 std::int32_t partitions) {
  std::unique_ptr<Scratch> scratch(new Scratch(std::move(client)));
  scratch->temporary_ = directory.empty();
  scratch->directory_ =
      directory.empty() ? temporary_directory() : std::filesystem::path(directory);
  std::error_code problem;
  std::filesystem::create_directories(scratch->directory_, problem);
  if (scratch->directory_.empty() || problem) {
    return fail(ErrorCode::kUnavailable, "no directory for the scratch store could be made");
  }
  LEDGER_TRY(scratch->log_, EmbeddedLog::open({scratch->directory_ / "log", partitions}));
  LEDGER_TRY(scratch->views_, open_rocks_view_store(scratch->directory_ / "views",
                                                    projector_families(), partitions));
  scratch->progress_ = std::make_unique<ViewProgress>(Frontier::start(partitions));
  LEDGER_TRY(scratch->projector_,
             Projector::open(*scratch->log_, *scratch->views_, *scratch->progress_));
  return scratch;
}

Scratch::~Scratch() {
  projector_.reset();
  progress_.reset();
  views_.reset();
  log_.reset();
  std::error_code ignored;  // a leftover in the temporary directory harms nobody
  if (temporary_) std::filesystem::remove_all(directory_, ignored);
}

Status Scratch::replay_to(const std::string& position) {
  LEDGER_TRY(Frontier until, parse_frontier(position));
  LEDGER_TRY(const Frontier from, log_->end());
  until.next.resize(from.next.size(), 0);
  if (!from.covers(until)) LEDGER_CHECK(fetch(from, until));
  return fold_to(until);
}

Status Scratch::fetch(const Frontier& from, const Frontier& until) {
  ProgressBar progress("read the log", until.total() - from.total());
  Status failure;
  const std::string path = "/v1/log?from=" + http::url_encode(to_string(from)) +
                           "&until=" + http::url_encode(to_string(until)) + "&texts=opened";
  LEDGER_TRY(const auto answer,
             client_.stream(
                 {.method = "GET", .path = path, .headers = {{"Accept", "application/x-ndjson"}}},
                 [&](std::string_view piece) {
                   progress.advance(std::count(piece.begin(), piece.end(), '\n'));
                   if (failure) failure = take_lines(piece);
                 }));
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  LEDGER_CHECK(std::move(failure));
  LEDGER_CHECK(write_pending());
  LEDGER_TRY(const Frontier end, log_->end());
  if (end != until) {
    return fail(ErrorCode::kCorrupt, fmt::format("the lines lead to {} where the server said {}",
                                                 to_string(end), to_string(until)));
  }
  return {};
}

Status Scratch::take_line(std::string_view line) {
  const auto event = codec_.decode_line(line);
  if (!event) {
    return fail(ErrorCode::kCorrupt, fmt::format("a line of the log cannot be read: {} {}",
                                                 event.error().field, event.error().message));
  }
  pending_.push_back({event->stamps.partition_key, std::string(line)});
  return {};
}

Status Scratch::take_lines(std::string_view piece) {
  Status failure;
  lines_.take(piece, [&](std::string_view line) {
    if (failure) failure = take_line(line);
  });
  LEDGER_CHECK(std::move(failure));
  return pending_.size() < kWriteLines ? Status() : write_pending();
}

Status Scratch::write_pending() {
  if (pending_.empty()) return {};
  std::mutex mutex;
  std::condition_variable done;
  std::size_t left = pending_.size();
  Status failure;
  const auto completion = [&](std::size_t, const Result<Position>& outcome) {
    const std::lock_guard lock(mutex);
    if (!outcome) failure = tl::unexpected(outcome.error());
    if (--left == 0) done.notify_one();
  };
  LEDGER_CHECK(log_->append(std::exchange(pending_, {}), completion));
  std::unique_lock lock(mutex);
  done.wait(lock, [&] { return left == 0; });
  return failure;
}

Status Scratch::fold_to(const Frontier& until) {
  ProgressBar progress("fold", until.total() - progress_->reached().total());
  while (!progress_->covers(until)) {
    LEDGER_TRY(const std::size_t taken, projector_->step(std::chrono::milliseconds(0)));
    progress.advance(static_cast<std::int64_t>(taken));
  }
  return {};
}

Result<std::optional<std::string>> Scratch::row(std::string_view family,
                                                std::string_view key) const {
  return views_->current()->get(family, key);
}

Result<std::map<std::string, std::int64_t>> Scratch::count_rows() const {
  std::map<std::string, std::int64_t> counts;
  for (const auto& family : projector_families()) {
    auto& count = counts[family];
    LEDGER_CHECK(views_->current()->scan(family, "", "", [&](std::string_view, std::string_view) {
      ++count;
      return true;
    }));
  }
  return counts;
}

Status Scratch::print_digests() const {
  for (const auto& family : projector_families()) {
    std::string chain;  // digest of all rows so far, then the next row
    LEDGER_CHECK(
        views_->current()->scan(family, "", "", [&](std::string_view key, std::string_view value) {
          chain += key;
          chain += value;
          const Sha256 digest = sha256(chain);
          chain.assign(reinterpret_cast<const char*>(digest.data()), digest.size());
          return true;
        }));
    fmt::print("{}  {}\n", to_hex(sha256(chain)), family);
  }
  return {};
}

}  // namespace ledger::cli
