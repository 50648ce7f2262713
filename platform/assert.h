#pragma once

namespace ledger {

// Prints the broken invariant with its place and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* message, const char* file,
                                   int line);

}  // namespace ledger

// A programmer's error: on in every build, never reachable from bytes that came from outside.
#define LEDGER_ASSERT(condition, message)                                                  \
  do {                                                                                     \
    if (!(condition)) ::ledger::assertion_failed(#condition, message, __FILE__, __LINE__); \
  } while (false)
