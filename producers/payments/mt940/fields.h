#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// The bytes of an MT940 file, taken apart into fields. Knows SWIFT's block envelope, the tags, and
// where statements begin and end; not what fields mean.
namespace ledger::mt940 {

struct Field {
  std::string tag;                 // "61", "60F", "NS"
  std::vector<std::string> lines;  // without the tag; the first one may be empty
  std::size_t line = 0;            // of the file, from 1
};

struct Block {
  std::vector<Field> fields;  // from :20: to before the next :20: or the end mark
};

struct Blocks {
  std::vector<Block> statements;
  std::vector<Field> stray;  // fields that stand outside of any statement
};

// The text must be UTF-8. What precedes the first field (a bank's own header, SWIFT's blocks) is
// passed over.
[[nodiscard]] Blocks split(std::string_view text);

// How many characters UTF-8 has: without the bytes that continue one.
[[nodiscard]] std::size_t characters(std::string_view text);

// A value that was cut into lines of so many characters goes on without a space; where a shorter
// line ends, a space is put.
[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

}  // namespace ledger::mt940
