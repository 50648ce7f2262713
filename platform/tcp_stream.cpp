#include "platform/tcp_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

namespace ledger {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kReadBytes = 64 * 1024;

struct Address {
  std::string host;
  std::string port;
};

Result<Address> split(std::string_view text, std::string field) {
  const std::size_t colon = text.rfind(':');
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const std::string_view digits =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = error == std::errc() && end == digits.data() + digits.size() && port != 0;
  if (!whole || host.empty() || (!bracketed && host.find(':') != std::string_view::npos)) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("'{}' is not an address such as 127.0.0.1:5038", text),
                std::move(field));
  }
  return Address{std::string(host), std::string(digits)};
}

tl::unexpected<Error> away(std::string_view what) {
  return fail(ErrorCode::kUnavailable, std::string(what));
}

// 1: ready, 0: not in time, -1: failed.
int wait_for(int socket, short what, milliseconds timeout) {
  pollfd waiting{socket, what, 0};
  int ready = 0;
  do {
    ready = poll(&waiting, 1, static_cast<int>(timeout.count()));
  } while (ready < 0 && errno == EINTR);
  return ready;
}

// The reason why there is no connection to this one address, or 0.
int connect_to(int socket, const addrinfo& to, milliseconds timeout) {
  if (::connect(socket, to.ai_addr, to.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  const int ready = wait_for(socket, POLLOUT, timeout);
  if (ready == 0) return ETIMEDOUT;
  if (ready < 0) return errno;
  int problem = 0;
  socklen_t size = sizeof problem;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size) != 0) return errno;
  return problem;
}

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Result<Addresses> look_up(const Address& address, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  if (const int code = getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found);
      code != 0) {
    return away(fmt::format("{} is not known: {}", address.host, gai_strerror(code)));
  }
  return Addresses(found, &freeaddrinfo);
}

int socket_for(const addrinfo& address) {
  return socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC,
                address.ai_protocol);
}

void set_options(int socket) {
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace

Status check_address(std::string_view address, std::string field) {
  return split(address, std::move(field)).map([](const Address&) {});
}

Result<TcpStream> TcpStream::connect(std::string_view address, milliseconds timeout) {
  LEDGER_TRY(const Address to, split(address, "address"));
  LEDGER_TRY(const Addresses all, look_up(to, 0));
  int problem = 0;
  for (const addrinfo* one = all.get(); one != nullptr; one = one->ai_next) {
    const int made = socket_for(*one);
    if (made < 0) {
      problem = errno;
      continue;
    }
    TcpStream stream(made);
    problem = connect_to(made, *one, timeout);
    if (problem != 0) continue;
    set_options(made);
    return stream;
  }
  return away(fmt::format("{} cannot be reached: {}", address, std::strerror(problem)));
}

TcpStream::TcpStream(TcpStream&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

TcpStream& TcpStream::operator=(TcpStream&& other) noexcept {
  std::swap(socket_, other.socket_);
  return *this;
}

TcpStream::~TcpStream() {
  if (socket_ >= 0) close(socket_);
}

Result<std::string> TcpStream::read(milliseconds timeout) {
  const int ready = wait_for(socket_, POLLIN, timeout);
  if (ready == 0) return std::string();
  if (ready < 0) return away(std::strerror(errno));
  std::string bytes(kReadBytes, '\0');
  const ssize_t got = recv(socket_, bytes.data(), bytes.size(), 0);
  if (got == 0) return away("the other side has closed the connection");
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::string();
  if (got < 0) return away(std::strerror(errno));
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

Status TcpStream::write(std::string_view bytes, milliseconds timeout) {
  while (!bytes.empty()) {
    const int ready = wait_for(socket_, POLLOUT, timeout);
    if (ready == 0) return fail(ErrorCode::kTimeout, "the other side takes nothing");
    if (ready < 0) return away(std::strerror(errno));
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return away(std::strerror(errno));
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<TcpListener> TcpListener::listen(std::string_view address) {
  const auto wrong = [&](std::string_view reason) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("{} cannot be listened on: {}", address, reason), "address");
  };
  LEDGER_TRY(const Address at, split(address, "address"));
  const auto all = look_up(at, AI_PASSIVE);
  if (!all) return wrong(all.error().message);
  int problem = 0;
  for (const addrinfo* one = all->get(); one != nullptr; one = one->ai_next) {
    const int made = socket_for(*one);
    if (made < 0) {
      problem = errno;
      continue;
    }
    TcpListener listener(made);
    // After a restart the old connections still wait out their time.
    const int on = 1;
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(made, one->ai_addr, one->ai_addrlen) == 0 && ::listen(made, SOMAXCONN) == 0) {
      return listener;
    }
    problem = errno;
  }
  return wrong(std::strerror(problem));
}

TcpListener::TcpListener(TcpListener&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)) {}

TcpListener& TcpListener::operator=(TcpListener&& other) noexcept {
  std::swap(socket_, other.socket_);
  return *this;
}

TcpListener::~TcpListener() {
  if (socket_ >= 0) close(socket_);
}

Result<std::optional<TcpStream>> TcpListener::accept(milliseconds timeout) {
  const int ready = wait_for(socket_, POLLIN, timeout);
  if (ready == 0) return std::nullopt;
  if (ready < 0) return away(std::strerror(errno));
  const int made = accept4(socket_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  // Whoever has gone away again meanwhile is nobody.
  if (made < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)) return std::nullopt;
  if (made < 0) return away(std::strerror(errno));
  set_options(made);
  return TcpStream(made);
}

}  // namespace ledger
