// Goal: an answer comes in the form that who asks likes best. Method: headers as programs send
// them.
#include "platform/http/accept.h"

#include "tests/support/catch.h"

using namespace ledger;

namespace {

std::string_view chosen(std::string_view accept) {
  const auto best = http::preferred(accept, {"application/json", "text/html", "text/csv"});
  if (!best) return "none";
  return *best == 0 ? "json" : *best == 1 ? "html" : "csv";
}

}  // namespace

TEST_CASE("http: the form that is liked best", "[platform][http]") {
  CHECK(chosen("") == "json");
  CHECK(chosen("*/*") == "json");
  CHECK(chosen("text/csv") == "csv");
  CHECK(chosen("TEXT/CSV; charset=utf-8 ,*/*") == "csv");
  CHECK(chosen("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8") == "html");
  CHECK(chosen("application/json, text/csv") == "json");
  CHECK(chosen("text/csv, application/json") == "csv");
  CHECK(chosen("application/json;q=0.1, text/csv") == "csv");
  CHECK(chosen("text/csv;q=0.5, application/json;q=0.501") == "json");
  CHECK(chosen("text/csv;q=0, application/json") == "json");
  CHECK(chosen("text/*, text/html;q=0") == "csv");
  CHECK(chosen("*/*, application/json;q=0") == "html");
  CHECK(chosen("text/csv; q = 0.0, text/html;level=1;Q=0.2") == "html");
  CHECK(chosen("application/pdf") == "none");
  CHECK(chosen("*/*;q=0") == "none");
  CHECK(chosen("text/csv;q=9, application/json") == "csv");  // no weight, so as if none were given
  CHECK(chosen(",, ;q=1,/*,text/csvs,text") == "none");
  CHECK(http::takes("application/*", "application/json"));
  CHECK_FALSE(http::takes("text/csv;q=0, text/*", "text/csv"));
}
