#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "consumers/access/principal.h"
#include "platform/http/message.h"

// THE table of what a role may do: every route, whom it is for, and what it is about. Deny by
// default: a route that is not named here is for nobody, and a test fails for a route that the
// table lacks and for a row that no route has. Why so: schemas/decisions/0023-what-a-role-sees.md.
namespace ledger::policy {

// A set of roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) bits_ |= bit(role);
  }
  [[nodiscard]] constexpr bool contains(Role role) const { return (bits_ & bit(role)) != 0; }

 private:
  static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
  unsigned bits_ = 0;
};

// What a route is about, and with that whose it has to be; several together.
enum class About : unsigned {
  kNothing = 0,            // the same for everybody whom it is for
  kClient = 1,             // the client whom its path names first
  kManager = 2,            // the manager whom its path names first
  kAct = 4,                // the client of the act whom its path names
  kFiltered = 8,           // its handler leaves out what the scope does not see
  kClientParameter = 16,   // `client=`, where it is given
  kManagerParameter = 32,  // `manager=`, where it is given; a manager who gives none asks for his
  kOwnerParameter = 64,    // `owner=`, where it is given
  kWholeHouse = 128,       // of a head: for who is the head of all departments alone
};
[[nodiscard]] constexpr About operator|(About left, About right) {
  return static_cast<About>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}
[[nodiscard]] constexpr bool is_about(About all, About one) {
  return (static_cast<unsigned>(all) & static_cast<unsigned>(one)) != 0;
}

struct Rule {
  std::string_view method;
  std::string_view pattern;  // as the router has it; a last "*" is for all that begins so
  Roles roles;               // of `anybody` none are named
  About about = About::kNothing;
  std::string_view why;
  bool anybody = false;  // nobody is asked who he is: it has secrets of its own, or none to keep
};

[[nodiscard]] std::span<const Rule> rules();
// nullptr: the table does not name it.
[[nodiscard]] const Rule* find(std::string_view method, std::string_view pattern);
// Whether a route answers who has not said who he is.
[[nodiscard]] bool is_open(std::string_view method, std::string_view pattern);

// What a principal is told in place of the answer, for his role alone: 403. Whose the objects are,
// the route itself looks (consumers/query/object_check.h). nullopt: he may ask.
[[nodiscard]] std::optional<http::Response> refusal(const Principal& principal,
                                                    std::string_view method,
                                                    std::string_view pattern);

}  // namespace ledger::policy
