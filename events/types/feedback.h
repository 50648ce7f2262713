#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

enum class ObjectionKind { kPrice, kQuality, kTiming, kCompetitor, kTrust, kOther };
constexpr auto names(ObjectionKind) {
  return words("price", "quality", "timing", "competitor", "trust", "other");
}

// What a client objected, and what was said to it (article).
struct ObjectionRaised {
  static constexpr std::string_view kName = "objection.raised";
  static constexpr int kVersion = 1;

  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  ObjectionKind kind{};               // What about
  std::string text;                   // In words
  std::optional<std::string> answer;  // What was answered

  static void fields(auto&& field) {
    field("client_id", &ObjectionRaised::client_id);
    field("manager_id", &ObjectionRaised::manager_id);
    field("kind", &ObjectionRaised::kind);
    field("text", &ObjectionRaised::text);
    field("answer", &ObjectionRaised::answer);
  }
  bool operator==(const ObjectionRaised&) const = default;
};

enum class FeedbackKind { kSatisfied, kDissatisfied, kSuggestion };
constexpr auto names(FeedbackKind) { return words("satisfied", "dissatisfied", "suggestion"); }

// What a client thinks of working with us (job description 3.2).
struct FeedbackRecorded {
  static constexpr std::string_view kName = "feedback.recorded";
  static constexpr int kVersion = 1;

  ClientId client_id;                // The client
  ManagerId manager_id;              // The manager who did it
  FeedbackKind kind{};               // Which way
  std::optional<std::string> cause;  // The cause, in a word
  std::string text;                  // In words

  static void fields(auto&& field) {
    field("client_id", &FeedbackRecorded::client_id);
    field("manager_id", &FeedbackRecorded::manager_id);
    field("kind", &FeedbackRecorded::kind);
    field("cause", &FeedbackRecorded::cause);
    field("text", &FeedbackRecorded::text);
  }
  bool operator==(const FeedbackRecorded&) const = default;
};

enum class ComplaintKind { kQuality, kDelivery, kDocuments, kService, kPrice, kOther };
constexpr auto names(ComplaintKind) {
  return words("quality", "delivery", "documents", "service", "price", "other");
}

// A client complained (job description 3.2); it is due on a day.
struct ComplaintOpened {
  static constexpr std::string_view kName = "complaint.opened";
  static constexpr int kVersion = 1;

  ComplaintId complaint_id;             // Of the complaint
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // Who took it
  ComplaintKind kind{};                 // What about
  std::string text;                     // In words
  Date due_on;                          // The day by which it is due, included

  static void fields(auto&& field) {
    field("complaint_id", &ComplaintOpened::complaint_id);
    field("client_id", &ComplaintOpened::client_id);
    field("manager_id", &ComplaintOpened::manager_id);
    field("kind", &ComplaintOpened::kind);
    field("text", &ComplaintOpened::text);
    field("due_on", &ComplaintOpened::due_on);
  }
  bool operator==(const ComplaintOpened&) const = default;
};

// Somebody answers for a complaint.
struct ComplaintAssigned {
  static constexpr std::string_view kName = "complaint.assigned";
  static constexpr int kVersion = 1;

  ComplaintId complaint_id;  // Of the complaint
  ClientId client_id;        // The client
  ManagerId assignee_id;     // Who

  static void fields(auto&& field) {
    field("complaint_id", &ComplaintAssigned::complaint_id);
    field("client_id", &ComplaintAssigned::client_id);
    field("assignee_id", &ComplaintAssigned::assignee_id);
  }
  bool operator==(const ComplaintAssigned&) const = default;
};

// A complaint was settled.
struct ComplaintResolved {
  static constexpr std::string_view kName = "complaint.resolved";
  static constexpr int kVersion = 1;

  ComplaintId complaint_id;       // Of the complaint
  ClientId client_id;             // The client
  ManagerId manager_id;           // The manager who did it
  std::string resolution;         // How
  std::optional<bool> satisfied;  // Whether the client is content

  static void fields(auto&& field) {
    field("complaint_id", &ComplaintResolved::complaint_id);
    field("client_id", &ComplaintResolved::client_id);
    field("manager_id", &ComplaintResolved::manager_id);
    field("resolution", &ComplaintResolved::resolution);
    field("satisfied", &ComplaintResolved::satisfied);
  }
  bool operator==(const ComplaintResolved&) const = default;
};

// A complaint was found to have no ground.
struct ComplaintRejected {
  static constexpr std::string_view kName = "complaint.rejected";
  static constexpr int kVersion = 1;

  ComplaintId complaint_id;  // Of the complaint
  ClientId client_id;        // The client
  ManagerId manager_id;      // The manager who did it
  std::string reason;        // Why, in words

  static void fields(auto&& field) {
    field("complaint_id", &ComplaintRejected::complaint_id);
    field("client_id", &ComplaintRejected::client_id);
    field("manager_id", &ComplaintRejected::manager_id);
    field("reason", &ComplaintRejected::reason);
  }
  bool operator==(const ComplaintRejected&) const = default;
};

}  // namespace ledger
