#include "producers/webhook/webhook.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "events/json_codec.h"
#include "platform/assert.h"
#include "platform/hmac.h"
#include "platform/http/form.h"
#include "platform/logging.h"

namespace ledger {

namespace {

using http::Reply;
using http::Request;
using http::Response;
using Outcomes = std::vector<AppendDoor::Outcome>;

// Also where the log did not say whether it kept the event: the id tells the second delivery.
Response come_again(const Error& error) {
  return http::problem({ErrorCode::kUnavailable, error.message});
}

bool all_new(const Outcomes& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(),
                     [](const auto& outcome) { return outcome && !outcome->duplicate; });
}

const Error* retriable_error(const Outcomes& outcomes) {
  for (const auto& outcome : outcomes) {
    if (!outcome && outcome.error().retriable()) return &outcome.error();
  }
  return nullptr;
}

// A mapping hands over texts as they came. What our API would refuse (a control character, too long
// an id) must not reach the log either: no fold could read it again.
Mapped strictly(const Webhook& webhook, Mapped mapped) {
  thread_local JsonCodec codec;
  std::vector<Submission> events;
  for (auto& event : mapped.events) {
    if (webhook.restates && ends_like_statement(event.id)) {
      mapped.refused.push_back({"delivery", {}, id_of_statement_error()});
    } else if (auto read = codec.decode_submission(encode_submission(event))) {
      events.push_back(*std::move(read));
    } else {
      mapped.refused.push_back({"delivery", {}, std::move(read).error()});
    }
  }
  mapped.events = std::move(events);
  return mapped;
}

// No retry makes a delivery shorter, and some senders would try for ever.
Mapped map_within_limits(const Webhook& webhook, const Request& request) {
  if (request.body.size() <= webhook.body_bytes_max) {
    return strictly(webhook, webhook.map(request));
  }
  Mapped too_large;
  too_large.refused.push_back(
      {"delivery",
       {},
       {ErrorCode::kTooLarge, fmt::format("a delivery has at most {} KiB; its beginning was kept",
                                          webhook.body_bytes_max / 1024)}});
  return too_large;
}

// For a sender that never restates: each by itself, and what the door says of it.
std::vector<Restating::Stated> appended(AppendDoor& door, std::vector<Submission> events) {
  std::vector<Restating::Stated> stated;
  for (auto& event : events) {
    const auto promise = std::make_shared<std::promise<Outcomes>>();
    auto outcomes = promise->get_future();
    door.append({std::move(event)},
                [promise](Outcomes all) { promise->set_value(std::move(all)); });
    stated.push_back({outcomes.get().front()});
  }
  return stated;
}

ReplayedAs replayed_as(const Restating::Stated& stated) {
  if (stated.superseded) return ReplayedAs::kSuperseded;
  if (stated.restated) return ReplayedAs::kRestated;
  return stated.outcome->duplicate ? ReplayedAs::kKnown : ReplayedAs::kRecorded;
}

std::string_view query_of(const Request& request) {
  const std::size_t mark = request.target.find('?');
  return mark == std::string::npos ? std::string_view()
                                   : std::string_view(request.target).substr(mark + 1);
}

}  // namespace

struct WebhookIngest::Delivery {
  const Webhook* webhook;
  Request request;
  Timestamp received;
  Mapped mapped;
  Reply reply;
};

struct WebhookIngest::Recorded {
  std::vector<Replayed::Event> events;
  std::optional<Error> refused;    // the first that no retry cures; the others went their way
  std::optional<Error> retriable;  // the delivery has to come again
};

WebhookIngest::WebhookIngest(Parts parts, std::vector<Webhook> webhooks)
    : parts_(parts),
      webhooks_(std::move(webhooks)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

WebhookIngest::~WebhookIngest() {
  thread_.request_stop();
  std::unique_lock lock(mutex_);
  all_settled_.wait(lock, [this] { return at_the_door_ == 0; });
}

void WebhookIngest::add_routes(http::Router& router) {
  for (const Webhook& webhook : webhooks_) {
    if (!webhook.has_route) continue;
    const std::string path =
        "/v1/hooks/" + webhook.name + (webhook.secret.empty() ? "" : "/{secret}");
    const http::Handler handler = [this, &webhook](Request request, Reply reply) {
      receive(webhook, std::move(request), std::move(reply));
    };
    router.add("POST", path, webhook.run_on, handler);
    router.add("GET", path, webhook.run_on, handler);
  }
}

const Webhook* WebhookIngest::find(std::string_view name) const {
  const auto found = std::find_if(webhooks_.begin(), webhooks_.end(),
                                  [&](const Webhook& one) { return one.name == name; });
  return found == webhooks_.end() ? nullptr : &*found;
}

Response WebhookIngest::take(std::string_view name, Request request) {
  const Webhook* webhook = find(name);
  LEDGER_ASSERT(webhook != nullptr && webhook->secret.empty(),
                "who brings a delivery himself knows his webhook");
  // Shared: whoever answers may still be inside set_value() when the wait is over.
  const auto promise = std::make_shared<std::promise<Response>>();
  auto answer = promise->get_future();
  receive(*webhook, std::move(request),
          [promise](Response response) { promise->set_value(std::move(response)); });
  return answer.get();
}

void WebhookIngest::receive(const Webhook& webhook, Request request, Reply reply) {
  if (webhook.refuse) {
    if (auto refusal = webhook.refuse(request)) {
      ++(refusal->status == 503 ? counts_.sent_back : counts_.forged);
      return reply(*std::move(refusal));
    }
  }
  std::optional<std::string> forged;
  if (!webhook.secret.empty() && !equal_secrets(request.captures.front(), webhook.secret)) {
    forged = "this is not the secret path of the webhook";
  } else if (webhook.forged) {
    forged = webhook.forged(request);
  }
  if (forged) {
    ++counts_.forged;
    return reply(http::forbidden(*forged));
  }
  if (webhook.answer) {
    if (auto answer = webhook.answer(request)) return reply(*std::move(answer));
  }
  auto delivery = std::make_shared<Delivery>(
      Delivery{&webhook, std::move(request), parts_.clock.now(), {}, std::move(reply)});
  delivery->mapped = map_within_limits(webhook, delivery->request);
  if (!delivery->mapped.refused.empty()) return second_look(std::move(delivery));
  if (delivery->mapped.events.empty()) {
    ++counts_.skipped;
    return delivery->reply(webhook.taken);
  }
  {
    const std::lock_guard lock(mutex_);
    ++at_the_door_;
  }
  parts_.door.append(delivery->mapped.events, [this, delivery](const Outcomes& outcomes) {
    settle(delivery, outcomes);
    const std::lock_guard lock(mutex_);
    --at_the_door_;
    all_settled_.notify_one();
  });
}

void WebhookIngest::settle(const std::shared_ptr<Delivery>& delivery, const Outcomes& outcomes) {
  if (all_new(outcomes)) {
    ++counts_.taken;
    delivery->reply(delivery->webhook->taken);
  } else if (const Error* error = retriable_error(outcomes)) {
    ++counts_.sent_back;
    delivery->reply(come_again(*error));
  } else {
    second_look(delivery);
  }
}

void WebhookIngest::second_look(std::shared_ptr<Delivery> delivery) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= kSecondLooksMax ||
      waiting_bytes_ + delivery->request.body.size() > kSecondLookBytesMax) {
    ++counts_.sent_back;
    return delivery->reply(
        come_again({ErrorCode::kUnavailable, "too many deliveries wait for a second look"}));
  }
  waiting_bytes_ += delivery->request.body.size();
  waiting_.push_back(std::move(delivery));
  work_.notify_one();
}

void WebhookIngest::run(const std::stop_token& stop) {
  while (true) {
    std::shared_ptr<Delivery> delivery;
    {
      std::unique_lock lock(mutex_);
      if (!work_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
      delivery = std::move(waiting_.front());
      waiting_.pop_front();
      waiting_bytes_ -= delivery->request.body.size();
    }
    look_again(*delivery);
  }
}

// With time to wait: corrections, and the quarantine for what the door refuses for good. The raw
// bytes are kept whole even if only one of several events is to blame: a replay repeats the others
// without effect.
void WebhookIngest::look_again(const Delivery& delivery) {
  const auto send_back = [&](const Error& error) {
    ++counts_.sent_back;
    delivery.reply(come_again(error));
  };
  const Recorded recorded = record(*delivery.webhook, delivery.mapped.events, std::nullopt);
  if (recorded.retriable) return send_back(*recorded.retriable);
  std::optional<Error> reason = recorded.refused;
  if (!delivery.mapped.refused.empty()) reason = delivery.mapped.refused.front().error;
  if (reason) {
    if (auto kept = keep(delivery, *reason); !kept) {
      return send_back(kept.error());
    }
    ++counts_.quarantined;
    log::warning("a delivery went into the quarantine", {{"sender", delivery.webhook->name},
                                                         {"error", name_of(reason->code)},
                                                         {"field", reason->field},
                                                         {"detail", reason->message}});
  } else {
    ++counts_.taken;
  }
  delivery.reply(delivery.webhook->taken);
}

WebhookIngest::Recorded WebhookIngest::record(const Webhook& webhook,
                                              std::vector<Submission> events,
                                              std::optional<Timestamp> said_at) {
  Recorded recorded;
  auto all = webhook.restates ? parts_.restating.record(std::move(events), said_at)
                              : appended(parts_.door, std::move(events));
  for (auto& stated : all) {
    if (stated.restated) ++counts_.corrected;
    if (stated.outcome) {
      const ReplayedAs as = replayed_as(stated);
      recorded.events.push_back({*std::move(stated.outcome), as});
      continue;
    }
    auto& first = stated.outcome.error().retriable() ? recorded.retriable : recorded.refused;
    if (!first) first = std::move(stated.outcome).error();
  }
  return recorded;
}

// It came when it came, not when its turn was: what was said after it is newer.
Status WebhookIngest::keep(const Delivery& delivery, const Error& reason) {
  const Request& request = delivery.request;
  QuarantinedInput input{delivery.webhook->name,
                         delivery.received,
                         request.method,
                         std::string(query_of(request)),
                         std::string(request.header("content-type")),
                         request.body,
                         std::string(name_of(reason.code)),
                         reason.field,
                         reason.message};
  return parts_.quarantine.keep(input);
}

Result<WebhookIngest::Replayed> WebhookIngest::replay(const Position& position) {
  LEDGER_TRY(const auto entry, parts_.quarantine.find(position));
  const Webhook* webhook = find(entry.input.sender);
  if (webhook == nullptr) {
    return fail(ErrorCode::kNotFound,
                "the webhook '" + entry.input.sender + "' is not configured on this server");
  }
  Request request;
  request.method = entry.input.method;
  request.target = "/?" + entry.input.query;
  LEDGER_TRY(request.query, http::parse_form(entry.input.query));
  request.headers.emplace_back("content-type", entry.input.content_type);
  request.body = entry.input.body;
  if (request.body.size() != entry.body_bytes) {
    return fail(ErrorCode::kTooLarge, "only the beginning of it was kept: let it be sent again");
  }
  const Mapped mapped = strictly(*webhook, webhook->map(request));
  if (!mapped.refused.empty()) return tl::unexpected(mapped.refused.front().error);
  Recorded recorded = record(*webhook, mapped.events, entry.input.received);
  Replayed replayed{std::move(recorded.events), std::move(recorded.retriable)};
  if (!replayed.left) replayed.left = std::move(recorded.refused);
  if (replayed.left && replayed.events.empty()) return tl::unexpected(*std::move(replayed.left));
  if (replayed.left) return replayed;
  LEDGER_CHECK(parts_.quarantine.release(position, parts_.clock.now(), {}));
  return replayed;
}

Status WebhookIngest::dismiss(const Position& position, const std::string& reason) {
  LEDGER_TRY([[maybe_unused]] const auto entry, parts_.quarantine.find(position));
  return parts_.quarantine.release(position, parts_.clock.now(), reason);
}

WebhookIngest::Counters WebhookIngest::counters() const {
  return {counts_.taken,       counts_.skipped,   counts_.forged,
          counts_.quarantined, counts_.corrected, counts_.sent_back};
}

}  // namespace ledger
