#include "platform/http/static_files.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "platform/limits.h"
#include "platform/sha256.h"

namespace ledger::http {

namespace {

constexpr std::string_view kIndex = "index.html";
constexpr std::string_view kAssets = "assets/";

// No script, style, font, frame or connection but the application's own.
constexpr std::string_view kPolicy =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes{
    {{".html", "text/html; charset=utf-8"},
     {".js", "text/javascript; charset=utf-8"},
     {".css", "text/css; charset=utf-8"},
     {".json", "application/json"},
     {".map", "application/json"},
     {".svg", "image/svg+xml"},
     {".png", "image/png"},
     {".ico", "image/x-icon"},
     {".woff2", "font/woff2"},
     {".webmanifest", "application/manifest+json"},
     {".txt", "text/plain; charset=utf-8"}}};

std::string type_of(const std::filesystem::path& name) {
  const std::string extension = name.extension().string();
  for (const auto& [ending, type] : kTypes) {
    if (ending == extension) return std::string(type);
  }
  return "application/octet-stream";
}

// Empty where it would be no smaller.
std::string gzip(const std::string& bytes) {
  constexpr int kGzipWindow = 15 + 16;  // zlib.h: 16 more writes a gzip header
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return whole && out.size() < bytes.size() ? out : std::string();
}

// Files alone may be linked, and none from outside: what is served lies in the directory.
bool leads_out(const std::filesystem::directory_entry& entry,
               const std::filesystem::path& directory) {
  if (!entry.is_symlink()) return false;
  std::error_code error;
  const auto target = std::filesystem::canonical(entry.path(), error);
  const auto root = error ? target : std::filesystem::canonical(directory, error);
  if (error) return true;
  return std::mismatch(root.begin(), root.end(), target.begin(), target.end()).first != root.end();
}

bool accepts_gzip(const Request& request) {
  const auto accepted = request.header("accept-encoding");
  return accepted.find("gzip") != std::string_view::npos &&
         accepted.find("gzip;q=0") == std::string_view::npos;
}

bool knows(const Request& request, std::string_view etag) {
  const auto known = request.header("if-none-match");
  return known == "*" || known.find(etag) != std::string_view::npos;
}

Response no_such_resource() { return problem({ErrorCode::kNotFound, "there is no such resource"}); }

}  // namespace

Result<StaticFiles> StaticFiles::read(const std::filesystem::path& directory) {
  const auto refuse = [&](std::string_view why) {
    return fail(ErrorCode::kMisconfigured, fmt::format("{} {}", directory.string(), why));
  };
  auto files = std::make_shared<Files>();
  std::size_t total = 0;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entries(directory, error);
  if (error) return refuse("cannot be read: " + error.message());
  for (const auto& entry : entries) {
    if (!entry.is_regular_file(error)) continue;
    const std::string name = entry.path().lexically_relative(directory).generic_string();
    if (leads_out(entry, directory)) return refuse("has a link that leads out of it: " + name);
    std::ifstream in(entry.path(), std::ios::binary);
    File file;
    file.bytes.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    if (!in.good() && !in.eof()) return refuse("has a file that cannot be read: " + name);
    total += file.bytes.size();
    if (total > limits::kSiteBytesMax) {
      return refuse(fmt::format("has more than {} bytes in it", limits::kSiteBytesMax));
    }
    file.content_type = type_of(entry.path());
    file.etag = fmt::format("\"{}\"", to_hex(sha256(file.bytes)).substr(0, 32));
    file.gzipped = gzip(file.bytes);
    file.immutable = name.starts_with(kAssets);
    files->emplace(name, std::move(file));
  }
  if (!files->contains(kIndex)) return refuse("has no index.html");
  return StaticFiles(std::move(files));
}

Response StaticFiles::serve(const File& file, const Request& request) {
  const bool gzipped = !file.gzipped.empty() && accepts_gzip(request);
  Response response;
  response.content_type = file.content_type;
  response.headers = {
      {"ETag", file.etag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Content-Security-Policy", std::string(kPolicy)},
      {"Cross-Origin-Opener-Policy", "same-origin"}};
  if (knows(request, file.etag)) {
    response.status = 304;
    return response;
  }
  if (gzipped) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = gzipped ? file.gzipped : file.bytes;
  return response;
}

void StaticFiles::add_routes(Router& router, std::string_view reserved) const {
  for (const auto& [name, file] : *files_) {
    router.add("GET", "/" + name, RunOn::kInline,
               [files = files_, &served = file](const Request& request) {
                 return serve(served, request);
               });
  }
  router.set_pages(std::string(reserved), RunOn::kInline, [files = files_](const Request& request) {
    const bool as_page = request.header("accept").find("text/html") != std::string_view::npos;
    if (!request.segments.empty() && !as_page) return no_such_resource();
    return serve(files->find(kIndex)->second, request);
  });
}

}  // namespace ledger::http
