// Goal: whatever text comes in, what comes out is one line of JSON. Method: every byte that JSON
// or a line would misread, and the shapes of nesting.
#include "platform/json_writer.h"

#include <limits>

#include "tests/support/catch.h"

namespace ledger {

namespace {

std::string quoted(std::string_view text) {
  JsonWriter json;
  json.value(text);
  return json.take();
}

}  // namespace

TEST_CASE("json writer: what JSON gives a meaning is escaped", "[platform][json]") {
  CHECK(quoted("") == R"("")");
  CHECK(quoted("plain") == R"("plain")");
  CHECK(quoted("a\"b") == R"("a\"b")");
  CHECK(quoted("a\\b") == R"("a\\b")");
  CHECK(quoted("a\nb\rc\td") == R"("a\nb\rc\td")");
  CHECK(quoted("\b\f\v") == R"("\u0008\u000c\u000b")");
  CHECK(quoted(std::string_view("\0", 1)) == R"("\u0000")");
  CHECK(quoted("\x1f\x7f") == "\"\\u001f\x7f\"");
  CHECK(quoted("\"\"") == R"("\"\"")");
  CHECK(quoted("a/b</script>") == R"("a/b</script>")");
}

TEST_CASE("json writer: UTF-8 stays as it is", "[platform][json]") {
  CHECK(quoted("Ромашка — 1 ₴ 😀") == "\"Ромашка — 1 ₴ 😀\"");
  CHECK(quoted("\xe2\x80\xa8") == "\"\xe2\x80\xa8\"");
}

TEST_CASE("json writer: every control character is escaped", "[platform][json]") {
  for (char c = 0; c < 0x20; ++c) {
    const std::string text = quoted(std::string_view(&c, 1));
    for (const char byte : text) CHECK(static_cast<unsigned char>(byte) >= 0x20);
    CHECK(text.size() >= 4);
  }
}

TEST_CASE("json writer: names are escaped too", "[platform][json]") {
  JsonWriter json;
  json.begin_object().member("a\"b", 1).end_object();
  CHECK(json.text() == R"({"a\"b":1})");
}

TEST_CASE("json writer: numbers are whole and exact", "[platform][json]") {
  JsonWriter json;
  json.begin_array();
  json.value(std::numeric_limits<std::int64_t>::min());
  json.value(std::numeric_limits<std::int64_t>::max());
  json.value(0).value(-1).value(true).value(false).null();
  json.end_array();
  CHECK(json.text() == "[-9223372036854775808,9223372036854775807,0,-1,true,false,null]");
}

TEST_CASE("json writer: commas stand between and nowhere else", "[platform][json]") {
  JsonWriter json;
  json.begin_object();
  json.key("empty").begin_object().end_object();
  json.key("list").begin_array();
  json.begin_object().member("a", "x").member("b", std::string("y")).end_object();
  json.begin_array().end_array();
  json.raw(R"({"raw":1})").value("z");
  json.end_array();
  json.member("last", std::string_view("v"));
  json.end_object();
  CHECK(json.take() == R"({"empty":{},"list":[{"a":"x","b":"y"},[],{"raw":1},"z"],"last":"v"})");
}

}  // namespace ledger
