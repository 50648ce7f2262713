// A manager's day: calls out and in, what came of them, offers by telephone and by mail, meetings.
#include <fmt/format.h>

#include <algorithm>

#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/follow_up.h"
#include "events/types/meeting.h"
#include "events/types/need.h"
#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "events/types/talk.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kPhones = "asterisk/demo";
constexpr std::string_view kMail = "mail/demo";
constexpr std::string_view kHouse = "house/crm";
constexpr std::int64_t kOfferTalkSeconds = 30;
// Of how many offers it is written down what they say, per mille.
constexpr std::int64_t kMailedDescribed = 100;
constexpr std::int64_t kPhonedDescribed = 40;
constexpr std::int64_t kIndividualDescribed = 500;

// How many of `norm` a manager does on a day: some more, some less, and none exactly the same.
std::int64_t done(Chance& chance, const Manager& manager, std::int64_t norm) {
  return norm * manager.diligence * chance.around(78, 118) / 10'000;
}

}  // namespace

void House::make_calls(std::size_t manager, Date day) {
  if (telephony_is_down_) return;
  for (std::int64_t n = done(chance_, managers_[manager], 44); n > 0; --n) {
    make_call(manager, someone_of(manager), day);
  }
}

void House::make_call(std::size_t manager, Client& client, Date day) {
  const std::int64_t second = office_second();
  CallCompleted call;
  call.call_id = CallId(fmt::format("demo.{:08}", ++calls_));
  call.direction = chance_.per_mille(850) ? CallDirection::kOutbound : CallDirection::kInbound;
  // Now and then somebody nobody knows.
  call.client_phone = phone(chance_.per_mille(985) ? client.number : 90'000 + chance_.below(400));
  call.manager_extension = managers_[manager].extension;
  const std::int64_t kind = chance_.below(100);
  call.outcome = kind < 72   ? CallOutcome::kAnswered
                 : kind < 90 ? CallOutcome::kMissed
                 : kind < 97 ? CallOutcome::kBusy
                             : CallOutcome::kCancelled;
  if (call.outcome == CallOutcome::kAnswered) {
    call.talk_s = chance_.per_mille(80) ? chance_.between(2, 12) : chance_.around(15, 420);
  }
  call.duration_s = call.talk_s + chance_.between(4, 30);
  // The exchange's record is now and then carried over late.
  const std::int64_t late = chance_.per_mille(4) ? chance_.between(1, 3) : 0;
  const std::string call_id = call.call_id.text();
  const bool talked = call.outcome == CallOutcome::kAnswered &&
                      call.direction == CallDirection::kOutbound && late == 0;
  const std::int64_t talk_s = call.talk_s;
  const bool is_test = chance_.per_mille(1);
  say(kPhones, call_id, day, second, EventData(call), late);
  if (is_test && late == 0) {
    void_later(kPhones, call_id, "тестовий дзвінок", day);
    return;
  }
  if (talked && call.call_id.text().ends_with("777")) find_out_later(call, day);
  if (late == 0 && chance_.per_mille(2)) correct_call(call, manager, add_days(day, 1));
  if (talked && call.client_phone == phone(client.number)) {
    talk_over(managers_[manager], client, day, second + call.duration_s, call.call_id, talk_s);
  }
}

// Told on the evening of the day on which it is found out.
void House::void_later(std::string_view source, const std::string& target, std::string_view reason,
                       Date day) {
  EventVoided voided;
  voided.target_source = source;
  voided.target_id = target;
  voided.reason = reason;
  voided.manager_id = ManagerId(std::string(kHead));
  say(kHouse, "void-" + target, day, 18 * 3600 + 600, EventData(voided));
}

// Six weeks later somebody listens to the recording.
void House::find_out_later(const CallCompleted& call, Date day) {
  constexpr int kLaterDays = 42;
  const Timestamp when =
      settings_.zone.to_instant(working_day(add_days(day, kLaterDays)), std::chrono::hours(16));
  if (when > settings_.until) return;
  EventVoided voided;
  voided.target_source = kPhones;
  voided.target_id = call.call_id.text();
  voided.reason = "за записом розмови — особистий дзвінок";
  voided.manager_id = ManagerId(std::string(kHead));
  std::string id = "found-" + voided.target_id;
  found_later_.push_back(
      {std::move(id), std::string(kHouse), when, std::nullopt, EventData(std::move(voided))});
}

// A colleague sat at another's desk: the call is his, on the day on which he made it.
void House::correct_call(const CallCompleted& call, std::size_t manager, Date day) {
  CallCompleted right = call;
  right.manager_extension = managers_[(manager + 1) % managers_.size()].extension;
  EventCorrected corrected;
  corrected.target_source = kPhones;
  corrected.target_id = call.call_id.text();
  corrected.reason = "дзвонив колега з чужого апарата";
  corrected.data.text = data_json(EventData(right));
  say(kHouse, "fix-" + corrected.target_id, day, 9 * 3600 + 900, EventData(corrected));
}

void House::talk_over(const Manager& manager, Client& client, Date day, std::int64_t second,
                      const CallId& call, std::int64_t talk_s) {
  const std::int64_t product = chance_.below(20);
  if (talk_s >= kOfferTalkSeconds && chance_.per_mille(780)) {
    OfferPhoned offer;
    offer.client_id = client.id;
    offer.manager_id = manager.id;
    offer.subject = product_name(product);
    offer.call_id = call;
    say(kHouse, "phoned-" + call.text(), day, second, EventData(offer));
    besides_.on_offer(client, manager, {call.text(), product, day, second}, kPhonedDescribed);
  }
  if (talk_s < 10 || !chance_.per_mille(550)) return;
  CallResultRecorded result;
  result.client_id = client.id;
  result.manager_id = manager.id;
  result.call_id = call;
  const std::int64_t kind = chance_.below(10);
  result.result = kind < 3   ? CallResult::kInterested
                  : kind < 5 ? CallResult::kOfferRequested
                  : kind < 7 ? CallResult::kCallback
                  : kind < 9 ? CallResult::kNoNeed
                             : CallResult::kRefused;
  const bool comes_back = result.result == CallResult::kCallback;
  say(kHouse, "result-" + call.text(), day, second + 60, EventData(result));
  if (comes_back) {
    FollowUpSet follow_up;
    follow_up.follow_up_id = FollowUpId("follow-" + call.text());
    follow_up.client_id = client.id;
    follow_up.manager_id = manager.id;
    follow_up.due_on = working_day(add_days(day, static_cast<int>(chance_.between(1, 12))));
    follow_up.kind = FollowUpKind::kCallback;
    follow_up.subject = product_name(product);
    if (chance_.per_mille(870)) {
      say(kHouse, "done-" + call.text(), follow_up.due_on, office_second(),
          EventData(FollowUpDone{follow_up.follow_up_id, client.id, manager.id, std::nullopt}));
    }
    say(kHouse, "follow-" + call.text(), day, second + 61, EventData(follow_up));
  } else if (kind < 3 && chance_.per_mille(300)) {
    NeedRecorded need;
    need.client_id = client.id;
    need.manager_id = manager.id;
    need.need_id = NeedId("need-" + call.text());
    need.text = "Потрібно: " + product_name(product);
    need.level = kind == 0 ? NeedLevel::kUrgent : NeedLevel::kPlanned;
    need.direction = product_name(product);
    besides_.on_offer(client, manager, {call.text(), product, day, second + 120, need.need_id},
                      kIndividualDescribed);
    say(kHouse, "need-" + call.text(), day, second + 62, EventData(need));
  }
}

void House::mail_offers(std::size_t manager, Date day) {
  const Manager& who = managers_[manager];
  for (std::int64_t n = done(chance_, who, 56); n > 0; --n) {
    const Client& client = someone_of(manager);
    const std::int64_t product = chance_.below(20);
    OfferEmailed offer;
    offer.message_id = fmt::format("<{}@house.example>", id("offer"));
    offer.sender = Email::parse(who.email).value();
    offer.recipients = {client.email};
    offer.subject = "Комерційна пропозиція: " + product_name(product);
    // The sender of free mail boxes is known by the card's own address only.
    const std::string message = offer.message_id;
    const std::int64_t second = office_second();
    say(kMail, message, day, second, EventData(offer));
    besides_.on_offer(client, who, {message, product, day, second}, kMailedDescribed);
    if (chance_.per_mille(12)) {
      OfferDeliveryChanged bounced;
      bounced.message_id = message;
      bounced.recipient = client.email;
      bounced.status = DeliveryStatus::kBouncedHard;
      bounced.reason = "550 5.1.1 немає такої скриньки";
      say(kMail, message + "-bounce", add_days(day, 1), 6 * 3600, EventData(bounced));
    } else if (chance_.per_mille(60)) {
      OfferAnswered answered;
      answered.message_id = fmt::format("<{}@client.example>", id("answer"));
      answered.in_reply_to = message;
      answered.sender = client.email;
      answered.manager_id = who.id;
      answered.subject = "Re: Комерційна пропозиція";
      const std::string answer = answered.message_id;
      say(kMail, answer, working_day(add_days(day, static_cast<int>(chance_.between(0, 3)))),
          std::min<std::int64_t>(second + 3600, 86'000), EventData(answered));
    }
  }
}

void House::meet(std::size_t manager, Date day) {
  if (!chance_.per_mille(380)) return;
  const Client& client = someone_of(manager);
  constexpr std::string_view kTopics[] = {"договір на наступний рік", "умови відстрочки",
                                          "новий асортимент", "рекламація і заміна"};
  MeetingHeld meeting;
  meeting.client_id = client.id;
  meeting.manager_id = managers_[manager].id;
  meeting.topic = chance_.one_of(kTopics);
  meeting.place = chance_.per_mille(600) ? "офіс клієнта" : "наш офіс";
  meeting.level = chance_.per_mille(500) ? MeetingLevel::kHead : MeetingLevel::kSpecialist;
  const std::string meeting_id = id("meeting");
  say(kHouse, meeting_id, day, office_second(), EventData(meeting));
  if (chance_.per_mille(15)) {
    void_later(kHouse, meeting_id, "зустріч перенесли, запис зроблено наперед", add_days(day, 1));
  }
}

}  // namespace ledger::demo
