#include "projections/offer_checks/queries.h"

#include <fmt/format.h>

#include <map>

#include "consumers/access/masking.h"
#include "consumers/query/day_range.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/offer_check_json.h"
#include "consumers/query/routes.h"
#include "consumers/query/row_page.h"

namespace ledger {

namespace {

using offer_checks::Check;
using offer_checks::Checked;
using print::Form;

struct Asked {
  offer_checks::Question question;
  offer_checks::CheckedList offers;
};

Result<Asked> read_asked(const Query& query) {
  Asked asked;
  LEDGER_TRY(const auto range, day_range(query));
  asked.question.from = range.from;
  asked.question.to = range.to;
  asked.question.known_at = query.known_at;
  LEDGER_TRY(asked.question.manager, manager_parameter(query));
  if (const auto client = query.request.parameter("client")) {
    const std::string id(*client);
    LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, query.times()));
    if (!card) return fail(ErrorCode::kNotFound, "the ledger has no facts about it", "client");
    asked.question.client = id;
  }
  LEDGER_TRY(asked.offers, offer_checks::checked_offers(query.snapshot, asked.question));
  LEDGER_CHECK(keep_seen(query.scope, asked.offers.rows, [&](const Checked* one) {
    return query.scope.sees_client(one->offer.client_id);
  }));
  return asked;
}

void write_totals(JsonWriter& json, const std::vector<const Checked*>& offers) {
  std::int64_t undescribed = 0;
  std::map<Check, std::int64_t> by_check;
  for (const auto* one : offers) {
    if (one->offer.products.empty()) ++undescribed;
    for (const auto& finding : one->findings) ++by_check[finding.check];
  }
  json.key("totals").begin_object();
  json.member("offers", static_cast<std::int64_t>(offers.size()));
  json.member("undescribed", undescribed);
  for (const auto word : names(Check{})) json.member(word, by_check[*from_name<Check>(word)]);
  write_duty_ids(json, {{"offers", "terms.observed"},
                        {"undescribed", "offers.completeness"},
                        {"price_type", offer_checks::duty_of(Check::kPriceType)},
                        {"stopped_client", offer_checks::duty_of(Check::kStopped)},
                        {"price_floor", offer_checks::duty_of(Check::kFloor)},
                        {"discount_limit", offer_checks::duty_of(Check::kDiscount)},
                        {"price_currency", offer_checks::duty_of(Check::kCurrency)},
                        {"content", offer_checks::duty_of(Check::kContent)},
                        {"need", offer_checks::duty_of(Check::kNeed)},
                        {"criteria", offer_checks::duty_of(Check::kCriteria)}});
  json.end_object();
}

Result<http::Response> as_json(const Query& query, const Asked& asked, RowPage page) {
  JsonWriter json = query.begin_answer();
  json.member("from", format_date(asked.question.from));
  json.member("to", format_date(asked.question.to));
  write_totals(json, asked.offers.rows);
  json.key("findings").begin_array();
  for (const auto* one : asked.offers.rows) {
    for (const auto& finding : one->findings) {
      if (!page.takes_next()) continue;
      json.begin_object();
      LEDGER_CHECK(write_checked_offer(json, query, one->offer));
      write_finding(json, finding);
      json.end_object();
    }
  }
  json.end_array();
  page.write_end(json, query);
  return answer(json);
}

// A price as a number, with its currency behind it; or words, which have none.
void said(print::Csv& csv, const std::optional<Money>& price, const std::string& words) {
  if (price) {
    csv.money(price->amount_minor, price->currency.text()).cell(price->currency.text());
  } else {
    csv.cell(words).cell("");
  }
}

http::Response as_csv(const Asked& asked, print::Language language) {
  print::Csv csv;
  csv.cell("day").cell("client_id").cell("manager_id").cell("channel").cell("offer");
  csv.cell("product_id").cell("check").cell("severity").cell("expected").cell("expected_currency");
  csv.cell("found").cell("found_currency").cell("text").cell("rule").cell("duty_id");
  csv.end_row();
  for (const auto* one : asked.offers.rows) {
    const auto& offer = one->offer;
    for (const auto& finding : one->findings) {
      csv.cell(format_date(offer.day)).cell(offer.client_id);
      csv.cell(offer.manager_id ? offer.manager_id->text() : "").cell(name_of(offer.channel));
      csv.cell(offer.name).cell(finding.product_id ? finding.product_id->text() : "");
      csv.cell(name_of(finding.check)).cell(name_of(finding.severity));
      said(csv, finding.expected_price, finding.expected);
      said(csv, finding.found_price, finding.found);
      csv.cell(sentence_of(finding, language)).cell(offer_checks::kRule);
      csv.cell(offer_checks::duty_of(finding.check));
      csv.end_row();
    }
  }
  return print::answer_csv(csv.take(),
                           fmt::format("offer-checks-{}.csv", format_date(asked.question.to)));
}

Result<http::Response> get_offer_checks(const QueryContext&, const Query& query) {
  LEDGER_TRY(const auto form, print::form_of(query.request));
  // A browser, which takes anything in the end, gets the JSON.
  if (form == Form::kHtml && query.request.parameter("format")) {
    return fail(ErrorCode::kInvalidField, "this answer has no other form than json and csv",
                "format");
  }
  LEDGER_TRY(const auto language, print::language_of(query.request));
  LEDGER_TRY(const auto page, RowPage::of(query));
  LEDGER_TRY(const auto asked, read_asked(query));
  return form == Form::kCsv ? as_csv(asked, language) : as_json(query, asked, page);
}

}  // namespace

void add_offer_check_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/offer-checks", http::RunOn::kWorker, get_offer_checks,
            Times::kKnownAtToo,
            {"from", "to", "manager", "client", "limit", "cursor", "format", "lang"});
}

}  // namespace ledger
