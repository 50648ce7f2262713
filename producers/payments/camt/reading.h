#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/business_zone.h"
#include "events/types/payment.h"
#include "platform/result.h"
#include "platform/xml_tree.h"

// What single elements of a camt message say, whichever version wrote them. Errors name the element
// by its path.
namespace ledger::camt {

// "Amt Ccy" with its sign by CdtDbtInd; below zero is outgoing.
[[nodiscard]] Result<Money> signed_amount(const xml::Element& holder);

// "BOOK", "PDNG"; versions 08 and later wrap the code.
[[nodiscard]] std::string_view status_of(const xml::Element& entry);

[[nodiscard]] bool is_reversal(const xml::Element& entry);

// The IBAN in capitals, in whichever element it stands, else whatever the bank calls the account;
// without spaces. Empty: it names none.
[[nodiscard]] std::string account_of(const xml::Element& statement);

// The first balance of the first kind that the statement has; nullptr: it has none of them.
[[nodiscard]] const xml::Element* balance_of(const xml::Element& statement,
                                             std::initializer_list<std::string_view> kinds);

struct Moment {
  Timestamp time;
  Date day;
};
// A choice of Dt and DtTm (BookgDt, ValDt, the date of a balance). A day alone begins at midnight
// of the zone; a time without an offset is the zone's.
[[nodiscard]] Result<Moment> moment_of(const xml::Element& holder, std::string_view path,
                                       const BusinessZone& zone);
[[nodiscard]] Result<Moment> read_date_time(std::string_view text, const BusinessZone& zone);

// The debtor, with what of his identifiers is surely one. v08 and later put parties under Pty.
void take_payer(const xml::Element& transaction, PaymentReceived& payment);

// All that is said of what for: free lines, structured references, numbers of documents; else what
// the bank adds in its own words. nullopt: nothing.
[[nodiscard]] std::optional<std::string> purpose_of(const xml::Element& entry,
                                                    const xml::Element& transaction);

}  // namespace ledger::camt
