// Orders in writing, how they were delivered and by whose fault late, and the papers with them.
#include <fmt/format.h>

#include "events/types/order.h"
#include "producers/house/demo/house.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kBooks = "house/accounting";
constexpr std::string_view kLate[] = {"склад", "логістика", "бухгалтерія", "колірування"};
constexpr std::string_view kPartly[] = {"клієнт відмовився від залишку",
                                        "товар знято з виробництва",
                                        "залишок перенесено в нове замовлення"};

}  // namespace

// A third of the clients order in writing; of some orders not all is invoiced, and the rest closed.
std::optional<OrderId> Besides::on_invoice(const Client& client, const OpenInvoice& invoice) {
  if (client.number % 3 != 0) return std::nullopt;
  const bool partly = chance_.per_mille(80);
  OrderPlaced order;
  order.order_id = OrderId("order-" + invoice.id.text());
  order.client_id = client.id;
  order.manager_id = house_.managers()[client.manager].id;
  order.placed_on = invoice.issued;
  order.amount = {partly ? invoice.open_minor / 100 * 115 + 1 : invoice.open_minor,
                  client.currency};
  const std::string name = order.order_id.text();
  house_.say(kBooks, name, invoice.issued, 8 * 3600 + chance_.below(3000), EventData(order));
  deliver(client, invoice, order.order_id);
  if (partly) {
    OrderClosed closed;
    closed.order_id = order.order_id;
    closed.client_id = client.id;
    closed.closed_on = later(invoice.issued, 12, 20);
    closed.reason = chance_.one_of(kPartly);
    const Date when = closed.closed_on;
    house_.say(kBooks, name + "-closed", when, 17 * 3600, EventData(closed));
  }
  return order.order_id;
}

// Three days were agreed.
void Besides::deliver(const Client& client, const OpenInvoice& invoice, const OrderId& order) {
  const bool late = chance_.per_mille(110);
  DeliveryMade delivery;
  delivery.delivery_id = DeliveryId("delivery-" + invoice.id.text());
  delivery.client_id = client.id;
  delivery.promised_on = house_.working_day(add_days(invoice.issued, 3));
  delivery.delivered_on =
      late ? later(*delivery.promised_on, 1, 6) : house_.working_day(add_days(invoice.issued, 2));
  delivery.order_id = order;
  delivery.amount = Money{invoice.open_minor, client.currency};
  if (late && chance_.per_mille(850)) delivery.department = chance_.one_of(kLate);
  const Date arrived = delivery.delivered_on;
  const std::string delivery_name = delivery.delivery_id.text();
  house_.say(kBooks, delivery_name, arrived, chance_.between(9 * 3600, 17 * 3600),
             EventData(delivery));
  const bool with_tax_invoice = !chance_.per_mille(750);
  DocumentIssued paper;
  paper.document_id = DocumentId("paper-" + invoice.id.text());
  paper.client_id = client.id;
  paper.kind = DocumentKind::kDeliveryNote;
  paper.number = fmt::format("ВН-{}", invoice.number);
  paper.issued_on = arrived;
  paper.order_id = order;
  paper.delivery_id = delivery.delivery_id;
  const std::string paper_name = paper.document_id.text();
  house_.say(kBooks, paper_name, arrived, 17 * 3600 + 1200, EventData(paper));
  if (with_tax_invoice) {
    DocumentIssued tax = paper;
    tax.document_id = DocumentId("tax-" + invoice.id.text());
    tax.kind = DocumentKind::kTaxInvoice;
    tax.number = fmt::format("ПН-{}", invoice.number);
    house_.say(kBooks, tax.document_id.text(), arrived, 17 * 3600 + 1500, EventData(tax));
    const DocumentReturned kept{tax.document_id, client.id, arrived};
    house_.say(kBooks, tax.document_id.text() + "-returned", arrived, 17 * 3600 + 1800,
               EventData(kept));
  }
  if (!chance_.per_mille(900)) return;
  const DocumentReturned back{paper.document_id, client.id, later(arrived, 1, 15)};
  house_.say(kBooks, paper_name + "-returned", back.returned_on, 11 * 3600, EventData(back));
}

}  // namespace ledger::demo
