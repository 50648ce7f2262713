#include "projections/obligations/contacts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "events/types/follow_up.h"
#include "events/types/offer_response.h"
#include "events/types/person.h"
#include "events/types/talk.h"
#include "projections/client_card/queries.h"
#include "projections/obligations/sent_letters.h"

namespace ledger::obligations {

namespace {

using namespace client_card;

constexpr std::size_t kPage = 50;
constexpr std::size_t kFirstContactPage = 5;  // mostly one of the newest entries is one
// A call that nobody answered for so long waits for nobody any more, and so does an offer (ours).
constexpr int kWaitingDays = 30;

Contact kind_of_call(const TimelineEntry& entry) {
  if (entry.detail == name_of(CallOutcome::kAnswered)) {
    return entry.text == name_of(CallDirection::kInternal) ? Contact::kNothing : Contact::kTalk;
  }
  // A word that nobody understood says nothing.
  const bool in_vain = entry.detail != name_of(CallOutcome::kUnknown);
  const bool inbound = entry.text == name_of(CallDirection::kInbound);
  return inbound && in_vain ? Contact::kMissed : Contact::kNothing;
}

}  // namespace

Contact contact_of(const TimelineEntry& entry) {
  static const std::map<std::string_view, Contact> kinds{
      {kKind<OfferEmailed>, Contact::kFromUs},      {kKind<OfferPhoned>, Contact::kTalk},
      {kKind<MeetingHeld>, Contact::kTalk},         {OfferAnswered::kName, Contact::kFromThem},
      {InquiryReceived::kName, Contact::kFromThem}, {SurveyAnswered::kName, Contact::kFromThem},
      {GreetingSent::kName, Contact::kFromUs},      {InquiryAnswered::kName, Contact::kFromUs}};
  if (entry.kind == kKind<CallCompleted>) return kind_of_call(entry);
  if (entry.kind == LetterExchanged::kName) {
    return entry.detail == name_of(LetterDirection::kSent) ? Contact::kFromUs : Contact::kFromThem;
  }
  const auto found = kinds.find(entry.kind);
  return found == kinds.end() ? Contact::kNothing : found->second;
}

namespace {

class Reader {
 public:
  // Calls in vain before `missed_from` wait for nobody any more.
  explicit Reader(Date missed_from) : missed_from_(missed_from) {}

  void look_at(Timestamp time) {
    if (!found_.newest || *found_.newest < time) found_.newest = time;
  }

  // `said`: its side did say it. `letter`: of one of ours, what it counts as.
  void take(const TimelineEntry& entry, bool said, const std::optional<SentLetters::Read>& letter) {
    const Contact kind = said ? contact_of(entry) : Contact::kNothing;
    if (is_said(kind) && !found_.last_on) found_.last_on = entry.day;
    if (kind == Contact::kTalk && !found_.last_talk) {
      found_.last_talk = entry.time;
      found_.last_talk_on = entry.day;
    }
    called_back_ |= kind == Contact::kTalk || entry.kind == InquiryAnswered::kName;
    if (kind == Contact::kMissed && !called_back_ && entry.day >= missed_from_) add_missed(entry);
    // An answer may name it as an earlier letter of its thread only, which the timeline does not
    // show.
    const bool is_offer = letter && letter->counts_as == directory::CountsAs::kOffer;
    if (is_offer && !letter->answer && !found_.last_talk && !answered_.contains(entry.message_id)) {
      found_.offers.push_back({entry.day, entry.message_id, entry.text, entry.position});
    }
    if (!entry.in_reply_to.empty() && kind == Contact::kFromThem)
      answered_.insert(entry.in_reply_to);
  }

  // Whether nothing that a letter of ours says would change what was found.
  [[nodiscard]] bool needs_no_letter() const { return found_.last_on && found_.last_talk; }

  // Whether entries of that day and before have nothing to add.
  [[nodiscard]] bool is_done(Date day, Date back_to) const {
    return found_.last_on && (found_.last_talk || day < back_to);
  }

  [[nodiscard]] Contacts found() && { return std::move(found_); }

 private:
  void add_missed(const TimelineEntry& entry) {
    if (!found_.missed) found_.missed = Contacts::Missed{entry.time, entry.day, entry.position, 0};
    ++found_.missed->calls;
  }

  Date missed_from_;
  bool called_back_ = false;
  Contacts found_;
  std::set<std::string> answered_;
};

Status take(Reader& reader, SentLetters& letters, const TimelineEntry& entry) {
  if (entry.kind != kKind<OfferEmailed>) {
    LEDGER_TRY(const bool said, letters.was_said(entry));
    reader.take(entry, said, std::nullopt);
    return {};
  }
  if (reader.needs_no_letter()) return {};
  LEDGER_TRY(const auto letter, letters.read(entry));
  reader.take(entry, directory::is_said(letter.counts_as), letter);
  return {};
}

}  // namespace

Result<Contacts> contacts(const ViewSnapshot& snapshot, const directory::OneClient& client,
                          const AsOf& as_of, Timestamp now, Date back_to) {
  const Date waiting_from = add_days(as_of.day, -kWaitingDays);
  const Date first = std::min(back_to, waiting_from);
  Reader reader(waiting_from);
  SentLetters letters(snapshot, client, as_of);
  for (std::string cursor;;) {
    LEDGER_TRY(const auto slice,
               timeline(snapshot, client, TimelineQuestion{cursor, std::nullopt, as_of, kPage}));
    for (const auto& entry : slice.entries) {  // newest first: an answer before its letter
      if (entry.time > now) continue;
      reader.look_at(entry.time);
      if (reader.is_done(entry.day, first)) {
        return std::move(reader).found();
      }
      LEDGER_CHECK(take(reader, letters, entry));
    }
    if (slice.next.empty()) return std::move(reader).found();
    cursor = slice.next;
  }
}

Result<bool> spoke_since(const ViewSnapshot& snapshot, const directory::OneClient& client,
                         const AsOf& as_of, Date since) {
  // From the month of the day on: what came later is not looked at.
  const std::string newest = page_key(ClientId(client.survivor), as_of.day);
  SentLetters letters(snapshot, client, as_of);
  for (std::string cursor = newest.substr(page_prefix(client.survivor).size()) + ".0";;) {
    LEDGER_TRY(const auto slice,
               timeline(snapshot, client,
                        TimelineQuestion{cursor, std::nullopt, as_of, kFirstContactPage}));
    for (const auto& entry : slice.entries) {
      if (entry.day < since) return false;
      if (!is_said(contact_of(entry))) continue;
      LEDGER_TRY(const bool said, letters.was_said(entry));
      if (said) return true;
    }
    if (slice.next.empty()) return false;
    cursor = slice.next;
  }
}

}  // namespace ledger::obligations
