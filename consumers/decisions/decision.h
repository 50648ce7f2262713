#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "consumers/decisions/decisions.h"
#include "events/envelope.h"
#include "events/ids.h"
#include "events/position.h"
#include "projections/receivables/counted_booking.h"

// What the decisions have in common. Private to this folder.
namespace ledger::decisions {

// Where nobody was asked who he is; who was is the source himself (access/recording.h).
inline constexpr std::string_view kSource = "ledger/decisions";

// The members of a request's body, all of them texts or whole numbers.
class Body {
 public:
  // kUnknownField for a member that is none of `members`.
  [[nodiscard]] static Result<Body> read(std::string_view body,
                                         std::initializer_list<std::string_view> members);

  // kMissingField; kInvalidField beyond what the type allows.
  [[nodiscard]] Result<std::string> text(std::string_view member) const;
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view member) const;
  [[nodiscard]] Result<std::optional<std::int64_t>> optional_amount(std::string_view member) const;
  [[nodiscard]] bool says(std::string_view member) const { return members_.contains(member); }
  template <class Id>
  [[nodiscard]] Result<Id> id(std::string_view member) const {
    LEDGER_TRY(const std::string value, text(member));
    auto parsed = Id::parse(value);
    if (parsed) return *std::move(parsed);
    Error error = std::move(parsed).error();
    error.field = member;
    return tl::unexpected(std::move(error));
  }

 private:
  std::map<std::string, std::string, std::less<>> members_;
};

// What was asked, and as whom the ledger knows him who asks: what a manager decides he decides
// himself, whether he names himself or not.
struct Asked {
  std::string_view body;
  std::optional<ManagerId> himself = {};
};

// What is decided about: the event at a position, as it was told.
struct Subject {
  Position position;
  Event event;
};
[[nodiscard]] Result<Subject> subject_of(const DecisionContext& context,
                                         const std::string& position);

// What is to be recorded, or the position of the decision that stands already.
struct Decided {
  std::variant<Submission, Position> what;
  // Of a payment: what counts for its booking of the bank already, and is to be said to who
  // decides.
  std::optional<receivables::CountedBooking> counts_for = {};
  bool restricted = false;  // for whom it counts is not for who decides to know

  Decided(Submission submission) : what(std::move(submission)) {}
  Decided(const Position& position) : what(position) {}
};

// At the time of what it is about, so that the same decision sent again is the same event; when it
// was made stands in the log as the time of recording.
[[nodiscard]] Submission submission_of(const Subject& subject, std::string id, EventData data);

// Somebody who was ever hired: who decides is named, or asks.
[[nodiscard]] Result<ManagerId> manager_of(const ViewSnapshot& views, const Body& said,
                                           const Asked& asked);
// Of a card that was ever opened.
[[nodiscard]] Result<ClientId> client_of(const ViewSnapshot& views, const Body& said);

// The routes of each kind of decision.
[[nodiscard]] Result<Decided> accept_match(const ViewSnapshot& views, const Subject& subject,
                                           const Asked& asked);
[[nodiscard]] Result<Decided> reject_match(const ViewSnapshot& views, const Subject& subject,
                                           const Asked& asked);
[[nodiscard]] Result<Decided> rule_out(const ViewSnapshot& views, const Subject& subject,
                                       const Asked& asked);
[[nodiscard]] Result<Decided> accept_allocation(const ViewSnapshot& views, const Subject& subject,
                                                const Asked& asked);
[[nodiscard]] Result<Decided> reject_allocation(const ViewSnapshot& views, const Subject& subject,
                                                const Asked& asked);
[[nodiscard]] Result<Decided> name_advance(const ViewSnapshot& views, const Subject& subject,
                                           const Asked& asked);

}  // namespace ledger::decisions
