#pragma once

namespace ledger::cli {

// What `ledgerctl --help` begins with: the ways of a day, by example.
inline constexpr const char* kDescription =
    "Works with a sales activity ledger: bring facts in, ask, follow the log, check it.\n\n"
    "  ledgerctl append facts.ndjson                 events as CloudEvents, one a line\n"
    "  ledgerctl import asterisk-cdr Master.csv      calls as Asterisk wrote them\n"
    "  ledgerctl import mail sent/                   letters, answers and bounces as they were "
    "mailed\n"
    "  ledgerctl import camt statement.xml           payments as the bank booked them\n"
    "  ledgerctl import mt940 october.sta            the same in the older format\n"
    "  ledgerctl import bank-csv --profile privatbank.toml --preview statement.csv\n"
    "                                                or as a table, by a profile; look first\n"
    "  ledgerctl import invoices-csv --profile invoices.toml invoices.csv\n"
    "                                                what clients owe; UBL: import ubl\n"
    "  ledgerctl watch /srv/bank --format camt       import what is put into a folder\n"
    "  ledgerctl import calendar ua-martial-2026.csv which days are worked\n"
    "  ledgerctl demo                                a house to look around in\n"
    "  ledgerctl get client c-1                      a client's card\n"
    "  ledgerctl get quotas --as-of 2026-11-25       the day's board\n"
    "  ledgerctl get quotas m-01 --as-of 2026-11-25  what counted in it, what did not, and why\n"
    "  ledgerctl report m-01 --month 2026-10         a manager's month; --submit hands it in\n"
    "  ledgerctl act draft c-1 --month 2026-11       an act of reconciliation\n"
    "  ledgerctl unmatched list                      what waits for its client, and whose it could "
    "be\n"
    "  ledgerctl unallocated                         money of clients that pays nothing yet\n"
    "  ledgerctl quarantine list                     what came in and cannot be an event\n"
    "  ledgerctl sources                             who sends, and who is silent\n"
    "  ledgerctl people                              who may ask, and as what\n"
    "  ledgerctl keys create asterisk-main           a key for a program\n"
    "  ledgerctl export ledger.ndjson                the whole history, byte for byte\n"
    "  ledgerctl replay                              rebuild every view from the log and compare\n";

inline constexpr const char* kImport =
    "Import files as the sender wrote them. Importing again, or overlapping files, counts nothing\n"
    "twice. `import FORMAT --help` has each format's own settings.";

inline constexpr const char* kImportMail =
    "Letters (RFC 5322): .eml files, mbox files, Maildirs, or directories of .eml.\n\n"
    "  from our people    offer.emailed, for each company that it went to; which of them are\n"
    "                     offers says the rule email_offer (rule.published)\n"
    "  from others        offer.answered if it names a letter that it answers, else\n"
    "                     letter.exchanged\n"
    "  delivery reports   offer.delivery_changed, for each recipient\n\n"
    "Automatic letters, out-of-office answers, lists and receipts are left out. Another text "
    "under\n"
    "a known Message-ID is refused.";

inline constexpr const char* kOwnDomains =
    "Mail domains of the house. Without them every letter is taken for a sent one, and the\n"
    "domain of its sender for the house's";

inline constexpr const char* kAuthservId =
    "How our gateway calls itself in Authentication-Results and Received; without it none is "
    "looked\n"
    "at, with it what it says nothing of counts for nobody";

inline constexpr const char* kBelieveUnstamped =
    "Believe our people also where the gateway wrote nothing of the letter: of folders of sent\n"
    "letters, which passed none";

inline constexpr const char* kUnmatched =
    "What waits for a person: calls, letters and payments of nobody knows which client, with\n"
    "whose they could be and why; and money of a client of which nobody said what it pays.\n\n"
    "  ledgerctl unmatched                           the list\n"
    "  ledgerctl unmatched list --kind payments\n"
    "  ledgerctl unmatched accept 3:1207 --proposal 1 --manager m-1\n"
    "  ledgerctl unmatched accept 3:1207 --client c-1 --manager m-1 --reason 'told by phone'\n"
    "  ledgerctl unmatched accept 3:1208 --invoice i-7 --manager m-1\n"
    "  ledgerctl unmatched reject 3:1207 --client c-2 --manager m-1 --reason 'another payer'\n"
    "  ledgerctl unmatched list --kind payments --sort amount\n"
    "  ledgerctl unmatched rule-out 3:1209 --nature own_transfer --manager m-1 --reason 'our own'\n"
    "  ledgerctl unmatched rule-out 3:1210 --nature wrong_number --manager m-1 --reason 'a salon'\n"
    "  ledgerctl unmatched list --ruled-out          what was said to be no client's";

inline constexpr const char* kUnallocated =
    "Money of clients that pays nothing yet, and which invoices it could pay, the likeliest "
    "first.\n"
    "What the rule has allocated is not here; payment.deallocated frees it.\n\n"
    "  ledgerctl unallocated                         the list\n"
    "  ledgerctl unallocated accept 3:1208 --invoice i-7 --manager m-1\n"
    "  ledgerctl unallocated accept 3:1208 --invoice i-8 --amount 400.00 --manager m-1\n"
    "  ledgerctl unallocated reject 3:1208 --invoice i-9 --manager m-1 --reason 'contested'\n"
    "  ledgerctl unallocated advance 3:1208 --manager m-1 --reason 'for the order of December'";

inline constexpr const char* kQuarantine =
    "What telephony and other systems pushed and no retry can cure: kept as it came, with the\n"
    "reason. After the cause is mended (a setting, a newer program) it is replayed.\n\n"
    "  ledgerctl quarantine                          the list\n"
    "  ledgerctl quarantine list --all\n"
    "  ledgerctl quarantine show 0:12\n"
    "  ledgerctl quarantine replay 0:12              one; without a position, all that wait";

// Formats of `import`.
inline constexpr const char* kCamtHelp =
    "Bank statements, ISO 20022 (XML): the day's camt.053; camt.052 and camt.054 before it";
inline constexpr const char* kMt940Help =
    "Bank statements, SWIFT's older format. Where the bank has camt.053 too, take that, and never\n"
    "both of one account: each payment would count twice (`ledgerctl get statements` names such)";
inline constexpr const char* kBankCsvHelp =
    "Bank statements as a table (CSV), by a profile that says how it is written:\n\n"
    "  ledgerctl import bank-csv --profile privatbank.toml --preview statement.csv\n\n"
    "shows what would be read and what of it is new, and records nothing. The last choice: a "
    "table\n"
    "has no balances by which one sees that nothing is missing. Never two formats of one account:\n"
    "each payment would count twice.";
inline constexpr const char* kInvoicesCsvHelp =
    "Issued invoices as a table (CSV), by a profile. The client is who has the code; a code of\n"
    "nobody, or of two, is refused with its row";
inline constexpr const char* kUblHelp =
    "Invoices and credit notes that we issued, UBL 2 (XML), one a file; EN 16931 and Peppol too";
inline constexpr const char* kPreviewHelp =
    "Show the first rows as they would be read, what is left out and why, and what of it the\n"
    "ledger has already; record nothing";
inline constexpr const char* kWatch =
    "Watch folders into which people put files of banks and accounting, and import what is\n"
    "complete there (of the same size and time at two looks, and not empty):\n\n"
    "  ledgerctl watch /srv/bank/privat --format bank-csv --profile privatbank.toml\n"
    "  ledgerctl watch --config /etc/salesledger/watch.toml\n\n"
    "What is recorded goes to done/DATE, what is not to refused, with the reason beside it in\n"
    "NAME.reason.txt. While the server is away files stay where they are. The same file again\n"
    "counts nothing twice.";
inline constexpr const char* kCharsetHelp =
    "utf-8, utf-16, latin-1, cp1250, cp1251, cp866 or koi8-u, where the file does not tell";
inline constexpr const char* kCalendarHelp =
    "Days off, short days and worked weekends (CSV); deploy/calendars has those of Ukraine,\n"
    "in peace, under martial law, and of the banks";

}  // namespace ledger::cli
