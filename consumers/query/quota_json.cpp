#include "consumers/query/quota_json.h"

#include <algorithm>
#include <string_view>

#include "consumers/query/client_names.h"
#include "consumers/query/letter_words.h"
#include "projections/directory/working_time.h"
#include "projections/duties/duties.h"

namespace ledger {

namespace {

using namespace quota_compliance;

using Words = LetterWords;

Words words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kCounted:
      return {"зараховано", "counted"};
    case Verdict::kNoClient:
      return {"клієнта ще не встановлено", "nobody has said yet whose it is"};
    case Verdict::kNotAnswered:
      return {"без відповіді", "not answered"};
    case Verdict::kTooShort:
      return {"розмова коротша за правило", "the talk is shorter than the rule asks for"};
    case Verdict::kInbound:
      return {"вхідний: дзвонив клієнт", "inbound: the client called"};
    case Verdict::kInternal:
      return {"внутрішній дзвінок", "a call between colleagues"};
    case Verdict::kRedial:
      return {"повторний набір того самого номера", "the same number was dialled again"};
    case Verdict::kSelfReported:
      return {"самозвіт: внесено вручну", "self-reported: entered by hand"};
    case Verdict::kDouble:
      return {"той самий дзвінок, записаний удруге", "the same call, told a second time"};
    case Verdict::kNoCardYet:
      return {"картку клієнта відкрито вже після того дня",
              "the client's card was opened on a later day"};
    case Verdict::kCardVoided:
      return {"картку клієнта скасовано", "the client's card was taken back"};
    case Verdict::kSameOffer:
      return {"той самий документ тій самій компанії того дня",
              "the same document to the same company that day"};
    case Verdict::kSameCompany:
      return {"тій самій компанії того дня", "to the same company that day"};
    case Verdict::kLetter:
      return {"відповідь без документа або переслане, не пропозиція",
              "an answer without a document, or what is passed on: no offer"};
    case Verdict::kUnmarked:
      return ledger::words_of(directory::CountsAs::kUnmarked);
    case Verdict::kUnverified:
      return ledger::words_of(directory::CountsAs::kUnverified);
    case Verdict::kBounced:
      return ledger::words_of(directory::CountsAs::kBounced);
    case Verdict::kNoCall:
      return {"немає зарахованого дзвінка з компанією", "no counted call with the company"};
    case Verdict::kNotNew:
      return {"не новий клієнт: договір уже був", "no new client: has signed before"};
    case Verdict::kReturned:
      return {"повернений клієнт", "a client who returned"};
    case Verdict::kSameContract:
      return {"той самий договір, записаний ще раз", "the same contract, told again since"};
    case Verdict::kTerminated:
      return {"розірвано до першої поставки", "terminated before anything was delivered"};
    case Verdict::kNoContract:
      return {"не договір: додаткова угода, специфікація чи пролонгація",
              "no contract: an amendment, specification or prolongation"};
    case Verdict::kLate:
      return {"подано після строку", "handed in late"};
    case Verdict::kSameReport:
      return {"звіт подано повторно", "the report was handed in again"};
    case Verdict::kPhoneOffer:
      return {"зараховано як пропозицію телефоном",
              "counts as the offer by phone behind which it is"};
    case Verdict::kStoodIn:
      return {"за відсутнього: окремо від власної норми",
              "in the stead of who is away: apart from one's own norm"};
    case Verdict::kTakenBack:
      return {"скасовано або виправлено", "voided or corrected"};
  }
  return {};
}

void write_shape(JsonWriter& json, const CallShape& shape, std::int64_t counted) {
  const auto percent = [&](std::int64_t part) { return directory::proportion(100, part, counted); };
  json.key("shape").begin_object();
  json.member("median_talk_s", shape.median_talk_s);
  json.member("under_20_s", shape.under_20_s);
  json.member("share_under_20_s_percent", percent(shape.under_20_s));
  json.member("to_top_five", shape.to_top_five);
  json.member("share_to_top_five_percent", percent(shape.to_top_five));
  json.member("last_hour", shape.last_hour);
  json.member("share_last_hour_percent", percent(shape.last_hour));
  json.member("inbound_answered", shape.inbound_answered);
  json.member("self_reported", shape.self_reported);
  json.end_object();
}

// The clients who may be the one that signed.
Status write_sharing(JsonWriter& json, const Item& item, const Query& query) {
  json.begin_array();
  for (const auto& other : item.supervisor_decides) {
    json.begin_object();
    LEDGER_CHECK(write_named_client(json, query, other.card));
    json.key("shared").begin_array();
    for (const auto& reason : other.reasons) json.value(reason);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return {};
}

Status write_doubtful(JsonWriter& json, const Figure& figure, const Query& query) {
  const auto is_doubtful = [](const Item& item) { return !item.supervisor_decides.empty(); };
  if (std::none_of(figure.items.begin(), figure.items.end(), is_doubtful)) return {};
  json.key("supervisor_decides").begin_array();
  for (const auto& item : figure.items) {
    if (!is_doubtful(item)) continue;
    json.begin_object();
    json.member("contract_id", item.id);
    LEDGER_CHECK(write_named_client(json, query, item.client_id));
    LEDGER_CHECK(write_sharing(json.key("others"), item, query));
    json.member("position", to_string(item.position));
    json.end_object();
  }
  json.end_array();
  return {};
}

void write_reason(JsonWriter& json, const Figure& figure) {
  if (!figure.reason) return;
  const auto say = [&](std::string_view uk, std::string_view en) {
    const std::string whose = figure.absence_id.empty() ? "" : " " + figure.absence_id;
    json.member("reason", std::string(en) + whose);
    json.member("reason_uk", std::string(uk) + whose);
  };
  switch (*figure.reason) {
    case Reason::kAbsence:
      return say("відсутність", "absence");
    case Reason::kOutage:
      return say("збій системи", "outage");
    case Reason::kPartDay:
      return say("неповний день", "part of a day");
    case Reason::kSilentSender:
      return say("джерело мовчало", "the sender was silent");
  }
}

Status write_members(JsonWriter& json, const Figure& figure, const Query& query) {
  json.member("metric", name_of(figure.metric));
  json.member("duty_id", duties::duty_of(figure.metric));
  json.member("counted", figure.counted);
  json.member("target", figure.target);
  json.member("state", name_of(figure.state));
  write_reason(json, figure);
  if (figure.counted < figure.target) json.member("short_by", figure.target - figure.counted);
  if (figure.expected_by_now) json.member("expected_by_now", *figure.expected_by_now);
  if (figure.due_on) json.member("due_on", format_date(*figure.due_on));
  // The fraction that made it so; where no time is reckoned with, there is none.
  if (figure.target != figure.base && figure.scheduled > 0) {
    json.member("base", figure.base);
    json.member("worked_minutes", figure.worked);
    json.member("scheduled_minutes", figure.scheduled);
  }
  json.member("attempts", figure.attempts);
  json.member("answered", figure.answered);
  json.member("unique_clients", figure.unique_clients);
  json.member("unmatched", figure.unmatched);
  if (figure.doubles > 0) json.member("doubles", figure.doubles);
  if (figure.unverified > 0) json.member("unverified", figure.unverified);
  if (figure.stood_in > 0) json.member("stood_in", figure.stood_in);
  if (figure.bounced > 0) json.member("bounced", figure.bounced);
  if (figure.letters > 0) json.member("letters", figure.letters);
  if (figure.repeated > 0) json.member("repeated", figure.repeated);
  if (figure.mass_companies > 0) {
    json.member("addressed", figure.counted - figure.mass);
    json.member("mass", figure.mass);
    json.member("mass_companies", figure.mass_companies);
  }
  if (figure.returned > 0) json.member("returned", figure.returned);
  if (figure.shape) write_shape(json, *figure.shape, figure.counted);
  LEDGER_CHECK(write_doubtful(json, figure, query));
  if (!figure.recorded_later.empty()) {
    json.key("recorded_later").begin_array();
    for (const auto& position : figure.recorded_later) json.value(to_string(position));
    json.end_array();
  }
  json.member("policy_id", figure.policy_id);
  if (!figure.rule_version.empty()) json.member("rule_version", figure.rule_version);
  return {};
}

std::string_view id_member(QuotaMetric metric) {
  switch (metric) {
    case QuotaMetric::kCalls:
      return "call_id";
    case QuotaMetric::kEmailOffers:
      return "message_id";
    default:
      return "contract_id";
  }
}

// How the event beside an item stands to it.
std::string_view beside_member(const Item& item) {
  if (item.verdict == Verdict::kDouble || item.verdict == Verdict::kSameContract) {
    return "duplicate_of";
  }
  if (item.verdict == Verdict::kPhoneOffer) return "offer_position";
  return item.verdict == Verdict::kCounted ? "call_position" : "repeats";
}

Status write_item(JsonWriter& json, QuotaMetric metric, const Item& item, const Query& query) {
  json.begin_object();
  json.member("position", to_string(item.position));
  if (item.time) json.member("time", format_timestamp(*item.time));
  if (item.on) json.member("on", format_date(*item.on));
  if (!item.client_id.empty()) {
    LEDGER_CHECK(write_named_client(json, query, item.client_id));
  }
  if (!item.id.empty()) json.member(id_member(metric), item.id);
  if (item.talk_s) json.member("talk_s", *item.talk_s);
  write_verdict(json, item.verdict);
  if (item.beside) json.member(beside_member(item), to_string(*item.beside));
  const bool is_phoned = metric == QuotaMetric::kPhoneOffers && item.verdict == Verdict::kCounted;
  if (is_phoned) json.member("self_reported", !item.answered);
  if (item.mass) json.member("mass", true);
  if (item.returned) json.member("returned", true);
  if (!item.supervisor_decides.empty()) {
    LEDGER_CHECK(write_sharing(json.key("supervisor_decides"), item, query));
  }
  json.member("recorded_at", format_timestamp(item.known.recorded));
  if (item.verdict == Verdict::kTakenBack) {
    json.member("taken_back_at", format_timestamp(*item.known.taken_back));
  }
  json.end_object();
  return {};
}

}  // namespace

void write_verdict(JsonWriter& json, Verdict verdict) {
  const auto words = words_of(verdict);
  json.member("counted", verdict == Verdict::kCounted);
  json.member("why", name_of(verdict));
  json.member("why_uk", words.uk);
  json.member("why_en", words.en);
}

Status write_figure(JsonWriter& json, const Figure& figure, const Query& query) {
  json.begin_object();
  LEDGER_CHECK(write_members(json, figure, query));
  json.end_object();
  return {};
}

Status write_figure_and_items(JsonWriter& json, const Figure& figure, const Query& query) {
  json.begin_object();
  LEDGER_CHECK(write_members(json, figure, query));
  json.key("items").begin_array();
  for (const auto& item : figure.items) {
    LEDGER_CHECK(write_item(json, figure.metric, item, query));
  }
  json.end_array();
  json.end_object();
  return {};
}

}  // namespace ledger
