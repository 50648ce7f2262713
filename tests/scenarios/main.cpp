#include <cstdio>

#include "tests/scenarios/scenario.h"

// scenarios FILE...: runs each; prints what did not hold.
int main(int argc, char** argv) {
  int failed = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& failure : ledger::testing::run_scenario(argv[i])) {
      std::fprintf(stderr, "%s\n", failure.c_str());
      ++failed;
    }
  }
  if (argc < 2) std::fprintf(stderr, "usage: scenarios FILE...\n");
  return failed == 0 && argc > 1 ? 0 : 1;
}
