#include "consumers/ledgerctl/waiting_lists.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <utility>

#include "consumers/client/json.h"
#include "consumers/ledgerctl/output.h"

namespace ledger::cli {

using boost::json::array;
using boost::json::value;

const array& list_of(const value& object, std::string_view member) {
  static const array kNone;
  const auto* found = object.as_object().if_contains(member);
  return found == nullptr ? kNone : found->as_array();
}

std::string joined(const array& texts) {
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all += ", ";
    all += text.as_string();
  }
  return all;
}

Result<Asked> Asked::of(http::Client& client, const std::string& as_of,
                        const std::string& known_at) {
  LEDGER_TRY(const auto status, get_json(client, "/v1/status"));
  Asked asked(client);
  asked.parameters_ = "?at_least=" + http::url_encode(text_of(status, "log_end"));
  if (!as_of.empty()) asked.parameters_ += "&as_of=" + http::url_encode(as_of);
  if (!known_at.empty()) asked.parameters_ += "&known_at=" + http::url_encode(known_at);
  return asked;
}

Result<value> Asked::one(const std::string& path) const {
  return get_json(*client_, path + parameters_);
}

Result<array> Asked::all(const std::string& path, std::string_view list,
                         const std::string& query) const {
  LEDGER_TRY(auto found, listed(path, list, query));
  return std::move(found.rows);
}

Result<Listed> Asked::listed(const std::string& path, std::string_view list,
                             const std::string& query) const {
  Listed found;
  std::string cursor;
  do {
    std::string page = path + parameters_ + query;
    if (!cursor.empty()) page += "&cursor=" + http::url_encode(cursor);
    LEDGER_TRY(const auto answer, get_json(*client_, page));
    for (const auto& row : answer.at(list).as_array()) found.rows.push_back(row);
    const auto* reasons = answer.as_object().if_contains("reasons");
    if (reasons != nullptr) found.reasons = reasons->as_object();
    cursor = text_of(answer, "next_cursor");
  } while (!cursor.empty());
  return found;
}

Result<std::optional<value>> meant(const array& rows, const std::string& event) {
  std::optional<value> found;
  for (const auto& row : rows) {
    if (text_of(row, "position") != event && text_of(row, "id") != event) continue;
    if (found) {
      return fail(ErrorCode::kConflict,
                  fmt::format("'{}' is the id of {} and of {}: say the position instead", event,
                              text_of(*found, "position"), text_of(row, "position")),
                  "event");
    }
    found = row;
  }
  return found;
}

Result<value> proposed(const array& rows, std::int64_t number, const char* else_say) {
  const auto count = static_cast<std::int64_t>(rows.size());
  if (count == 0) {
    return fail(ErrorCode::kMissingField, fmt::format("nothing is proposed; {}", else_say));
  }
  if (number == 0 && count > 1) {
    return fail(ErrorCode::kMissingField,
                fmt::format("{} are proposed: say which (1 to {}), or {}", count, count, else_say),
                "proposal");
  }
  if (number > count) {
    return fail(ErrorCode::kInvalidField, fmt::format("there are {} proposals", count), "proposal");
  }
  return rows[static_cast<std::size_t>(number == 0 ? 0 : number - 1)];
}

std::string why(const value& proposal, const boost::json::object& reasons) {
  std::string all = fmt::format("{} of 100", number_of(proposal, "score"));
  const char* before = ": ";
  for (const auto& code : list_of(proposal, "reasons")) {
    const auto* words = reasons.if_contains(code.as_string());
    all += before;
    all += words == nullptr ? std::string(code.as_string()) : text_of(*words, "text_en");
    before = "; ";
  }
  return all;
}

std::string unallocated_table(const Listed& payments) {
  Table table({"event", "client", "free", "currency", "purpose", "invoice", "number", "due", "open",
               "why"});
  for (const auto& payment : payments.rows) {
    const std::string currency = text_of(payment, "currency");
    std::vector<std::string> about{text_of(payment, "position"), text_of(payment, "client_id"),
                                   money_text(number_of(payment, "free_minor"), currency), currency,
                                   text_of(payment, "purpose")};
    const auto add = [&](std::vector<std::string> rest) {
      about.insert(about.end(), rest.begin(), rest.end());
      table.add(std::exchange(about, {"", "", "", "", ""}));
    };
    const auto& invoices = list_of(payment, "invoices");
    for (const auto& invoice : invoices) {
      add({text_of(invoice, "invoice_id"), text_of(invoice, "number"), text_of(invoice, "due_on"),
           money_text(number_of(invoice, "open_minor"), currency), why(invoice, payments.reasons)});
    }
    const auto* others = payment.as_object().if_contains("named_of_others");
    if (others != nullptr) {
      for (const auto& one : list_of(*others, "invoices")) {
        add({text_of(one, "invoice_id"), text_of(one, "number"), "", "",
             "the payer named it, and it is " + text_of(one, "client_id") +
                 "'s: a person decides"});
      }
    }
    const auto& rejected = list_of(payment, "rejected");
    for (const auto& one : rejected) {
      add({text_of(one, "invoice_id"), "", "", "", "rejected: " + text_of(one, "reason")});
    }
    if (invoices.empty() && rejected.empty() && others == nullptr) add({"", "", "", "", ""});
  }
  return table.text();
}

Result<value> decide(http::Client& client, const std::string& path,
                     const boost::json::object& body) {
  LEDGER_TRY(const auto answer, client.send({.method = "POST",
                                             .path = path,
                                             .content_type = "application/json",
                                             .body = boost::json::serialize(body)}));
  if (answer.status != 201) return tl::unexpected(error_of(answer));
  return parse_json(answer.body);
}

Result<int> pay_invoice(http::Client& client, const std::string& position,
                        const boost::json::object& body) {
  LEDGER_TRY(const auto receipt,
             decide(client, "/v1/unallocated/" + http::url_encode(position) + "/accept", body));
  const bool before = receipt.at("duplicate").as_bool();
  LEDGER_TRY(const auto line,
             get_json(client, "/v1/log/" + http::url_encode(text_of(receipt, "position")) +
                                  "?texts=opened"));
  const auto& data = line.at("data");
  const auto& amount = data.at("amount");
  const std::string currency = text_of(amount, "currency");
  fmt::print("{} {} of {} pay invoice {}{}\n",
             money_text(number_of(amount, "amount_minor"), currency), currency, position,
             text_of(data, "invoice_id"), before ? ", as was recorded before" : "");
  return 0;
}

}  // namespace ledger::cli
