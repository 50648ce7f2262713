#include "consumers/stream/listener.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "platform/json_writer.h"
#include "platform/limits.h"

namespace ledger::stream {

namespace {

// Written at once; so much at most is added to what waits, an event more.
constexpr std::size_t kTextBytesMax = limits::kPushedBytesMax / 4;
constexpr std::string_view kComeAgain = "retry: 2000\n\n";

}  // namespace

void Listener::begin(Frontier next, Moment now) {
  next_ = std::move(next);
  since_ = now;
  moved_ = now;
  text_ = kComeAgain;
}

void Listener::owe_jump(std::string_view reason, Frontier next) {
  owed_ = reason;
  jumps_ = true;
  next_ = std::move(next);
}

bool Listener::has_room() const {
  return !jumps_ && text_.size() < kTextBytesMax &&
         sink_->waiting() + text_.size() < limits::kPushedBytesMax / 2;
}

Result<bool> Listener::pass(const HeardEvent& event, Audience& audience) {
  const bool wanted = !event.type.empty() &&
                      (ask_.types.empty() || ask_.types.contains(event.type)) &&
                      (!ask_.client || ask_.client == event.client);
  auto hears = Audience::Hears::kNothing;
  if (!event.type.empty()) {
    LEDGER_TRY(hears, audience.hears(ask_.principal, event));
  }
  next_.include(event.position);
  const bool whole = hears == Audience::Hears::kAll;
  // Somebody's client may be his now, or another's: which one, he may not be told.
  if (!whole && event.moves_responsibility) owed_ = "responsibility";
  // Who asks for one client's would learn by it whose it is.
  const bool told = whole || (hears == Audience::Hears::kNotOfWhom && !ask_.client);
  if (!told || !wanted) return false;
  write("ledger", whole ? event.json : event.restricted_json);
  return true;
}

bool Listener::settle(Moment now) {
  if (!owed_ || (reset_at_ && now - *reset_at_ < limits::kBeatEvery)) return false;
  JsonWriter json;
  json.begin_object();
  json.member("reason", *owed_);
  json.end_object();
  owed_.reset();
  jumps_ = false;
  write("reset", json.text());
  reset_at_ = now;
  return true;
}

void Listener::beat(std::string_view json) { write("beat", json); }

// The id goes with beats too, so that who was told of little is not far behind when he comes again;
// but not before a reset that is owed, or he would come again without having heard of it.
void Listener::write(std::string_view event, std::string_view json) {
  fmt::format_to(std::back_inserter(text_), "event: {}\n", event);
  if (!owed_) fmt::format_to(std::back_inserter(text_), "id: {}\n", to_string(next_));
  fmt::format_to(std::back_inserter(text_), "data: {}\n\n", json);
}

bool Listener::end_if_shut_out() {
  if (!has_written() || !ask_.serves || ask_.serves()) return false;
  text_.clear();
  close();
  return true;
}

void Listener::flush(Moment now) {
  const std::size_t waiting = sink_->waiting();
  if (waiting == 0 || waiting < waited_) moved_ = now;
  waited_ = waiting;
  if (text_.empty()) return;
  // Who is gone, or has given up, is found by open().
  if (sink_->send(text_)) waited_ += text_.size();
  text_.clear();
}

bool Listener::is_stuck(Moment now) const { return now - moved_ >= limits::kListenerStuckMax; }

bool Listener::is_over(Moment now) const {
  return ask_.principal != nullptr && now - since_ >= limits::kListeningMax;
}

}  // namespace ledger::stream
