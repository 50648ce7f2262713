#include "consumers/ledger-telephony/source.h"

#include <fmt/format.h>

#include <algorithm>

#include "producers/telephony/asterisk/leg.h"
#include "producers/telephony/asterisk/record_reader.h"

namespace ledger::edge {

CdrSource::CdrSource(std::size_t channel, std::filesystem::path file, FilePlace place,
                     asterisk::Settings settings, Parts parts)
    : channel_(channel),
      file_(std::move(file)),
      settings_(std::move(settings)),
      parts_(std::move(parts)),
      tail_(file_, std::move(place)) {}

FilePlace CdrSource::safe_place() const {
  auto first = parts_.calls.first_waiting(channel_);
  return first ? *std::move(first) : tail_.place();
}

Result<bool> CdrSource::poll(Timestamp now) {
  LEDGER_TRY(const auto chunk, tail_.read());
  std::string_view text = chunk.bytes;
  if (!chunk.last_of_file) {
    const std::size_t end = text.rfind('\n');
    // A chunk without any line end is no record: it is refused as such.
    const bool too_long = end == std::string_view::npos && text.size() == FileTail::kChunkBytes;
    if (!too_long) text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  }
  contradiction_.reset();
  LEDGER_TRY(const std::size_t taken, take_records(text, chunk.last_of_file, now));
  LEDGER_CHECK(tail_.consume(taken));
  if (contradiction_) return tl::unexpected(*contradiction_);
  return taken > 0 || chunk.last_of_file;
}

// A quote that is not closed yet may go on in the next line, which is not written yet.
bool CdrSource::waits_for_rest(std::string_view raw, std::size_t at, std::size_t text_bytes,
                               Timestamp now) {
  const bool open = !settings_.json && std::count(raw.begin(), raw.end(), '"') % 2 == 1;
  if (!open || text_bytes - at > asterisk::kRecordBytesMax) return false;
  const std::uint64_t offset = tail_.place(at).offset;
  if (open_quote_at_ != offset) {
    open_quote_at_ = offset;
    open_quote_since_ = now;
  }
  return now - open_quote_since_ < kOpenQuoteWait;
}

// Not of a damaged record, which has any number of columns, but of one as cdr_csv writes them: to
// refuse it would be to refuse all that follow.
bool CdrSource::contradicts_settings(const Error& error, std::size_t columns) const {
  if (parts_.own) return false;
  if (error.code == ErrorCode::kMisconfigured) return true;
  return settings_.order.empty() && settings_.columns && error.field == "columns" &&
         columns >= asterisk::kColumnsMin && columns <= asterisk::kColumnsMax;
}

Result<std::size_t> CdrSource::take_records(std::string_view text, bool whole, Timestamp now) {
  asterisk::RecordReader reader(text, settings_);
  while (auto row = reader.next()) {
    const auto at = static_cast<std::size_t>(row->raw.data() - text.data());
    if (!row->fields && !whole && waits_for_rest(row->raw, at, text.size(), now)) return at;
    const FilePlace place = tail_.place(at);
    const std::size_t columns = row->fields ? row->fields->size() : 0;
    auto leg = std::move(row->fields).and_then([&](std::vector<std::string> fields) {
      return asterisk::read_leg(std::move(fields), settings_);
    });
    if (!leg && contradicts_settings(leg.error(), columns)) {
      contradiction_ = Error{ErrorCode::kMisconfigured,
                             fmt::format("{} at byte {}: {} {}", file_.string(), place.offset,
                                         leg.error().field, leg.error().message),
                             leg.error().field};
      return at;
    }
    ++parts_.counters.lines;
    parts_.counters.last_line_s =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    if (!leg) {
      LEDGER_CHECK(parts_.refuse({fmt::format("{} at byte {}", file_.string(), place.offset),
                                  std::string(row->raw.substr(0, asterisk::kRecordBytesMax)),
                                  std::move(leg).error(), parts_.own}));
      ++parts_.counters.refused;
      continue;
    }
    const std::string key = leg->call_key;
    const bool fresh =
        parts_.calls.add(*std::move(leg), {channel_, parts_.next_number(), place}, now);
    if (fresh) parts_.note(key, row->raw);
    ++(fresh ? parts_.counters.legs : parts_.counters.repeated);
  }
  return text.size();
}

}  // namespace ledger::edge
