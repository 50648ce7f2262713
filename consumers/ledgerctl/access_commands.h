#pragma once

#include <string>
#include <vector>

#include "consumers/ledgerctl/setting.h"
#include "platform/result.h"

// Who may ask the ledger: people, and the keys of people and programs.
namespace ledger::cli {

// One word behind `people` or `keys`.
struct AccessWord {
  const char* name;
  const char* text;
  std::vector<Setting> settings;
};

struct PeopleCommand {
  std::string server;
  std::string action = {};  // list, add, role, password, login-link, shut-out, let-in
  std::string id = {};
  std::string role = {};
  std::string name = {};
  std::string manager = {};
  std::vector<std::string> departments = {};
  std::vector<std::string> sources = {};
  std::vector<std::string> types = {};
  std::string subject = {};
  std::string certificate = {};
  bool json = false;
};
[[nodiscard]] Result<int> run_people(const PeopleCommand& command);
// The command must outlive what is made of it.
[[nodiscard]] std::vector<AccessWord> words_of(PeopleCommand& command);

struct KeysCommand {
  std::string server;
  std::string action = {};  // list, create, rotate, revoke
  std::string principal = {};
  std::string key = {};
  std::string days = {};  // empty: it does not expire
  std::string overlap_hours = "24";
  std::string save = {};  // a file for the key instead of the terminal
  bool json = false;
};
[[nodiscard]] Result<int> run_keys(const KeysCommand& command);
[[nodiscard]] std::vector<AccessWord> words_of(KeysCommand& command);

inline constexpr const char* kPeople =
    "Who may ask the ledger, and as what. Alone, `people` lists them.\n\n"
    "  source    a program that records: its own sources and types, and reads nothing\n"
    "  manager   his own clients, and those for whom he stands in\n"
    "  head      his departments; \"*\" is all of them (a bookkeeper)\n"
    "  auditor   reads all, writes nothing\n"
    "  admin     all, and says who else may\n\n"
    "  ledgerctl people add o.savchuk --role manager --name \"Олена Савчук\" --manager m-savchuk\n"
    "  ledgerctl people login-link o.savchuk     she signs in with it once, and sets a password\n"
    "  ledgerctl people add asterisk-main --role source --name \"Main exchange\" \\\n"
    "      --source asterisk --type call.completed     --source: what its settings say\n"
    "  ledgerctl keys create asterisk-main --save asterisk.key\n\n"
    "It takes an administrator's key: on the server's machine DATA/access/admin.key, by\n"
    "--key-file. Every change is an event (access.changed).";

inline constexpr const char* kKeys =
    "API keys of people and programs. Alone, `keys` lists them. A key is shown once, when it is\n"
    "made; the server keeps only its digest.\n\n"
    "  ledgerctl keys create asterisk-main --save asterisk.key\n"
    "  ledgerctl keys rotate asterisk-main 0b1c2d3e4f506172 --save asterisk.key --overlap-hours "
    "24\n"
    "  ledgerctl keys revoke asterisk-main 0b1c2d3e4f506172\n\n"
    "Programs read it by --key-file FILE (LEDGER_KEY_FILE), or from LEDGER_API_KEY.";

}  // namespace ledger::cli
