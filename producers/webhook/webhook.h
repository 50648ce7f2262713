#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "events/fields.h"
#include "platform/clock.h"
#include "platform/http/router.h"
#include "producers/append/restating.h"
#include "producers/mapping.h"
#include "producers/quarantine/quarantine.h"

namespace ledger {

// One system that pushes its facts over HTTP, in its own format. A sender's folder makes one of
// these from its settings; all functions are pure and safe for all threads.
struct Webhook {
  std::string name;    // "binotel": the path is /v1/hooks/binotel, the same word in the quarantine
  std::string secret;  // if set, the last segment of the path; senders that sign have none
  // What makes a delivery not the sender's own; it is answered 403 and nothing is kept. Over the
  // raw bytes: request.target and request.body.
  std::function<std::optional<std::string>(const http::Request&)> forged = {};
  // The same, and before it: 503 where nobody can tell now whose it is, 406 where he is to stop.
  std::function<std::optional<http::Response>(const http::Request&)> refuse = {};
  // A question instead of a fact: its answer. nullopt: a fact.
  std::function<std::optional<http::Response>(const http::Request&)> answer = {};
  std::function<Mapped(const http::Request&)> map;
  // What the sender has to read to believe that its fact was taken.
  http::Response taken{200, "application/json", "{}"};
  // kWorker where any of these waits, or maps so much that other connections would.
  http::RunOn run_on = http::RunOn::kInline;
  std::size_t body_bytes_max = std::size_t{512} * 1024;
  // false: it has no path; its deliveries come another way than HTTP, by WebhookIngest::take().
  bool has_route = true;
  // false: its sender never restates: another fact under a known id is a mistake of his.
  bool restates = true;
};

// What a replay of the quarantine has done with one event.
enum class ReplayedAs {
  kRecorded,
  kRestated,    // the ledger read it otherwise until now
  kKnown,       // it was there already
  kSuperseded,  // left as it is: its sender said otherwise after the delivery had come
};
constexpr auto names(ReplayedAs) { return words("recorded", "restated", "known", "superseded"); }

// Takes deliveries of all webhooks (GET and POST) through the one door, by the rules of
// source-formats.md 0:
//   2xx   the log has acknowledged, also what it held already; what no retry can cure lies in the
//         quarantine with its reason (of a body over body_bytes_max its beginning); what is no fact
//         for the ledger was skipped;
//   403   a wrong secret or signature, or what `refuse` says: nothing is kept;
//   400   a target that is no URL;
//   503   log or quarantine are away, or too much is waiting: the sender comes again.
// The same (source, id) with other data: the sender has restated its record (restating.h), its time
// and the client's number too. What a person decided of it since stands; the delivery lies in the
// quarantine then.
//
// Threads: deliveries are mapped where `run_on` says and answered from the log's; what needs a
// second look (what is there already, the quarantine) takes a thread of its own.
class WebhookIngest {
 public:
  // Waiting; over it: 503.
  static constexpr std::size_t kSecondLooksMax = 1000;
  static constexpr std::size_t kSecondLookBytesMax = 64 * 1024 * 1024;

  // All must outlive it.
  struct Parts {
    AppendDoor& door;
    Restating& restating;
    Quarantine& quarantine;
    const Clock& clock;
  };
  WebhookIngest(Parts parts, std::vector<Webhook> webhooks);
  // Waits until the door has answered what it was given.
  ~WebhookIngest();
  void add_routes(http::Router& router);

  // The same for a delivery that came another way than by HTTP: waits, and gives the answer above
  // that the sender would have read. The webhook of that name must be there and without a secret.
  [[nodiscard]] http::Response take(std::string_view name, http::Request request);

  // Maps an entry of the quarantine anew, by the present program and settings, and records it; what
  // is in is released. It was said when it came: what was stated since is newer and is left alone.
  // Waits. The error of what still cannot be recorded, if no event of it is in; kNotFound.
  struct Replayed {
    struct Event {
      Receipt receipt;
      ReplayedAs as;
    };
    std::vector<Event> events;
    std::optional<Error> left;  // why the entry waits on, though these events are in
  };
  [[nodiscard]] Result<Replayed> replay(const Position& position);

  // Says that an entry never will be recorded, and why; it waits no longer. kNotFound.
  [[nodiscard]] Status dismiss(const Position& position, const std::string& reason);

  struct Counters {
    std::uint64_t taken = 0;
    std::uint64_t skipped = 0;
    std::uint64_t forged = 0;
    std::uint64_t quarantined = 0;
    std::uint64_t corrected = 0;
    std::uint64_t sent_back = 0;  // 503
  };
  [[nodiscard]] Counters counters() const;
  [[nodiscard]] const std::vector<Webhook>& webhooks() const { return webhooks_; }

 private:
  struct Delivery;
  struct Recorded;  // what became of the events of one delivery
  [[nodiscard]] const Webhook* find(std::string_view name) const;
  void receive(const Webhook& webhook, http::Request request, http::Reply reply);
  void settle(const std::shared_ptr<Delivery>& delivery,
              const std::vector<AppendDoor::Outcome>& outcomes);
  void second_look(std::shared_ptr<Delivery> delivery);
  void look_again(const Delivery& delivery);
  [[nodiscard]] Recorded record(const Webhook& webhook, std::vector<Submission> events,
                                std::optional<Timestamp> said_at);
  [[nodiscard]] Status keep(const Delivery& delivery, const Error& reason);
  void run(const std::stop_token& stop);

  Parts parts_;
  std::vector<Webhook> webhooks_;
  struct Counts {
    std::atomic<std::uint64_t> taken, skipped, forged, quarantined, corrected, sent_back;
  };
  Counts counts_{};
  std::mutex mutex_;
  std::condition_variable_any work_;
  std::deque<std::shared_ptr<Delivery>> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::size_t at_the_door_ = 0;  // deliveries that the door will call back about
  std::condition_variable all_settled_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger
