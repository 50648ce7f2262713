#include "consumers/ledger-mail/connection.h"

#include <algorithm>
#include <utility>

#include "platform/logging.h"

namespace ledger::gateway {

namespace {

using std::chrono::milliseconds;
using Then = lmtp::Session::Then;

// How late a wish to stop may be noticed.
constexpr milliseconds kSlice{200};
// For the other side to take an answer, and for the whole of a handshake.
constexpr milliseconds kPatience{30'000};

lmtp::Session::Settings settings_of(const GatewayOptions& options) {
  return {options.host, options.size_max, options.recipients, options.tls.has_value()};
}

}  // namespace

Connection::Connection(TcpStream stream, http::Client client, Shared& shared, std::stop_token stop)
    : stream_(std::move(stream)),
      shared_(shared),
      stop_(std::move(stop)),
      session_(settings_of(shared.options)),
      delivery_(std::move(client), {shared.options, shared.mapping, shared.counters, shared.clock}),
      letter_(shared.options.data, shared.on_disk) {}

void Connection::run() {
  renew_deadline();
  if (!send(session_.greeting())) return;
  std::string bytes;
  Heard heard = Heard::kBytes;
  while ((heard = hear(bytes)) == Heard::kBytes) {
    if (!take(bytes)) return;
  }
  if (session_.receiving()) ++shared_.counters.broken;
  if (heard == Heard::kSlow) {
    ++shared_.counters.timed_out;
    (void)send(lmtp::to_line({421, "4.4.2", "too slow"}));
  }
  if (heard == Heard::kStopped) {
    (void)send(lmtp::to_line({421, "4.3.2", "the gateway is being stopped"}));
  }
}

void Connection::renew_deadline() {
  deadline_ = SteadyClock::now() + shared_.options.timeout * (session_.receiving() ? 2 : 1);
}

Connection::Heard Connection::hear(std::string& bytes) {
  while (!stop_.stop_requested()) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline_ - SteadyClock::now());
    if (left <= milliseconds(0)) return Heard::kSlow;
    auto read =
        std::visit([&](auto& stream) { return stream.read(std::min(left, kSlice)); }, stream_);
    if (!read) return Heard::kGone;
    if (read->empty()) continue;
    bytes = *std::move(read);
    return Heard::kBytes;
  }
  return Heard::kStopped;
}

bool Connection::send(std::string_view bytes) {
  if (bytes.empty()) return true;
  const auto sent =
      std::visit([&](auto& stream) { return stream.write(bytes, kPatience); }, stream_);
  return sent.has_value();
}

// False: the conversation is over.
bool Connection::take(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto step = session_.take(bytes);
    bytes.remove_prefix(step.taken);
    if (!step.content.empty()) keep(step.content);
    if (!step.replies.empty()) renew_deadline();
    if (!send(step.replies)) return false;
    // What came in the clear behind STARTTLS is nobody's.
    if (step.then == Then::kStartTls) return start_tls();
    if (!follow(step)) return false;
  }
  return true;
}

bool Connection::follow(const lmtp::Session::Step& step) {
  switch (step.then) {
    case Then::kRead:
      return true;
    case Then::kDeliver:
      return deliver();
    case Then::kDrop:
      ++shared_.counters.too_large;
      log::warning("a letter is over max_size and was refused: no offer is recorded of it",
                   {{"max_size", static_cast<std::int64_t>(shared_.options.size_max)}});
      forget_letter();
      return true;
    case Then::kStartTls:
    case Then::kClose:
      return false;
  }
  return false;
}

void Connection::forget_letter() {
  letter_.clear();
  began_ = false;
  no_room_.reset();
}

// Return-Path is for whoever delivers at last to write (RFC 5321, 4.4): of a report of delivery it
// is empty.
void Connection::keep(std::string_view content) {
  if (no_room_) return;
  auto kept = began_ ? Status() : letter_.append("Return-Path: <" + session_.sender() + ">\r\n");
  began_ = true;
  if (kept) kept = letter_.append(content);
  if (!kept) no_room_ = std::move(kept).error();
}

bool Connection::deliver() {
  keep({});
  auto letter = letter_.content();
  if (!letter && !no_room_) no_room_ = letter.error();
  lmtp::Reply reply;
  if (no_room_) {
    ++shared_.counters.deferred;
    log::warning("a letter is left to the mail system", {{"reason", no_room_->message}});
    reply = {452, "4.3.1", no_room_->message};
  } else {
    reply = delivery_.deliver(*letter);
  }
  forget_letter();
  const bool sent = send(session_.answer(reply));
  renew_deadline();
  return sent;
}

bool Connection::start_tls() {
  auto tls = TlsStream::accept(std::move(std::get<TcpStream>(stream_)), *shared_.options.tls,
                               std::min<milliseconds>(kPatience, shared_.options.timeout));
  if (!tls) {
    ++shared_.counters.broken;
    log::info("a client did not come to terms on TLS", {{"reason", tls.error().message}});
    return false;
  }
  stream_ = *std::move(tls);
  session_.tls_started();
  renew_deadline();
  return true;
}

}  // namespace ledger::gateway
