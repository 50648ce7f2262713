// Goal: each line is handed over once, whole or said to be cut, and while one is not taken nothing
// more is read. Method: real sockets on loopback, and a taker that refuses as often as it is told.
#include "consumers/ledgerd/line_feed.h"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "tests/support/catch.h"

using namespace ledger;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kLineBytesMax = 1000;
constexpr auto kPatience = 20s;

// A free port of loopback, below those that the system gives to whoever connects. Processes that
// run beside each other begin at ports of their own.
std::string free_address() {
  const int first = 20'000 + getpid() % 100 * 100;
  for (int port = first; port < first + 100; ++port) {
    std::string address = fmt::format("127.0.0.1:{}", port);
    if (TcpListener::listen(address)) return address;
  }
  return {};
}

// Where the lines go.
class Taker {
 public:
  LineFeed::Take take() {
    return [this](const std::string& line, LineFeed::Cut cut) {
      const std::lock_guard lock(mutex_);
      ++asked_;
      heard_.notify_all();
      if (refusals_ > 0) {
        --refusals_;
        return false;
      }
      lines_.push_back(cut == LineFeed::Cut::kWhole        ? line
                       : cut == LineFeed::Cut::kDisconnect ? "cut " + line
                                                           : fmt::format("long {}", line.size()));
      return true;
    };
  }
  void refuse(int times) {
    const std::lock_guard lock(mutex_);
    refusals_ = times;
  }
  // The lines, once there are so many.
  std::vector<std::string> lines(std::size_t count) {
    std::unique_lock lock(mutex_);
    heard_.wait_for(lock, kPatience, [&] { return lines_.size() >= count; });
    return lines_;
  }
  bool was_asked(int times) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, kPatience, [&] { return asked_ >= times; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable heard_;
  std::vector<std::string> lines_;
  int refusals_ = 0;
  int asked_ = 0;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("lines come whole, in order, however they are cut on the way") {
  Taker taker;
  const std::string address = free_address();
  const auto feed = LineFeed::start({address, {}, kLineBytesMax}, taker.take());
  REQUIRE(feed);
  auto sender = TcpStream::connect(address, 5s);
  REQUIRE(sender);
  for (const char* piece : {"one\r", "\ntw", "o\n\r\n\nthree\r\nfo"}) {
    REQUIRE(sender->write(piece, 5s));
  }
  CHECK(taker.lines(3) == Lines{"one", "two", "three"});
  sender = TcpStream::connect(address, 5s);  // and the first is closed
  CHECK(taker.lines(4) == Lines{"one", "two", "three", "cut fo"});
}

TEST_CASE("of a line that is too long its beginning comes, and the next is whole again") {
  Taker taker;
  const std::string address = free_address();
  const auto feed = LineFeed::start({address, {}, kLineBytesMax}, taker.take());
  REQUIRE(feed);
  auto sender = TcpStream::connect(address, 5s);
  REQUIRE(sender);
  REQUIRE(sender->write(std::string(300'000, 'x') + "\nnext\n", 5s));
  CHECK(taker.lines(2) == Lines{"long 1000", "next"});
}

TEST_CASE("what is not taken is tried again before the next line") {
  Taker taker;
  taker.refuse(2);
  const std::string address = free_address();
  const auto feed = LineFeed::start({address, {}, kLineBytesMax}, taker.take());
  REQUIRE(feed);
  auto sender = TcpStream::connect(address, 5s);
  REQUIRE(sender);
  REQUIRE(sender->write("one\ntwo\n", 5s));
  CHECK(taker.lines(2) == Lines{"one", "two"});
  CHECK(taker.was_asked(4));
}

TEST_CASE("while a line is not taken the sender's own buffers fill") {
  Taker taker;
  taker.refuse(1'000'000);
  const std::string address = free_address();
  const auto feed = LineFeed::start({address, {}, kLineBytesMax}, taker.take());
  REQUIRE(feed);
  auto sender = TcpStream::connect(address, 5s);
  REQUIRE(sender);
  REQUIRE(sender->write("one\n", 5s));
  REQUIRE(taker.was_asked(1));
  Status written;
  const std::string line = std::string(999, 'x') + '\n';
  for (int i = 0; i < 100'000 && written; ++i) written = sender->write(line, 200ms);
  REQUIRE(!written);
  CHECK(written.error().code == ErrorCode::kTimeout);
  CHECK(taker.lines(0).empty());
}

TEST_CASE("a sender that is not there yet is tried until it is") {
  Taker taker;
  const std::string address = free_address();
  const auto feed = LineFeed::start({{}, address, kLineBytesMax}, taker.take());
  REQUIRE(feed);
  auto listener = TcpListener::listen(address);
  REQUIRE(listener);
  for (const char* line : {"one\n", "two\n"}) {
    auto receiver = listener->accept(kPatience);
    REQUIRE(receiver);
    REQUIRE(*receiver);
    REQUIRE((**receiver).write(line, 5s));
  }
  CHECK(taker.lines(2) == Lines{"one", "two"});
}

TEST_CASE("over so many connections the one that is silent longest is closed") {
  Taker taker;
  const std::string address = free_address();
  const auto feed = LineFeed::start({address, {}, kLineBytesMax}, taker.take());
  REQUIRE(feed);
  std::vector<TcpStream> senders;
  for (std::size_t i = 0; i <= LineFeed::kConnectionsMax; ++i) {
    auto sender = TcpStream::connect(address, 5s);
    REQUIRE(sender);
    REQUIRE(sender->write(fmt::format("{}\n", i), 5s));
    senders.push_back(*std::move(sender));
    REQUIRE(taker.lines(i + 1).size() == i + 1);
  }
  CHECK(!senders.front().read(kPatience));
  REQUIRE(senders[1].write("still\n", 5s));
  CHECK(taker.lines(LineFeed::kConnectionsMax + 2).back() == "still");
}

TEST_CASE("an address that is none, or taken, says so") {
  const auto none = LineFeed::start({"5500", {}, kLineBytesMax}, {});
  CHECK(none.error().code == ErrorCode::kMisconfigured);
  const auto nobody = LineFeed::start({{}, "pbx", kLineBytesMax}, {});
  CHECK(nobody.error().code == ErrorCode::kMisconfigured);
  const std::string address = free_address();
  const auto listener = TcpListener::listen(address);
  REQUIRE(listener);
  const auto taken = LineFeed::start({address, {}, kLineBytesMax}, {});
  CHECK(taken.error().message.find("Address already in use") != std::string::npos);
}
