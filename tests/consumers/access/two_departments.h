#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

// A house of two departments: "гурт" with m-1, m-2 and their head m-9, "роздріб" with m-3 and its
// head m-8. c-1 is m-1's, c-2 m-2's, c-3 m-3's, c-0 nobody's.
class TwoDepartments : public House {
 public:
  TwoDepartments() {
    hire("m-1", "Олена Коваль", "гурт");
    hire("m-2", "Ігор Бондар", "гурт");
    hire("m-3", "Петро Шевчук", "роздріб");
    hire("m-9", "Надія Савчук", "гурт", R"(,"post":"supervisor")");
    hire("m-8", "Марта Лис", "роздріб", R"(,"post":"supervisor")");
    for (int n = 0; n < 4; ++n) {
      tell("client.registered", fmt::format(R"({{"client_id":"c-{0}","name":"Клієнт {0}"}})", n));
      if (n == 0) continue;
      tell("client.assigned",
           fmt::format(
               R"({{"client_id":"c-{0}","manager_id":"m-{0}","effective_from":"2026-02-01"}})", n));
    }
  }

  // Of who asks now; as nobody, from "house/crm". Ids follow one another unless one is given.
  http::Response say(std::string_view type, std::string_view data, std::string_view source = "",
                     std::string_view id = "") {
    const std::string mine = person_.empty() ? "house/crm" : "people/" + person_;
    last_id_ = id.empty() ? fmt::format("e-{}", ++told_) : std::string(id);
    return post(fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"{}","type":"org.salesledger.{}.v1","time":"2026-11-25T10:00:00Z","data":{}}})",
        last_id_, source.empty() ? mine : source, type, data));
  }
  // As nobody: what the house holds.
  std::string tell(std::string_view type, std::string_view data,
                   std::string_view source = "house/crm") {
    const auto asks = person_;
    const auto principal = principal_;
    as_nobody();
    const auto answer = say(type, data, source);
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    if (principal) as(*principal);
    return last_id_;
  }
  [[nodiscard]] const std::string& last_id() const { return last_id_; }

  void as(const Principal& principal) {
    person_ = principal.id;
    principal_ = principal;
    ask_as(principal);
  }
  void as_nobody() {
    person_.clear();
    principal_.reset();
    ask_as_nobody();
  }
  void as_manager(std::string_view id = "m-1") { as(manager(id)); }
  void as_head(std::string_view id = "m-9") {
    Principal head = manager(id);
    head.role = Role::kHead;
    as(head);
  }
  // A head of all departments.
  void as_bookkeeper() {
    Principal head = manager("m-9");
    head.role = Role::kHead;
    head.departments = {"*"};
    as(head);
  }
  void as_role(Role role) { as({"a.audit", role, "Анна Аудит"}); }
  void as_source() {
    Principal source{"asterisk-main", Role::kSource, "АТС"};
    source.sources = {"asterisk/*", "cdr"};
    source.event_types = {"call.completed", "event.voided"};
    as(source);
  }

 private:
  static Principal manager(std::string_view id) {
    Principal principal{fmt::format("p.{}", id), Role::kManager, "Хтось"};
    principal.manager_id = ManagerId(std::string(id));
    return principal;
  }
  void hire(std::string_view id, std::string_view name, std::string_view department,
            std::string_view more = "") {
    tell("manager.hired",
         fmt::format(
             R"({{"manager_id":"{}","name":"{}","department":"{}","hired_on":"2026-01-05"{}}})", id,
             name, department, more));
  }

  int told_ = 0;
  std::string person_;
  std::string last_id_;
  std::optional<Principal> principal_;
};

inline std::string text_of(const http::Response& answer, std::string_view member) {
  const auto body = boost::json::parse(answer.body);
  const auto* found = body.as_object().if_contains({member.data(), member.size()});
  return found == nullptr ? "" : std::string(found->as_string());
}

// 403, naming the member.
inline void check_forbidden(const http::Response& answer, std::string_view field) {
  INFO(answer.body);
  CHECK(answer.status == 403);
  CHECK(text_of(answer, "type") == "urn:salesledger:problem:forbidden");
  CHECK(text_of(answer, "field") == field);
  CHECK_FALSE(text_of(answer, "detail").empty());
}

inline void check_recorded(const http::Response& answer) {
  INFO(answer.body);
  CHECK(answer.status == 201);
}

}  // namespace ledger::testing
