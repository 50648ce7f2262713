#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_data.h"
#include "events/money.h"
#include "events/position.h"
#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/client.h"
#include "events/types/conduct.h"
#include "events/types/contract.h"
#include "events/types/invoice.h"
#include "events/types/match_rejection.h"
#include "events/types/meeting.h"
#include "events/types/offer.h"
#include "events/types/payment.h"
#include "projections/known.h"

// What happened with a client, newest first. Every event that has a client stands here without
// being listed: its kind is its type's name, its text is found among its own fields.
namespace ledger::client_card {

template <class E>
concept AboutClient = EventStruct<E> && requires(const E& event) { event.client_id; };

// Who looked at a card is for the auditor: it is nothing that happened with the client. Of a match
// the interaction that found its client is shown; of a refused one nothing is his.
template <class E>
inline constexpr bool kOnTimeline = true;
template <>
inline constexpr bool kOnTimeline<AccessLogged> = false;
template <>
inline constexpr bool kOnTimeline<InteractionMatched> = false;
template <>
inline constexpr bool kOnTimeline<InteractionMatchRejected> = false;

// What an entry is called: the first types have short words, which senders' programs know.
template <class E>
inline constexpr std::string_view kKind = E::kName;
template <>
inline constexpr std::string_view kKind<CallCompleted> = "call";
template <>
inline constexpr std::string_view kKind<OfferEmailed> = "offer_emailed";
template <>
inline constexpr std::string_view kKind<OfferPhoned> = "offer_phoned";
template <>
inline constexpr std::string_view kKind<MeetingHeld> = "meeting";
template <>
inline constexpr std::string_view kKind<ContractSigned> = "contract";
template <>
inline constexpr std::string_view kKind<InvoiceIssued> = "invoice";
template <>
inline constexpr std::string_view kKind<PaymentReceived> = "payment";
template <>
inline constexpr std::string_view kKind<ClientRegistered> = "registered";
template <>
inline constexpr std::string_view kKind<ClientUpdated> = "updated";
template <>
inline constexpr std::string_view kKind<ClientAssigned> = "assigned";

// The type of event that an entry of this kind is of.
[[nodiscard]] std::string_view type_of(std::string_view kind);

struct TimelineEntry {
  Position position;
  Known known;
  std::string kind;
  Timestamp time;
  Date day;  // the business day, as the door stamped it
  std::string source;
  std::string id;
  std::string manager_id;     // empty: nobody's yet
  std::string text;           // subject, topic, number, purpose; the kind says which
  std::string detail;         // outcome, direction, place
  std::int64_t seconds = 0;   // talk of a call
  bool time_suspect = false;  // its sender's clock showed a time that the day did not have
  std::optional<Money> amount;
  std::string message_id;   // of a letter
  std::string in_reply_to;  // the letter that this one answers
  // Of an answer: our gateway does not believe who sent it. Of a letter of ours see LetterRow.
  bool unverified = false;

  static void fields(auto&& field) {
    field("position", &TimelineEntry::position);
    field("known", &TimelineEntry::known);
    field("kind", &TimelineEntry::kind);
    field("time", &TimelineEntry::time);
    field("day", &TimelineEntry::day);
    field("source", &TimelineEntry::source);
    field("id", &TimelineEntry::id);
    field("manager_id", &TimelineEntry::manager_id);
    field("text", &TimelineEntry::text);
    field("detail", &TimelineEntry::detail);
    field("seconds", &TimelineEntry::seconds);
    field("time_suspect", &TimelineEntry::time_suspect);
    field("amount", &TimelineEntry::amount);
    field("message_id", &TimelineEntry::message_id);
    field("in_reply_to", &TimelineEntry::in_reply_to);
    field("unverified", &TimelineEntry::unverified);
  }
};

// Key: client id, a zero byte, the month of the business day as "209912" complemented, so that the
// newest page comes first. A month is a page: a late event finds its page without an index, and a
// busy client's history is rewritten a month at a time.
struct TimelinePage {
  static constexpr char kTable = 't';
  std::vector<TimelineEntry> entries;  // by position; queries sort by time

  static void fields(auto&& field) { field("entries", &TimelinePage::entries); }
  [[nodiscard]] bool empty() const { return entries.empty(); }
};
[[nodiscard]] std::string page_key(const ClientId& client, Date day);
[[nodiscard]] std::string page_prefix(std::string_view client_id);

// Key: client id. What stands by everything that is recorded. Beside the card, so that a call
// rewrites no requisites.
struct CountersRow {
  static constexpr char kTable = 'n';
  struct Counter {
    std::string kind;
    std::int64_t count = 0;
    static void fields(auto&& field) {
      field("kind", &Counter::kind);
      field("count", &Counter::count);
    }
  };
  std::vector<Counter> counters;  // by kind; none is 0

  static void fields(auto&& field) { field("counters", &CountersRow::counters); }
  [[nodiscard]] bool empty() const { return counters.empty(); }
};

}  // namespace ledger::client_card
