#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/types/market.h"
#include "platform/clock.h"

namespace ledger {

enum class CallResult { kInterested, kOfferRequested, kCallback, kRefused, kDeal, kNoNeed, kOther };
constexpr auto names(CallResult) {
  return words("interested", "offer_requested", "callback", "refused", "deal", "no_need", "other");
}

// What a call came to, in the manager's words (job description 3.1: analyse the results).
struct CallResultRecorded {
  static constexpr std::string_view kName = "call.result_recorded";
  static constexpr int kVersion = 1;

  ClientId client_id;                    // The client
  ManagerId manager_id;                  // The manager who did it
  CallId call_id;                        // The call
  CallResult result{};                   // What it came to
  std::optional<std::string> need;       // What the client wants
  std::optional<std::string> next_step;  // What is to follow
  std::optional<Date> next_on;           // When

  static void fields(auto&& field) {
    field("client_id", &CallResultRecorded::client_id);
    field("manager_id", &CallResultRecorded::manager_id);
    field("call_id", &CallResultRecorded::call_id);
    field("result", &CallResultRecorded::result);
    field("need", &CallResultRecorded::need);
    field("next_step", &CallResultRecorded::next_step);
    field("next_on", &CallResultRecorded::next_on);
  }
  bool operator==(const CallResultRecorded&) const = default;
};

// Something that no other event says, of a kind that the house names.
struct InteractionNoted {
  static constexpr std::string_view kName = "interaction.noted";
  static constexpr int kVersion = 1;

  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it
  std::string kind;      // Of what kind
  std::string text;      // In words

  static void fields(auto&& field) {
    field("client_id", &InteractionNoted::client_id);
    field("manager_id", &InteractionNoted::manager_id);
    field("kind", &InteractionNoted::kind);
    field("text", &InteractionNoted::text);
  }
  bool operator==(const InteractionNoted&) const = default;
};

enum class LetterDirection { kReceived, kSent };
constexpr auto names(LetterDirection) { return words("received", "sent"); }

// A business letter that is not an offer (article).
struct LetterExchanged {
  static constexpr std::string_view kName = "letter.exchanged";
  static constexpr int kVersion = 1;
  static constexpr bool kComesInCopies = true;

  std::string message_id;                       // RFC 5322, with its angle brackets
  LetterDirection direction{};                  // Which way
  Email address;                                // The other side
  std::optional<ClientId> client_id;            // The client
  std::optional<ManagerId> manager_id;          // The manager who did it
  std::optional<std::string> subject;           // As written
  std::optional<std::string> in_reply_to;       // Message-ID that it answers
  std::optional<Email> own_address = {};        // Our side; names the manager
  std::optional<bool> weak_id = {};             // message_id is a digest: the letter had none
  std::optional<std::string> sender_date = {};  // Date as written, if far from it

  static void fields(auto&& field) {
    field("message_id", &LetterExchanged::message_id);
    field("direction", &LetterExchanged::direction);
    field("address", &LetterExchanged::address, personal);
    field("client_id", &LetterExchanged::client_id);
    field("manager_id", &LetterExchanged::manager_id);
    field("subject", &LetterExchanged::subject, personal);
    field("in_reply_to", &LetterExchanged::in_reply_to);
    field("own_address", &LetterExchanged::own_address, personal);
    field("weak_id", &LetterExchanged::weak_id);
    field("sender_date", &LetterExchanged::sender_date, of_copy);
  }
  bool operator==(const LetterExchanged&) const = default;
};

// A possible client was found (article).
struct LeadFound {
  static constexpr std::string_view kName = "lead.found";
  static constexpr int kVersion = 1;

  ClientId client_id;               // The client
  ManagerId manager_id;             // The manager who did it
  LeadChannel channel{};            // How
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("client_id", &LeadFound::client_id);
    field("manager_id", &LeadFound::manager_id);
    field("channel", &LeadFound::channel);
    field("note", &LeadFound::note);
  }
  bool operator==(const LeadFound&) const = default;
};

// A client's project came a step further (article).
struct ProjectMilestoneReached {
  static constexpr std::string_view kName = "project.milestone_reached";
  static constexpr int kVersion = 1;

  ClientId client_id;     // The client
  ManagerId manager_id;   // The manager who did it
  std::string project;    // Which
  std::string milestone;  // What was reached

  static void fields(auto&& field) {
    field("client_id", &ProjectMilestoneReached::client_id);
    field("manager_id", &ProjectMilestoneReached::manager_id);
    field("project", &ProjectMilestoneReached::project);
    field("milestone", &ProjectMilestoneReached::milestone);
  }
  bool operator==(const ProjectMilestoneReached&) const = default;
};

}  // namespace ledger
