#include <fmt/format.h>

#include <cstdio>

#include "consumers/ledgerctl/cli.h"

int main(int argc, char** argv) {
  const auto exit_code = ledger::cli::run(argc, argv);
  if (exit_code) return *exit_code;
  const ledger::Error& error = exit_code.error();
  std::fflush(stdout);  // what came before it stands above it where both go to one place
  fmt::print(stderr, "ledgerctl: {}{}\n", error.field.empty() ? "" : error.field + ": ",
             error.message);
  return 2;
}
