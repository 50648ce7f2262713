#include <fmt/format.h>

#include <map>

#include "consumers/query/client_names.h"
#include "consumers/query/day_range.h"
#include "consumers/query/routes.h"
#include "consumers/query/row_page.h"
#include "projections/access_log/queries.h"
#include "projections/access_log/unusual.h"

namespace ledger {

namespace {

constexpr std::chrono::days kDaysMax{366};
constexpr std::chrono::days kDaysShown{30};  // where nobody says from when

struct Asked {
  std::optional<std::string_view> client;
  std::optional<std::string_view> principal;
  bool unusual_only = false;

  [[nodiscard]] bool fits(const access_log::Look& look) const {
    return (!client || *client == look.client) &&
           (!principal || *principal == look.told.data.principal);
  }
};

Result<Asked> asked_of(const Query& query) {
  Asked asked{query.request.parameter("client"), query.request.parameter("principal")};
  const auto unusual = query.request.parameter("unusual");
  if (unusual && *unusual != "true") return fail(ErrorCode::kInvalidField, "is true", "unusual");
  asked.unusual_only = unusual.has_value();
  return asked;
}

using Reasons = std::vector<access_log::Unusual>;

std::string words_of(const Reasons& reasons, bool uk) {
  std::string text;
  for (const auto reason : reasons) {
    if (!text.empty()) text += ", ";
    switch (reason) {
      case access_log::Unusual::kOffHours:
        text += uk ? "поза робочим часом" : "outside working hours";
        break;
      case access_log::Unusual::kDayOff:
        text += uk ? "у вихідний" : "on a day off";
        break;
      case access_log::Unusual::kMany:
        text += uk ? "надто багато за день" : "too many in a day";
        break;
    }
  }
  return text;
}

void write_reasons(JsonWriter& json, const Reasons& reasons) {
  json.key("unusual").begin_array();
  for (const auto reason : reasons) json.value(name_of(reason));
  json.end_array();
  json.member("unusual_uk", words_of(reasons, true));
  json.member("unusual_en", words_of(reasons, false));
}

// Of the clients that he sees; what was taken out of the whole house is no head's to see, but his
// own.
class Shown {
 public:
  explicit Shown(const Query& query) : query_(query) {}
  [[nodiscard]] Result<bool> shows(const access_log::Look& look) {
    if (query_.scope.everything()) return true;
    const auto& asks = query_.request.principal;
    if (look.client.empty()) return asks && asks->id == look.told.data.principal;
    const auto found = seen_.find(look.client);
    if (found != seen_.end()) return found->second;
    LEDGER_TRY(const bool sees, query_.scope.sees_client(look.client));
    seen_.emplace(look.client, sees);
    return sees;
  }

 private:
  const Query& query_;
  std::map<std::string, bool> seen_;
};

Status write_look(JsonWriter& json, const Query& query, const access_log::Look& look,
                  const Reasons* unusual) {
  const auto& data = look.told.data;
  json.begin_object();
  json.member("position", to_string(look.told.position));
  json.member("principal", data.principal);
  if (data.role) json.member("role", *data.role);
  json.member("action", name_of(data.action));
  json.member("resource", data.resource);
  if (!look.client.empty()) {
    json.member("client_id", look.client);
    LEDGER_CHECK(write_client_name(json, query, look.client));
  }
  json.member("day", format_date(look.told.day));
  json.member("recorded", format_timestamp(look.told.known.recorded));
  if (unusual != nullptr) write_reasons(json, *unusual);
  json.end_object();
  return {};
}

Result<http::Response> get_access_log(const QueryContext& context, const Query& query) {
  const auto& asks = query.request.principal;
  if (!query.scope.everything() && asks->role != Role::kHead) {
    return http::forbidden("who looked is for heads, auditors and admins; an admin says who may");
  }
  DayRange days;
  LEDGER_TRY(days.to, day_parameter(query, "to", query.as_of));
  const auto until = std::chrono::sys_days(days.to);
  LEDGER_TRY(days.from, day_parameter(query, "from", Date(until - kDaysShown)));
  if (days.to < days.from) return fail(ErrorCode::kInvalidField, "lies before from", "to");
  if (until - std::chrono::sys_days(days.from) > kDaysMax) {
    return fail(ErrorCode::kOutOfRange, fmt::format("at most {} days before to", kDaysMax.count()),
                "from");
  }
  LEDGER_TRY(auto page, RowPage::of(query));
  LEDGER_TRY(const auto asked, asked_of(query));
  LEDGER_TRY(const auto looks,
             access_log::looks(query.snapshot, days.from, days.to, query.known_at));
  LEDGER_TRY(const auto calendar, directory::Calendar::read(query.snapshot, CalendarKind::kBusiness,
                                                            days.from, days.to, query.known_at));
  const auto unusual = access_log::unusual_exports(looks, calendar, context.zone);
  Shown shown(query);
  JsonWriter json = query.begin_answer();
  json.member("duty_id", "secrecy.kept");
  json.member("from", format_date(days.from));
  json.member("to", format_date(days.to));
  json.member("unusual_rule", access_log::kUnusualRule);
  json.key("looks").begin_array();
  for (const auto& look : looks) {
    if (!asked.fits(look)) continue;
    const auto found = unusual.find(look.told.position);
    const auto* reasons = found == unusual.end() ? nullptr : &found->second;
    if (asked.unusual_only && reasons == nullptr) continue;
    LEDGER_TRY(const bool shows, shown.shows(look));
    if (shows && page.takes_next()) LEDGER_CHECK(write_look(json, query, look, reasons));
  }
  json.end_array();
  page.write_end(json, query);
  return answer(json);
}

}  // namespace

// GET /v1/access-log: who opened a client's card, timeline, debts or act without answering for him,
// and who took lists out; newest first.
void add_access_log_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/access-log", http::RunOn::kWorker, get_access_log,
            Times::kKnownAtToo,
            {"client", "principal", "unusual", "from", "to", "limit", "cursor"});
}

}  // namespace ledger
