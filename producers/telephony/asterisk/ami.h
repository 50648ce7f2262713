#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/result.h"
#include "producers/telephony/asterisk/mapping.h"

// Asterisk's manager interface (source-formats.md 1.2): what comes over the socket as messages, and
// its CDR events as records of cdr_csv. Pure: bytes in, values out.
namespace ledger::asterisk {

inline constexpr std::size_t kAmiLineBytesMax = 8 * 1024;  // a record's own fields have 1 KiB
inline constexpr std::size_t kAmiLinesMax = 256;           // of one message

// One message: "Key: value" lines up to an empty one.
struct AmiMessage {
  std::vector<std::pair<std::string, std::string>> lines;

  // Of the first line of that key, without regard to case; empty if there is none. The first, since
  // values are not escaped: what a caller smuggles into one stands behind the real ones.
  [[nodiscard]] std::string_view value(std::string_view key) const;
};

// Cuts the stream into messages, however it arrives. Lines end in CRLF or LF. A line without a
// colon (the greeting) is passed over. A message with an over-long line, or with too many of them,
// is dropped whole and counted: memory stays bounded whatever the other side sends. One thread.
class AmiParser {
 public:
  // The messages that these bytes complete.
  [[nodiscard]] std::vector<AmiMessage> feed(std::string_view bytes);
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

 private:
  void take_line(std::string_view line, std::vector<AmiMessage>& complete);

  std::string line_;  // its beginning, not ended yet
  AmiMessage message_;
  bool too_large_ = false;
  std::uint64_t dropped_ = 0;
};

// Events carry the linkedid only if cdr_manager.conf maps it, files only with newcdrcolumns. Where
// both are read, both must know a call by the same id.
enum class Linkedid {
  kRequired,  // as the file beside it
  kIgnored,   // the file beside it has none
  kIfGiven,   // there is no file
};

// A `Cdr` event as the 21 columns of cdr_csv, so that both channels give the same leg.
// kMissingField, field "LinkedID": it is required and not mapped.
[[nodiscard]] Result<std::vector<std::string>> to_record(const AmiMessage& cdr, Linkedid linkedid);

// The fields as a line of CSV, with its end.
[[nodiscard]] std::string to_csv_line(const std::vector<std::string>& fields);

// What a client sends: "Action: Login" and so on. A line end in a value would be another line, so
// it is cut there.
[[nodiscard]] std::string ami_action(
    const std::vector<std::pair<std::string_view, std::string_view>>& lines);

}  // namespace ledger::asterisk
