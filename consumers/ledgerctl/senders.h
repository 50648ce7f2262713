#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/identifiers.h"
#include "events/ids.h"
#include "platform/result.h"
#include "producers/mapping.h"

namespace ledger::cli {

// What the sender's files do not say about themselves. Each sender looks at its own.
struct SenderSettings {
  std::string zone = "Europe/Kyiv";        // of times that name none
  std::string source;                      // empty: the sender's default
  std::vector<std::string> cdr_columns;    // asterisk-cdr: what cdr.conf adds to the sixteen
  std::vector<std::string> cdr_order;      // asterisk-cdr: of cdr_custom
  bool cdr_json = false;                   // asterisk-cdr: of cdr_custom
  bool gmtime = false;                     // asterisk-cdr: the file's times are UTC
  std::vector<std::string> own_numbers;    // asterisk-cdr, freeswitch-cdr
  std::vector<std::string> own_domains;    // mail
  std::vector<std::string> own_addresses;  // mail
  std::string authserv_id;                 // mail
  bool answers_only = false;               // mail
  bool unstamped_believed = false;         // mail
  std::string charset;                     // mt940; empty: detected
  std::string file;                        // of banks: the name of the file, without folders
  std::string profile;                     // bank-csv, invoices-csv: the file of it
  std::string account;                     // bank-csv: ours
  // invoices-csv, ubl: who has the code. A retriable error: the ledger could not be asked.
  std::function<Result<ClientId>(const TaxCode&)> client_of = {};
};
using MapFile = std::function<Mapped(std::string_view content)>;

// The senders whose files `import` takes, by name. kInvalidField for another name,
// zone or column, and what parse_profile refuses; kNotFound: no such profile.
[[nodiscard]] Result<MapFile> find_sender(std::string_view format, const SenderSettings& settings);

// Whether the sender restates its records: a line that reads otherwise in a later file is a
// correction of it, not a mistake.
[[nodiscard]] bool restates(std::string_view format);

// kNotFound: it cannot be read; kInvalidField: it is a directory.
[[nodiscard]] Result<std::string> read_file(const std::string& name);

}  // namespace ledger::cli
