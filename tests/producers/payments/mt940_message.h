#pragma once

#include <string>

// MT940 statements to test with, made of their parts.
namespace ledger::testing {

struct Mt940Statement {
  std::string account = "UA213223130000026007233566001";
  std::string number = "115/1";
  std::string opening = "C261123UAH1000,00";
  std::string closing = "C261124UAH1150,50";
  std::string lines = {};  // ":61:…\n:86:…\n"
  std::string end = "-\n";
};

inline std::string mt940_block(const Mt940Statement& statement) {
  return ":20:STMT\n:25:" + statement.account + "\n:28C:" + statement.number +
         "\n:60F:" + statement.opening + "\n" + statement.lines + ":62F:" + statement.closing +
         "\n" + statement.end;
}

}  // namespace ledger::testing
