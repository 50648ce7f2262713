#include "consumers/reactors/notice.h"

#include "events/types/client.h"
#include "events/types/notice.h"
#include "platform/stable_id.h"

namespace ledger {

namespace {

// Who works by a card: the accountants bill by it, logistics deliver by it, the warehouse stores.
constexpr ServiceKind kToldOfClients[] = {ServiceKind::kAccounting, ServiceKind::kLogistics};
constexpr ServiceKind kToldOfGoods[] = {ServiceKind::kWarehouse, ServiceKind::kAccounting};

Submission notice(std::string_view source, const Event& event, ServiceKind service,
                  std::string_view card_id, std::string about) {
  ServiceNotified notified;
  const std::string id = stable_id({type_name(event.data), card_id, name_of(service)});
  notified.notice_id = NoticeId(id);
  notified.service = service;
  notified.about = std::move(about);
  notified.client_id = event.stamps.subject;
  notified.manager_id = event.stamps.actor;
  return {id, std::string(source), event.stamps.recorded_time, std::nullopt,
          EventData(std::move(notified))};
}

}  // namespace

bool NoticeReactor::concerns(const LineSummary& line) const {
  return line.type == ClientRegistered::kName || line.type == ProductRegistered::kName;
}

Result<std::vector<Submission>> NoticeReactor::react(const Event& event, const Sight&) const {
  std::vector<Submission> notices;
  if (const auto* client = event.data.get_if<ClientRegistered>()) {
    for (const auto service : kToldOfClients) {
      notices.push_back(notice(name(), event, service, client->client_id.text(),
                               "нова картка покупця: " + client->name));
    }
  } else if (const auto* product = event.data.get_if<ProductRegistered>()) {
    for (const auto service : kToldOfGoods) {
      notices.push_back(notice(name(), event, service, product->product_id.text(),
                               "нова картка товару: " + product->name));
    }
  }
  return notices;
}

}  // namespace ledger
