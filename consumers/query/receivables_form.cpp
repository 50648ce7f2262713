#include "consumers/query/receivables_form.h"

#include <fmt/format.h>

#include "consumers/query/object_check.h"
#include "consumers/query/print/ageing_page.h"
#include "consumers/query/receivables_choice.h"
#include "projections/directory/queries.h"
#include "projections/directory/rules.h"

namespace ledger {

namespace {

using print::AgeingRegister;

// By what knowledge the register stands where the question names none: all that is known now, or by
// rule what was known at the end of its day (domain-semantics.md 6, row 12).
Result<std::optional<Timestamp>> known_at_of(const Query& query, const BusinessZone& zone) {
  if (query.known_at) return query.known_at;
  LEDGER_TRY(const auto policies, directory::policies(query.snapshot));
  const auto rule = directory::rules_of(policies, query.as_of, std::nullopt).ageing;
  if (rule.known_at == AgeingKnowledge::kHead) return std::nullopt;
  // The last instant of the day: what was recorded at midnight is of the next one.
  const auto ends = zone.to_instant(add_days(query.as_of, 1), std::chrono::seconds(0));
  return std::optional(ends - Timestamp::duration(1));
}

Result<std::string> name_of_manager(const Query& query, const std::optional<ManagerId>& id) {
  if (!id) return std::string();
  LEDGER_TRY(const auto manager, directory::manager(query.snapshot, *id));
  return manager ? manager->name : id->text();
}

Result<print::AgeingChoice> said_of(const Query& query, const DebtChoice& choice) {
  print::AgeingChoice said;
  LEDGER_TRY(said.manager, name_of_manager(query, choice.manager));
  said.currency = choice.currency.value_or("");
  said.overdue_only = choice.overdue_only;
  said.due_in_week_only = choice.due_in_week_only;
  said.sort = name_of(choice.sort);
  said.backwards = choice.backwards;
  said.question = choice.text();
  return said;
}

Status add_debtor(AgeingRegister& debts, const Query& query, const Debtor& one) {
  LEDGER_TRY(const auto manager, name_of_manager(query, one.row->who.manager));
  const std::string& name = one.row->name.empty() ? one.client_id : one.row->name;
  for (const auto& code : one.currencies) {
    const auto& ageing = one.row->ageings.at(code);
    if (ageing.balance_minor == 0 && ageing.unallocated_minor == 0) continue;
    LEDGER_CHECK(receivables::add_to(debts.totals[code], ageing));
    debts.lines.push_back({one.client_id, name, ageing, manager});
  }
  return {};
}

// "receivables-2026-11-25-12-0-7.csv", with the position of the log; of a choice
// "receivables-2026-11-25-12-0-7-overdue-true.csv", a dash for what has no place in a file's name.
std::string file_name(const Query& query, const DebtChoice& choice) {
  std::string name;
  const std::string of = choice.text();
  for (const char c :
       fmt::format("receivables-{}-{}{}{}", format_date(query.as_of),
                   to_string(query.snapshot.position()), of.empty() ? "" : "-", of)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    name += plain || c == '.' || c == '_' ? c : '-';
  }
  return name + ".csv";
}

}  // namespace

Result<http::Response> get_receivables_form(const QueryContext& context, const Query& asked,
                                            print::Form form, print::TableKind table,
                                            receivables::Basis basis) {
  LEDGER_TRY(const auto language, print::language_of(asked.request));
  LEDGER_TRY(const auto choice, debt_choice(asked));
  if (!choice) return not_yours();
  LEDGER_TRY(const auto known_at, known_at_of(asked, context.zone));
  const Query query{asked.request, asked.snapshot, asked.as_of, asked.today,
                    asked.now,     known_at,       asked.scope, asked.pattern};
  AgeingRegister debts;
  debts.as_of = query.times();
  debts.basis = basis;
  LEDGER_TRY(debts.choice, said_of(query, *choice));
  LEDGER_TRY(const auto rows, DebtorRows::read(context, query, basis));
  Rates rates(query.snapshot, query.times());
  LEDGER_TRY(const auto all, chosen_debtors(query, *choice, *rows, rates));
  for (const auto& one : all.clients) LEDGER_CHECK(add_debtor(debts, query, one));
  for (const auto& [code, total] : debts.totals) {
    if (const auto* rate = rates.of(total.currency)) debts.rates[code] = *rate;
  }
  if (form == print::Form::kHtml) {
    return print::answer_html(print::ageing_page(debts, context.zone, language));
  }
  return print::answer_csv(table == print::TableKind::kExcel
                               ? print::ageing_for_excel(debts, context.zone, language)
                               : print::ageing_csv(debts),
                           file_name(query, *choice));
}

}  // namespace ledger
