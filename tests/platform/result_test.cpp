// Goal: errors reach who must act, under names that never change. Method: the whole list of names
// as it was published, and the macros' two ways out.
#include "platform/result.h"

#include <array>
#include <set>

#include "platform/sha256.h"
#include "platform/utf8.h"
#include "tests/support/catch.h"

namespace ledger {

namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) return fail(ErrorCode::kInvalidField, "is odd", "number");
  return number / 2;
}

Result<int> quarter_of(int number) {
  LEDGER_TRY(const int half, half_of(number));
  return half_of(half);
}

Status check_even(int number) {
  LEDGER_CHECK(half_of(number));
  return {};
}

}  // namespace

TEST_CASE("result: the first error is handed on", "[platform][result]") {
  CHECK(quarter_of(8) == 2);
  CHECK(quarter_of(7).error() == Error{ErrorCode::kInvalidField, "is odd", "number"});
  CHECK(quarter_of(6).error().message == "is odd");
  CHECK(check_even(2).has_value());
  CHECK(check_even(3).error().field == "number");
}

TEST_CASE("result: names of errors are part of the API", "[platform][result]") {
  constexpr std::array kPublished{
      "malformed",     "duplicate-name", "too-large",     "unknown-type", "unsupported-version",
      "missing-field", "unknown-field",  "invalid-field", "out-of-range", "unsupported-media-type",
      "not-found",     "conflict",       "not-attempted", "unavailable",  "possibly-persisted",
      "timeout",       "misconfigured",  "corrupt",       "internal"};
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kPublished.size(); ++i) {
    CHECK(name_of(static_cast<ErrorCode>(i)) == kPublished[i]);
    names.insert(name_of(static_cast<ErrorCode>(i)));
  }
  CHECK(names.size() == kPublished.size());
}

TEST_CASE("result: only what may succeed unchanged is retried", "[platform][result]") {
  std::set<std::string_view> retriable;
  for (std::uint16_t i = 0; i <= static_cast<std::uint16_t>(ErrorCode::kInternal); ++i) {
    const Error error{static_cast<ErrorCode>(i), ""};
    if (error.retriable()) retriable.insert(name_of(error.code));
  }
  CHECK(retriable == std::set<std::string_view>{"unavailable", "possibly-persisted", "timeout"});
}

TEST_CASE("sha256: the standard's vectors, whole and in two parts", "[platform][sha256]") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("a", "bc") == sha256("abc"));
  CHECK(sha256("ab", "c") == sha256("", "abc"));
}

}  // namespace ledger
