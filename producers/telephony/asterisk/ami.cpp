#include "producers/telephony/asterisk/ami.h"

#include <algorithm>
#include <array>

namespace ledger::asterisk {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

// By the names that cdr_manager.c gives them; the last three are labels of its [mappings].
constexpr std::array<std::string_view, kColumnsMax> kKeys{
    "AccountCode", "Source",          "Destination",        "DestinationContext",
    "CallerID",    "Channel",         "DestinationChannel", "LastApplication",
    "LastData",    "StartTime",       "AnswerTime",         "EndTime",
    "Duration",    "BillableSeconds", "Disposition",        "AMAFlags",
    "UniqueID",    "UserField",       "PeerAccount",        "LinkedID",
    "Sequence"};
constexpr std::size_t kLinkedid = 19;

}  // namespace

std::string_view AmiMessage::value(std::string_view key) const {
  const auto found = std::find_if(lines.begin(), lines.end(),
                                  [&](const auto& line) { return same_word(line.first, key); });
  return found == lines.end() ? std::string_view() : std::string_view(found->second);
}

void AmiParser::take_line(std::string_view line, std::vector<AmiMessage>& complete) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) {
    if (too_large_) {
      ++dropped_;
    } else if (!message_.lines.empty()) {
      complete.push_back(std::move(message_));
    }
    message_ = {};
    too_large_ = false;
    return;
  }
  if (line.size() > kAmiLineBytesMax || message_.lines.size() == kAmiLinesMax) too_large_ = true;
  const std::size_t colon = line.find(':');
  if (too_large_ || colon == std::string_view::npos) return;
  std::string_view value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  message_.lines.emplace_back(line.substr(0, colon), value);
}

std::vector<AmiMessage> AmiParser::feed(std::string_view bytes) {
  std::vector<AmiMessage> complete;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    // One byte over the limit is enough to know that the line is too long.
    const std::size_t room = kAmiLineBytesMax + 2 - std::min(line_.size(), kAmiLineBytesMax + 2);
    line_ += piece.substr(0, room);
    if (end == std::string_view::npos) break;
    take_line(line_, complete);
    line_.clear();
    bytes.remove_prefix(end + 1);
  }
  return complete;
}

Result<std::vector<std::string>> to_record(const AmiMessage& cdr, Linkedid linkedid) {
  std::vector<std::string> fields;
  fields.reserve(kKeys.size());
  for (const auto key : kKeys) fields.emplace_back(cdr.value(key));
  if (linkedid == Linkedid::kIgnored) fields[kLinkedid].clear();
  if (linkedid == Linkedid::kRequired && fields[kLinkedid].empty()) {
    return fail(ErrorCode::kMissingField,
                "is required: cdr_manager.conf needs `linkedid => LinkedID` under [mappings]",
                "LinkedID");
  }
  return fields;
}

std::string to_csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) {
    if (!line.empty()) line += ',';
    line += '"';
    for (const char c : field) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  return line + '\n';
}

std::string ami_action(const std::vector<std::pair<std::string_view, std::string_view>>& lines) {
  std::string action;
  for (const auto& [key, value] : lines) {
    action += key;
    action += ": ";
    action += value.substr(0, value.find_first_of("\r\n"));
    action += "\r\n";
  }
  return action + "\r\n";
}

}  // namespace ledger::asterisk
