#include "consumers/client/lines.h"

namespace ledger {

void Lines::take(std::string_view piece, const std::function<void(std::string_view)>& each) {
  for (std::size_t end = 0; (end = piece.find('\n')) != std::string_view::npos;) {
    if (begun_.empty()) {
      each(piece.substr(0, end));
    } else {
      begun_ += piece.substr(0, end);
      each(begun_);
      begun_.clear();
    }
    piece.remove_prefix(end + 1);
  }
  begun_ += piece;
}

}  // namespace ledger
