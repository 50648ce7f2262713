// Goal: every byte that the writer put down is read once, whatever happens to the file's name.
// Method: real files in a folder of their own, and the steps of logrotate one by one.
#include "platform/file_tail.h"

#include <chrono>

#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  [[nodiscard]] fs::path file(const std::string& name = "Master.csv") const {
    return directory_ / name;
  }

  void write(const std::string& text, const std::string& name = "Master.csv") {
    directory_.append(name, text);
    // A clock of its own: writes within one tick of the file system's would have one age.
    fs::last_write_time(file(name), now_ += std::chrono::seconds(1));
  }
  void rename(const std::string& from, const std::string& to) const {
    fs::rename(file(from), file(to));
  }

 private:
  testing::TemporaryDirectory directory_;
  fs::file_time_type now_ = fs::file_time_type::clock::now() - std::chrono::hours(1);
};

// Whole lines until nothing more comes, each with '|' behind it.
std::string lines(FileTail& tail) {
  std::string all;
  for (int idle = 0; idle < 3;) {
    const auto chunk = tail.read();
    REQUIRE(chunk.has_value());
    std::string_view bytes = chunk->bytes;
    if (!chunk->last_of_file) bytes = bytes.substr(0, bytes.rfind('\n') + 1);
    for (const char c : bytes) all += c == '\n' ? '|' : c;
    idle = bytes.empty() ? idle + 1 : 0;
    REQUIRE(tail.consume(bytes.size()).has_value());
  }
  return all;
}

}  // namespace

TEST_CASE("tail: lines as they come, and half a line when it is whole", "[platform]") {
  Folder folder;
  FileTail tail(folder.file(), {});
  CHECK(lines(tail).empty());  // there is no file yet
  folder.write("one\ntwo\nthr");
  CHECK(lines(tail) == "one|two|");
  CHECK(tail.lag_bytes() == 3);
  folder.write("ee\n");
  CHECK(lines(tail) == "three|");
  CHECK(tail.lag_bytes() == 0);
}

TEST_CASE("tail: a restart goes on where it was, also within a line", "[platform]") {
  Folder folder;
  folder.write("one\ntwo\n");
  FilePlace place;
  {
    FileTail tail(folder.file(), {});
    const auto chunk = tail.read();
    REQUIRE(chunk->bytes == "one\ntwo\n");
    place = tail.place(4);
    CHECK(place.offset == 4);
  }
  folder.write("three\n");
  FileTail again(folder.file(), place);
  CHECK(lines(again) == "two|three|");
  CHECK(again.rests_lost() == 0);
}

TEST_CASE("tail: a renamed file is read to its end before the new one", "[platform]") {
  Folder folder;
  folder.write("one\n");
  FileTail tail(folder.file(), {});
  CHECK(lines(tail) == "one|");
  folder.write("two\nlast without its end");
  folder.rename("Master.csv", "Master.csv.1");
  CHECK(lines(tail) == "two|");  // the writer may still have it open
  folder.write("new\n");
  CHECK(lines(tail) == "last without its endnew|");
  CHECK(tail.rests_lost() == 0);
}

TEST_CASE("tail: a writer that had the file open while it was renamed loses nothing",
          "[platform]") {
  Folder folder;
  folder.write("one\n");
  FileTail tail(folder.file(), {});
  CHECK(lines(tail) == "one|");
  folder.rename("Master.csv", "Master.csv.1");
  folder.write("new\n");
  auto chunk = tail.read();
  CHECK_FALSE(chunk->last_of_file);
  REQUIRE(tail.consume(0).has_value());
  folder.write("late\n", "Master.csv.1");
  CHECK(lines(tail) == "late|new|");
}

TEST_CASE("tail: what was rotated several times while nobody read is read by age", "[platform]") {
  Folder folder;
  folder.write("a1\na2\n");
  FilePlace place;
  {
    FileTail tail(folder.file(), {});
    REQUIRE(tail.read()->bytes == "a1\na2\n");
    place = tail.place(3);
  }
  folder.write("a0\n", "Master.csv-old");  // older: was read long ago
  fs::last_write_time(folder.file("Master.csv-old"),
                      fs::file_time_type::clock::now() - std::chrono::hours(48));
  folder.rename("Master.csv", "Master.csv.1");
  folder.write("b1\n");
  folder.rename("Master.csv.1", "Master.csv.2");
  folder.rename("Master.csv", "Master.csv.1");
  folder.write("c1\n");
  folder.write("not ours\n", "Master.csv_copy");
  FileTail again(folder.file(), place);
  CHECK(again.lag_bytes() > 0);
  CHECK(lines(again) == "a2|b1|c1|");
  CHECK(again.rests_lost() == 0);
}

TEST_CASE("tail: a file emptied in place is read on in its copy, then from its top", "[platform]") {
  Folder folder;
  folder.write("one\n");
  FileTail tail(folder.file(), {});
  CHECK(lines(tail) == "one|");
  folder.write("two\n");
  fs::copy_file(folder.file(), folder.file("Master.csv.1"));
  fs::resize_file(folder.file(), 0);
  folder.write("new\n");
  CHECK(lines(tail) == "two|new|");
  CHECK(tail.rests_lost() == 0);

  // And during a stop.
  const FilePlace place = tail.place();
  folder.write("more\n");
  fs::copy_file(folder.file(), folder.file("Master.csv.2"));
  fs::resize_file(folder.file(), 0);
  folder.write("again, and longer than what was there\n");
  FileTail later(folder.file(), place);
  CHECK(lines(later) == "more|again, and longer than what was there|");
  CHECK(later.rests_lost() == 0);
}

TEST_CASE("tail: a rest that is gone is counted, and reading goes on with the new file",
          "[platform]") {
  Folder folder;
  folder.write("one\ntwo\n");
  FilePlace place;
  {
    FileTail tail(folder.file(), {});
    REQUIRE(tail.read().has_value());
    place = tail.place(4);
  }
  folder.rename("Master.csv", "Master.csv.1.gz");
  folder.write("new\n");
  FileTail again(folder.file(), place);
  CHECK(lines(again) == "new|");
  CHECK(again.rests_lost() == 1);
}

TEST_CASE("tail: with the file gone, all that were rotated after it are read, at worst again",
          "[platform]") {
  Folder folder;
  folder.write("one\ntwo\n");
  FilePlace place;
  {
    FileTail tail(folder.file(), {});
    REQUIRE(tail.read().has_value());
    place = tail.place(4);
  }
  folder.rename("Master.csv", "Master.csv.3.gz");
  folder.write("b\n", "Master.csv.2");
  folder.write("c\n", "Master.csv.1");
  folder.write("d\n");
  FileTail again(folder.file(), place);
  CHECK(lines(again) == "b|c|d|");
  CHECK(again.rests_lost() == 1);
}

TEST_CASE("tail: a rest that was emptied away while nobody read is counted", "[platform]") {
  Folder folder;
  folder.write("one\n");
  FileTail tail(folder.file(), {});
  CHECK(lines(tail) == "one|");
  folder.write("two, unread\n");
  tail.watch();
  fs::resize_file(folder.file(), 0);
  folder.write("new\n");
  tail.watch();
  CHECK(lines(tail) == "new|");
  CHECK(tail.rests_lost() == 1);
  // All of it was read: nothing is lost.
  tail.watch();
  fs::resize_file(folder.file(), 0);
  tail.watch();
  folder.write("again\n");
  CHECK(lines(tail) == "again|");
  CHECK(tail.rests_lost() == 1);
}

TEST_CASE("tail: a file that is emptied before its first byte was read is a loss", "[platform]") {
  Folder folder;
  folder.write("one\n");
  FileTail tail(folder.file(), {});
  REQUIRE(tail.read().has_value());
  REQUIRE(tail.consume(0).has_value());
  fs::resize_file(folder.file(), 0);
  folder.write("n\n");
  CHECK(lines(tail) == "n|");
  CHECK(tail.rests_lost() == 1);
}

TEST_CASE("tail: a file that cannot be read is an error, not an end", "[platform]") {
  Folder folder;
  fs::create_directories(folder.file("secret"));
  FileTail folder_as_file(folder.file("secret"), {});
  CHECK(folder_as_file.read()->bytes.empty());  // a folder is no file: it waits for one
  folder.write("one\n");
  fs::permissions(folder.file(), fs::perms::none);
  FileTail tail(folder.file(), {});
  const auto chunk = tail.read();
  if (chunk) SUCCEED("this user may read everything");
  if (!chunk) CHECK(chunk.error().code == ErrorCode::kUnavailable);
}
