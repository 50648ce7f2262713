#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "events/business_zone.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/types/adjustment.h"
#include "events/types/invoice.h"
#include "producers/mapping.h"

// What all files of issued invoices share, however they are written.
namespace ledger::invoices {

struct Settings {
  BusinessZone zone;                  // of days of issue
  std::string source = "accounting";  // CloudEvents' source of every event
  // Whose code it is, by the ledger's cards. kNotFound: nobody's; kConflict: of several clients. A
  // retriable error: nobody could be asked, and the file is to be read again.
  std::function<Result<ClientId>(const TaxCode&)> client_of = {};
};

// The id of an invoice that has none of its own: its number and the year, for numbers begin anew
// with it; their digest where the number is not of the letters that an id has.
[[nodiscard]] std::string id_of_number(std::string_view number, Date issued_on);

// The client that a code names; kInvalidField and kMissingField with `field` too.
[[nodiscard]] Result<ClientId> client_of_code(const Settings& settings, std::string_view code,
                                              const std::string& field);

// One file on its way through. The id of an event is that of its document, so that a file that
// comes again says nothing new, and one that was mended is a correction.
class Collector {
 public:
  // `settings` must outlive it.
  explicit Collector(const Settings& settings) : settings_(settings) {}

  // The same document twice in a file is skipped. kConflict, field "number": another one has its
  // id.
  [[nodiscard]] Status issue(InvoiceIssued invoice, const std::string& where);
  [[nodiscard]] Status issue(CreditNoteIssued note, const std::string& where);
  void skip(std::string where, std::string reason);
  void refuse(std::string where, std::string_view raw, Error error);
  [[nodiscard]] Mapped take() { return std::move(mapped_); }

 private:
  [[nodiscard]] Status add(std::string id, Date issued_on, EventData data,
                           const std::string& where);
  struct Seen {
    std::string where, body;
  };
  const Settings& settings_;
  std::map<std::string, Seen> seen_;
  Mapped mapped_;
};

}  // namespace ledger::invoices
