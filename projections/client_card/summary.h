#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "events/types/client_merge.h"
#include "events/types/erasure.h"
#include "events/types/feedback.h"
#include "events/types/offer_response.h"
#include "events/types/talk.h"
#include "projections/client_card/timeline.h"

// What an event says in a line of the timeline.
namespace ledger::client_card {

// A page is read whole: it shows the beginning of long texts, the event itself holds all of it.
[[nodiscard]] std::string shorten(std::string text);

namespace detail {

// Where an event that has no overload below says what it is about, the best first.
constexpr std::array<std::string_view, 18> kTelling{
    "text",   "subject", "topic",  "conclusion", "resolution", "question",
    "answer", "product", "wanted", "milestone",  "details",    "next_step",
    "tariff", "name",    "number", "basis",      "reason",     "note"};

struct Telling {
  TimelineEntry entry;
  std::size_t rank = kTelling.size();

  void look_at(std::string_view name, const std::string& value) {
    const auto found = static_cast<std::size_t>(std::find(kTelling.begin(), kTelling.end(), name) -
                                                kTelling.begin());
    if (found >= rank) return;
    rank = found;
    entry.text = value;
  }
  void look_at(std::string_view, const Money& value) {
    if (!entry.amount) entry.amount = value;
  }
  template <NamedEnum T>
  void look_at(std::string_view, const T& value) {
    if (entry.detail.empty()) entry.detail = name_of(value);
  }
  template <class T>
  void look_at(std::string_view name, const std::optional<T>& value) {
    if (value) look_at(name, *value);
  }
  template <class T>
  void look_at(std::string_view, const T&) {}
};

}  // namespace detail

// The first amount, the first word of a list, and the most telling text of an event.
template <class E>
[[nodiscard]] TimelineEntry summary(const E& event) {
  detail::Telling telling;
  E::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    telling.look_at(name, event.*member);
  });
  return std::move(telling.entry);
}

[[nodiscard]] TimelineEntry summary(const ClientRegistered& event);
[[nodiscard]] TimelineEntry summary(const ClientUpdated& event);
[[nodiscard]] TimelineEntry summary(const ClientAssigned& event);
[[nodiscard]] TimelineEntry summary(const ClientMerged& event);
[[nodiscard]] TimelineEntry summary(const ClientSplit& event);
[[nodiscard]] TimelineEntry summary(const CallCompleted& event);
[[nodiscard]] TimelineEntry summary(const OfferEmailed& event);
[[nodiscard]] TimelineEntry summary(const OfferPhoned& event);
[[nodiscard]] TimelineEntry summary(const OfferAnswered& event);
[[nodiscard]] TimelineEntry summary(const LetterExchanged& event);
[[nodiscard]] TimelineEntry summary(const MeetingHeld& event);
[[nodiscard]] TimelineEntry summary(const ContractSigned& event);
[[nodiscard]] TimelineEntry summary(const InvoiceIssued& event);
[[nodiscard]] TimelineEntry summary(const PaymentReceived& event);
[[nodiscard]] TimelineEntry summary(const ComplaintAssigned& event);
// That it was done; not why, nor what was noted beside it: the event itself says so.
[[nodiscard]] TimelineEntry summary(const DataSubjectErased& event);

template <AboutClient E>
[[nodiscard]] TimelineEntry entry_of(const E& event) {
  TimelineEntry entry = summary(event);
  entry.kind = kKind<E>;
  entry.text = shorten(std::move(entry.text));
  entry.detail = shorten(std::move(entry.detail));
  return entry;
}

}  // namespace ledger::client_card
