#include "platform/http/pushed_body.h"

#include <utility>

namespace ledger::http {

bool PushedBody::send(std::string_view bytes) {
  bool fits = false;
  {
    const std::lock_guard lock(mutex_);
    if (state_ != State::kOpen) return false;
    fits = bytes_.size() + taken_ + bytes.size() <= bytes_max_;
    if (fits) bytes_ += bytes;
  }
  if (fits) {
    tell();
  } else {
    cut();
  }
  return fits;
}

std::size_t PushedBody::waiting() const {
  const std::lock_guard lock(mutex_);
  return bytes_.size() + taken_;
}

bool PushedBody::open() const {
  const std::lock_guard lock(mutex_);
  return state_ == State::kOpen;
}

void PushedBody::close() {
  {
    const std::lock_guard lock(mutex_);
    if (state_ != State::kOpen) return;
    state_ = State::kEnding;
  }
  tell();
}

void PushedBody::cut() {
  abandon();
  wake_();
}

bool PushedBody::gone() const {
  const std::lock_guard lock(mutex_);
  return state_ == State::kGone;
}

PushedBody::Piece PushedBody::take() {
  const std::lock_guard lock(mutex_);
  told_ = false;
  taken_ = bytes_.size();
  return {std::exchange(bytes_, {}), state_};
}

void PushedBody::abandon() {
  const std::lock_guard lock(mutex_);
  bytes_ = {};
  taken_ = 0;
  state_ = State::kGone;
}

// Not under the lock: on the connection's own thread it takes at once.
void PushedBody::tell() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(told_, true)) return;
  }
  wake_();
}

}  // namespace ledger::http
