#include "consumers/query/client_class_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "consumers/query/print/form.h"
#include "events/fields_json.h"
#include "projections/receivables/turnover.h"

namespace ledger {

namespace {

using client_class::Class;
using client_class::Potential;
using print::Language;

// In hundredths of a per cent, rounded down.
std::int64_t basis_points(std::int64_t part, std::int64_t whole) {
  __extension__ using Wide = __int128;
  return whole <= 0 ? 0 : static_cast<std::int64_t>(static_cast<Wide>(part) * 10'000 / whole);
}

std::string percent(std::int64_t part, std::int64_t whole, Language language) {
  const std::int64_t points = basis_points(part, whole);
  return language == Language::kUkrainian ? fmt::format("{},{:02}%", points / 100, points % 100)
                                          : fmt::format("{}.{:02}%", points / 100, points % 100);
}

std::string turnover_in_words(const Class& found, Language language, HouseFigures of_house) {
  const bool uk = language == Language::kUkrainian;
  if (!found.judged.by_turnover && !found.paid.without_rate.empty()) {
    return uk ? "сплачене у валюті без курсу не враховано"
              : "what was paid is of a currency without a rate, and does not count";
  }
  if (!found.judged.by_turnover) {
    return uk ? "за 12 місяців нічого не сплачено" : "nothing was paid in 12 months";
  }
  const auto letter = name_of(*found.judged.by_turnover);
  if (of_house == HouseFigures::kHidden) {
    return uk ? fmt::format("за оплатами {}", letter) : fmt::format("{} by payments", letter);
  }
  return fmt::format(
      fmt::runtime(uk ? "за оплатами {}: {} усіх надходжень, {} дали ті, хто сплатив більше"
                      : "{} by payments: {} of all that was paid, {} came from who paid more"),
      letter, percent(found.paid.hryvnias, found.total, language),
      percent(found.above, found.total, language));
}

std::string_view effect_of_potential(const Class& found, bool uk) {
  const auto& judged = found.judged;
  if (judged.by_turnover && judged.lifted) {
    return uk ? " і підвищує на літеру" : " and lifts by a letter";
  }
  if (!judged.by_turnover && judged.letter != judged.by_potential) {
    return uk ? ", але без оплат A не буває" : ", but there is no A without payments";
  }
  return "";
}

std::string potential_in_words(const Class& found, Language language) {
  const bool uk = language == Language::kUkrainian;
  if (!found.potential) return uk ? "потенціал невідомий" : "no potential is known";
  const Potential& potential = *found.potential;
  const std::string told = fmt::format(
      fmt::runtime(uk ? "потенціал {} від {}" : "a potential of {}, told on {}"),
      print::money(potential.amount.amount_minor, potential.amount.currency.text(), language),
      print::date(potential.told_on, language));
  if (potential.too_old) return told + (uk ? " застарів" : " is too old");
  if (!potential.hryvnias) return told + (uk ? " не має курсу" : " has no rate");
  if (!found.judged.by_potential) return told + (uk ? " нічого не обіцяє" : " promises nothing");
  return fmt::format(fmt::runtime(uk ? "{} відповідає {}{}" : "{}, would be {}{}"), told,
                     name_of(*found.judged.by_potential), effect_of_potential(found, uk));
}

std::string in_words(const Class& found, Language language, HouseFigures of_house) {
  const bool uk = language == Language::kUkrainian;
  const std::string letter =
      found.judged.letter ? std::string(name_of(*found.judged.letter)) : (uk ? "н/д" : "n/a");
  return letter + ": " + turnover_in_words(found, language, of_house) + "; " +
         potential_in_words(found, language);
}

void write_currencies(JsonWriter& json, const client_class::Paid& paid) {
  json.key("paid").begin_array();
  for (const auto& [code, minor] : paid.by_currency) {
    const auto& without = paid.without_rate;
    json.begin_object();
    json.member("currency", code);
    json.member("amount_minor", minor);
    json.member("counted", std::find(without.begin(), without.end(), code) == without.end());
    json.end_object();
  }
  json.end_array();
}

void write_potential(JsonWriter& json, const Potential& potential) {
  json.key("potential").begin_object();
  json::write(json.key("amount"), potential.amount);
  json.member("told_on", format_date(potential.told_on));
  json.member("source", potential.source);
  json.member("position", to_string(potential.position));
  if (potential.hryvnias) json.member("hryvnias_minor", *potential.hryvnias);
  json.member("counted", potential.counted().has_value());
  json.end_object();
}

}  // namespace

void write_class(JsonWriter& json, const Class& found, Date as_of, HouseFigures of_house) {
  const auto letter = [&](std::string_view name, const auto& value) {
    if (value) json.member(name, name_of(*value));
  };
  json.begin_object();
  letter("letter", found.judged.letter);
  json.member("why_uk", in_words(found, Language::kUkrainian, of_house));
  json.member("why_en", in_words(found, Language::kEnglish, of_house));
  json.member("rule", client_class::kRule);
  json.member("duty_id", "clients.value");
  letter("by_turnover", found.judged.by_turnover);
  letter("by_potential", found.judged.by_potential);
  json.member("lifted", found.judged.lifted);
  json.member("from", format_date(add_days(as_of, 1 - receivables::kTurnoverDays)));
  json.member("to", format_date(as_of));
  json.member("paid_hryvnias_minor", found.paid.hryvnias);
  const bool with_house = of_house == HouseFigures::kShown;
  if (with_house) json.member("paid_by_all_minor", found.total);
  if (with_house && found.judged.by_turnover) {
    json.member("share_bp", basis_points(found.paid.hryvnias, found.total));
    json.member("above_bp", basis_points(found.above, found.total));
    json.member("cumulative_bp", basis_points(found.above + found.paid.hryvnias, found.total));
  }
  write_currencies(json, found.paid);
  if (found.potential) write_potential(json, *found.potential);
  json.end_object();
}

}  // namespace ledger
