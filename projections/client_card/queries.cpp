#include "projections/client_card/queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

#include "projections/store/view_batch.h"

namespace ledger::client_card {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

void lay_over(ClientUpdated& base, const ClientUpdated& change) {
  ClientUpdated::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    using Member = std::decay_t<decltype(base.*member)>;
    if constexpr (is_optional<Member>) {
      if (change.*member) base.*member = change.*member;
    } else if constexpr (is_vector<Member>) {
      if (!(change.*member).empty()) base.*member = change.*member;
    } else {
      base.*member = change.*member;
    }
  });
}

std::optional<ManagerId> owner_on(const CardRow& row, Date day) {
  const CardRow::Assignment* best = nullptr;
  for (const auto& assignment : row.assignments) {
    if (assignment.effective_from > day) continue;
    if (best == nullptr || std::tie(best->effective_from, best->position) <
                               std::tie(assignment.effective_from, assignment.position)) {
      best = &assignment;
    }
  }
  if (best == nullptr) return std::nullopt;
  return best->manager_id;
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
  if (!whole || digits.empty() || cursor.page.size() != 6) {
    return fail(ErrorCode::kInvalidField, "is not a cursor that this ledger gave out", "cursor");
  }
  return cursor;
}

}  // namespace

Result<std::optional<Card>> card(const ViewSnapshot& snapshot, std::string_view client_id,
                                 Date as_of) {
  LEDGER_TRY(auto row, read_row<CardRow>(snapshot, family(), client_id));
  if (!row) return std::nullopt;
  Card card;
  card.details.client_id = ClientId(std::string(client_id));
  for (const auto& details : row->details) {
    card.registered = card.registered || details.registration;
    lay_over(card.details, details.data);
  }
  card.owner = owner_on(*row, as_of);
  card.row = std::move(*row);
  return card;
}

Result<TimelineSlice> timeline(const ViewSnapshot& snapshot, std::string_view client_id,
                               std::string_view cursor, std::size_t limit) {
  LEDGER_TRY(const Cursor start, parse_cursor(cursor));
  const std::string prefix = page_prefix(client_id);
  TimelineSlice slice;
  LEDGER_CHECK(scan_rows<TimelinePage>(
      snapshot, family(), prefix, prefix + start.page,
      [&](std::string_view key, TimelinePage page) {
        std::sort(
            page.entries.begin(), page.entries.end(), [](const auto& left, const auto& right) {
              return std::tie(right.time, right.position) < std::tie(left.time, left.position);
            });
        const std::string_view name = key.substr(prefix.size());
        const std::size_t first = name == start.page ? start.skip : 0;
        for (std::size_t i = first; i < page.entries.size(); ++i) {
          if (slice.entries.size() == limit) {
            slice.next = fmt::format("{}.{}", name, i);
            return false;
          }
          slice.entries.push_back(std::move(page.entries[i]));
        }
        return true;
      }));
  return slice;
}

}  // namespace ledger::client_card
