#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// Of a view by table, the first byte of its keys: whether a row can be read.
using RowReaders = std::map<char, Status (*)(std::string_view bytes)>;

// Of every view and of the dedupe index, by family ("acts.v2").
struct RowShapes {
  // Of the shape of its rows (store/row_shape.h): what a store remembers beside them, so that rows
  // of another build are made anew.
  std::map<std::string, std::string> digests;
  std::map<std::string, RowReaders> readers;
  std::size_t kinds = 0;  // of rows, in all views
};
// The list of what each view keeps is in row_shapes.cpp.
[[nodiscard]] RowShapes row_shapes();

}  // namespace ledger
