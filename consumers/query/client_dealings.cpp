#include <algorithm>
#include <set>
#include <tuple>

#include "consumers/query/client_sections.h"
#include "projections/acts/queries.h"
#include "projections/client_card/deal_papers.h"
#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"
#include "projections/signing_authority/queries.h"

namespace ledger::client_sections {

namespace {

using namespace client_card;

template <class E, class Id>
bool mentions(const std::vector<Told<E>>& list, Id E::* member, const Id& id) {
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& told) { return told.data.*member == id; });
}

// Nothing where nobody can tell: no end and no limit is known, or the limit is in another currency.
void write_authority(JsonWriter& json, const ContractSigned& contract) {
  if (!contract.authority_valid_to && !contract.authority_limit) return;
  const auto excesses = signing_authority::excesses(contract);
  const bool exceeded =
      std::any_of(excesses.begin(), excesses.end(), [](signing_authority::Excess one) {
        return signing_authority::severity_of(one) == breaches::Severity::kBreach;
      });
  if (exceeded || excesses.empty()) json.member("authority_ok", !exceeded);
}

void write_contracts(JsonWriter& json, const DealingsRow& all, Date day) {
  json.key("contracts").begin_array();
  for (const auto& told : all.contracts) {
    const ContractSigned& contract = told.data;
    const bool terminated =
        std::any_of(all.terminated.begin(), all.terminated.end(), [&](const auto& end) {
          return end.data.contract_id == contract.contract_id && end.data.terminated_on < day;
        });
    const bool over = contract.valid_to && *contract.valid_to < day;
    json.begin_object();
    write_told(json, told);
    json.member("in_force", !terminated && !over);
    write_authority(json, contract);
    json.end_object();
  }
  json.end_array();
}

// Drafts that nobody signed yet, with the disagreements that are open.
void write_drafts(JsonWriter& json, const DealingsRow& all, Date day) {
  json.key("drafts").begin_array();
  std::set<ContractId> shown;
  for (auto told = all.drafts.rbegin(); told != all.drafts.rend(); ++told) {
    const ContractId& id = told->data.contract_id;
    if (mentions(all.contracts, &ContractSigned::contract_id, id) || !shown.insert(id).second) {
      continue;
    }
    std::int64_t open = 0;
    for (const auto& raised : all.disagreements) {
      if (raised.data.contract_id != id) continue;
      const bool resolved = std::any_of(
          all.disagreements_resolved.begin(), all.disagreements_resolved.end(),
          [&](const auto& end) {
            return end.data.contract_id == id && end.data.clause == raised.data.clause &&
                   std::tie(end.time, end.position) > std::tie(raised.time, raised.position);
          });
      if (!resolved) ++open;
    }
    json.begin_object();
    write_told(json, *told);
    json.member("days", days_between(told->data.sent_on, day));
    json.member("disagreements_open", open);
    json.end_object();
  }
  json.end_array();
}

void write_complaints(JsonWriter& json, const DealingsRow& all, Date day) {
  std::int64_t overdue = 0;
  std::int64_t open = 0;
  for (const auto& told : all.complaints) {
    const ComplaintId& id = told.data.complaint_id;
    if (mentions(all.complaints_resolved, &ComplaintResolved::complaint_id, id) ||
        mentions(all.complaints_rejected, &ComplaintRejected::complaint_id, id)) {
      continue;
    }
    ++open;
    if (told.data.due_on < day) ++overdue;
  }
  json.member("complaints_open", open);
  json.member("complaints_overdue", overdue);
  json.member("suggestions", static_cast<std::int64_t>(std::count_if(
                                 all.feedback.begin(), all.feedback.end(), [](const auto& told) {
                                   return told.data.kind == FeedbackKind::kSuggestion;
                                 })));
}

// The act of the latest period; of one period, the one made last.
Status write_last_act(JsonWriter& json, const Query& query, const Card& card) {
  LEDGER_TRY(const auto all, acts::acts_of(query.snapshot, card.client.homes, query.times()));
  const acts::Standing* last = nullptr;
  for (const auto& act : all) {
    const auto rank = [](const acts::Standing& of) {
      return std::tuple(of.issue().data.to, of.issue().time, of.issue().position);
    };
    if (last == nullptr || rank(*last) < rank(act)) last = &act;
  }
  if (last == nullptr) return {};
  const auto& issue = last->issue();
  json.key("last_act").begin_object();
  json.member("act_id", issue.data.act_id.text());
  json.member("from", format_date(issue.data.from));
  json.member("to", format_date(issue.data.to));
  json.member("state", name_of(last->state()));
  json.member("position", to_string(issue.position));
  json.end_object();
  return {};
}

void write_orders(JsonWriter& json, const DealingsRow& all) {
  json.key("orders_open").begin_array();
  for (const auto& told : all.orders) {
    if (mentions(all.orders_closed, &OrderClosed::order_id, told.data.order_id)) continue;
    json.begin_object();
    write_told(json, told);
    json.end_object();
  }
  json.end_array();
  json.key("documents_unsigned").begin_array();
  for (const auto& told : all.documents) {
    if (mentions(all.documents_returned, &DocumentReturned::document_id, told.data.document_id)) {
      continue;
    }
    json.begin_object();
    write_told(json, told);
    json.end_object();
  }
  json.end_array();
}

// Of each delivery the papers that go with it and were not issued.
Status write_missing_papers(JsonWriter& json, const Query& query, const DealingsRow& all) {
  std::vector<MissingPapers> missing;
  if (!all.deliveries.empty()) {
    LEDGER_TRY(const auto policies, directory::policies(query.snapshot));
    missing = missing_papers(all, policies, query.known_at);
  }
  json.key("papers_missing").begin_array();
  for (const auto& one : missing) {
    const DeliveryMade& delivery = one.delivery.data;
    json.begin_object();
    json.member("delivery_id", delivery.delivery_id.text());
    if (delivery.order_id) json.member("order_id", delivery.order_id->text());
    json.member("delivered_on", format_date(delivery.delivered_on));
    json.key("papers").begin_array();
    for (const auto kind : one.kinds) json.value(name_of(kind));
    json.end_array();
    json.member("due_on", format_date(one.due_on));
    json.member("rule_version", one.rule_version);
    json.member("position", to_string(one.delivery.position));
    json.end_object();
  }
  json.end_array();
  return {};
}

void write_schemes(JsonWriter& json, const DealingsRow& all) {
  json.key("schemes").begin_array();
  for (const auto& told : all.schemes) {
    std::set<std::int64_t> done;
    for (const auto& step : all.scheme_steps) {
      if (step.data.scheme_id == told.data.scheme_id) done.insert(step.data.step);
    }
    json.begin_object();
    write_told(json, told);
    json.key("done").begin_array();
    for (const auto step : done) json.value(step);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("milestones").begin_array();
  for (const auto& told : all.milestones) {
    json.begin_object();
    write_told(json, told);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

Status write_dealings(JsonWriter& json, const Query& query, const Card& card) {
  const Date day = query.as_of;
  const DealingsRow& all = card.dealings;
  write_contracts(json, all, day);
  write_drafts(json, all, day);
  write_complaints(json, all, day);
  LEDGER_CHECK(write_last_act(json, query, card));
  write_orders(json, all);
  LEDGER_CHECK(write_missing_papers(json, query, all));
  write_schemes(json, all);
  return {};
}

}  // namespace ledger::client_sections
