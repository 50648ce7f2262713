#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/call.h"
#include "platform/clock.h"

// What each manager did on each day. Rows keep the single contributions and no verdict: which of
// them count is decided at query time by the norm of that day, so a policy set later, or set back,
// needs no refold.
namespace ledger::quota_compliance {

inline constexpr std::string_view kName = "quota_compliance";
inline constexpr int kVersion = 1;

// Key: business day and manager id ("2026-11-25|m-1").
struct DayRow {
  static constexpr char kTable = 'd';

  struct Call {
    Position position;
    std::string client_id;  // empty: not matched, counts for nobody's norm until it is
    Timestamp started;
    CallDirection direction = CallDirection::kInbound;
    CallOutcome outcome = CallOutcome::kUnknown;
    std::int64_t talk_s = 0;
    static void fields(auto&& field) {
      field("position", &Call::position);
      field("client_id", &Call::client_id);
      field("started", &Call::started);
      field("direction", &Call::direction);
      field("outcome", &Call::outcome);
      field("talk_s", &Call::talk_s);
    }
  };
  struct MailedOffer {
    Position position;
    std::string client_id;  // empty: not matched
    std::string message_id;
    static void fields(auto&& field) {
      field("position", &MailedOffer::position);
      field("client_id", &MailedOffer::client_id);
      field("message_id", &MailedOffer::message_id);
    }
  };
  struct PhonedOffer {
    Position position;
    std::string client_id;
    bool verified = false;  // names the call in which it was made
    static void fields(auto&& field) {
      field("position", &PhonedOffer::position);
      field("client_id", &PhonedOffer::client_id);
      field("verified", &PhonedOffer::verified);
    }
  };

  std::vector<Call> calls;
  std::vector<MailedOffer> mailed;
  std::vector<PhonedOffer> phoned;

  static void fields(auto&& field) {
    field("calls", &DayRow::calls);
    field("mailed", &DayRow::mailed);
    field("phoned", &DayRow::phoned);
  }
  [[nodiscard]] bool empty() const { return calls.empty() && mailed.empty() && phoned.empty(); }
};
[[nodiscard]] std::string day_key(Date day, std::string_view manager_id);

// Key: client id. All contracts ever signed with the client; the first of them is the new client's.
struct ContractsRow {
  static constexpr char kTable = 'c';
  struct Signed {
    Position position;
    std::string contract_id;
    std::string manager_id;
    Date signed_on;
    static void fields(auto&& field) {
      field("position", &Signed::position);
      field("contract_id", &Signed::contract_id);
      field("manager_id", &Signed::manager_id);
      field("signed_on", &Signed::signed_on);
    }
  };
  std::vector<Signed> contracts;

  static void fields(auto&& field) { field("contracts", &ContractsRow::contracts); }
  [[nodiscard]] bool empty() const { return contracts.empty(); }
};

// Key: month, manager and client ("2026-11|m-1|c-7"): this client's first contract ever falls into
// this month and is this manager's.
struct NewClientRow {
  static constexpr char kTable = 'n';
  std::string contract_id;
  static void fields(auto&& field) { field("contract_id", &NewClientRow::contract_id); }
  [[nodiscard]] bool empty() const { return contract_id.empty(); }
};
[[nodiscard]] std::string month_prefix(Date day, std::string_view manager_id);

}  // namespace ledger::quota_compliance
