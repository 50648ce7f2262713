// Writes into the views of a ledgerd that is stopped what no ledgerd would write: for
// test_views.py.
//   spoil_views VIEWS rows FAMILY…    takes the last byte off every row
//   spoil_views VIEWS shape FAMILY…   as if another build had written them
// Prints how many rows it changed of each.
#include <iostream>
#include <string>
#include <vector>

#include "platform/rocks/database.h"

namespace {

ledger::Result<std::size_t> cut_rows(ledger::rocks::Database& views, const std::string& family) {
  const auto batch = views.batch();
  const auto at = views.iterate(family, "");
  for (; at->valid(); at->next()) {
    batch->put(family, at->key(), at->value().substr(0, at->value().size() - 1));
  }
  LEDGER_CHECK(at->status());
  LEDGER_CHECK(views.write(*batch, /*sync=*/true));
  return batch->count();
}

ledger::Result<std::size_t> forge_shape(ledger::rocks::Database& views, const std::string& family) {
  const auto batch = views.batch();
  batch->put("shapes", family, "another");
  LEDGER_CHECK(views.write(*batch, /*sync=*/true));
  return batch->count();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 3) return 2;
  ledger::rocks::Database::Options options;
  options.directory = arguments[0];
  const auto views = ledger::rocks::Database::open(options);
  if (!views) {
    std::cerr << views.error().message << '\n';
    return 1;
  }
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    const auto changed = arguments[1] == "rows" ? cut_rows(**views, arguments[i])
                                                : forge_shape(**views, arguments[i]);
    if (!changed) {
      std::cerr << arguments[i] << ": " << changed.error().message << '\n';
      return 1;
    }
    std::cout << arguments[i] << ' ' << *changed << '\n';
  }
  return 0;
}
