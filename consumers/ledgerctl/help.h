#pragma once

namespace ledger::cli {

// What `ledgerctl --help` begins with: the ways of a day, by example.
inline constexpr const char* kDescription =
    "Works with a sales activity ledger: bring facts in, ask, follow the log, check it.\n\n"
    "  ledgerctl append facts.ndjson                 events as CloudEvents, one a line\n"
    "  ledgerctl import asterisk-cdr Master.csv      calls as Asterisk wrote them\n"
    "  ledgerctl import mail sent/*.eml              offers as they were mailed\n"
    "  ledgerctl import camt statement.xml           payments as the bank booked them\n"
    "  ledgerctl import calendar ua-martial-2026.csv which days are worked\n"
    "  ledgerctl demo                                a house to look around in\n"
    "  ledgerctl get client c-1                      a client's card\n"
    "  ledgerctl get quotas --as-of 2026-11-25       the day's board\n"
    "  ledgerctl get quotas m-01 --as-of 2026-11-25  what counted in it, what did not, and why\n"
    "  ledgerctl report m-01 --month 2026-10         a manager's month; --submit hands it in\n"
    "  ledgerctl act draft c-1 --month 2026-11       an act of reconciliation\n"
    "  ledgerctl unmatched list                      what waits for its client, and whose it could "
    "be\n"
    "  ledgerctl quarantine list                     what came in and cannot be an event\n"
    "  ledgerctl sources                             who sends, and who is silent\n"
    "  ledgerctl export ledger.ndjson                the whole history, byte for byte\n"
    "  ledgerctl replay                              rebuild every view from the log and compare\n";

inline constexpr const char* kUnmatched =
    "What waits for a person: calls, letters and payments of nobody knows which client, with\n"
    "whose they could be and why; and money of a client of which nobody said what it pays.\n\n"
    "  ledgerctl unmatched                           the list\n"
    "  ledgerctl unmatched list --kind payments\n"
    "  ledgerctl unmatched accept 3:1207 --proposal 1\n"
    "  ledgerctl unmatched accept 3:1207 --client c-1 --reason 'named in the phone call'\n"
    "  ledgerctl unmatched accept 3:1208 --invoice i-7\n"
    "  ledgerctl unmatched reject 3:1207 --client c-2 --reason 'another payer'";

inline constexpr const char* kQuarantine =
    "What telephony and other systems pushed and no retry can cure: kept as it came, with the\n"
    "reason. After the cause is mended (a setting, a newer program) it is replayed.\n\n"
    "  ledgerctl quarantine                          the list\n"
    "  ledgerctl quarantine list --all\n"
    "  ledgerctl quarantine show 0:12\n"
    "  ledgerctl quarantine replay 0:12              one; without a position, all that wait";

}  // namespace ledger::cli
