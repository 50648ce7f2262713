#pragma once

#include <charconv>
#include <cstdint>
#include <string>

#include "consumers/query/context.h"

namespace ledger {

// A page of an answer that is made whole at each question, of one list or of several one after
// another: `limit=` and `cursor=`. A place in such a list is only one of its moment, so a cursor
// counts rows; who wants the same moment again asks with the same known_at.
class RowPage {
 public:
  // kInvalidField for a cursor that this ledger did not give out.
  [[nodiscard]] static Result<RowPage> of(const Query& query) {
    RowPage page;
    LEDGER_TRY(page.limit_, query.limit());
    const auto text = query.request.parameter("cursor");
    if (!text) return page;
    const auto [at, error] = std::from_chars(text->data(), text->data() + text->size(), page.from_);
    if (error != std::errc() || at != text->data() + text->size()) {
      return fail(ErrorCode::kInvalidField, "is not a cursor that this ledger gave out", "cursor");
    }
    return page;
  }

  // Counts the next row: whether it stands on the page.
  [[nodiscard]] bool takes_next() {
    const std::size_t row = rows_++;
    return row >= from_ && row - from_ < limit_;
  }

  // Once all rows were counted: how many there are, and where the next page begins.
  void write_end(JsonWriter& json, const Query& query) const {
    json.member("total", static_cast<std::int64_t>(rows_));
    if (from_ < rows_ && rows_ - from_ > limit_) {
      query.write_next_cursor(json, std::to_string(from_ + limit_));
    }
  }

 private:
  std::size_t from_ = 0;
  std::size_t limit_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace ledger
