#include <fmt/format.h>

#include <fstream>

#include "consumers/client/connect.h"
#include "consumers/client/progress_bar.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/demo_paper.h"
#include "consumers/ledgerctl/outcome.h"
#include "consumers/ledgerctl/uploader.h"
#include "platform/calendar_month.h"
#include "producers/house/demo/demo.h"

namespace ledger::cli {

namespace {

constexpr int kMonths = 18;

Result<Date> day_of(const std::string& text, const char* option) {
  auto day = parse_date(text);
  return day ? day : fail(day.error().code, day.error().message, option);
}

Result<demo::Settings> settings_of(const DemoCommand& command) {
  LEDGER_TRY(const auto zone, BusinessZone::named("Europe/Kyiv"));
  demo::Settings settings{.until = SystemClock().now(), .zone = zone};
  settings.seed = static_cast<std::uint64_t>(command.seed);
  settings.clients = command.clients;
  settings.managers = command.managers;
  const Date today = zone.local_day(settings.until);
  settings.from = month_start(today, -kMonths);
  if (!command.from.empty()) {
    LEDGER_TRY(settings.from, day_of(command.from, "from"));
  }
  if (!command.until.empty()) {
    LEDGER_TRY(const Date day, day_of(command.until, "until"));
    settings.until = zone.to_instant(add_days(day, 1), std::chrono::seconds(0));
    if (settings.until > SystemClock().now()) {
      return fail(ErrorCode::kInvalidField, "the ledger takes no facts of days that are to come",
                  "until");
    }
  }
  if (settings.from > zone.local_day(settings.until)) {
    return fail(ErrorCode::kInvalidField, "the first day lies after the last one", "from");
  }
  return settings;
}

}  // namespace

Result<int> run_demo(const DemoCommand& command) {
  LEDGER_TRY(const auto settings, settings_of(command));
  demo::Demo house(settings);
  ProgressBar progress("days", house.days());
  if (!command.output.empty()) {
    std::ofstream file(command.output, std::ios::binary | std::ios::trunc);
    for (std::int64_t day = 0; day < house.days(); ++day) {
      for (const auto& fact : house.next_day()) file << encode_submission(fact) << '\n';
      progress.advance(1);
    }
    for (const auto& fact : house.found_later()) file << encode_submission(fact) << '\n';
    file.close();
    if (!file)
      return fail(ErrorCode::kNotFound, fmt::format("{} cannot be written", command.output));
    return 0;
  }
  LEDGER_TRY(auto client, connect(command.server));
  Uploader uploader(client, {.patience = std::chrono::seconds(command.patience_s)});
  for (std::int64_t day = 0; day < house.days(); ++day) {
    for (const auto& fact : house.next_day()) {
      LEDGER_CHECK(
          uploader.add({fmt::format("{} {}", fact.source, fact.id), encode_submission(fact)}));
    }
    progress.advance(1);
  }
  LEDGER_CHECK(uploader.flush());
  progress.finish();
  // What was there already has its reports and acts.
  if (!uploader.last_position().empty()) {
    LEDGER_CHECK(add_paper(client, uploader, settings, house.found_later()));
  }
  return print_outcome(uploader);
}

}  // namespace ledger::cli
