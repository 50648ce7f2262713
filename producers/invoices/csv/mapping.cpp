#include "producers/invoices/csv/mapping.h"

#include <fmt/format.h>

#include <charconv>

#include "platform/utf8.h"
#include "producers/table/table.h"

namespace ledger::invoices {

namespace {

using table::Row;

constexpr int kDueDaysMax = 3650;

Result<int> days_of(std::string_view cell) {
  int days = 0;
  const auto [end, bad] = std::from_chars(cell.data(), cell.data() + cell.size(), days);
  if (bad == std::errc() && end == cell.data() + cell.size() && days >= 0 && days <= kDueDaysMax) {
    return days;
  }
  return fail(ErrorCode::kInvalidField,
              fmt::format("'{}' is not a number of days from 0 to {}", excerpt(cell), kDueDaysMax),
              "due");
}

class Reader {
 public:
  Reader(const Profile& profile, const Settings& settings, Collector& collector)
      : profile_(profile), settings_(settings), collector_(collector) {}

  void take(const Row& row) {
    const std::string where = fmt::format("line {}", row.line());
    if (auto status = record(row, where); !status) {
      collector_.refuse(where, row.raw(), std::move(status).error());
    }
  }

 private:
  Status record(const Row& row, const std::string& where) {
    InvoiceIssued invoice;
    invoice.number = row.at(profile_.number);
    LEDGER_TRY(const auto date, profile_.date_format.read(row.at(profile_.date), "date"));
    invoice.issued_on = date.day;
    LEDGER_TRY(const auto currency, profile_.currency.read(row.at(profile_.currency.column)));
    LEDGER_TRY(invoice.amount, profile_.amounts.read(row.at(profile_.amount), currency, "amount"));
    if (invoice.amount.amount_minor == 0) {
      collector_.skip(where, "an invoice of nothing");
      return {};
    }
    if (invoice.amount.amount_minor < 0) {
      return fail(ErrorCode::kOutOfRange,
                  "is below zero: a credit note is no invoice; record credit_note.issued",
                  "amount");
    }
    LEDGER_TRY(invoice.due_on, due(row, date.day));
    LEDGER_TRY(invoice.client_id, client(row));
    if (const auto contract = row.at(profile_.contract); !contract.empty()) {
      auto id = ContractId::parse(contract);
      if (!id) return fail(id.error().code, id.error().message, "contract");
      invoice.contract_id = *std::move(id);
    }
    const auto own = row.at(profile_.id);
    invoice.invoice_id = InvoiceId(own.empty() ? id_of_number(invoice.number, invoice.issued_on)
                                               : table::as_id(own, "inv-"));
    return collector_.issue(std::move(invoice), where);
  }

  [[nodiscard]] Result<std::optional<Date>> due(const Row& row, Date issued_on) const {
    if (const auto day = row.at(profile_.due); !day.empty()) {
      LEDGER_TRY(const auto moment, profile_.date_format.read(day, "due"));
      return moment.day;
    }
    if (const auto cell = row.at(profile_.due_days); !cell.empty()) {
      LEDGER_TRY(const int days, days_of(cell));
      return add_days(issued_on, days);
    }
    return std::nullopt;
  }

  [[nodiscard]] Result<ClientId> client(const Row& row) const {
    if (profile_.client_code) {
      return client_of_code(settings_, row.at(*profile_.client_code), "client_code");
    }
    auto id = ClientId::parse(row.at(*profile_.client_id));
    if (!id) return fail(id.error().code, id.error().message, "client_id");
    return id;
  }

  const Profile& profile_;
  const Settings& settings_;
  Collector& collector_;
};

}  // namespace

Mapped map_csv(std::string_view bytes, const Profile& profile, const Settings& settings) {
  Collector collector(settings);
  Reader reader(profile, settings, collector);
  const table::Visitor visitor{[&](const Row& row) { reader.take(row); },
                               [&](std::size_t line, std::string_view raw, Error error) {
                                 collector.refuse(fmt::format("line {}", line), raw,
                                                  std::move(error));
                               },
                               [&](std::size_t line, std::string reason) {
                                 collector.skip(fmt::format("line {}", line), std::move(reason));
                               }};
  auto status = table::read(bytes, profile.layout, profile.wanted(), visitor);
  if (!status) collector.refuse("file", "", std::move(status).error());
  return collector.take();
}

}  // namespace ledger::invoices
