#pragma once

#include <string>
#include <variant>
#include <vector>

namespace ledger::cli {

// An option of a command, as data: only cli.cpp knows the parser of command lines.
struct Setting {
  const char* name;  // "--profile", or "event" of what stands without a name
  std::variant<std::string*, bool*, std::vector<std::string>*> value;
  const char* text;
  bool required = false;
  std::vector<std::string> one_of = {};  // of a text; empty: any
};

}  // namespace ledger::cli
