#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

// camt messages to test with, made of their parts.
namespace ledger::testing {

struct CamtStatement {
  std::string id = "S1";
  std::string account = "<IBAN>UA1</IBAN>";
  std::string opening = "1000.00";
  std::string closing = "1150.50";
  std::string entries = {};
  std::string more = {};  // before the account: numbers, period, copy
  std::string currency = "UAH";
  std::string opening_day = "2026-11-24";
  std::string closing_day = "2026-11-24";
};

struct CamtEntry {
  std::string amount;
  std::string side = "CRDT";
  std::string more = {};  // references, details
  std::string status = "<Cd>BOOK</Cd>";
  std::string currency = "UAH";
  std::string day = "2026-11-24";
  std::string value_day = "2026-11-25";
};

inline std::string camt_entry(const CamtEntry& entry) {
  return fmt::format(R"(<Ntry><Amt Ccy="{}">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts>{}</Sts>)"
                     R"(<BookgDt><Dt>{}</Dt></BookgDt><ValDt><Dt>{}</Dt></ValDt>{}</Ntry>)",
                     entry.currency, entry.amount, entry.side, entry.status, entry.day,
                     entry.value_day, entry.more);
}

// "-5.00" is an overdraft.
inline std::string camt_balance(std::string_view kind, std::string_view amount,
                                std::string_view currency = "UAH",
                                std::string_view day = "2026-11-24") {
  const bool debit = amount.starts_with('-');
  return fmt::format(R"(<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy="{}">{}</Amt>)"
                     R"(<CdtDbtInd>{}</CdtDbtInd><Dt><Dt>{}</Dt></Dt></Bal>)",
                     kind, currency, debit ? amount.substr(1) : amount, debit ? "DBIT" : "CRDT",
                     day);
}

inline std::string camt_part(const CamtStatement& statement, std::string_view element = "Stmt") {
  return fmt::format(
      "<{}><Id>{}</Id>{}<Acct><Id>{}</Id></Acct>{}{}{}</{}>", element, statement.id, statement.more,
      statement.account,
      statement.opening.empty()
          ? ""
          : camt_balance("OPBD", statement.opening, statement.currency, statement.opening_day),
      statement.closing.empty()
          ? ""
          : camt_balance("CLBD", statement.closing, statement.currency, statement.closing_day),
      statement.entries, element);
}

// `version`: "053.001.08"; the body's name follows from it.
inline std::string camt_message(const std::string& parts,
                                const std::string& version = "053.001.08") {
  const std::string body = version.starts_with("052")   ? "BkToCstmrAcctRpt"
                           : version.starts_with("054") ? "BkToCstmrDbtCdtNtfctn"
                                                        : "BkToCstmrStmt";
  return fmt::format(R"(<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:)"
                     R"(camt.{}"><{}>{}</{}></Document>)",
                     version, body, parts, body);
}

}  // namespace ledger::testing
