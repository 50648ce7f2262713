#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

// Lines out of pieces, for answers that come as NDJSON.
namespace ledger {

// What of a line came so far is kept until its end comes, and no byte is looked at twice: a row of
// a view may be tens of megabytes long and come in a thousand pieces. Not thread-safe.
class Lines {
 public:
  // `each` sees every line that ends in the piece, without its end, in order; the view holds during
  // the call alone. An end without a newline is never a line.
  void take(std::string_view piece, const std::function<void(std::string_view line)>& each);

 private:
  std::string begun_;  // a line without its end
};

}  // namespace ledger
