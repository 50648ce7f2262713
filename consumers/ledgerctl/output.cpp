#include "consumers/ledgerctl/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "events/money.h"

namespace ledger::cli {

namespace {

constexpr std::int64_t kRedrawUs = 100'000;
constexpr std::size_t kBarWidth = 24;

std::int64_t now_us() {
  using namespace std::chrono;
  return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

// Code points, as an approximation of columns that holds for Latin and Cyrillic.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789 .-") == std::string_view::npos;
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

Table::Table(std::vector<std::string> header) { rows_.push_back(std::move(header)); }

void Table::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows_[r].size(); ++i) {
      const std::string& cell = rows_[r][i];
      const std::string padding(widths[i] - width_of(cell), ' ');
      line += (i == 0 ? "" : "  ") + (is_number(cell) ? padding + cell : cell + padding);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r == 0) {
      for (std::size_t i = 0; i < widths.size(); ++i) {
        out += (i == 0 ? "" : "  ") + std::string(widths[i], '-');
      }
      out += "\n";
    }
  }
  return out;
}

std::string money_text(std::int64_t minor, std::string_view currency) {
  const auto known = Currency::parse(currency);
  std::string text = known ? format_decimal({minor, *known}) : std::to_string(minor);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > first + 3; at -= 3) text.insert(at - 3, " ");
  return text;
}

}  // namespace ledger::cli
