#include "consumers/query/print/report_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "consumers/query/print/report_tables.h"
#include "consumers/query/print/report_titles.h"
#include "projections/duties/duties.h"

namespace ledger::print {

namespace {

using monthly_report::ContractKind;
using monthly_report::Report;
using monthly_report::Section;

class Page {
 public:
  Page(const ReportPaper& paper, const BusinessZone& zone, Language language)
      : paper_(paper),
        report_(paper.report),
        zone_(zone),
        language_(language),
        tables_(paper.report, language) {}

  std::string html() {
    const std::string title =
        fmt::format("{} {}", say("Звіт менеджера з клієнтів за", "Client manager's report for"),
                    month(report_.month, language_));
    body_ =
        fmt::format("<h1>{}</h1>\n<p class=\"centred\">{}, {}{}</p>\n", escaped(title),
                    escaped(report_.manager.name), post(),
                    report_.manager.department ? ", " + escaped(*report_.manager.department) : "");
    add_head();
    body_ += tables_.norms();
    add_contracts();
    add_columns({Section::kClients, Section::kActs});
    body_ += tables_.debts();
    add_columns({Section::kDebts, Section::kOffers, Section::kService, Section::kMeetings,
                 Section::kMarket, Section::kPlan, Section::kTasks});
    add_breaches();
    add_corrections();
    add_conclusions();
    add_proof();
    add_changes();
    return page(title, body_, language_);
  }

 private:
  std::string_view post() const {
    return report_.manager.post == StaffPost::kSupervisor
               ? say("керівник відділу", "head of department")
               : say("менеджер з клієнтів", "client manager");
  }

  std::string_view say(std::string_view uk, std::string_view en) const {
    return language_ == Language::kUkrainian ? uk : en;
  }

  void head_row(std::string_view title, const std::string& text) {
    if (text.empty()) return;
    body_ += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", title, text);
  }

  std::string handed_in() const {
    const auto* last = paper_.handed_in();
    const std::string by =
        fmt::format("{} {}", say("строк — до", "due by"), date(paper_.standing.due_on, language_));
    if (last == nullptr) return fmt::format("{}; {}", say("не подано", "not handed in"), by);
    std::string text = fmt::format("{}; {}", instant(last->time, zone_, language_), by);
    const auto& standing = paper_.standing;
    if (standing.submitted.size() > 1) {
      text += fmt::format("; {} {}", say("уперше", "first"),
                          instant(standing.submitted.front().time, zone_, language_));
    }
    if (standing.progress() == reports::Progress::kAccepted) {
      text += fmt::format("; {} {}", say("прийнято", "accepted"),
                          instant(standing.accepted.back().time, zone_, language_));
    } else if (standing.progress() == reports::Progress::kReturned) {
      text += fmt::format("; {} {}: {}", say("повернуто", "sent back"),
                          instant(standing.returned.back().time, zone_, language_),
                          escaped(standing.returned.back().data.reason));
    }
    return text;
  }

  std::string stand_ins(bool given) const {
    std::string text;
    for (const auto& one : report_.stand_ins) {
      if (one.given != given) continue;
      if (!text.empty()) text += "; ";
      text += fmt::format("{}, {} – {}",
                          escaped(one.other_name.empty() ? one.other.text() : one.other_name),
                          date(one.from, language_), date(one.to, language_));
      if (one.order_no) {
        text += fmt::format(" ({} {})", say("наказ", "order"), escaped(*one.order_no));
      }
    }
    return text;
  }

  std::string days_of(const std::string& stand_ins, std::string_view days) const {
    return stand_ins.empty() ? stand_ins
                             : fmt::format("{}; {} {}", stand_ins, say("днів:", "days:"), days);
  }

  std::string rules() const {
    std::string text;
    for (const auto& rule : report_.rules) {
      std::string policies;
      for (const auto& id : rule.policies) {
        if (id == "default") continue;
        policies += (policies.empty() ? "" : ", ") + escaped(id);
      }
      text += fmt::format("{}{}", text.empty() ? "" : ", ", rule.rule);
      if (!policies.empty()) text += fmt::format(" ({})", policies);
    }
    return text;
  }

  void add_head() {
    body_ += "<table class=\"head\"><tbody>\n";
    head_row(say("Подано", "Handed in"), handed_in());
    head_row(say("Показники", "Figures"),
             fmt::format("{} {}, {} {}", say("відомі на", "as known at"),
                         instant(report_.known_at, zone_, language_),
                         paper_.settled_only
                             ? say("запитано за позиції журналу", "asked at the log position")
                             : say("позиція журналу", "log position"),
                         escaped(paper_.position)));
    head_row(say("Днів", "Days"),
             fmt::format("{} {}, {} {}, {} {}", say("за графіком", "by schedule"),
                         tables_.take("days.working"), say("відпрацьовано", "worked"),
                         tables_.take("days.worked"),
                         say("звільнено від норми дзвінків", "excused from the norm of calls"),
                         tables_.take("days.excused")));
    const std::string given = tables_.take("stand_ins.given");
    const std::string taken = tables_.take("stand_ins.taken");
    head_row(say("Заміщення інших", "Stood in for"), days_of(stand_ins(true), given));
    head_row(say("Заміщення менеджера", "Stand-in"), days_of(stand_ins(false), taken));
    head_row(say("Правила", "Rules"), rules());
    body_ += "</tbody></table>\n";
  }

  std::string_view kind_of(ContractKind kind) const {
    if (kind == ContractKind::kNew) return say("новий клієнт", "new client");
    if (kind == ContractKind::kTerminated) {
      return say("розірвано до першої поставки", "terminated before any delivery");
    }
    return kind == ContractKind::kReturned ? say("повернений клієнт", "returned client")
                                           : say("чинний клієнт", "existing client");
  }

  // Empty: one whom who reads it may not see.
  [[nodiscard]] std::string client_of(const std::string& name) const {
    return name.empty() ? std::string(say("клієнт іншого менеджера", "another manager's client"))
                        : escaped(name);
  }

  void add_contracts() {
    body_ += tables_.heading(Section::kContracts);
    body_ += fmt::format(
        "<p>{}: {}; {}: {}; {}: {}; {}: {}.</p>\n", say("З новими клієнтами", "With new clients"),
        tables_.take("contracts.new"), say("норма", "due"), tables_.take("contracts.target"),
        say("з поверненими", "with returned ones"), tables_.take("contracts.returned"),
        say("усього підписано", "signed in all"), tables_.take("contracts.signed"));
    if (report_.contracts.empty()) return;
    body_ += fmt::format(
        "<table class=\"list\"><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead>"
        "<tbody>\n",
        say("Дата", "Date"), say("Договір №", "Contract No."), say("Клієнт", "Client"),
        say("Чий", "Whose"));
    for (const auto& one : report_.contracts) {
      body_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                           date(one.signed_on, language_), escaped(one.number),
                           client_of(one.client_name.empty() ? one.client_id : one.client_name),
                           kind_of(one.kind));
    }
    body_ += "</tbody></table>\n";
  }

  void add_columns(const std::vector<Section>& sections) {
    body_ += "<div class=\"columns\">\n";
    for (const Section section : sections) {
      const std::string rows = tables_.rest_of(section);
      if (rows.empty()) continue;
      // What is left of the debts stands apart from their tables, which have the number.
      body_ += fmt::format("<section>\n{}{}</section>\n",
                           section == Section::kDebts
                               ? fmt::format("<h2>{}</h2>\n", say("Стягнення та обіцянки оплати",
                                                                  "Collection and promises to pay"))
                               : tables_.heading(section),
                           rows);
    }
    body_ += "</div>\n";
  }

  void add_breaches() {
    body_ += tables_.heading(Section::kBreaches);
    body_ +=
        fmt::format("<p>{}: {}; {}: {}; {}: {}.</p>\n", say("Зафіксовано", "Recorded"),
                    tables_.take("breaches.recorded"), say("з них пояснено", "of them explained"),
                    tables_.take("breaches.explained"),
                    say("виявлено за правилами", "found by rules"), tables_.take("breaches.found"));
    if (report_.breaches.empty() && report_.found_breaches.empty()) return;
    body_ += fmt::format(
        "<table class=\"list\"><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead>"
        "<tbody>\n",
        say("Дата", "Date"), say("Порушення", "Breach"), say("Пояснення", "Explanation"),
        say("Рішення", "Decision"));
    for (const auto& one : report_.breaches) {
      std::string words;
      for (const auto& text : one.explanations) {
        words += (words.empty() ? "" : "<br>") + escaped(text);
      }
      body_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                           date(one.happened_on, language_), escaped(one.text),
                           words.empty() ? "—" : words, escaped(one.decision.value_or("—")));
    }
    for (const auto& one : report_.found_breaches) add_found(one);
    body_ += "</tbody></table>\n";
  }

  // The duty in its words, and who and what it is about; the register has what was said to it.
  void add_found(const monthly_report::FoundBreach& one) {
    const auto* duty = duties::find(one.duty_id);
    const std::string_view title =
        duty == nullptr ? one.duty_id : say(duty->title_uk, duty->title_en);
    const std::string_view beside = one.beside == "other_client_id" ? say("і", "and")
                                    : one.beside == "contract_id"   ? say("договір", "contract")
                                                                    : say("пропозиція", "offer");
    std::string recorded;
    for (const auto& id : one.breach_ids) recorded += (recorded.empty() ? "" : ", ") + escaped(id);
    body_ += fmt::format(
        "<tr><td>{}</td><td>{}: {} {} {}</td><td>{}</td><td>—</td></tr>\n",
        date(one.happened_on, language_), escaped(title), client_of(one.client_id), beside,
        escaped(one.other),
        recorded.empty() ? "—" : fmt::format("{} {}", say("записано:", "recorded as"), recorded));
  }

  // The first few: on paper a figure that rests on hundreds would take pages. JSON names more.
  static std::string events_of(const ReportChange& change) {
    constexpr std::size_t kPrinted = 3;
    const std::size_t printed = std::min(kPrinted, change.events.size());
    std::string text;
    for (std::size_t i = 0; i < printed; ++i) {
      const auto& one = change.events[i];
      if (!text.empty()) text += "; ";
      text += fmt::format("{} {} ({})", escaped(one.event.type), escaped(one.event.id),
                          to_string(one.event.position));
      if (!one.amended_by) continue;
      text += fmt::format(" ← {} {} ({})", escaped(one.amended_by->type),
                          escaped(one.amended_by->id), to_string(one.amended_by->position));
    }
    const std::size_t more = change.what.events.size() - printed;
    return more == 0 ? text : text + fmt::format("; +{}", more);
  }

  void add_table_of(const std::vector<ReportChange>& changes, bool with_month) {
    body_ += "<table class=\"list changes\"><thead><tr>";
    if (with_month) body_ += fmt::format("<th>{}</th>", say("Звіт за", "Report for"));
    body_ += fmt::format(
        "<th>{}</th><th class=\"number\">{}</th><th class=\"number\">{}</th><th>{}</th></tr>"
        "</thead><tbody>\n",
        say("Показник", "Figure"), say("Було", "Then"), say("Стало", "Now"),
        say("За подіями (позиція журналу)", "By events (log position)"));
    const ReportChange* above = nullptr;
    for (const auto& change : changes) {
      const auto& what = change.what;
      const bool same_events = above != nullptr && above->what.events == what.events;
      above = &change;
      body_ += "<tr>";
      if (with_month) body_ += fmt::format("<td>{}</td>", month(what.month, language_));
      body_ += fmt::format(
          "<td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>\n",
          escaped(full_title_of(what.figure, language_)),
          figure_text(what.then, what.unit, language_), figure_text(what.now, what.unit, language_),
          same_events ? std::string(say("ті самі", "the same")) : events_of(change));
    }
    body_ += "</tbody></table>\n";
  }

  void add_corrections() {
    body_ += tables_.heading(Section::kCorrections);
    const std::string count = tables_.take("corrections.figures");
    if (paper_.corrections.empty()) {
      body_ += fmt::format(
          "<p>{}</p>\n", say("Після прийняття попередніх звітів їхні показники не змінилися.",
                             "No figure of an earlier report has changed since it was accepted."));
      return;
    }
    body_ += fmt::format("<p>{}: {}.</p>\n",
                         say("Показників змінено після прийняття", "Figures changed since"), count);
    add_table_of(paper_.corrections, true);
  }

  void add_changes() {
    if (!paper_.as_handed_in) return;
    body_ +=
        fmt::format("<h2>{}</h2>\n", say("Зміни після подання (до звіту не входять)",
                                         "Changes since the hand-in (not part of the report)"));
    if (paper_.changed_since.empty()) {
      body_ += fmt::format("<p>{}</p>\n", say("Жоден показник не змінився.", "No figure changed."));
      return;
    }
    add_table_of(paper_.changed_since, false);
  }

  void add_conclusions() {
    const auto* last = paper_.handed_in();
    if (last == nullptr || !last->data.conclusions) return;
    body_ += fmt::format("<h2>{}</h2>\n<p>{}</p>\n", say("Висновки", "Conclusions"),
                         escaped(*last->data.conclusions));
  }

  std::string proof_of_hand_in() const {
    const auto* last = paper_.handed_in();
    if (last == nullptr || !paper_.as_handed_in) return {};
    if (paper_.is_of_another_form()) {
      return fmt::format(" {} {}, {} {}.",
                         say("Подано за іншою формою:", "Handed in by another form:"),
                         escaped(paper_.handed_in_form),
                         say("її контрольна сума", "whose digest is"), escaped(last->data.digest));
    }
    if (paper_.digest_holds.value_or(true)) return {};
    return fmt::format(
        " {} {}.",
        say("Контрольна сума, з якою звіт подано, інша:", "It was handed in with another digest:"),
        escaped(last->data.digest));
  }

  void add_proof() {
    body_ +=
        fmt::format("<div class=\"signatures\"><div>{}</div><div>{}</div></div>\n",
                    say("Менеджер (підпис, дата)", "Manager (signature, date)"),
                    say("Керівник відділу (підпис, дата)", "Head of department (signature, date)"));
    body_ += fmt::format("<p class=\"small\">{} {}, SHA-256 {}.{}</p>\n", say("Форма", "Form"),
                         monthly_report::kForm, paper_.digest, proof_of_hand_in());
  }

  const ReportPaper& paper_;
  const Report& report_;
  const BusinessZone& zone_;
  Language language_;
  ReportTables tables_;
  std::string body_;
};

}  // namespace

std::string report_page(const ReportPaper& paper, const BusinessZone& zone, Language language) {
  return Page(paper, zone, language).html();
}

}  // namespace ledger::print
