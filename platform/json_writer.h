#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace ledger {

// Appends compact JSON to a string that it owns: no spaces, members in the order of the calls,
// UTF-8 left as it is. Commas are its business, balance is the caller's. No doubles on purpose:
// an answer that needs a fraction says so in integers (minor units, per mille).
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
    pending_comma_ = false;
    return *this;
  }
  JsonWriter& value(std::string_view text) {
    separate();
    quote(text);
    pending_comma_ = true;
    return *this;
  }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    return raw({digits, static_cast<std::size_t>(end - digits)});
  }
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  // Bytes that are JSON already.
  JsonWriter& raw(std::string_view json) {
    separate();
    out_ += json;
    pending_comma_ = true;
    return *this;
  }
  template <class T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  [[nodiscard]] const std::string& text() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }

 private:
  JsonWriter& open(char bracket) {
    separate();
    out_ += bracket;
    pending_comma_ = false;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_ += bracket;
    pending_comma_ = true;
    return *this;
  }
  void separate() {
    if (pending_comma_) out_ += ',';
  }
  void quote(std::string_view text);

  std::string out_;
  bool pending_comma_ = false;
};

}  // namespace ledger
