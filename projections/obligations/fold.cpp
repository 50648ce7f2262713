#include "projections/obligations/fold.h"

namespace ledger::obligations {

namespace {

// Ids hold no zero byte.
std::string prefix(std::string_view what, std::string_view whose) {
  std::string key(what);
  key += whose;
  key += '\0';
  return key;
}

}  // namespace

std::string clients_key(std::string_view manager_id) { return prefix("o|", manager_id); }

std::string acts_key(std::string_view manager_id) { return prefix("", manager_id); }

std::string manager_cases_key(char table, std::string_view manager_id) {
  return prefix(std::string("m") + table + '|', manager_id);
}

std::string client_cases_key(char table, std::string_view client_id) {
  return prefix(std::string("c") + table + '|', client_id);
}

void Fold::note_act(Date day, const EventMeta& meta, ViewBatch& batch) {
  const std::string key =
      acts_key(meta.manager->text()) + prefix(format_date(day), "") + meta.client->text();
  contribute(batch.edit<ActRow>(key).done, meta, {});
}

void Fold::mention(const std::string& key, ViewBatch& batch) {
  batch.edit<IndexRow>(key).mentioned = true;
}

}  // namespace ledger::obligations
