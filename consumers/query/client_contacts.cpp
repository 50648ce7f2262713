#include <algorithm>
#include <map>
#include <set>

#include "consumers/query/client_sections.h"
#include "consumers/query/obligation_json.h"
#include "events/types/person.h"
#include "platform/limits.h"
#include "projections/client_card/standing.h"
#include "projections/obligations/queries.h"

namespace ledger::client_sections {

namespace {

using namespace client_card;

// After so many days without a word from either side a client is dormant (domain.md 5).
constexpr int kDormantDays = 90;

enum class From { kUs, kClient, kBoth };

// Whose word an entry was; nullopt: nobody talked.
std::optional<From> speaker(const TimelineEntry& entry) {
  using Kinds = std::map<std::string_view, From>;
  static const Kinds kinds{
      {kKind<OfferEmailed>, From::kUs},        {kKind<OfferPhoned>, From::kUs},
      {kKind<MeetingHeld>, From::kBoth},       {OfferAnswered::kName, From::kClient},
      {InquiryReceived::kName, From::kClient}, {SurveyAnswered::kName, From::kClient},
      {GreetingSent::kName, From::kUs}};
  if (entry.kind == kKind<CallCompleted>) {
    return entry.text == name_of(CallDirection::kOutbound) ? From::kUs : From::kClient;
  }
  if (entry.kind == LetterExchanged::kName) {
    return entry.detail == name_of(LetterDirection::kSent) ? From::kUs : From::kClient;
  }
  const auto found = kinds.find(entry.kind);
  if (found == kinds.end()) return std::nullopt;
  return found->second;
}

// When each side was last heard, and what waits for an answer, among the newest entries.
void write_newest(JsonWriter& json, const std::vector<TimelineEntry>& newest, Date as_of) {
  std::optional<Timestamp> from_us;
  std::optional<Timestamp> from_client;
  std::optional<Date> last_on;
  std::set<std::string> answered;
  std::int64_t offers_open = 0;
  std::int64_t letters_open = 0;
  for (const auto& entry : newest) {  // newest first: an answer comes before its letter
    const auto from = speaker(entry);
    if (from) last_on = std::max(last_on, std::optional(entry.day));
    if (from && *from != From::kClient && !from_us) from_us = entry.time;
    if (from && *from != From::kUs && !from_client) from_client = entry.time;
    if (!entry.in_reply_to.empty()) answered.insert(entry.in_reply_to);
    if (entry.message_id.empty() || answered.contains(entry.message_id)) continue;
    if (entry.kind == kKind<OfferEmailed>) ++offers_open;
    if (entry.kind == LetterExchanged::kName && from == From::kClient) ++letters_open;
  }
  if (from_us) json.member("last_contact_from_us", format_timestamp(*from_us));
  if (from_client) json.member("last_contact_from_client", format_timestamp(*from_client));
  if (last_on) {
    const int silent = days_between(*last_on, as_of);
    json.member("silent_days", silent);
    json.member("dormant", silent >= kDormantDays);
  }
  json.member("offers_unanswered", offers_open);
  json.member("letters_unanswered", letters_open);
}

// As the list of obligations has it: one truth about what is to be done next.
Status write_next(JsonWriter& json, const QueryContext& context, const Query& query,
                  const Card& card) {
  LEDGER_TRY(const auto next, obligations::next_contact(query.snapshot, card.client.survivor,
                                                        query.times(), context.zone));
  if (!next) return {};
  json.key("next_contact");
  return write_obligation(json, query.snapshot, *next, query.as_of);
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
  write_newest(json, newest.entries, query.as_of);
  return write_next(json, context, query, card);
}

}  // namespace ledger::client_sections
