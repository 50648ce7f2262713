#include <map>
#include <set>
#include <string>
#include <utility>

#include "projections/duty_records/ratios.h"

namespace ledger::duty_records {

namespace {

// The day of a contract's signature, which may be told later; nullopt of what is none: amendments
// and specifications are not contracts.
std::optional<Date> contract_day(const Entry& entry) {
  const auto kind = entry.text("kind");
  if (!kind.empty() && kind != "contract") return std::nullopt;
  return entry.date("signed_on").value_or(entry.day);
}

// 31: from the inquiry to its first answer, in minutes by the clock, credited to who answered.
void count_responses(const Book& book, Tally& tally) {
  std::map<std::string_view, const Entry*> answers;
  for (const auto* answer : book.all("inquiry.answered")) {
    answers.emplace(answer->text("inquiry_id"), answer);  // by time: the first stays
  }
  for (const auto* inquiry : book.asked("inquiry.received")) {
    const auto channel = inquiry->text("channel");
    const auto found = answers.find(inquiry->text("inquiry_id"));
    const bool answered = found != answers.end();
    const auto& manager = answered ? found->second->manager_id : inquiry->manager_id;
    tally.add(manager, channel, "received");
    tally.add(manager, channel, answered ? "answered" : "open");
    if (!answered) {
      tally.wait(manager, *inquiry);
      continue;
    }
    const auto took = found->second->time - inquiry->time;
    tally.sample(manager, channel, std::chrono::floor<std::chrono::minutes>(took).count());
  }
}

// 35: of talks whose level is told, those with heads.
void count_heads(const Book& book, Tally& tally) {
  for (const auto* talk : book.asked("meeting.held")) {
    const auto level = talk->text("level");
    tally.add(talk->manager_id, "", "talks");
    if (level.empty()) continue;
    tally.add(talk->manager_id, "", "level_told");
    if (level == "head") tally.add(talk->manager_id, "", "with_heads");
  }
}

// 37: a contract is the fruit of the method that was applied to the client last before it.
void count_methods(const Book& book, Tally& tally) {
  std::set<std::pair<std::string_view, std::string_view>> clients;
  for (const auto* use : book.asked("method.applied")) {
    const auto method = use->text("method_id");
    tally.add(use->manager_id, method, "applied");
    if (clients.emplace(method, use->client_id).second) {
      tally.add(use->manager_id, method, "clients");
    }
  }
  std::set<std::pair<std::string_view, std::string_view>> won;
  for (const auto* contract : book.all("contract.signed")) {
    const auto signed_on = contract_day(*contract);
    if (!signed_on || contract->client_id.empty()) continue;
    const Entry* last = nullptr;
    for (const auto* use : book.all("method.applied")) {
      if (use->client_id == contract->client_id && use->day <= *signed_on) last = use;
    }
    if (last == nullptr || !book.is_asked(last->day)) continue;
    if (days_between(last->day, *signed_on) > kFruitDays) continue;
    const auto method = last->text("method_id");
    tally.add(last->manager_id, method, "contracts");
    if (won.emplace(method, last->client_id).second) {
      tally.add(last->manager_id, method, "clients_won");
    }
  }
}

struct Fair {
  std::set<std::string_view> invited;
  std::map<std::string_view, const Entry*> came;  // by client, the first time
};

// A client who came and signed within the days after is a contract of the fair.
void count_fruits(const Book& book, Tally& tally, std::string_view id, const Fair& fair) {
  for (const auto* contract : book.all("contract.signed")) {
    const auto signed_on = contract_day(*contract);
    const auto visit = fair.came.find(contract->client_id);
    if (!signed_on || visit == fair.came.end()) continue;
    const int after = days_between(visit->second->day, *signed_on);
    if (after >= 0 && after <= kFruitDays) tally.add(contract->manager_id, id, "contracts");
  }
}

// 50: of who was invited to a fair of these days, who came; contracts after it.
void count_fairs(const Book& book, Tally& tally) {
  std::set<std::string_view> other_days;  // fairs of which it is known that they were not then
  for (const auto* plan : book.all("exhibition.planned")) {
    const auto from = plan->date("from");
    const auto to = plan->date("to");
    const bool apart = from && to && (*to < book.scope().from || *from > book.scope().to);
    const auto id = plan->text("exhibition_id");
    if (apart) {
      other_days.insert(id);
    } else {
      other_days.erase(id);  // planned anew
    }
  }
  std::map<std::string_view, Fair> fairs;
  for (const auto* invitation : book.all("exhibition.invited")) {
    const auto id = invitation->text("exhibition_id");
    if (other_days.contains(id)) continue;
    if (fairs[id].invited.insert(invitation->client_id).second) {
      tally.add(invitation->manager_id, id, "invited");
    }
  }
  for (const auto* visit : book.all("exhibition.attended")) {
    const auto id = visit->text("exhibition_id");
    if (other_days.contains(id)) continue;
    Fair& fair = fairs[id];
    if (!fair.came.emplace(visit->client_id, visit).second) continue;
    tally.add(visit->manager_id, id, "came");
    if (fair.invited.contains(visit->client_id)) {
      tally.add(visit->manager_id, id, "came_invited");
    }
  }
  for (const auto& [id, fair] : fairs) count_fruits(book, tally, id, fair);
}

// 51: clients found by a channel after something was published in it, until the next one there.
void count_promotions(const Book& book, Tally& tally) {
  const auto published = [](const Entry& entry) {
    return entry.date("published_on").value_or(entry.day);
  };
  const auto& promotions = book.all("promotion.published");
  for (const auto* promotion : promotions) {
    if (book.is_asked(published(*promotion))) {
      tally.add(promotion->manager_id, promotion->text("name"), "promotions");
    }
  }
  for (const auto* lead : book.all("lead.found")) {
    const Entry* last = nullptr;
    for (const auto* one : promotions) {
      const bool before =
          one->text("channel") == lead->text("channel") && published(*one) <= lead->day;
      if (before && (last == nullptr || published(*one) >= published(*last))) last = one;
    }
    if (last == nullptr || !book.is_asked(published(*last))) continue;
    if (days_between(published(*last), lead->day) > kFruitDays) continue;
    tally.add(last->manager_id, last->text("name"), "leads");
  }
}

// 59: of what was arranged and is due by the day, who came.
void count_visits(const Book& book, Tally& tally) {
  std::set<std::string_view> held;
  std::set<std::string_view> missed;
  for (const auto* one : book.all("meeting.held")) held.insert(one->text("meeting_id"));
  for (const auto* one : book.all("meeting.missed")) missed.insert(one->text("meeting_id"));
  std::map<std::string_view, const Entry*> arranged;
  for (const auto* plan : book.asked("meeting.planned")) {
    arranged[plan->text("meeting_id")] = plan;  // arranged anew: the last day holds
  }
  for (const auto& [id, plan] : arranged) {
    const bool came = held.contains(id);
    const auto day = book.day_of(plan->text("planned_for"));
    const bool due = came || (day && *day <= book.scope().as_of);
    tally.add(plan->manager_id, "", "arranged");
    if (due) tally.add(plan->manager_id, "", "due");
    if (came) tally.add(plan->manager_id, "", "came");
    if (!came && missed.contains(id)) tally.add(plan->manager_id, "", "missed");
  }
}

constexpr Rule kRules[] = {
    {.duty_id = "inquiries.answered",
     .name = "inquiry_response.v1",
     .reads = {"inquiry.received", "inquiry.answered"},
     .figures = {"received", "answered", "open"},
     .part = "answered",
     .of = "received",
     .key = "channel",
     .median = "median_minutes",
     .count = count_responses},
    {.duty_id = "negotiations.heads",
     .name = "heads_share.v1",
     .reads = {"meeting.held"},
     .figures = {"talks", "level_told", "with_heads"},
     .part = "with_heads",
     .of = "level_told",
     .count = count_heads},
    {.duty_id = "methods.library",
     .name = "method_contracts.v1",
     .reads = {"method.applied", "contract.signed"},
     .figures = {"applied", "clients", "clients_won", "contracts"},
     .part = "clients_won",
     .of = "clients",
     .key = "method_id",
     .count = count_methods},
    {.duty_id = "clients.reliability",
     .name = "forecast_hits.v1",
     .reads = {"reliability.assessed"},
     .figures = {"judged", "came_true"},
     .part = "came_true",
     .of = "judged",
     .key = "grade",
     .count = nullptr},
    {.duty_id = "exhibitions.visits",
     .name = "exhibition_visits.v1",
     .reads = {"exhibition.planned", "exhibition.invited", "exhibition.attended",
               "contract.signed"},
     .figures = {"invited", "came", "came_invited", "contracts"},
     .part = "came_invited",
     .of = "invited",
     .key = "exhibition_id",
     .count = count_fairs},
    {.duty_id = "promotions.published",
     .name = "promotion_leads.v1",
     .reads = {"promotion.published", "lead.found"},
     .figures = {"promotions", "leads"},
     .part = "",
     .of = "",
     .key = "name",
     .count = count_promotions},
    {.duty_id = "visits.arranged",
     .name = "visits_arranged.v1",
     .reads = {"meeting.planned", "meeting.held", "meeting.missed"},
     .figures = {"arranged", "due", "came", "missed"},
     .part = "came",
     .of = "due",
     .count = count_visits},
};

}  // namespace

std::span<const Rule> search_rules() { return kRules; }

}  // namespace ledger::duty_records
