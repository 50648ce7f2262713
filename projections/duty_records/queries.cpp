#include "projections/duty_records/queries.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>
#include <utility>

#include "projections/directory/holders.h"
#include "projections/store/view_batch.h"

namespace ledger::duty_records {

namespace {

// The day and the manager within a key, behind its type.
struct Place {
  Date day;
  std::string manager_id;
};

Result<Place> place_of(std::string_view rest) {
  const std::size_t day_end = rest.find('\0');
  const std::size_t manager_end = rest.find('\0', day_end + 1);
  if (day_end == std::string_view::npos || manager_end == std::string_view::npos) {
    return fail(ErrorCode::kCorrupt, "a key without a manager");
  }
  LEDGER_TRY(const Date day, parse_date(rest.substr(0, day_end)));
  return Place{day, std::string(rest.substr(day_end + 1, manager_end - day_end - 1))};
}

void add(Read& found, std::string_view type, const Place& place, DayRow row,
         const Reading& reading) {
  for (auto& record : row.records) {
    const Known& known = record.known;
    const bool stands = known.at(reading.known_at);
    if (!stands && reading.known_at && known.recorded > *reading.known_at) continue;
    auto& list = stands ? found.entries : found.taken_back;
    list.push_back({std::string(type), place.day, place.manager_id, std::move(record.card),
                    record.position, record.time, std::move(record.members)});
  }
}

Status read_type(Read& found, const ViewSnapshot& snapshot, std::string_view type,
                 const Reading& reading) {
  static const std::string family = family_of(kName, kVersion);
  const std::string prefix = type_prefix(type);
  const std::string from = reading.from ? prefix + format_date(*reading.from) : prefix;
  Status failure;
  LEDGER_CHECK(
      scan_rows<DayRow>(snapshot, family, prefix, from, [&](std::string_view key, DayRow row) {
        const auto place = place_of(key.substr(prefix.size()));
        if (!place) {
          failure = tl::unexpected(place.error());
          return false;
        }
        if (place->day > reading.to) return false;
        add(found, type, *place, std::move(row), reading);
        return true;
      }));
  return failure;
}

// Of a card that no merge or split ever named it is known whose its facts are.
Status find_clients(Read& found, const ViewSnapshot& snapshot, const Reading& reading) {
  LEDGER_TRY(const auto joined, directory::joined_cards(snapshot));
  if (joined.empty()) return {};
  directory::Holders holders(snapshot, reading.known_at);
  for (auto* list : {&found.entries, &found.taken_back}) {
    for (auto& entry : *list) {
      if (!joined.contains(entry.client_id)) continue;
      LEDGER_TRY(entry.client_id,
                 holders.holder_of({entry.client_id, entry.position, entry.text("contract_id")}));
    }
  }
  return {};
}

}  // namespace

std::string_view Entry::text(std::string_view name) const {
  const auto found = std::ranges::find(members, name, &Member::name);
  return found == members.end() ? std::string_view() : std::string_view(found->value);
}

std::optional<Date> Entry::date(std::string_view name) const {
  const auto parsed = parse_date(text(name));
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::int64_t Entry::number(std::string_view name) const {
  const std::string_view digits = text(name);
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

Result<Read> read(const ViewSnapshot& snapshot, const std::vector<std::string_view>& types,
                  const Reading& reading) {
  Read found;
  for (const auto type : types) LEDGER_CHECK(read_type(found, snapshot, type, reading));
  LEDGER_CHECK(find_clients(found, snapshot, reading));
  std::sort(found.entries.begin(), found.entries.end(), [](const Entry& left, const Entry& right) {
    return std::tie(left.time, left.position, left.type) <
           std::tie(right.time, right.position, right.type);
  });
  return found;
}

}  // namespace ledger::duty_records
