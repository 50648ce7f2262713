#include "consumers/ledgerctl/demo_paper.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <thread>

#include "consumers/client/json.h"
#include "consumers/client/progress_bar.h"
#include "consumers/ledgerctl/monthly_report.h"
#include "events/types/report.h"
#include "platform/calendar_month.h"

namespace ledger::cli {

namespace {

using boost::json::value;
using std::chrono::hours;

// Reports of so many months are handed in, as many as an attestation looks at.
constexpr int kReportedMonths = 6;
// Enough to see what a proven act is; each costs the server a look at the client's books.
constexpr int kActsMax = 40;
constexpr std::string_view kStaff = "house/staff";

// Until no rule has written anything for a second.
Status wait_until_quiet(http::Client& client) {
  constexpr auto kBetween = std::chrono::milliseconds(250);
  constexpr int kQuiet = 4;
  constexpr int kPatience = 240;
  std::string end;
  for (int quiet = 0, asked = 0; quiet < kQuiet && asked < kPatience; ++asked) {
    LEDGER_TRY(const auto status, get_json(client, "/v1/status"));
    const std::string now = text_of(status, "log_end");
    quiet = now == end && number_of(status, "lag_events") == 0 ? quiet + 1 : 0;
    end = now;
    std::this_thread::sleep_for(kBetween);
  }
  return {};
}

class Paper {
 public:
  Paper(http::Client& client, Uploader& uploader, const demo::Settings& settings)
      : client_(client),
        uploader_(uploader),
        settings_(settings),
        this_month_(first_of_month(settings.zone.local_day(settings.until))),
        settled_(SystemClock().now()) {}

  Status hand_in_reports() {
    ProgressBar progress("reports", kReportedMonths);
    for (int back = kReportedMonths; back > 0; --back) {
      const Date month = month_start(this_month_, -back);
      progress.advance(1);
      if (month < settings_.from) continue;
      LEDGER_TRY(const auto reports, get_json(client_, "/v1/reports?month=" + format_month(month)));
      std::size_t which = 0;
      for (const auto& report : reports.at("reports").as_array()) {
        LEDGER_CHECK(tell_report(text_of(report, "manager_id"), month, which++));
      }
    }
    progress.finish();
    return uploader_.flush();
  }

  Status draft_missing_acts() {
    const Date month = month_start(this_month_, -1);
    if (month < settings_.from) return {};
    LEDGER_TRY(const auto missing, get_json(client_, fmt::format("/v1/acts?month={}&state=none&"
                                                                 "limit={}",
                                                                 format_month(month), kActsMax)));
    for (const auto& one : missing.at("clients").as_array()) {
      LEDGER_CHECK(draft_act(text_of(one, "client_id"), month));
    }
    return uploader_.flush();
  }

 private:
  // The day of the next month, at an hour of the house.
  [[nodiscard]] Timestamp at(Date month, int day, int hour) const {
    return settings_.zone.to_instant(add_days(last_of_month(month), day), hours(hour));
  }

  Status tell(Submission event) {
    if (event.time > settings_.until) return {};
    const std::string where = fmt::format("{} {}", event.source, event.id);
    return uploader_.add({where, encode_submission(event)});
  }

  // In time by the 2nd. One of five is sent back for its conclusions; of the last month some still
  // wait for the head of department.
  Status tell_report(const std::string& manager, Date month, std::size_t which) {
    const std::string name = fmt::format("{}/{}", manager, format_month(month));
    const ManagerId id(manager);
    const bool is_last = month == month_start(this_month_, -1);
    const bool sent_back = which % 5 == 1;
    if (at(month, 2, 10) > settings_.until) return {};
    LEDGER_TRY(const auto first, hand_in(client_, {manager, format_month(month), at(month, 2, 10),
                                                   settled_, std::nullopt}));
    LEDGER_CHECK(tell(first));
    if (sent_back) {
      ReportReturned returned{id, month, "керівник відділу", "немає висновків"};
      LEDGER_CHECK(tell({"returned/" + name, std::string(kStaff), at(month, 4, 12), std::nullopt,
                         EventData(returned)}));
      if (is_last) return {};
      auto again = hand_in(client_, {manager, format_month(month), at(month, 5, 9), settled_,
                                     "Норми виконано не всі дні; борги старші за 60 днів "
                                     "передано юристу."});
      if (!again) return tl::unexpected(std::move(again).error());
      again->id += "/again";
      LEDGER_CHECK(tell(*std::move(again)));
    }
    if (is_last && which % 3 == 2) return {};
    ReportAccepted accepted{id, month, "керівник відділу"};
    return tell({"accepted/" + name, std::string(kStaff), at(month, 6, 11), std::nullopt,
                 EventData(accepted)});
  }

  Status tell_act(const std::string& id, std::string_view type, Timestamp time, value data) {
    const boost::json::object event{
        {"specversion", "1.0"},
        {"id", id},
        {"source", "ledgerctl/act"},
        {"type", fmt::format("org.salesledger.reconciliation.{}.v1", type)},
        {"time", format_timestamp(time)},
        {"data", std::move(data)}};
    return uploader_.add({"ledgerctl/act " + id, boost::json::serialize(event)});
  }

  // Drafted and sent on the last day of the story; every other one comes back signed that day.
  Status draft_act(const std::string& client, Date month) {
    LEDGER_TRY(const auto preview,
               get_json(client_, fmt::format("/v1/acts/preview?client={}&from={}&to={}",
                                             http::url_encode(client), format_date(month),
                                             format_date(last_of_month(month)))));
    const value& draft = preview.at("draft");
    const std::string act = text_of(draft, "act_id");
    const std::string manager = text_of(draft, "manager_id");
    const std::string today = format_date(settings_.zone.local_day(settings_.until));
    const Timestamp time = settings_.until - std::chrono::minutes(3);
    LEDGER_CHECK(tell_act(act + "-drafted", "drafted", time, draft));
    LEDGER_CHECK(tell_act(act + "-sent", "sent", time + std::chrono::minutes(1),
                          {{"act_id", act},
                           {"client_id", client},
                           {"manager_id", manager},
                           {"sent_on", today},
                           {"channel", "email"}}));
    if (++acts_ % 2 == 0) return {};
    return tell_act(act + "-signed", "signed", time + std::chrono::minutes(2),
                    {{"act_id", act},
                     {"client_id", client},
                     {"manager_id", manager},
                     {"signed_on", today},
                     {"our_signatory", "Директор Гончар С. П."},
                     {"their_signatory", "директор"},
                     {"their_authority", "статут"}});
  }

  http::Client& client_;
  Uploader& uploader_;
  const demo::Settings& settings_;
  Date this_month_;
  Timestamp settled_;
  int acts_ = 0;
};

}  // namespace

Status add_paper(http::Client& client, Uploader& uploader, const demo::Settings& settings,
                 const std::vector<Submission>& found_later) {
  LEDGER_CHECK(get_json(client, "/v1/quotas?max_wait=30000&at_least=" + uploader.last_position())
                   .map([](const auto&) {}));
  LEDGER_CHECK(wait_until_quiet(client));
  Paper paper(client, uploader, settings);
  LEDGER_CHECK(paper.hand_in_reports());
  for (const auto& fact : found_later) {
    LEDGER_CHECK(
        uploader.add({fmt::format("{} {}", fact.source, fact.id), encode_submission(fact)}));
  }
  LEDGER_CHECK(uploader.flush());
  return paper.draft_missing_acts();
}

}  // namespace ledger::cli
