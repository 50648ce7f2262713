#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "consumers/access/routes.h"
#include "platform/password.h"
#include "tests/support/temporary_directory.h"

namespace ledger::testing {

// Access control with a clock that stands still and no thread: routes, guard and store as in
// ledgerd, and one route behind the guard that says who was let in.
class Gate {
 public:
  explicit Gate(access::Permission permission = {}, access::Issuer* issuer = nullptr,
                access::OidcSignIn* oidc = nullptr)
      : permission_(std::move(permission)), issuer_(issuer), oidc_(oidc) {
    open();
  }

  // As after a restart: what is not on the disk is gone.
  void reopen() {
    keeper->keep_marks();
    store.reset();
    open();
  }

  void add(access::PrincipalRow row) {
    const auto put = [&](const access::Tables& tables, access::Change& change) {
      return access::add_principal(tables, change, {"admin", clock.now()}, std::move(row));
    };
    if (const auto added = store->edit(put); !added)
      throw std::runtime_error(added.error().message);
  }
  void add(const std::string& id, Role role) {
    access::PrincipalRow row;
    row.id = id;
    row.role = role;
    row.name = id;
    if (role == Role::kManager) row.manager_id = ManagerId("m-" + id);
    if (role == Role::kHead) row.departments = {"*"};
    if (role == Role::kSource) row.sources = {id + "/main"};
    add(std::move(row));
  }
  std::string key_of(const std::string& principal) {
    const access::ApiKey key = access::new_api_key();
    must([&](const access::Tables& tables, access::Change& change) {
      return access::add_key(tables, change, {"admin", clock.now()}, {principal}, key);
    });
    return key.text();
  }
  std::string link_of(const std::string& principal) {
    const std::string token = access::new_token();
    must([&](const access::Tables& tables, access::Change& change) {
      return access::add_one_time(tables, change, {"admin", clock.now()}, principal, token);
    });
    return token;
  }
  void set_password(const std::string& principal, const std::string& password) {
    const std::string hash = hash_password(password).value();
    must([&](const access::Tables& tables, access::Change& change) {
      return access::set_password(tables, change, {"admin", clock.now()}, principal, hash);
    });
  }
  void must(const access::AccessStore::Decide& decide) {
    if (const auto done = store->edit(decide); !done)
      throw std::runtime_error(done.error().message);
  }

  using Headers = std::vector<std::pair<std::string, std::string>>;
  http::Response ask(const std::string& method, const std::string& path, Headers headers = {},
                     const std::string& body = "");
  static Headers bearer(const std::string& token) { return {{"authorization", "Bearer " + token}}; }

  // A browser that has signed in: its cookie, and what it sends beside it when it writes.
  struct Browser {
    std::string cookie;
    std::string csrf;
    [[nodiscard]] Headers reads() const { return {{"cookie", cookie}}; }
    [[nodiscard]] Headers writes() const { return {{"cookie", cookie}, {"x-csrf-token", csrf}}; }
  };
  static Browser browser_of(const http::Response& answer) {
    Browser browser;
    for (const auto& [name, value] : answer.headers) {
      if (name == "Set-Cookie") browser.cookie = value.substr(0, value.find(';'));
    }
    browser.csrf = boost::json::parse(answer.body).at("csrf_token").as_string();
    return browser;
  }
  Browser sign_in(const std::string& login, const std::string& password) {
    return browser_of(ask("POST", "/v1/session", {},
                          R"({"login":")" + login + R"(","password":")" + password + R"("})"));
  }

  FixedClock clock{parse_timestamp("2026-11-26T08:00:00Z").value()};
  TemporaryDirectory folder;
  std::string peer = "192.0.2.7";
  bool secure = false;
  std::string certificate;
  std::unique_ptr<access::AccessStore> store;
  std::unique_ptr<access::Authentication> authentication;
  std::unique_ptr<access::Rates> rates;
  access::Counters counters;
  std::unique_ptr<access::Keeper> keeper;
  std::vector<AccessChanged> recorded;  // what reached the log
  Status log_status;                    // what the log says
  std::string refused;                  // of whose changes it says that it never takes them
  std::unique_ptr<http::Router> router;

 private:
  void open();

  access::Permission permission_;
  access::Issuer* issuer_;
  access::OidcSignIn* oidc_;
  access::PasswordChecks checks_{limits::kPasswordChecksMax};
  std::string no_ones_hash_ = hash_password("nobody has this one").value();
};

}  // namespace ledger::testing
