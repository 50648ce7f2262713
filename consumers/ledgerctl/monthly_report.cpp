#include "consumers/ledgerctl/monthly_report.h"

#include <fmt/format.h>

#include <boost/json/value.hpp>
#include <fstream>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/outcome.h"
#include "consumers/ledgerctl/output.h"
#include "consumers/ledgerctl/recorded_as.h"
#include "events/catalogue.h"

namespace ledger::cli {

namespace {

using boost::json::value;

std::string path_of(const std::string& manager, const std::string& month) {
  return fmt::format("/v1/reports/{}?month={}", http::url_encode(manager), http::url_encode(month));
}

std::string standing_of(const value& report) {
  const auto late = number_of(report, "days_late");
  const std::string progress = text_of(report, "progress");
  return late > 0 ? fmt::format("{}, {} days late", progress, late) : progress;
}

Result<int> list(http::Client& client, const ReportCommand& command) {
  LEDGER_TRY(const auto answer,
             get_json(client, "/v1/reports?month=" + http::url_encode(command.month)));
  if (answer.at("reports").as_array().empty()) {
    fmt::print("nobody was employed in {}\n", text_of(answer, "month"));
    return 0;
  }
  Table table({"manager", "name", "state", "handed in", "position"});
  for (const auto& report : answer.at("reports").as_array()) {
    table.add({text_of(report, "manager_id"), text_of(report, "name"), standing_of(report),
               text_of(report, "handed_in_on"), text_of(report, "position")});
  }
  fmt::print("reports of {}, due by {}\n\n{}", text_of(answer, "month"), text_of(answer, "due_on"),
             table.text());
  return 0;
}

// Whether what was handed in is what the log says of that instant.
void print_handed_in(const value& report) {
  const auto* handed_in = report.as_object().if_contains("handed_in");
  if (handed_in == nullptr) return;
  const std::string digest = text_of(*handed_in, "digest");
  if (handed_in->as_object().contains("another_form")) {
    fmt::print("handed in by another form, {}: its digest {} is of other lines\n",
               text_of(*handed_in, "form"), digest);
  } else if (const auto* holds = handed_in->as_object().if_contains("digest_holds")) {
    fmt::print("handed in with digest {}, which {}\n", digest,
               holds->as_bool() ? "holds" : "DOES NOT HOLD");
  }
}

void show(const value& report) {
  fmt::print("{} {}, {}: {}\n", text_of(report, "manager_id"), text_of(report, "name"),
             text_of(report, "month"), standing_of(report));
  print_handed_in(report);
  fmt::print("figures {} at {}, SHA-256 {}\n\n",
             text_of(report, "shown") == "handed_in" ? "as handed in, known" : "known",
             text_of(report, "figures_known_at"), text_of(report, "digest"));
  Table table({"section", "figure", "value", "unit"});
  for (const auto& figure : report.at("figures").as_array()) {
    const std::string unit = text_of(figure, "unit");
    const auto number = number_of(figure, "value");
    const bool is_money = !unit.empty() && unit != "day";
    table.add({text_of(figure, "section"), text_of(figure, "figure"),
               is_money ? money_text(number, unit) : std::to_string(number), unit});
  }
  fmt::print("{}", table.text());
  const auto* changes = report.as_object().if_contains("changed_since");
  if (changes == nullptr || changes->as_array().empty()) return;
  fmt::print("\nchanged since it was handed in:\n");
  for (const auto& change : changes->as_array()) {
    const auto& events = change.at("events").as_array();
    const std::string first = events.empty() ? "" : text_of(events.front(), "id");
    fmt::print("  {} {} -> {}{}{}{}\n", text_of(change, "figure"), number_of(change, "then"),
               number_of(change, "now"), first.empty() ? "" : ", by ", first,
               events.size() > 1 ? " and others" : "");
  }
}

Status write_page(http::Client& client, const ReportCommand& command) {
  LEDGER_TRY(const auto answer,
             client.send({.path = path_of(command.manager, command.month) +
                                  "&format=html&lang=" + http::url_encode(command.lang)}));
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  std::ofstream file(command.page, std::ios::binary | std::ios::trunc);
  file << answer.body;
  file.close();
  if (!file) {
    return fail(ErrorCode::kNotFound, fmt::format("{} cannot be written", command.page));
  }
  fmt::print("{} is written; a browser prints it on A4\n", command.page);
  return {};
}

}  // namespace

Result<Submission> hand_in(http::Client& client, const HandIn& what) {
  std::string path = path_of(what.manager, what.month) + "&figures=now";
  if (what.settled) path += "&known_at=" + format_timestamp(*what.settled);
  LEDGER_TRY(const auto report, get_json(client, path));
  ReportSubmitted submitted;
  submitted.manager_id = ManagerId(what.manager);
  LEDGER_TRY(submitted.month, parse_month(what.month));
  submitted.position = text_of(report, "position");
  submitted.digest = text_of(report, "digest");
  submitted.conclusions = what.conclusions;
  LEDGER_TRY(submitted.known_at, parse_timestamp(text_of(report, "figures_known_at")));
  submitted.form = text_of(report, "form");
  std::string id = fmt::format("report/{}/{}/{}", what.manager, what.month, submitted.digest);
  return Submission{.id = std::move(id),
                    .source = "ledgerctl",
                    .time = what.time,
                    .data = EventData(std::move(submitted))};
}

Result<int> run_report(const ReportCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  if (command.manager.empty()) return list(client, command);
  if (!command.submit) {
    if (!command.page.empty()) {
      LEDGER_CHECK(write_page(client, command));
      return 0;
    }
    LEDGER_TRY(const auto report, get_json(client, path_of(command.manager, command.month)));
    show(report);
    return 0;
  }
  HandIn what{command.manager, command.month, SystemClock().now(), std::nullopt, std::nullopt};
  if (!command.conclusions.empty()) what.conclusions = command.conclusions;
  LEDGER_TRY(auto event, hand_in(client, what));
  LEDGER_TRY(event.source, recorded_as(client, event.source));
  Uploader uploader(client, {});
  LEDGER_CHECK(uploader.add({event.id, encode_submission(event)}));
  LEDGER_CHECK(uploader.flush());
  return print_outcome(uploader);
}

}  // namespace ledger::cli
