#include "projections/client_card/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "projections/client_card/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::client_card {

namespace {

using directory::OneClient;

constexpr std::size_t kPageNameBytes = 6;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// Where a slice ended: the page's key suffix and how many of its entries were shown.
struct Cursor {
  std::string page;
  std::size_t skip = 0;
};

Result<Cursor> parse_cursor(std::string_view text) {
  Cursor cursor;
  if (text.empty()) return cursor;
  const auto dot = text.find('.');
  cursor.page = text.substr(0, dot);
  const std::string_view digits = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), cursor.skip);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  if (!whole || digits.empty() || cursor.page.size() != kPageNameBytes) {
    return fail(ErrorCode::kInvalidField, "is not a cursor that this ledger gave out", "cursor");
  }
  return cursor;
}

bool owns(const OneClient& client, std::string_view home, const Position& position) {
  return client.owns(home, [&](const directory::Split& split) {
    return std::binary_search(split.events.begin(), split.events.end(), position);
  });
}

// A month of all cards of a client. An empty name: there is no further month.
struct Month {
  std::string name;
  std::vector<TimelineEntry> entries;
};

void add_page(Month& month, const OneClient& client, const std::string& home, std::string_view name,
              TimelinePage page) {
  if (!month.name.empty() && name > month.name) return;
  if (name < month.name) month.entries.clear();
  month.name = name;
  for (auto& entry : page.entries) {
    if (owns(client, home, entry.position)) month.entries.push_back(std::move(entry));
  }
}

// The first month at or behind a name.
Result<Month> month_from(const ViewSnapshot& snapshot, const OneClient& client,
                         std::string_view from) {
  Month month;
  for (const auto& home : client.homes) {
    const std::string prefix = page_prefix(home);
    LEDGER_CHECK(scan_rows<TimelinePage>(snapshot, family(), prefix, prefix + std::string(from),
                                         [&](std::string_view key, TimelinePage page) {
                                           const auto name = key.substr(prefix.size());
                                           add_page(month, client, home, name, std::move(page));
                                           return false;
                                         }));
  }
  std::sort(month.entries.begin(), month.entries.end(), [](const auto& left, const auto& right) {
    return std::tie(right.time, right.position, right.known.recorded) <
           std::tie(left.time, left.position, left.known.recorded);
  });
  return month;
}

bool sees(const std::optional<AsOf>& as_of, const TimelineEntry& entry) {
  return as_of ? as_of->sees(entry.known, entry.day) : entry.known.at(std::nullopt);
}

bool answers(const TimelineQuestion& question, const TimelineEntry& entry) {
  if (question.kind && entry.kind != *question.kind) return false;
  if (!question.taken_back_too) return question.as_of.sees(entry.known, entry.day);
  const auto& known_at = question.as_of.known_at;
  return entry.day <= question.as_of.day && (!known_at || entry.known.recorded <= *known_at);
}

// The name behind this one.
std::string next_name(std::string_view name) { return std::string(name) + '\0'; }

template <class... E>
std::map<std::string_view, std::string_view> types_by_word() {
  return {{kKind<E>, E::kName}...};
}

}  // namespace

std::string_view type_of(std::string_view kind) {
  static const auto short_words =
      types_by_word<CallCompleted, OfferEmailed, OfferPhoned, MeetingHeld, ContractSigned,
                    InvoiceIssued, PaymentReceived, ClientRegistered, ClientUpdated,
                    ClientAssigned>();
  const auto found = short_words.find(kind);
  return found == short_words.end() ? kind : found->second;
}

namespace {

// Whether the slice is full; it says then where the next one begins.
bool add_month(TimelineSlice& slice, Month& month, const Cursor& at,
               const TimelineQuestion& question) {
  TimelineQuestion with_all = question;
  with_all.taken_back_too = true;
  const bool resumed = month.name == at.page;
  std::size_t standing = 0;  // of the month, so far
  for (auto& entry : month.entries) {
    if (!answers(question, entry)) {
      // What lies before the first of a page was counted by the page before it.
      const bool counted_before = resumed && standing <= at.skip;
      if (!counted_before && answers(with_all, entry)) ++slice.taken_back;
      continue;
    }
    const std::size_t i = standing++;
    if (resumed && i < at.skip) continue;
    if (slice.entries.size() == question.limit) {
      slice.next = fmt::format("{}.{}", month.name, i);
      return true;
    }
    slice.entries.push_back(std::move(entry));
  }
  return false;
}

}  // namespace

Result<TimelineSlice> timeline(const ViewSnapshot& snapshot, const OneClient& client,
                               const TimelineQuestion& question) {
  LEDGER_TRY(Cursor at, parse_cursor(question.cursor));
  TimelineSlice slice;
  for (;;) {
    LEDGER_TRY(auto month, month_from(snapshot, client, at.page));
    if (month.name.empty()) return slice;
    if (add_month(slice, month, at, question)) return slice;
    at = {next_name(month.name), 0};
  }
}

Result<Counters> counters(const ViewSnapshot& snapshot, const OneClient& client,
                          const std::optional<AsOf>& as_of) {
  Counters counters;
  if (client.splits.empty() && !as_of) {
    for (const auto& card : client.cards) {
      LEDGER_TRY(const auto row, read_row<CountersRow>(snapshot, family(), card));
      if (!row) continue;
      for (const auto& counter : row->counters) counters[counter.kind] += counter.count;
    }
    return counters;
  }
  for (std::string from;;) {
    LEDGER_TRY(auto month, month_from(snapshot, client, from));
    if (month.name.empty()) return counters;
    for (const auto& entry : month.entries) {
      if (sees(as_of, entry)) ++counters[entry.kind];
    }
    from = next_name(month.name);
  }
}

}  // namespace ledger::client_card
