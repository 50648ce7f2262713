// Goal: whoever changes what a view keeps raises its version; else the next ledgerd makes the view
// anew, since its store remembers the shape. Method: the shape of all rows, down to the words of
// enumerations and the members of events inside them, as a digest beside the version;
// row_shapes.txt holds what was.
#include "projections/row_shapes.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "projections/catalogue.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("rows: a view whose rows changed has another version") {
  std::map<std::string, std::string> before;
  std::istringstream in(text_of(ROW_SHAPES));
  for (std::string view, digest; in >> view >> digest;) before[view] = digest;
  const auto now = row_shapes().digests;
  for (const auto& [view, digest] : now) {
    INFO(
        "raise kVersion of the view in its rows.h if it stood there with another digest, and put "
        "this line into tests/projections/row_shapes.txt: "
        << view << ' ' << digest);
    CHECK(before[view] == digest);
  }
  CHECK(before.size() == now.size());
}

TEST_CASE("rows: every kind of row is among them") {
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PROJECTIONS)) {
    if (entry.path().extension() != ".h") continue;
    const std::string text = text_of(entry.path());
    for (auto at = text.find("kTable = "); at != std::string::npos;
         at = text.find("kTable = ", at + 1)) {
      ++found;
    }
  }
  CHECK(found + 1 == row_shapes().kinds);  // receivables::OwnersRow is two
}

TEST_CASE("rows: every view has a shape that a store can remember") {
  const auto shapes = row_shapes().digests;
  for (const auto& family : all_families()) {
    INFO("a line in projections/row_shapes.cpp: " << family);
    CHECK(shapes.contains(family));
  }
}
