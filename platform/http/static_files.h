#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "platform/http/router.h"
#include "platform/result.h"

namespace ledger::http {

// A web application built into one directory: index.html and the files that it loads. Read whole
// at the start and served from memory, so that no path of a request ever reaches the disk.
//   /               index.html, and so is every path that no other route takes and that a browser
//                   asks for as a page (Accept: text/html): the application reads its own URL
//   /assets/{file}  whose name carries the digest of what is in it: kept for a year
//   other files of the top level by their names
// Each with ETag (304 where it is known), gzip where it is accepted and smaller, and for pages a
// Content-Security-Policy that lets nothing in from outside and no inline script run.
class StaticFiles {
 public:
  // kMisconfigured: no such directory, no index.html in it, a file that cannot be read, or more
  // than limits::kSiteBytesMax in all.
  [[nodiscard]] static Result<StaticFiles> read(const std::filesystem::path& directory);

  // Paths whose first segment is `reserved` ("v1") are never pages of the application, but 404.
  void add_routes(Router& router, std::string_view reserved) const;

  [[nodiscard]] std::size_t count() const { return files_->size(); }

 private:
  struct File {
    std::string content_type;
    std::string etag;
    std::string bytes;
    std::string gzipped;  // empty: no smaller
    bool immutable = false;
  };
  using Files = std::map<std::string, File, std::less<>>;  // by path: "assets/index-3f2a.js"

  explicit StaticFiles(std::shared_ptr<const Files> files) : files_(std::move(files)) {}
  [[nodiscard]] static Response serve(const File& file, const Request& request);

  std::shared_ptr<const Files> files_;  // the routes hold it too
};

}  // namespace ledger::http
