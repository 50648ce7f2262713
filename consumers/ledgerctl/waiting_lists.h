#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/client.h"
#include "platform/result.h"

// What `unmatched` and `unallocated` have in common: lists of what waits, over all their pages, and
// a person's decisions about them.
namespace ledger::cli {

// The member as a list, empty where it is absent.
[[nodiscard]] const boost::json::array& list_of(const boost::json::value& object,
                                                std::string_view member);
// Texts with commas between.
[[nodiscard]] std::string joined(const boost::json::array& texts);

// Rows of a list, and what the codes of their reasons mean, as the answer itself says.
struct Listed {
  boost::json::array rows;
  boost::json::object reasons;
};
// "95 of 100: the purpose names an invoice of the client; the payer is called as the client is".
[[nodiscard]] std::string why(const boost::json::value& proposal,
                              const boost::json::object& reasons);

// Asks of views that cover the log as it is now: what was answered a moment ago does not wait any
// more. The client must outlive it.
class Asked {
 public:
  [[nodiscard]] static Result<Asked> of(http::Client& client, const std::string& as_of,
                                        const std::string& known_at);

  [[nodiscard]] Result<boost::json::value> one(const std::string& path) const;
  // Every row of a list, over all its pages; `query` begins with "&" where there is any.
  [[nodiscard]] Result<boost::json::array> all(const std::string& path, std::string_view list,
                                               const std::string& query = {}) const;
  // The same with its reasons in words.
  [[nodiscard]] Result<Listed> listed(const std::string& path, std::string_view list,
                                      const std::string& query = {}) const;

 private:
  explicit Asked(http::Client& client) : client_(&client) {}
  http::Client* client_;
  std::string parameters_;
};

// The row that a person means: by its position, or by its id where no other sender uses it too.
[[nodiscard]] Result<std::optional<boost::json::value>> meant(const boost::json::array& rows,
                                                              const std::string& event);

// Of the rows that are proposed the one a person means by its number; without a number the only
// one there is.
[[nodiscard]] Result<boost::json::value> proposed(const boost::json::array& rows,
                                                  std::int64_t number, const char* else_say);

// Of /v1/unallocated: a row for each invoice that the money could pay.
[[nodiscard]] std::string unallocated_table(const Listed& payments);

// POSTs a decision and says what became of it: the receipt, with "duplicate" where it stood
// already.
[[nodiscard]] Result<boost::json::value> decide(http::Client& client, const std::string& path,
                                                const boost::json::object& body);
// POSTs what the money at a position pays, and prints what became of it.
[[nodiscard]] Result<int> pay_invoice(http::Client& client, const std::string& position,
                                      const boost::json::object& body);

}  // namespace ledger::cli
