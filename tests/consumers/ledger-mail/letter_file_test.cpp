// Goal: a letter comes out as it went in, from memory and from disk, and leaves nothing behind.
#include "consumers/ledger-mail/letter_file.h"

#include "consumers/ledger-mail/refused.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger::gateway;
using ledger::ErrorCode;
using ledger::testing::TemporaryDirectory;

TEST_CASE("a letter comes out as it went in, whether it fits into memory or not") {
  const TemporaryDirectory directory;
  std::atomic<std::size_t> on_disk = 0;
  LetterFile letter(directory.path(), on_disk);
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{5}, LetterFile::kMemoryBytesMax,
                                  LetterFile::kMemoryBytesMax + 1, std::size_t{1'000'003}}) {
    std::string all;
    while (all.size() < bytes) {
      std::string piece(std::min(bytes - all.size(), std::size_t{999}), 'a');
      piece.back() = static_cast<char>(all.size());
      REQUIRE(letter.append(piece));
      all += piece;
    }
    CHECK(letter.content().value() == all);
    CHECK(letter.content().value() == all);
    CHECK((on_disk > 0) == (bytes > LetterFile::kMemoryBytesMax));
    CHECK(std::filesystem::is_empty(directory.path()));  // the file has no name
    REQUIRE(letter.append("and more"));
    CHECK(letter.content().value() == all + "and more");
    CHECK(letter.size() == all.size() + 8);
    letter.clear();
    CHECK(letter.size() == 0);
    CHECK(on_disk == 0);
  }
}

TEST_CASE("letters have a bound together, and what goes makes room") {
  const TemporaryDirectory directory;
  std::atomic<std::size_t> on_disk =
      LetterFile::kOnDiskBytesMax - LetterFile::kMemoryBytesMax - 100;
  LetterFile first(directory.path(), on_disk);
  REQUIRE(first.append(std::string(LetterFile::kMemoryBytesMax + 100, 'x')));
  LetterFile second(directory.path(), on_disk);
  REQUIRE(second.append(std::string(LetterFile::kMemoryBytesMax, 'y')));
  const auto full = second.append("y");
  REQUIRE_FALSE(full);
  CHECK(full.error().code == ErrorCode::kUnavailable);
  first.clear();
  second.clear();
  CHECK(second.append(std::string(LetterFile::kMemoryBytesMax + 100, 'y')));
}

TEST_CASE("a directory that takes nothing is said") {
  std::atomic<std::size_t> on_disk = 0;
  LetterFile letter("/absent", on_disk);
  CHECK_FALSE(letter.append(std::string(LetterFile::kMemoryBytesMax + 1, 'x')));
  CHECK(on_disk == 0);
}

TEST_CASE("a refused letter is kept by its digest, once") {
  const TemporaryDirectory directory;
  REQUIRE(prepare_data(directory / "data"));
  REQUIRE(prepare_data(directory / "data"));
  for (int i = 0; i < 2; ++i) REQUIRE(keep_refused(directory / "data", "abc", "letter"));
  CHECK(directory.read("data/refused/abc.eml") == "letter");
  CHECK(std::distance(std::filesystem::directory_iterator(directory / "data/refused"), {}) == 1);
  CHECK(keep_refused("/absent", "abc", "letter").error().code == ErrorCode::kUnavailable);
  directory.append("file", "");
  CHECK(prepare_data(directory / "file").error().field == "data");
}
