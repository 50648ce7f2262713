#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "events/business_zone.h"
#include "events/types/payment.h"
#include "events/types/statement.h"
#include "producers/mapping.h"

// What all banks' files share, however they are written: a booked credit becomes payment.received
// under a key of the bank's, a statement that adds up becomes statement.received.
namespace ledger::bank {

struct Settings {
  BusinessZone zone;            // of booking dates, which name no time
  std::string source = "bank";  // CloudEvents' source of every event
  std::string file = {};        // name of the file, without folders; may be empty
};

// Why a reversed credit is skipped: whose it was, the bank does not say.
inline constexpr std::string_view kTakenBack =
    "money received that the bank took back: `ledgerctl get statements` lists it until a person "
    "says by payment.reversed which payment it was";

// A file that people take for a statement and that is none: a PDF, a spreadsheet, a web page. What
// to ask the bank for instead; nullopt: it may be one.
[[nodiscard]] std::optional<Error> other_file(std::string_view bytes);

// A reference that says something: banks write NOTPROVIDED or NONREF where they have none.
[[nodiscard]] std::string_view reference_or_none(std::string_view reference);

// kInvalidField "Bal" with all four figures unless opening + booked = closing, in one currency.
[[nodiscard]] Status check_sums(const Money& opening, std::int64_t booked, const Money& closing);

// Midnight of a day in the zone: when what names no time was booked.
[[nodiscard]] Timestamp start_of(Date day, const BusinessZone& zone);

// Whether a record may replace what the ledger has under its id.
enum class Standing {
  kFirm,         // the bank's last word so far
  kProvisional,  // told more fully elsewhere: producers/mapping.h
};

// What of a payer's identifiers is surely one; else it is left out.
void take_payer_code(std::string_view code, PaymentReceived& payment);
void take_payer_account(std::string_view account, PaymentReceived& payment);

// One file, or page of an answer, on its way through. Ids are account|key, so that overlapping and
// repeated files count nothing twice, and two equal amounts are two payments. The account is in its
// currency (events/payment_key.h).
class Collector {
 public:
  // `settings` must outlive it.
  Collector(const Settings& settings, std::string_view file_bytes);

  void skip(std::string where, std::string reason);
  void refuse(std::string where, std::string_view raw, Error error);
  // A statement that cannot be believed, for which nothing of the file is taken.
  void refuse_file(std::string where, Error error);

  // The same booking may stand in two statements of a file: the second one is skipped. kConflict,
  // field bank_reference: another payment of the file has the reference. kTooLarge: a text or the
  // id is over its limit. `key`: by which the booking is known where its reference is not alone
  // enough; empty: the bank_reference.
  [[nodiscard]] Status pay(PaymentReceived payment, Timestamp time, const std::string& where,
                           Standing standing = Standing::kFirm, const std::string& key = {});

  // A payment that the bank told and says now never was: what is recorded of it counts no more
  // (event.voided, for POST /v1/events/restated, where one of which nothing is recorded is
  // kNotFound). kConflict as above. `account`: in its currency.
  [[nodiscard]] Status take_back(const std::string& account, const std::string& bank_reference,
                                 Timestamp time, std::string reason, const std::string& where);

  // Adds the file's name and digest. Told once for each file in which a statement stands, so that
  // overlapping files show; at the start of its last day.
  [[nodiscard]] Status receive(StatementReceived statement, const std::string& where);

  [[nodiscard]] Mapped take() { return std::move(mapped_); }

 private:
  struct Seen {
    std::string where, body;
  };
  [[nodiscard]] Result<bool> note(const std::string& id, const std::string& body,
                                  const std::string& where);
  const Settings& settings_;
  std::string digest_;
  std::map<std::string, Seen> seen_;  // by event id
  Mapped mapped_;
};

}  // namespace ledger::bank
