#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "platform/result.h"

// One JSON object per line on standard error: time, level, message and named values. Values are
// escaped by us, so that text from outside cannot forge a line. Thread-safe.
namespace ledger::log {

enum class Level { kDebug, kInfo, kWarning, kError };

// "debug", "info", "warning", "error"; kMisconfigured for another word.
[[nodiscard]] Result<Level> parse_level(std::string_view word);
void set_level(Level least);

// A named value of a line: text or a whole number.
struct Value {
  Value(std::string_view given_name, std::string_view text)
      : name(given_name), content(text), quoted(true) {}
  Value(std::string_view given_name, const std::string& text)
      : Value(given_name, std::string_view(text)) {}
  Value(std::string_view given_name, const char* text)
      : Value(given_name, std::string_view(text)) {}
  Value(std::string_view given_name, std::int64_t number)
      : name(given_name), content(std::to_string(number)), quoted(false) {}
  std::string name;
  std::string content;
  bool quoted;
};

void write(Level level, std::string_view message, std::initializer_list<Value> values = {});
inline void debug(std::string_view message, std::initializer_list<Value> values = {}) {
  write(Level::kDebug, message, values);
}
inline void info(std::string_view message, std::initializer_list<Value> values = {}) {
  write(Level::kInfo, message, values);
}
inline void warning(std::string_view message, std::initializer_list<Value> values = {}) {
  write(Level::kWarning, message, values);
}
inline void error(std::string_view message, std::initializer_list<Value> values = {}) {
  write(Level::kError, message, values);
}

}  // namespace ledger::log
