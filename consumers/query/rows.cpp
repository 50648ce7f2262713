#include <memory>

#include "consumers/query/routes.h"
#include "consumers/runner/projector.h"
#include "platform/sha256.h"

namespace ledger {

namespace {

constexpr std::size_t kChunkBytes = 256 * 1024;

// Walks all families of one snapshot, a chunk at a time. A row may be many chunks long: a reader
// has half a minute for a chunk, and one that is slow but reads is not to be cut off.
class RowStream {
 public:
  explicit RowStream(std::shared_ptr<const ViewSnapshot> snapshot)
      : snapshot_(std::move(snapshot)), families_(projector_families()) {}

  bool next(std::string& chunk) {
    if (!said_position_) {
      said_position_ = true;
      chunk = "{\"position\":\"" + to_string(snapshot_->position()) + "\"}\n";
      return true;
    }
    if (given_ == read_.size()) read_more();
    chunk = read_.substr(given_, kChunkBytes);
    given_ += chunk.size();
    return !chunk.empty();
  }

 private:
  void read_more() {
    read_.clear();
    given_ = 0;
    while (family_ < families_.size() && read_.size() < kChunkBytes) read_family();
  }

  void read_family() {
    const std::string& family = families_[family_];
    bool more = false;
    const auto status =
        snapshot_->scan(family, "", from_, [&](std::string_view key, std::string_view value) {
          if (read_.size() >= kChunkBytes) {
            from_ = key;
            more = true;
            return false;
          }
          JsonWriter json;
          json.begin_object();
          json.member("family", family);
          json.member("key", to_hex(key));
          json.member("value", to_hex(value));
          json.end_object();
          read_ += json.text();
          read_ += '\n';
          return true;
        });
    if (!status) read_ += "{\"error\":\"the rows could not be read to their end\"}\n";
    if (more && status) return;
    ++family_;
    from_.clear();
  }

  std::shared_ptr<const ViewSnapshot> snapshot_;
  std::vector<std::string> families_;
  std::size_t family_ = 0;
  std::string from_;
  std::string read_;  // whole rows
  std::size_t given_ = 0;
  bool said_position_ = false;
};

// Every row of every view as bytes, of one snapshot whose position comes first: what an auditor
// compares with his own fold of the log. Without an ETag: it may be cut while it is sent, and what
// was cut is not known.
Result<http::Response> get_rows(const QueryContext& context, const Query&) {
  auto rows = std::make_shared<RowStream>(context.views.current());
  http::Response response{200, "application/x-ndjson", ""};
  response.stream = [rows](std::string& chunk) { return rows->next(chunk); };
  return response;
}

}  // namespace

void add_row_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/rows", http::RunOn::kWorker, get_rows, Times::kAsOf, {},
            Changes::kAlways);
}

}  // namespace ledger
