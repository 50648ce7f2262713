#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/call.h"
#include "events/types/offer_response.h"
#include "events/types/quota_policy.h"
#include "platform/clock.h"
#include "projections/directory/sent_letter.h"
#include "projections/said.h"

// What each manager did on each day. Rows keep the single contributions and no verdict: which of
// them count is decided at query time by the norm of that day, so a policy set later, or set back,
// needs no refold. What was taken back stays, marked (known.h).
namespace ledger::quota_compliance {

inline constexpr std::string_view kName = "quota_compliance";
inline constexpr int kVersion = 8;

struct Call {
  Position position;
  Known known;
  std::string call_id;
  std::string client_id;  // empty: not matched, counts for nobody's norm until it is
  std::string number;     // the client's, in E.164; empty where it was withheld
  Timestamp started;
  CallDirection direction = CallDirection::kInbound;
  CallOutcome outcome = CallOutcome::kUnknown;
  std::int64_t talk_s = 0;
  bool self_reported = false;
  std::string source;  // the system whose call id it is
  static void fields(auto&& field) {
    field("position", &Call::position);
    field("known", &Call::known);
    field("call_id", &Call::call_id);
    field("client_id", &Call::client_id);
    field("number", &Call::number);
    field("started", &Call::started);
    field("direction", &Call::direction);
    field("outcome", &Call::outcome);
    field("talk_s", &Call::talk_s);
    field("self_reported", &Call::self_reported);
    field("source", &Call::source);
  }
};

struct MailedOffer {
  Position position;
  Known known;
  Timestamp sent;
  std::string client_id;  // empty: not matched
  std::string document;   // what was offered: digests of the attachments, else the letter itself
  directory::SentLetter letter;
  static void fields(auto&& field) {
    field("position", &MailedOffer::position);
    field("known", &MailedOffer::known);
    field("sent", &MailedOffer::sent);
    field("client_id", &MailedOffer::client_id);
    field("document", &MailedOffer::document);
    field("letter", &MailedOffer::letter);
  }
};

struct PhonedOffer {
  Position position;
  Known known;
  std::string client_id;
  Timestamp made;
  static void fields(auto&& field) {
    field("position", &PhonedOffer::position);
    field("known", &PhonedOffer::known);
    field("client_id", &PhonedOffer::client_id);
    field("made", &PhonedOffer::made);
  }
};

// A change of the client base by a person.
struct Change {
  Position position;
  Known known;
  std::string client_id;
  Timestamp made;
  static void fields(auto&& field) {
    field("position", &Change::position);
    field("known", &Change::known);
    field("client_id", &Change::client_id);
    field("made", &Change::made);
  }
};

// Key: business day and manager id ("2026-11-25|m-1").
struct DayRow {
  static constexpr char kTable = 'd';
  std::vector<Call> calls;
  std::vector<MailedOffer> mailed;
  std::vector<PhonedOffer> phoned;
  std::vector<Change> changes;

  static void fields(auto&& field) {
    field("calls", &DayRow::calls);
    field("mailed", &DayRow::mailed);
    field("phoned", &DayRow::phoned);
    field("changes", &DayRow::changes);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};
[[nodiscard]] std::string day_key(Date day, std::string_view manager_id);

// Key: message id and recipient. What became of a letter there.
struct DeliveryRow {
  static constexpr char kTable = 'b';
  struct Changed {
    Position position;
    Known known;
    Timestamp time;
    DeliveryStatus status{};
    static void fields(auto&& field) {
      field("position", &Changed::position);
      field("known", &Changed::known);
      field("time", &Changed::time);
      field("status", &Changed::status);
    }
  };
  std::vector<Changed> changes;
  static void fields(auto&& field) { field("changes", &DeliveryRow::changes); }
  [[nodiscard]] bool empty() const { return changes.empty(); }
};
[[nodiscard]] std::string delivery_key(std::string_view message_id, std::string_view recipient);

}  // namespace ledger::quota_compliance
