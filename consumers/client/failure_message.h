#pragma once

#include <string>

namespace ledger::cli {

// For CLI11's App::failure_message(), whichever program's: a mistyped option is named before one
// that is missing, which may be the same; and where to read on. Templates, since each program
// includes CLI11 in one file alone.
inline constexpr auto kTypoFirst = [](const auto* app, const auto& error) -> std::string {
  const auto unknown = app->remaining();
  const std::string what =
      unknown.empty() ? error.what() : "'" + unknown.front() + "' is no option of it";
  return app->get_name() + ": " + what + "\n`" + app->get_name() + " --help` says what it takes.\n";
};

}  // namespace ledger::cli
