#include <algorithm>
#include <map>
#include <set>

#include "consumers/query/client_sections.h"
#include "consumers/query/obligation_json.h"
#include "events/types/person.h"
#include "platform/limits.h"
#include "projections/client_card/standing.h"
#include "projections/obligations/contacts.h"
#include "projections/obligations/queries.h"
#include "projections/obligations/sent_letters.h"

namespace ledger::client_sections {

namespace {

using namespace client_card;

// After so many days without a word from either side a client is dormant (domain.md 5).
constexpr int kDormantDays = 90;

enum class From { kNobody, kUs, kClient, kBoth };

// Whose word an entry was. Who called and was not answered did not say anything: the same silence
// as the contact plan's (obligations/contacts.h).
From speaker(const TimelineEntry& entry) {
  if (!obligations::is_said(obligations::contact_of(entry))) return From::kNobody;
  using Kinds = std::map<std::string_view, From>;
  static const Kinds kinds{
      {kKind<OfferEmailed>, From::kUs},        {kKind<OfferPhoned>, From::kUs},
      {kKind<MeetingHeld>, From::kBoth},       {OfferAnswered::kName, From::kClient},
      {InquiryReceived::kName, From::kClient}, {SurveyAnswered::kName, From::kClient},
      {GreetingSent::kName, From::kUs},        {InquiryAnswered::kName, From::kUs}};
  if (entry.kind == kKind<CallCompleted>) {
    return entry.text == name_of(CallDirection::kOutbound) ? From::kUs : From::kClient;
  }
  if (entry.kind == LetterExchanged::kName) {
    return entry.detail == name_of(LetterDirection::kSent) ? From::kUs : From::kClient;
  }
  const auto found = kinds.find(entry.kind);
  return found == kinds.end() ? From::kNobody : found->second;
}

// How long clients take to answer: of the newest offer that was answered.
void write_last_answer(JsonWriter& json, const TimelineEntry& offer,
                       const LetterRow::Answer& answer) {
  json.key("last_answer").begin_object();
  json.member("offer", offer.message_id);
  json.member("time", format_timestamp(answer.time));
  json.member("days_to_answer", days_between(offer.day, answer.day));
  json.end_object();
}

// When each side was last heard, and what waits for an answer, among the newest entries.
Status write_newest(JsonWriter& json, const Query& query, const Card& card,
                    const std::vector<TimelineEntry>& newest) {
  obligations::SentLetters letters(query.snapshot, card.client, query.times());
  const TimelineEntry* offer = nullptr;
  std::optional<LetterRow::Answer> answer;
  std::optional<Timestamp> from_us;
  std::optional<Timestamp> from_client;
  std::optional<Date> last_on;
  std::set<std::string> answered;
  std::int64_t offers_open = 0;
  std::int64_t letters_open = 0;
  for (const auto& entry : newest) {  // newest first: an answer comes before its letter
    LEDGER_TRY(const bool said, letters.was_said(entry));
    const From from = said ? speaker(entry) : From::kNobody;
    const bool both = from == From::kBoth;
    if (from != From::kNobody) last_on = std::max(last_on, std::optional(entry.day));
    if ((both || from == From::kUs) && !from_us) from_us = entry.time;
    if ((both || from == From::kClient) && !from_client) from_client = entry.time;
    if (said && !entry.in_reply_to.empty()) answered.insert(entry.in_reply_to);
    if (entry.kind == kKind<OfferEmailed>) {
      LEDGER_TRY(const auto letter, letters.read(entry));
      const bool is_offer = letter.counts_as == directory::CountsAs::kOffer;
      if (is_offer && !letter.answer) ++offers_open;
      if (is_offer && letter.answer && offer == nullptr) {
        offer = &entry;
        answer = letter.answer;
      }
    }
    if (entry.message_id.empty() || answered.contains(entry.message_id)) continue;
    if (entry.kind == LetterExchanged::kName && from == From::kClient) ++letters_open;
  }
  if (from_us) json.member("last_contact_from_us", format_timestamp(*from_us));
  if (from_client) json.member("last_contact_from_client", format_timestamp(*from_client));
  if (last_on) {
    const int silent = days_between(*last_on, query.as_of);
    json.member("silent_days", silent);
    json.member("dormant", silent >= kDormantDays);
  }
  json.member("offers_unanswered", offers_open);
  if (offer != nullptr) write_last_answer(json, *offer, *answer);
  json.member("letters_unanswered", letters_open);
  return {};
}

// As the list of obligations has it: one truth about what is to be done next.
Status write_next(JsonWriter& json, const QueryContext& context, const Query& query,
                  const Card& card) {
  LEDGER_TRY(const auto next, obligations::next_contact(query.snapshot, card.client.survivor,
                                                        query.times(), context.zone));
  if (!next) return {};
  json.key("next_contact");
  return write_obligation(json, query, *next);
}

}  // namespace

Status write_contacts(JsonWriter& json, const QueryContext& context, const Query& query,
                      const Card& card) {
  const bool all = query.as_of >= query.today && !query.known_at;
  const auto as_of = all ? std::nullopt : std::optional(query.times());
  LEDGER_TRY(const auto counted, counters(query.snapshot, card.client, as_of));
  json.key("counters").begin_object();
  for (const auto& [kind, count] : counted) json.member(kind, count);
  json.end_object();
  LEDGER_TRY(const auto newest,
             timeline(query.snapshot, card.client,
                      TimelineQuestion{"", std::nullopt, query.times(), limits::kPageItemsMax}));
  LEDGER_CHECK(write_newest(json, query, card, newest.entries));
  return write_next(json, context, query, card);
}

}  // namespace ledger::client_sections
