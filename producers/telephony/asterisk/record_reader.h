#pragma once

#include <optional>
#include <string_view>

#include "platform/csv_reader.h"
#include "producers/telephony/asterisk/mapping.h"

namespace ledger::asterisk {

// Pulls the records out of a CDR file, in whichever of its formats: the fields in the order that
// read_leg takes them in. A record of JSON is one line. As with CsvReader, what is none is an
// answer of its own, and reading goes on behind it; the text must outlive the reader.
class RecordReader {
 public:
  RecordReader(std::string_view text, const Settings& settings);

  [[nodiscard]] std::optional<CsvRow> next();

 private:
  [[nodiscard]] std::optional<CsvRow> next_json();

  bool json_;
  bool needs_linkedid_;
  CsvReader csv_;
  std::string_view rest_;  // JSON
  std::size_t line_ = 1;
};

}  // namespace ledger::asterisk
