#include "producers/telephony/asterisk/leg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "events/ids.h"
#include "platform/utf8.h"
#include "producers/telephony/asterisk/outcome.h"

namespace ledger::asterisk {

namespace {

using namespace std::chrono;

// The fixed order of cdr_csv.c.
enum Column : std::size_t {
  kSrc = 1,
  kDst = 2,
  kChannel = 5,
  kDstChannel = 6,
  kLastApp = 7,
  kStart = 9,
  kAnswer = 10,
  kEnd = 11,
  kDuration = 12,
  kBillsec = 13,
  kDisposition = 14,
};
constexpr const auto& kNames = kColumnNames;
constexpr std::size_t kUniqueid = 16;
constexpr std::size_t kLinkedid = 19;

using Fields = std::vector<std::string>;

// Where the optional columns stand; 0 = not there, or not known to be.
struct Layout {
  std::size_t uniqueid = 0;
  std::size_t linkedid = 0;
  std::vector<std::string_view> names{kNames.begin(), kNames.begin() + kColumnsMin};
};

Layout layout_of(const Columns& columns) {
  Layout layout;
  if (columns.uniqueid) {
    layout.uniqueid = layout.names.size();
    layout.names.emplace_back("uniqueid");
  }
  if (columns.userfield) layout.names.emplace_back("userfield");
  if (columns.newcdrcolumns) {
    layout.linkedid = layout.names.size() + 1;
    layout.names.insert(layout.names.end(), {"peeraccount", "linkedid", "sequence"});
  }
  return layout;
}

// A record of cdr_custom, whose columns the house chose, in cdr_csv's places.
Result<Layout> put_in_order(Fields& fields, const std::vector<std::string>& order) {
  if (fields.size() != order.size()) {
    return fail(ErrorCode::kMalformed,
                fmt::format("has {} columns, the settings name {}", fields.size(), order.size()),
                "columns");
  }
  Layout layout;
  layout.names.assign(kNames.begin(), kNames.end());
  Fields in_place(kNames.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto name = std::find(kNames.begin(), kNames.end(), order[i]);
    if (name == kNames.end()) continue;
    const auto place = static_cast<std::size_t>(name - kNames.begin());
    in_place[place] = std::move(fields[i]);
    if (place == kUniqueid) layout.uniqueid = place;
    if (place == kLinkedid) layout.linkedid = place;
  }
  fields = std::move(in_place);
  return layout;
}

// "1764000000.1", with a system's name before it where one is set: what no user field is by chance.
bool is_uniqueid(std::string_view text) {
  constexpr std::size_t kEpochDigits = 9;
  const auto digits_before = [&](std::size_t end) {
    std::size_t begin = end;
    while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
    return end - begin;
  };
  const std::size_t point = text.rfind('.');
  if (point == std::string_view::npos || text.find_first_of(" \t\r\n") != text.npos) return false;
  const std::size_t counter = digits_before(text.size());
  return counter > 0 && point + 1 + counter == text.size() && digits_before(point) >= kEpochDigits;
}

Result<Layout> find_layout(const Fields& fields, const Settings& settings) {
  const std::size_t count = fields.size();
  if (settings.json) {
    return layout_of({.uniqueid = true, .userfield = true, .newcdrcolumns = true});
  }
  if (settings.columns) {
    Layout layout = layout_of(*settings.columns);
    if (layout.names.size() == count) return layout;
    return fail(ErrorCode::kMalformed,
                fmt::format("has {} columns, the settings say {}", count, layout.names.size()),
                "columns");
  }
  switch (count) {
    case 16:
      return layout_of({});
    case 17:
      if (is_uniqueid(fields[kUniqueid])) return layout_of({.uniqueid = true});
      return fail(ErrorCode::kMisconfigured,
                  "has 17 columns, the last of which may be uniqueid or userfield: say by the "
                  "setting columns which of loguniqueid and loguserfield is on",
                  "columns");
    case 18:
      return layout_of({.uniqueid = true, .userfield = true});
    case 19:
      return layout_of({.newcdrcolumns = true});
    case 20: {
      // The seventeenth is ambiguous here too, but linkedid is enough to know the call by.
      Layout layout = layout_of({.userfield = true, .newcdrcolumns = true});
      layout.names[kColumnsMin] = "uniqueid or userfield";
      return layout;
    }
    case 21:
      return layout_of({.uniqueid = true, .userfield = true, .newcdrcolumns = true});
    default:
      return fail(
          ErrorCode::kMalformed,
          fmt::format("has {} columns, cdr_csv writes {} to {}", count, kColumnsMin, kColumnsMax),
          "columns");
  }
}

// Those alone that are read: what a caller calls himself (clid) comes in any encoding, and costs no
// call.
Status check_texts(const Fields& fields, const Layout& layout) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool is_id = i != 0 && (i == layout.uniqueid || i == layout.linkedid);
    if ((is_needed(i) || is_id) && !is_valid_utf8(fields[i])) {
      return fail(ErrorCode::kMalformed, "is not UTF-8 (windows-1251 has to be converted first)",
                  std::string(layout.names[i]));
    }
  }
  for (const std::size_t i : {kSrc, kDst, kDisposition}) {
    if (std::any_of(fields[i].begin(), fields[i].end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20; })) {
      return fail(ErrorCode::kInvalidField, "holds a control character", std::string(kNames[i]));
    }
  }
  return {};
}

tl::unexpected<Error> wrong(Column column, ErrorCode code, std::string message) {
  return fail(code, std::move(message), std::string(kNames[column]));
}

// "2026-11-24 08:00:00" as if it were UTC.
Result<Timestamp> read_wall_clock(const Fields& fields, Column column) {
  std::string text = fields[column];
  if (text.empty()) return wrong(column, ErrorCode::kMissingField, "is required");
  // Exactly this form: a zone or a fraction, which RFC 3339 would take, is not cdr_csv's.
  const bool shaped = text.size() == 19 && text[10] == ' ';
  if (shaped) text[10] = 'T';
  auto instant = parse_timestamp(text + "Z");
  if (shaped && instant) return instant;
  if (shaped && instant.error().code == ErrorCode::kOutOfRange) {
    return wrong(column, ErrorCode::kOutOfRange, instant.error().message);
  }
  return wrong(
      column, ErrorCode::kInvalidField,
      fmt::format("'{}' is not a time such as 2026-11-24 08:00:00", excerpt(fields[column])));
}

Result<std::int64_t> read_seconds(const Fields& fields, Column column) {
  const std::string& text = fields[column];
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return wrong(column, ErrorCode::kInvalidField,
                 fmt::format("'{}' is not a whole number of seconds", excerpt(text)));
  }
  if (value < 0 || value > CallCompleted::kDurationMax) {
    return wrong(column, ErrorCode::kOutOfRange, "is not from 0 to 30 days");
  }
  return value;
}

class WallClock {
 public:
  explicit WallClock(const Settings& settings) : settings_(settings) {}

  Timestamp instant(Timestamp wall) const {
    if (settings_.gmtime) return wall;
    const auto midnight = floor<days>(wall);
    return settings_.zone.to_instant(Date{midnight}, duration_cast<seconds>(wall - midnight));
  }
  // True within the hour that spring leaves out: the exchange's clock is not of this zone, or
  // wrong.
  bool missing(Timestamp wall) const {
    if (settings_.gmtime) return false;
    const auto midnight = floor<days>(wall);
    return settings_.zone.is_missing(Date{midnight}, duration_cast<seconds>(wall - midnight));
  }
  // True within the hour that autumn repeats: an hour later by the wall is two hours later.
  bool repeated(Timestamp wall) const { return instant(wall + 1h) - instant(wall) == 2h; }

 private:
  const Settings& settings_;
};

// Whether it was the second time that the wall clock showed `first`: the channel did not yet begin
// at the first one. An id that lies further ahead is no second of this call's.
bool is_second_pass(Timestamp first, std::optional<Timestamp> began) {
  return began && *began > first + kIdSlack && *began <= first + 1h + kIdSlack;
}

// Of the leg's own channel, else of the call's first.
std::optional<Timestamp> channel_began(const Fields& fields, const Layout& layout) {
  for (const std::size_t column : {layout.uniqueid, layout.linkedid}) {
    if (column == 0) continue;
    if (const auto began = began_by_id(fields[column])) return began;
  }
  return std::nullopt;
}

// Sets the leg's times. Where the wall clock showed one hour twice, the second in the channel's id
// tells which of the two was meant, and `duration`: Asterisk takes both from a clock that does not
// jump.
Status read_times(const Fields& fields, const Settings& settings, std::int64_t duration_s,
                  std::optional<Timestamp> began, Leg& leg) {
  LEDGER_TRY(const Timestamp start, read_wall_clock(fields, kStart));
  LEDGER_TRY(const Timestamp end, read_wall_clock(fields, kEnd));
  const WallClock clock(settings);
  leg.started_at = clock.instant(start);
  leg.time_suspect = clock.missing(start);
  leg.ended_at = clock.instant(end);
  if (clock.repeated(start) && is_second_pass(leg.started_at, began)) {
    leg.started_at += 1h;
  }
  // Both ends are cut to whole seconds, so the difference may be a second more.
  const auto excess = leg.ended_at - leg.started_at - seconds{duration_s};
  if (clock.repeated(start) && excess >= 1h && excess <= 1h + 1s) leg.started_at += 1h;
  if (clock.repeated(end) && excess >= -1h && excess <= -1h + 1s) leg.ended_at += 1h;
  if (leg.ended_at < leg.started_at) {
    return wrong(kEnd, ErrorCode::kInvalidField, "the call ends before it starts");
  }
  if (leg.ended_at - leg.started_at > seconds{CallCompleted::kDurationMax}) {
    return wrong(kEnd, ErrorCode::kOutOfRange, "the call lasts longer than 30 days");
  }
  if (leg.ended_at - leg.started_at < seconds{duration_s}) {
    return wrong(kDuration, ErrorCode::kInvalidField, "is longer than from start to end");
  }
  leg.answered_at = leg.started_at;
  if (!fields[kAnswer].empty()) {
    LEDGER_TRY(const Timestamp answer, read_wall_clock(fields, kAnswer));
    leg.answered_at = clock.instant(answer);
    if (clock.repeated(answer) && leg.answered_at < leg.started_at) leg.answered_at += 1h;
    if (leg.answered_at < leg.started_at || leg.answered_at > leg.ended_at) {
      return wrong(kAnswer, ErrorCode::kInvalidField, "is not between start and end");
    }
  }
  return {};
}

Result<std::string> read_call_key(const Fields& fields, const Layout& layout) {
  std::size_t column = layout.linkedid;
  if (column == 0 || (fields[column].empty() && layout.uniqueid != 0)) column = layout.uniqueid;
  std::string key;
  if (column != 0) {
    key = fields[column];
    if (key.empty()) {
      return fail(ErrorCode::kMissingField, "is required", std::string(layout.names[column]));
    }
  } else {
    // No id in the file: a channel's name carries a counter that one run of Asterisk never repeats.
    column = kChannel;
    key = fields[kChannel] + "|" + fields[kStart];
    std::replace_if(
        key.begin(), key.end(), [](char c) { return !check_id(std::string_view(&c, 1)); }, '_');
  }
  auto status = check_id("call:" + key);
  if (status) return key;
  return fail(status.error().code, status.error().message, std::string(layout.names[column]));
}

}  // namespace

std::optional<Timestamp> began_by_id(std::string_view id) {
  constexpr std::int64_t kEpochMax = 4'102'444'800;  // 2100
  std::string_view digits = id.substr(0, id.rfind('.'));
  const std::size_t before = digits.find_last_not_of("0123456789");
  if (before != std::string_view::npos) digits.remove_prefix(before + 1);
  std::int64_t epoch = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), epoch);
  if (error != std::errc() || epoch > kEpochMax) return std::nullopt;
  return Timestamp{seconds(epoch)};
}

bool is_needed(std::size_t column) {
  static constexpr std::array<std::size_t, 11> kNeeded{
      kSrc,    kDst, kChannel,  kDstChannel, kLastApp,    kStart,
      kAnswer, kEnd, kDuration, kBillsec,    kDisposition};
  return std::find(kNeeded.begin(), kNeeded.end(), column) != kNeeded.end();
}

Status check_settings(const Settings& settings) {
  if (settings.extension_digits_max < kExtensionDigitsMin ||
      settings.extension_digits_max > kExtensionDigitsMax) {
    return fail(
        ErrorCode::kMisconfigured,
        fmt::format("an extension has {} to {} digits", kExtensionDigitsMin, kExtensionDigitsMax),
        "extension_digits_max");
  }
  const auto& order = settings.order;
  if (order.empty()) return {};
  if (settings.json) {
    return fail(ErrorCode::kMisconfigured, "is for CSV: JSON names its members", "order");
  }
  for (const std::string& name : order) {
    if (name == kNoColumn) continue;
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) {
      return fail(ErrorCode::kMisconfigured,
                  fmt::format("there is no CDR column '{}'; one of no interest is named {}", name,
                              kNoColumn),
                  "order");
    }
    if (std::count(order.begin(), order.end(), name) > 1) {
      return fail(ErrorCode::kMisconfigured, fmt::format("names '{}' twice", name), "order");
    }
  }
  for (std::size_t column = 0; column < kNames.size(); ++column) {
    const bool named = std::find(order.begin(), order.end(), kNames[column]) != order.end();
    if (is_needed(column) && !named) {
      return fail(ErrorCode::kMisconfigured,
                  fmt::format("does not name the column '{}', which a call cannot be told without",
                              kNames[column]),
                  "order");
    }
  }
  return {};
}

Result<Leg> read_leg(Fields fields, const Settings& settings) {
  LEDGER_TRY(const Layout layout, settings.order.empty() ? find_layout(fields, settings)
                                                         : put_in_order(fields, settings.order));
  LEDGER_CHECK(check_texts(fields, layout));
  Leg leg;
  LEDGER_TRY(const std::int64_t duration_s, read_seconds(fields, kDuration));
  LEDGER_TRY(leg.talk_s, read_seconds(fields, kBillsec));
  if (leg.talk_s > duration_s) {
    return wrong(kBillsec, ErrorCode::kInvalidField, "the talk cannot be longer than the call");
  }
  LEDGER_CHECK(read_times(fields, settings, duration_s, channel_began(fields, layout), leg));
  LEDGER_TRY(leg.call_key, read_call_key(fields, layout));
  leg.src = fields[kSrc];
  leg.dst = fields[kDst];
  leg.channel = fields[kChannel];
  leg.dst_channel = fields[kDstChannel];
  set_outcome(fields[kDisposition], fields[kLastApp], leg);
  return leg;
}

}  // namespace ledger::asterisk
