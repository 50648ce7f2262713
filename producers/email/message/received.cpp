#include "producers/email/message/received.h"

#include <algorithm>
#include <set>

#include "events/types/offer_response.h"
#include "events/types/talk.h"
#include "producers/email/message/authentication.h"

namespace ledger::mail {

namespace {

// A thread's root and its newest letters say whose answer it is.
constexpr std::size_t kReferencesMax = 100;

// Ids in the order in which they were said, each once. A header may hold tens of thousands.
class Ids {
 public:
  void add(std::string_view header) {
    for (auto& id : message_ids_in(header)) {
      if (seen_.insert(id).second) all_.push_back(std::move(id));
    }
  }
  [[nodiscard]] std::vector<std::string> all() && { return std::move(all_); }

 private:
  std::set<std::string> seen_;
  std::vector<std::string> all_;
};

// The letters that this one names: the one that it answers first, then the others, oldest first.
struct Thread {
  std::optional<std::string> in_reply_to;
  std::vector<std::string> references;
};

Thread read_thread(const MimeMessage& message) {
  Thread thread;
  Ids ids;
  for (const auto value : message.all("References")) ids.add(value);
  for (const auto value : message.all("In-Reply-To")) {
    const auto named = message_ids_in(value);
    if (!thread.in_reply_to && !named.empty()) thread.in_reply_to = named.front();
    ids.add(value);
  }
  std::vector<std::string> all = std::move(ids).all();
  if (all.empty()) return thread;
  if (!thread.in_reply_to) thread.in_reply_to = all.back();  // RFC 5322 3.6.4: the parent is last
  std::erase(all, *thread.in_reply_to);
  if (all.size() > kReferencesMax) {
    const auto surplus = static_cast<std::ptrdiff_t>(all.size() - kReferencesMax);
    all.erase(all.begin() + 1, all.begin() + 1 + surplus);
  }
  thread.references = std::move(all);
  return thread;
}

std::optional<Email> own_address_of(const MimeMessage& message, const Settings& settings) {
  for (const auto header : {"To", "Cc", "Delivered-To", "X-Original-To"}) {
    for (const auto& mailbox : mailboxes_of(message, header)) {
      if (mailbox.address && is_ours(*mailbox.address, settings)) return *mailbox.address;
    }
  }
  return std::nullopt;
}

// What both events say of the letter itself.
template <class Event>
Status fill_in(Event& event, const MimeMessage& message, const Settings& settings,
               const LetterTime& time) {
  LEDGER_CHECK(check_text_size(message.subject, "subject"));
  LetterId id = read_message_id(message);
  event.message_id = std::move(id.text);
  if (id.weak) event.weak_id = true;
  if (!message.subject.empty()) event.subject = message.subject;
  event.own_address = own_address_of(message, settings);
  event.sender_date = time.sender_date;
  return {};
}

}  // namespace

Status map_received(const MimeMessage& message, const Email& sender, const Settings& settings,
                    Mapped& mapped) {
  if (is_read_by_nobody(sender)) {
    mapped.skipped.push_back({"message", "from an address that nobody writes from"});
    return {};
  }
  LEDGER_TRY(const LetterTime time, read_time(message, settings));
  Thread thread = read_thread(message);
  if (thread.in_reply_to) {
    OfferAnswered event;
    LEDGER_CHECK(fill_in(event, message, settings, time));
    event.in_reply_to = *std::move(thread.in_reply_to);
    event.references = std::move(thread.references);
    event.sender = sender;
    event.authentication_failure = contradiction(message, settings, sender);
    std::string id = event.message_id;
    LEDGER_TRY(auto submission, to_submission(std::move(id), settings, time.occurred_at,
                                              EventData(std::move(event))));
    mapped.events.push_back(std::move(submission));
    return {};
  }
  if (settings.answers_only) {
    mapped.skipped.push_back({"message", "a letter of somebody else that answers none"});
    return {};
  }
  LetterExchanged event;
  LEDGER_CHECK(fill_in(event, message, settings, time));
  event.direction = LetterDirection::kReceived;
  event.address = sender;
  std::string id = event.message_id;
  LEDGER_TRY(auto submission,
             to_submission(std::move(id), settings, time.occurred_at, EventData(std::move(event))));
  mapped.events.push_back(std::move(submission));
  return {};
}

}  // namespace ledger::mail
