#include "consumers/client/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace ledger::cli {

namespace {

constexpr std::int64_t kRedrawUs = 100'000;
constexpr std::size_t kBarWidth = 24;

std::int64_t now_us() {
  using namespace std::chrono;
  return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

ProgressBar::ProgressBar(std::string label, std::int64_t total)
    : label_(std::move(label)),
      total_(total),
      started_us_(now_us()),
      terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() { finish(); }

void ProgressBar::advance(std::int64_t by) {
  done_ += by;
  if (terminal_ && now_us() - drawn_us_ > kRedrawUs) draw(/*last=*/false);
}

void ProgressBar::finish() {
  if (finished_) return;
  finished_ = true;
  draw(/*last=*/true);
}

void ProgressBar::draw(bool last) {
  drawn_us_ = now_us();
  const double seconds = std::max(1e-3, static_cast<double>(drawn_us_ - started_us_) / 1e6);
  const double rate = static_cast<double>(done_) / seconds;
  std::string line = terminal_ ? "\r" : "";
  if (total_ > 0) {
    const double share = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
    line +=
        fmt::format("{}  [{}{}] {:3.0f} %  {} of {}  {:.0f}/s", label_, std::string(filled, '#'),
                    std::string(kBarWidth - filled, ' '), share * 100, done_, total_, rate);
    if (!last && rate > 0) {
      line += fmt::format("  {:.0f} s left", static_cast<double>(total_ - done_) / rate);
    }
  } else {
    line += fmt::format("{}  {}  {:.0f}/s", label_, done_, rate);
  }
  line += terminal_ ? (last ? "\033[K\n" : "\033[K") : "\n";
  std::fputs(line.c_str(), stderr);
}

}  // namespace ledger::cli
