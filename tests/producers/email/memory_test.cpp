// Goal: a letter costs little beside its own bytes, whatever it is made of. Method: the peak of the
// process (VmHWM) before and after, reset in between; sizes, no times. Sanitizers keep what is
// freed, so that there only the outcome is looked at.
#include <malloc.h>

#include <fstream>

#include "platform/sha256.h"
#include "producers/email/message/mime_message.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

namespace {

constexpr std::int64_t kMiB = 1024 * 1024;

// GCC and clang say it each in its own way.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif
#else
constexpr bool kIsSanitized = false;
#endif

std::int64_t peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) * 1024;
  }
  return 0;
}

// How much more the process took at its peak while it did something.
template <class Do>
std::int64_t cost_of(Do&& act) {
  malloc_trim(0);                                 // what was freed before would be used again
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak is what is held now
  const std::int64_t before = peak_bytes();
  act();
  return peak_bytes() - before;
}

void check_cost(const std::string& bytes, Mapped& mapped, std::int64_t limit) {
  const std::int64_t cost = cost_of([&] { mapped = mail::map_message(bytes, {}); });
  if (!kIsSanitized) CHECK(cost < limit);
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

Letter of_parts(std::string body) {
  return Letter()
      .add("MIME-Version", "1.0")
      .add("Content-Type", "multipart/mixed; boundary=b")
      .body(std::move(body));
}

}  // namespace

TEST_CASE("mail: the measure sees what is held for a moment", "[producers][email]") {
  CHECK(cost_of([] { CHECK(repeated("x", 8 * kMiB).size() == 8 * kMiB); }) >= 7 * kMiB);
}

TEST_CASE("mail: an attachment of 25 MiB is hashed, not held", "[producers][email]") {
  const std::string head =
      "--b\r\n\r\nText\r\n--b\r\nContent-Type: application/zip; name=big.zip\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\n";
  // "PK\3\4" again and again: nothing looks into it.
  const std::string line = repeated("UEsDBFBL", 9) + "\r\n";
  const std::size_t lines = (mail::kMessageBytesMax - 4096) / line.size();
  const std::string bytes = of_parts(head + repeated(line, lines) + "\r\n--b--\r\n").bytes();
  Mapped mapped;
  check_cost(bytes, mapped, 4 * kMiB);
  const auto sent = offer(mapped);
  REQUIRE(sent.attachments.size() == 1);
  CHECK(sent.attachments[0].name == "big.zip");
  CHECK(sent.attachments[0].size_bytes == static_cast<std::int64_t>(lines * 54));
  const std::string content = repeated("PK\3\4PK", lines * 9);
  CHECK(sent.attachments[0].sha256 == to_hex(sha256(content)));
}

TEST_CASE("mail: a text and a forwarded letter of many MiB are hashed, not held",
          "[producers][email]") {
  const std::string text = repeated(std::string(98, 'x') + "\r\n", 120'000);
  const std::string bytes =
      of_parts("--b\r\n\r\n" + text +
               "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n" + text +
               "\r\n--b--\r\n")
          .bytes();
  Mapped mapped;
  check_cost(bytes, mapped, 4 * kMiB);
  CHECK(offer(mapped).attachments.at(0).size_bytes > 11 * kMiB);
  CHECK(offer(mapped).text_sha256.has_value());
}

TEST_CASE("mail: a letter that is all space", "[producers][email]") {
  Mapped mapped;
  check_cost(Letter().body(repeated(" ", 20'000'000)).bytes(), mapped, 4 * kMiB);
  CHECK(mapped.events.size() == 1);
}

TEST_CASE("mail: parts within parts, and within letters, to the limit", "[producers][email]") {
  std::string nested;
  for (std::size_t i = 0; i < mail::kBoundaryLinesMax - 1; ++i) {
    nested += "--" + std::to_string(i) +
              "\r\nContent-Type: multipart/mixed; boundary=" + std::to_string(i + 1) + "\r\n\r\n";
  }
  Mapped mapped;
  check_cost(Letter()
                 .add("MIME-Version", "1.0")
                 .add("Content-Type", "multipart/mixed; boundary=0")
                 .body(nested)
                 .bytes(),
             mapped, 64 * kMiB);
  CHECK(mapped.events.size() == 1);

  // Without a boundary each: only the lines are counted.
  check_cost(Letter()
                 .add("Content-Type", "message/rfc822")
                 .body(repeated("Content-Type: message/rfc822\r\n\r\n", 400'000))
                 .bytes(),
             mapped, 64 * kMiB);
  CHECK(mapped.events.size() + mapped.refused.size() == 1);
}

TEST_CASE("mail: a million boundaries are refused, as many parts as are allowed are not",
          "[producers][email]") {
  Mapped mapped;
  check_cost(of_parts(repeated("--b\r\n", 999'000)).bytes(), mapped, 4 * kMiB);
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].error.code == ErrorCode::kTooLarge);
  const std::string part = "--b\r\nContent-Type: a/b; name=n\r\n\r\nx\r\n";
  check_cost(of_parts(repeated(part, 9'000)).bytes(), mapped, 64 * kMiB);
  REQUIRE(mapped.refused.size() == 1);  // more attachments than a list may have
  CHECK(mapped.refused[0].error.field == "attachments");
}
