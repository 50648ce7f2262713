#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/phone.h"
#include "platform/clock.h"

namespace ledger {

enum class FollowUpKind { kCallback, kVisit, kLetter, kOffer, kOther };
constexpr auto names(FollowUpKind) {
  return words("callback", "visit", "letter", "offer", "other");
}

// A client is to be contacted on a day (job description 3.1: the list of clients to talk to soon).
struct FollowUpSet {
  static constexpr std::string_view kName = "follow_up.set";
  static constexpr int kVersion = 1;

  FollowUpId follow_up_id;  // Of the intention
  ClientId client_id;       // The client
  ManagerId manager_id;     // The manager who did it
  Date due_on;              // The day by which it is due, included
  FollowUpKind kind{};      // How
  std::string subject;      // What about

  static void fields(auto&& field) {
    field("follow_up_id", &FollowUpSet::follow_up_id);
    field("client_id", &FollowUpSet::client_id);
    field("manager_id", &FollowUpSet::manager_id);
    field("due_on", &FollowUpSet::due_on);
    field("kind", &FollowUpSet::kind);
    field("subject", &FollowUpSet::subject);
  }
  bool operator==(const FollowUpSet&) const = default;
};

// It was moved to another day.
struct FollowUpPostponed {
  static constexpr std::string_view kName = "follow_up.postponed";
  static constexpr int kVersion = 1;

  FollowUpId follow_up_id;            // Of the intention
  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  Date due_on;                        // The day by which it is due, included
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("follow_up_id", &FollowUpPostponed::follow_up_id);
    field("client_id", &FollowUpPostponed::client_id);
    field("manager_id", &FollowUpPostponed::manager_id);
    field("due_on", &FollowUpPostponed::due_on);
    field("reason", &FollowUpPostponed::reason);
  }
  bool operator==(const FollowUpPostponed&) const = default;
};

// It was done, or is not needed any more.
struct FollowUpDone {
  static constexpr std::string_view kName = "follow_up.done";
  static constexpr int kVersion = 1;

  FollowUpId follow_up_id;          // Of the intention
  ClientId client_id;               // The client
  ManagerId manager_id;             // The manager who did it
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("follow_up_id", &FollowUpDone::follow_up_id);
    field("client_id", &FollowUpDone::client_id);
    field("manager_id", &FollowUpDone::manager_id);
    field("note", &FollowUpDone::note);
  }
  bool operator==(const FollowUpDone&) const = default;
};

enum class InquiryChannel { kCall, kEmail, kVisit, kWeb };
constexpr auto names(InquiryChannel) { return words("call", "email", "visit", "web"); }

// Somebody turned to us (article: incoming calls, mail, visits).
struct InquiryReceived {
  static constexpr std::string_view kName = "inquiry.received";
  static constexpr int kVersion = 1;

  InquiryId inquiry_id;                   // Of the inquiry
  InquiryChannel channel{};               // How
  std::optional<ClientId> client_id;      // The client
  std::optional<Phone> phone;             // From which number
  std::optional<Email> email;             // From which address
  std::optional<std::string> text;        // In words
  std::optional<std::string> heard_from;  // Why just us, in the client's words

  static void fields(auto&& field) {
    field("inquiry_id", &InquiryReceived::inquiry_id);
    field("channel", &InquiryReceived::channel);
    field("client_id", &InquiryReceived::client_id);
    field("phone", &InquiryReceived::phone, personal);
    field("email", &InquiryReceived::email, personal);
    field("text", &InquiryReceived::text);
    field("heard_from", &InquiryReceived::heard_from);
  }
  bool operator==(const InquiryReceived&) const = default;
};

// An inquiry was answered.
struct InquiryAnswered {
  static constexpr std::string_view kName = "inquiry.answered";
  static constexpr int kVersion = 1;

  InquiryId inquiry_id;               // Of the inquiry
  std::optional<ClientId> client_id;  // The client
  ManagerId manager_id;               // The manager who did it
  std::optional<std::string> note;    // What else is worth keeping

  static void fields(auto&& field) {
    field("inquiry_id", &InquiryAnswered::inquiry_id);
    field("client_id", &InquiryAnswered::client_id);
    field("manager_id", &InquiryAnswered::manager_id);
    field("note", &InquiryAnswered::note);
  }
  bool operator==(const InquiryAnswered&) const = default;
};

}  // namespace ledger
