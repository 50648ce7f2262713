// The code's side of the oracle test: each line of standard input as normalise_phone reads it, or
// an empty line.
#include <iostream>
#include <string>

#include "events/phone.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto phone = ledger::normalise_phone(line);
    std::cout << (phone ? phone->text() : "") << '\n';
  }
}
