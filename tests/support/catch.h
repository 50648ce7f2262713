#pragma once

// Debian 12 packages Catch2 2.13, Debian 13 packages 3.7: the tests include this and fit both.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include "platform/result.h"

// A test takes a Result's value without asking; if there is none, the report says why.
CATCH_TRANSLATE_EXCEPTION(const tl::bad_expected_access<ledger::Error>& access) {
  return access.error().message;
}
