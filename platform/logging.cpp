#include "platform/logging.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "platform/clock.h"
#include "platform/json_writer.h"

namespace ledger::log {

namespace {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view word_of(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
  }
  return "info";
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("ledger",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    // The payload is a whole JSON line already: spdlog's own patterns do not escape.
    made->set_pattern("%v");
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *instance;
}

}  // namespace

Result<Level> parse_level(std::string_view word) {
  for (const Level level : {Level::kDebug, Level::kInfo, Level::kWarning, Level::kError}) {
    if (word == word_of(level)) return level;
  }
  return fail(ErrorCode::kMisconfigured,
              fmt::format("'{}' is no log level; there are debug, info, warning, error", word),
              "log_level");
}

void set_level(Level least) { logger().set_level(to_spdlog(least)); }

void write(Level level, std::string_view message, std::initializer_list<Value> values) {
  if (!logger().should_log(to_spdlog(level))) return;
  JsonWriter json;
  json.begin_object();
  json.member("time", format_timestamp(SystemClock().now()));
  json.member("level", word_of(level));
  json.member("message", message);
  for (const auto& value : values) {
    json.key(value.name);
    if (value.quoted) {
      json.value(value.content);
    } else {
      json.raw(value.content);
    }
  }
  json.end_object();
  logger().log(to_spdlog(level), json.text());
}

}  // namespace ledger::log
