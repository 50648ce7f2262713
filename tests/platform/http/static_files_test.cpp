// Goal: a built web application is served as browsers and caches expect, and nothing outside its
// directory ever is. Method: a small application on disk, asked through a router and over HTTP.
#include "platform/http/static_files.h"

#include <fstream>
#include <string>

#include "platform/http/client.h"
#include "platform/http/server.h"
#include "platform/limits.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using namespace ledger::http;
using ledger::testing::TemporaryDirectory;

namespace {

class Site {
 public:
  Site() {
    write("index.html", "<!doctype html><title>ledger</title>");
    write("assets/app-1a2b.js", "let a = 1;" + std::string(2000, ' '));
    write("icon.svg", "<svg/>");
  }
  void write(const std::string& name, const std::string& bytes) const {
    const auto file = dist() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
  [[nodiscard]] Router router() const {
    auto files = StaticFiles::read(dist());
    REQUIRE(files);
    Router router;
    router.add("GET", "/v1/status", RunOn::kInline,
               [](const Request&) { return Response{200, "application/json", "{}"}; });
    files->add_routes(router, "v1");
    return router;
  }
  [[nodiscard]] std::filesystem::path dist() const { return directory_ / "dist"; }

 private:
  TemporaryDirectory directory_;
};

Response ask(const Router& router, std::vector<std::string> segments, const std::string& accept,
             std::vector<std::pair<std::string, std::string>> headers = {}) {
  Request request;
  request.method = "GET";
  request.segments = std::move(segments);
  request.headers = std::move(headers);
  request.headers.emplace_back("accept", accept);
  return router.call(std::move(request));
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

constexpr auto kPage = "text/html,application/xhtml+xml";
constexpr auto kAny = "*/*";

}  // namespace

TEST_CASE("the start page answers at / and at every path of the application") {
  const Site site;
  const auto router = site.router();
  for (const auto& path : std::vector<std::vector<std::string>>{
           {}, {"quotas"}, {"clients", "c-001"}, {"print", "act", "a-1"}}) {
    const auto answer = ask(router, path, kPage);
    CHECK(answer.status == 200);
    CHECK(answer.content_type == "text/html; charset=utf-8");
    CHECK(answer.body.find("<title>ledger") != std::string::npos);
    CHECK(header(answer, "Cache-Control") == "no-cache");
    CHECK(header(answer, "Content-Security-Policy").find("default-src 'self'") !=
          std::string::npos);
  }
}

TEST_CASE("the API's paths are never pages, and what no browser opens as a page is missing") {
  const Site site;
  const auto router = site.router();
  CHECK(ask(router, {"v1", "status"}, kPage).body == "{}");
  CHECK(ask(router, {"v1", "statsu"}, kPage).status == 404);
  CHECK(ask(router, {"v1"}, kPage).status == 404);
  CHECK(ask(router, {"assets", "app-0000.js"}, kAny).status == 404);
  for (const auto& path :
       std::vector<std::vector<std::string>>{{"v1", "hooks", "none"}, {"quotas"}}) {
    Request request;
    request.method = "POST";
    request.segments = path;
    CHECK(router.call(std::move(request)).status == 404);
  }
}

TEST_CASE("files are compressed where that is accepted, and cached by what is in them") {
  const Site site;
  const auto router = site.router();
  const auto plain = ask(router, {"assets", "app-1a2b.js"}, kAny);
  CHECK(plain.content_type == "text/javascript; charset=utf-8");
  CHECK(plain.body.size() == 2010);
  CHECK(header(plain, "Content-Encoding").empty());
  CHECK(header(plain, "Cache-Control") == "public, max-age=31536000, immutable");
  const auto zipped =
      ask(router, {"assets", "app-1a2b.js"}, kAny, {{"accept-encoding", "br, gzip"}});
  CHECK(header(zipped, "Content-Encoding") == "gzip");
  CHECK(zipped.body.size() < 100);
  const auto known =
      ask(router, {"assets", "app-1a2b.js"}, kAny, {{"if-none-match", header(plain, "ETag")}});
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  // No smaller: sent as it is.
  CHECK(header(ask(router, {"icon.svg"}, kAny, {{"accept-encoding", "gzip"}}), "Content-Encoding")
            .empty());
}

TEST_CASE("over HTTP no path leads out of the directory, and what is kept is said once") {
  const Site site;
  site.write("../outside.txt", "secret");
  const auto router = site.router();
  const auto server = Server::start(Server::defaults("127.0.0.1:0"), router);
  REQUIRE(server);
  auto client = Client::to("http://127.0.0.1:" + std::to_string((*server)->port()));
  REQUIRE(client);
  for (const auto* path : {"/../outside.txt", "/assets/..%2F..%2Foutside.txt",
                           "/%2e%2e/outside.txt", "/assets/%2e%2e/%2e%2e/outside.txt"}) {
    const auto answer = client->send({.path = path});
    REQUIRE(answer);
    CHECK(answer->status >= 400);
    CHECK(answer->body.find("secret") == std::string::npos);
  }
  const auto start = client->send({.path = "/"});
  REQUIRE(start);
  CHECK(start->status == 200);
  CHECK(start->body.find("<title>ledger") != std::string::npos);
  CHECK(start->header("cache-control") == "no-cache");
}

TEST_CASE("a link that leads out of the directory is refused, one within it is a file") {
  const Site site;
  site.write("../secret.key", "secret");
  std::filesystem::create_symlink("index.html", site.dist() / "start.html");
  REQUIRE(StaticFiles::read(site.dist()));
  // What stands there is a link itself, as of a release that is put in place.
  std::filesystem::create_directory_symlink(site.dist(), site.dist() / ".." / "current");
  CHECK(StaticFiles::read(site.dist() / ".." / "current"));
  SECTION("by a relative path") {
    std::filesystem::create_symlink("../../secret.key", site.dist() / "assets" / "key.txt");
  }
  SECTION("by an absolute one") {
    std::filesystem::create_symlink(std::filesystem::absolute(site.dist() / ".." / "secret.key"),
                                    site.dist() / "assets" / "key.txt");
  }
  const auto refused = StaticFiles::read(site.dist());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kMisconfigured);
  CHECK(refused.error().message.find("assets/key.txt") != std::string::npos);
}

TEST_CASE("a directory that is no application is refused, naming it") {
  const TemporaryDirectory empty;
  const auto without = StaticFiles::read(empty.path());
  REQUIRE_FALSE(without);
  CHECK(without.error().code == ErrorCode::kMisconfigured);
  CHECK(without.error().message.find("index.html") != std::string::npos);
  CHECK_FALSE(StaticFiles::read(empty.path() / "nowhere"));
}

TEST_CASE("a link out of the directory is refused, one within it is a file") {
  const Site site;
  const TemporaryDirectory elsewhere;
  std::ofstream(elsewhere / "admin.key") << "sal_secret";
  std::filesystem::create_symlink("icon.svg", site.dist() / "logo.svg");
  CHECK(ask(site.router(), {"logo.svg"}, "*/*").status == 200);
  std::filesystem::create_symlink(elsewhere / "admin.key", site.dist() / "notes.txt");
  const auto refused = StaticFiles::read(site.dist());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("notes.txt") != std::string::npos);
}
