#include "consumers/query/client_banner.h"

#include <fmt/format.h>

#include "consumers/query/print/form.h"
#include "consumers/query/progress_text.h"
#include "consumers/query/stop_text.h"
#include "projections/client_card/standing.h"
#include "projections/receivables/advances.h"

namespace ledger {

namespace {

using print::Language;

constexpr std::string_view kObserved = "terms.observed";

struct Line {
  std::string_view code;
  std::string_view duty_id;
  std::string uk;
  std::string en;
};

void write_line(JsonWriter& json, const Line& line) {
  json.begin_object();
  json.member("code", line.code);
  json.member("duty_id", line.duty_id);
  json.member("text_uk", line.uk);
  json.member("text_en", line.en);
  json.end_object();
}

void write_stop(JsonWriter& json, const receivables::ShipmentStop& stop) {
  if (stop.reasons.empty()) return;
  const std::string& reason = stop.reasons.front();
  const std::string uk = stop_reason(reason, Language::kUkrainian);
  const std::string en = stop_reason(reason, Language::kEnglish);
  if (stop.stopped()) {
    write_line(json, {"stopped", kObserved,
                      fmt::format("Відвантаження зупинено: {}. Лише за передоплатою", uk),
                      fmt::format("Shipping is stopped: {}. Prepaid only", en)});
  } else if (stop.released_until) {
    const Date until = *stop.released_until;
    write_line(json, {"released", kObserved,
                      fmt::format("Відвантаження дозволено до {}, попри: {}",
                                  print::date(until, Language::kUkrainian), uk),
                      fmt::format("Shipping is allowed until {}, in spite of: {}",
                                  print::date(until, Language::kEnglish), en)});
  }
}

void write_sums(JsonWriter& json, const ClientDebt& debt) {
  const auto sum = [](std::int64_t minor, const std::string& code, Language language) {
    return print::money(minor, code, language);
  };
  for (const auto& [code, ageing] : debt.ageings) {
    const std::int64_t balance = ageing.balance_minor;
    // Who is in credit owes nothing, whether or not somebody said what his money pays.
    const std::int64_t overdue = balance > 0 ? overdue_minor(ageing) : 0;
    if (overdue > 0) {
      write_line(json, {"overdue", kObserved,
                        fmt::format("Прострочено {}", sum(overdue, code, Language::kUkrainian)),
                        fmt::format("Overdue {}", sum(overdue, code, Language::kEnglish))});
    }
    if (balance > 0) {
      write_line(json, {"debt", kObserved,
                        fmt::format("Борг {}", sum(balance, code, Language::kUkrainian)),
                        fmt::format("Owes {}", sum(balance, code, Language::kEnglish))});
    } else if (balance < 0) {
      write_line(json, {"advance", kObserved,
                        fmt::format("Аванс {}", sum(-balance, code, Language::kUkrainian)),
                        fmt::format("In credit {}", sum(-balance, code, Language::kEnglish))});
    }
  }
}

void write_price_type(JsonWriter& json, const client_card::Terms& terms) {
  if (terms.price_type) {
    write_line(json, {"price_type", kObserved, fmt::format("Тип цін: {}", *terms.price_type),
                      fmt::format("Price type: {}", *terms.price_type)});
  } else {
    write_line(json,
               {"no_price_type", kObserved, "Тип цін не встановлено", "No price type is set"});
  }
}

void write_ending(JsonWriter& json, const client_card::Terms& terms, Date day) {
  for (const auto* told : terms.in_force) {
    const ClientTermsSet& data = told->data;
    if (data.kind == TermsKind::kStandard || !data.valid_to) continue;
    const int left = days_between(day, *data.valid_to);
    if (left > kTermsEndDays) continue;
    const auto kind = progress_text(name_of(data.kind));
    write_line(json, {"terms_end", "terms.recorded",
                      fmt::format("Особливі умови ({}) діють до {}, залишилося днів: {}", kind.uk,
                                  print::date(*data.valid_to, Language::kUkrainian), left),
                      fmt::format("Special terms ({}) end on {}, days left: {}", kind.en,
                                  print::date(*data.valid_to, Language::kEnglish), left)});
  }
}

}  // namespace

Result<ClientDebt> read_debt(const Query& query, const client_card::Card& card) {
  const AsOf as_of = query.times();
  LEDGER_TRY(const auto account, receivables::account_of(query.snapshot, card.client));
  LEDGER_TRY(const auto books, receivables::statements(account, as_of));
  ClientDebt debt;
  LEDGER_TRY(debt.exposures, receivables::exposures(account, books, as_of));
  debt.stop = receivables::shipment_stop(account, books, debt.exposures, as_of);
  for (const auto& [code, statement] : books) {
    LEDGER_TRY(const auto currency, Currency::parse(code));
    LEDGER_TRY(debt.ageings[code], receivables::age(statement, currency));
    for (const auto& credit : statement.credits) {
      const auto* named =
          receivables::advance_of(account, credit.source, credit.id, query.known_at);
      if (named == nullptr || credit.free_minor == 0) continue;
      debt.advances[code].push_back({credit.free_minor, *named});
    }
  }
  return debt;
}

std::int64_t overdue_minor(const receivables::Ageing& ageing) {
  return ageing.balance_minor + ageing.unallocated_minor - ageing.buckets_minor[0];
}

void write_banner(JsonWriter& json, const client_card::Card& card, const ClientDebt& debt,
                  Date day) {
  const auto terms = client_card::terms_on(card, day);
  json.key("banner").begin_array();
  write_stop(json, debt.stop);
  write_sums(json, debt);
  write_price_type(json, terms);
  write_ending(json, terms, day);
  json.end_array();
}

}  // namespace ledger
