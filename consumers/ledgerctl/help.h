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

}  // namespace ledger::cli
