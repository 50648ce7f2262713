#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/business_zone.h"
#include "producers/mapping.h"

// Asterisk's cdr_csv and cdr_custom, the file Master.csv (source-formats.md 1.1).
namespace ledger::asterisk {

inline constexpr std::size_t kColumnsMin = 16;
inline constexpr std::size_t kColumnsMax = 21;
// Asterisk's own buffer for one record is 1,024 bytes; four times that is no record of it.
inline constexpr std::size_t kRecordBytesMax = 4096;
inline constexpr std::size_t kExtensionDigitsMin = 2;  // one digit is a choice in a voice menu
inline constexpr std::size_t kExtensionDigitsMax = 6;  // the longest that normalise_phone leaves

// All columns, in the order in which cdr_csv.c writes them.
inline constexpr std::array<std::string_view, kColumnsMax> kColumnNames{
    "accountcode", "src",      "dst",      "dcontext",  "clid",        "channel",  "dstchannel",
    "lastapp",     "lastdata", "start",    "answer",    "end",         "duration", "billsec",
    "disposition", "amaflags", "uniqueid", "userfield", "peeraccount", "linkedid", "sequence"};
// In Settings::order: a column that says nothing to us.
inline constexpr std::string_view kNoColumn = "-";

// Which optional columns cdr.conf turns on; the other sixteen are always there.
struct Columns {
  bool uniqueid = false;       // loguniqueid
  bool userfield = false;      // loguserfield
  bool newcdrcolumns = false;  // peeraccount, linkedid, sequence
};

// By those names, or "none". kInvalidField for another word.
[[nodiscard]] Result<Columns> columns_named(const std::vector<std::string>& names);

struct Settings {
  BusinessZone zone;                 // of the exchange's clock; not looked at with `gmtime`
  bool gmtime = false;               // usegmtime=yes: the file's times are UTC
  std::string source = "asterisk";   // CloudEvents' source of every event
  std::optional<Columns> columns{};  // absent: told by their number, where the number tells
  // cdr_custom, where the house chose the columns: their names in the file's order, kNoColumn for
  // others. `columns` is not looked at then.
  std::vector<std::string> order{};
  // cdr_custom's format=json: a JSON object a line. Of `columns` newcdrcolumns says then that
  // linkedid must be in it.
  bool json = false;
  std::size_t extension_digits_max = kExtensionDigitsMax;  // kExtensionDigitsMin to Max
  // The house's own outside numbers, in any spelling: a party of that number is not a client. With
  // them, a call that reached one and rang nobody is known to be an inbound call.
  std::vector<std::string> own_numbers{};
};

// The calls of a CDR file as call.completed, one per call, in the order of their first records.
//
// Legs of one call are joined by linkedid, else uniqueid, else (16 columns) channel and start, by
// the rule of events/call_joining.h: of the legs between the house and the outside, the longest
// answered one that reached an extension gives talk and credit. A leg from one trunk to another is
// what a call was forwarded by to a telephone outside. The order of the records does not matter,
// nor does the same record twice. time = earliest start; duration_s = to the latest end, in
// seconds. An extension is 2 to extension_digits_max digits; of the called side, the device in
// dstchannel (PJSIP/101-…) is believed before dst, because after a queue or a transfer only it says
// who talked. A call between extensions alone is skipped. What a voicemail box answered is a missed
// call, and so is one that a queue, a menu or an announcement kept to itself: lastapp is then in
// outcome_raw.
//
// Idempotency: source + "call:" + the key above; call_id is the key. The file must hold all legs of
// its calls: a later file with more legs of one call gives the same id with another body.
//
// Errors, per record, each with its line and the column as `field`; no record stops another:
// kMalformed (number of columns, quotes, not UTF-8 in a column that is read), kMisconfigured (17
// columns without settings.columns, of which the last is no uniqueid by its form, "1764000000.1":
// it may be userfield), kMissingField, kInvalidField (no date, billsec over duration, end before
// start), kOutOfRange (negative seconds, a year outside limits.h), kTooLarge (a record over 4 KiB).
// Wrong settings refuse the whole input.
//
// Pure: no clock, no I/O; safe for all threads. Memory: about the size of the input.
[[nodiscard]] Mapped map_cdr(std::string_view csv, const Settings& settings);

}  // namespace ledger::asterisk
